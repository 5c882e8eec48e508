import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDocument } from "../../../server/yaml/parse.ts";

test("lines of flow collections and quoted texts may stand anywhere", () => {
  const rows: readonly (readonly [string, unknown])[] = [
    ["args: [\n'a',\n\tb ]\nname: c\n", { args: ["a", "b"], name: "c" }],
    ["spec:\n  labels: {\n  app: web # [not a list\n  }\n  b: c\n", { spec: { labels: { app: "web" }, b: "c" } }],
    ["- command:\n  - x: [\n'it''s', \"]\\\"\",\n-1 ]\n", [{ command: [{ x: ["it's", ']"', -1] }] }]],
    ['a: "x\ny"\nb: c\n', { a: "x y", b: "c" }],
    ["text: |\n  [ kept\n   'as it is\na: {\nb: c}\n", { text: "[ kept\n 'as it is\n", a: { b: "c" } }],
    ["it: isn't [a list\na: [\nb]\n", { it: "isn't [a list", a: ["b"] }],
  ];
  for (const [text, want] of rows) {
    const { value, problems } = parseDocument(text);
    assert.deepEqual({ value, problems }, { value: want, problems: [] }, text);
  }
});

test("places are those of the text as it is written", () => {
  const text = "a: {\nb: [\nc,\nd ]\n}\ne: f\n";
  const document = parseDocument(text);
  const at = (path: (string | number)[], part: "key" | "value") => {
    const range = document.locate(path, part);
    return range && text.slice(range.start, range.end);
  };
  assert.equal(at(["a", "b"], "key"), "b");
  assert.equal(at(["a", "b"], "value"), "[\nc,\nd ]");
  assert.equal(at(["a", "b", 1], "value"), "d");
  assert.equal(at(["e"], "value"), "f");
  for (const [word, path] of [
    ["c,", ["a", "b", 0]],
    ["d ]", ["a", "b", 1]],
    ["f", ["e"]],
  ] as const) {
    assert.deepEqual(document.placeAt(text.indexOf(word))?.path, path, word);
  }
});

test("a repeated key is told by its line, and text with another mistake is read line by line", () => {
  const [repeated] = parseDocument("a: {\nb: c,\nb: d}\n").problems;
  assert.deepEqual([repeated?.code, repeated?.key, repeated?.line], ["yaml-duplicate-key", "b", 3]);
  const open = parseDocument("labels: {app: web\nname: x\n");
  assert.notDeepEqual(open.problems, []);
  assert.equal((open.value as { name?: string }).name, "x");
});

test("apostrophes that are doubled end no text, and an anchor may stand before a collection", () => {
  const read = (text: string) => parseDocument(text).problems.map(({ code }) => code);
  assert.deepEqual(read("a: 'it''s\n b: two'\nc: d\n"), []);
  assert.deepEqual(read("a: &x {m: 1, s:\nbig}\n"), []);
});
