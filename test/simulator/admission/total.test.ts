/** Whatever is written, reading and admitting give an answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseManifest } from "../../../server/yaml/parse.ts";
import { admit } from "../../../simulator/api/admit.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { runs } from "../../runs.ts";

const kinds = ["apps/v1/Deployment", "apps/v1/StatefulSet", "apps/v1/DaemonSet", "batch/v1/Job", "batch/v1/CronJob"];

test("any JSON below a served kind is admitted without a throw", () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.jsonValue(), fc.jsonValue(), (key, spec, metadata) => {
      const cut = key.lastIndexOf("/");
      const admission = admit(
        { apiVersion: key.slice(0, cut), kind: key.slice(cut + 1), metadata, spec },
        recordedTarget,
      );
      assert.ok(admission.object !== null || admission.problems.length > 0);
    }),
    { numRuns: runs(300) },
  );
});

test("any text is parsed without a throw", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const document of parseManifest(text)) admit(document.value, recordedTarget);
    }),
    { numRuns: runs(300) },
  );
});

test("text that would take forever is refused", () => {
  assert.equal(parseManifest("[".repeat(100_000))[0]?.problems[0]?.code, "yaml-too-deep");
  const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"];
  for (let level = 1; level < 12; level++) {
    const [name, before] = [String.fromCharCode(97 + level), String.fromCharCode(96 + level)];
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join()}]`);
  }
  assert.ok(parseManifest(bomb.join("\n"))[0]?.problems.some((one) => one.code === "yaml-too-many-aliases"));
  assert.equal(parseManifest("a: &a [*a]\n")[0]?.problems[0]?.code, "yaml-cyclic-anchor");
});
