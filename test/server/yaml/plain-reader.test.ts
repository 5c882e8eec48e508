import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { parseDocument, parseFully, sliceDocuments } from "../../../server/yaml/parse.ts";
import { readPlain } from "../../../server/yaml/plain-reader.ts";
import { runs } from "../../runs.ts";

const count = runs(3000);

/** Compares the fast reader with the full parser at every offset and place. True when the fast reader took the text. */
function assertSame(text: string): boolean {
  if (readPlain(text) === undefined) return false;
  const fast = parseDocument(text);
  if (fast.problems.some(({ code }) => code === "yaml-unprintable")) return false;
  const full = parseFully(text);
  assert.deepEqual(
    { value: fast.value, problems: fast.problems, isEmpty: fast.isEmpty },
    { value: full.value, problems: full.problems, isEmpty: full.isEmpty },
    text,
  );
  for (let offset = 0; offset <= text.length; offset++) {
    const place = full.placeAt(offset);
    assert.deepEqual(fast.placeAt(offset), place, `at ${offset} of ${JSON.stringify(text)}`);
    if (!place) continue;
    for (const part of ["key", "value", "entry"] as const) {
      for (const path of [place.path, [...place.path, "absent"], [...place.path, 0]]) {
        assert.deepEqual(fast.locate(path, part), full.locate(path, part), `${part} ${path.join(".")} of ${text}`);
      }
    }
  }
  return true;
}

test("manifests read the same in both ways, and nearly all of them the fast way", () => {
  const facts = readFileSync(new URL("../../conformance/data/validation.jsonl", import.meta.url), "utf8");
  const texts = facts
    .trim()
    .split("\n")
    .filter((_, index) => index % 20 === 0)
    .map((line) => (JSON.parse(line) as { manifest: string }).manifest);
  const folder = new URL("../../workspace/", import.meta.url);
  for (const file of readdirSync(folder)) texts.push(readFileSync(new URL(file, folder), "utf8"));
  const documents = texts.flatMap((text) => sliceDocuments(text).map(({ start, end }) => text.slice(start, end)));
  const fast = documents.filter(assertSame).length;
  assert.ok(fast > documents.length * 0.85, `${fast} of ${documents.length}`);
});

const piece = fc.constantFrom(
  ..."a b: : - -- # #c ? | |- > |+ [ ] { } , \" ' & &x * *x ! !t ~ y 0x1 08 1e3 .inf << --- ... \\n \\x 'a' \"b\" a: b: -".split(
    " ",
  ),
  " ",
  "  ",
  "    ",
  "\n",
  "\n  ",
  "\n- ",
  "\n    ",
  "\r\n",
  "\t",
  "a: b\n",
  "- a\n",
  "k:\n",
  "# x\n",
);

test("any row of pieces reads the same", () => {
  const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, (one) => void assertSame(one)),
    { numRuns: count },
  );
});

const scalars = fc.constantFrom(
  ..."web,1,0644,1_000,yes,null,~,-5,1:30,a b,a#b,http://x/y?z=1,'',\"\",'it''s',\"a\\nb\",\"# no\",{},[],{a: 1},{a: b, c: [1, 2]}"
    .replaceAll(", ", "; ")
    .split(",")
    .map((one) => one.replaceAll("; ", ", ")),
  "[ a , b ]",
  "{ a: {b: c} , d: 'e' }",
  "nginx:1.27",
  "",
  "- a",
  "x: y",
);
const key = fc.constantFrom("a", "b", "c.d/e", "1", "yes", "'q'", '"r"', "s t", "<<", "~");
const ending = fc.constantFrom("", "", "", " ", " # note", "\n", "\n  # inner", "\n# outer", "\n\n      # far");

interface Piece {
  readonly lines: readonly string[];
  readonly inline: boolean;
}
const { node } = fc.letrec<{ node: Piece }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.tuple(scalars, ending).map(([text, end]) => ({ lines: (text + end).split("\n"), inline: true })),
    fc
      .constantFrom("|", "|-", ">", "|+")
      .map((mark) => ({ lines: [mark, "  text", "    more", "", "  end"], inline: true })),
    fc
      .array(fc.tuple(key, tie("node"), fc.constantFrom(1, 2, 2, 2, 4), ending), { minLength: 1, maxLength: 4 })
      .map((entries) => ({
        inline: false,
        lines: entries.flatMap(([name, value, indent, end]) =>
          value.inline
            ? [`${name}: ${value.lines[0]}`, ...value.lines.slice(1)]
            : [...`${name}:${end}`.split("\n"), ...value.lines.map((line) => " ".repeat(indent) + line)],
        ),
      })),
    fc.array(fc.tuple(tie("node"), fc.boolean()), { minLength: 1, maxLength: 3 }).map((entries) => ({
      inline: false,
      lines: entries.flatMap(([value, own]) =>
        own && !value.inline
          ? ["-", ...value.lines.map((line) => `  ${line}`)]
          : value.lines.map((line, index) => (index === 0 ? "- " : "  ") + line),
      ),
    })),
  ),
}));

test("generated documents read the same, most of them the fast way", () => {
  let fast = 0;
  fc.assert(
    fc.property(node, fc.constantFrom("\n", "\r\n"), fc.boolean(), ({ lines }, lineBreak, ended) => {
      if (assertSame(lines.join(lineBreak) + (ended ? lineBreak : ""))) fast++;
    }),
    { numRuns: count },
  );
  assert.ok(fast > count / 20, `${fast} of ${count}`);
});
