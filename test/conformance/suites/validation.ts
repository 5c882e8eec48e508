/** What the API server says about manifests sent as a create: verdict, findings, warnings and defaults. */
import { recordedTarget } from "../../../simulator/api/target.ts";
import { judgeCreate, type RecordedCreate } from "../judge.ts";
import { readLines, type Suite } from "../suite.ts";

export const suite: Suite = {
  name: "validation",
  run: (dir) => readLines<RecordedCreate>(dir, "validation.jsonl").map((one) => judgeCreate(one, one, recordedTarget)),
};
