import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Change, editManifest, type Manifest, manifestText, openManifest } from "../../server/service/manifest.ts";
import { applyEdits } from "../../server/service/text.ts";
import { runs } from "../runs.ts";

const count = runs(300);
const piece = fc.constantFrom(
  "---\n",
  "--",
  "-",
  "\n",
  "\r\n",
  "a: b\n",
  "  c: 1\n",
  "--- # x\n",
  " ",
  "...\n",
  "{{",
  "\u{1f600}",
);
const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(""));
const position = fc.record({ line: fc.nat(24), character: fc.nat(8) });
const edit = fc.record({ start: position, end: position, text });

function after(before: string, { range, text: inserted }: Change): string {
  if (!range) return inserted;
  const { start, end } = range;
  const backwards = start.line > end.line || (start.line === end.line && start.character > end.character);
  return applyEdits(before, [{ range: backwards ? { start: end, end: start } : range, newText: inserted }]);
}

test("after any edits the slices are those of a fresh text", () => {
  fc.assert(
    fc.property(text, fc.array(edit, { maxLength: 8 }), (initial, edits) => {
      let manifest: Manifest = openManifest("file:///a.yaml", "yaml", initial);
      let expected = initial;
      for (const { start, end, text: inserted } of edits) {
        const change: Change = { range: { start, end }, text: inserted };
        expected = after(expected, change);
        manifest = editManifest(manifest, change);
      }
      assert.equal(manifestText(manifest), expected);
      assert.deepEqual(manifest, openManifest("file:///a.yaml", "yaml", expected));
    }),
    { numRuns: count },
  );
});

test("an edit keeps the slices it does not touch", () => {
  const before = openManifest("file:///a.yaml", "yaml", "a: 1\n---\nb: 1\n---\nc: 1\n");
  const range = { start: { line: 2, character: 3 }, end: { line: 2, character: 4 } };
  const edited = editManifest(before, { range, text: "2" });
  assert.deepEqual(
    edited.slices.map((slice, index) => slice === before.slices[index]),
    [true, false, true],
  );
});
