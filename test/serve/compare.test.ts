/** A sample of the command lines that our kubectl and the real one are compared on; `npm run compare` plays all of them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createStage, readLines } from "./compare/play.ts";
import { shown } from "./compare/same.ts";
import { withoutTools } from "./help.ts";

/** Every so manyth line is played, and so many of them have to be equal. */
const floor = JSON.parse(readFileSync(new URL("./compare/floor.json", import.meta.url), "utf8")) as {
  readonly every: number;
  readonly equal: number;
};

test("our kubectl says what the real one says, on a sample of lines and states", { skip: withoutTools }, async () => {
  const sample = readLines().filter((_, index) => index % floor.every === 0);
  const stage = createStage();
  const differs: string[] = [];
  for (const line of sample) {
    const { ours, real } = await stage.play(line);
    assert.notEqual(ours.exitCode, -1, ours.stderr);
    if (shown(ours) !== shown(real)) differs.push(`${line.state}: kubectl ${line.text}`);
  }
  await stage.close();
  assert.ok(sample.length - differs.length >= floor.equal, differs.join("\n"));
});
