/** The server's own words: the messages of the recorded refusals. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { admit } from "../../../simulator/api/admit.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { causeMessages } from "../../../simulator/apiserver/wording.ts";

interface Recorded {
  readonly verdict: string;
  readonly manifest: string;
  readonly causes: readonly { readonly reason: string; readonly field: string; readonly message: string }[];
}

const file = fileURLToPath(new URL("../../conformance/data/validation.jsonl", import.meta.url));
const refused = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line.includes('"verdict":"invalid"'))
  .map((line) => JSON.parse(line) as Recorded);

test("three of four messages of recorded refusals are said word by word", () => {
  let same = 0;
  let all = 0;
  for (const { manifest, causes } of refused) {
    const { problems } = admit(parse(manifest), recordedTarget);
    for (const { reason, field, message } of causes) {
      all++;
      const said = problems.filter((one) => one.path === field && one.reason === reason).flatMap(causeMessages);
      if (said.includes(message)) same++;
    }
  }
  assert.ok(same >= 0.75 * all, `${same} of ${all}`);
});
