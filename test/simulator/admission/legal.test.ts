/** Manifests that the server takes although hardly anybody writes them so: a false error is the worst that can be said. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseManifest } from "../../../server/yaml/parse.ts";
import { admit } from "../../../simulator/api/admit.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { admitUpdate } from "../../../simulator/api/update.ts";

const folder = join(import.meta.dirname, "legal");

for (const file of readdirSync(folder).sort()) {
  test(`nothing is wrong with ${file}, nor with applying it again`, () => {
    for (const document of parseManifest(readFileSync(join(folder, file), "utf8"))) {
      if (document.isEmpty) continue;
      assert.deepEqual(document.problems, []);
      const { problems, object, kind } = admit(document.value, recordedTarget);
      assert.deepEqual(
        problems.map(({ reason, path, params }) => ({ reason, path, params })),
        [],
      );
      assert.ok(object, kind);
      assert.deepEqual(admitUpdate(document.value, document.value, recordedTarget).problems, []);
    }
  });
}
