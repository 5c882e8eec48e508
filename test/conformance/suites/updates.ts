/** What the API server says when one manifest replaces another. */
import { recordedTarget } from "../../../simulator/api/target.ts";
import { judgeUpdate, type RecordedUpdate } from "../judge.ts";
import { readLines, type Suite } from "../suite.ts";

export const suite: Suite = {
  name: "updates",
  run: (dir) => readLines<RecordedUpdate>(dir, "updates.jsonl").map((one) => judgeUpdate(one, one, recordedTarget)),
};
