import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDocument, parseManifest, sliceDocuments } from "../../../server/yaml/parse.ts";

/** The value of a plain scalar, written as a list item of its own, as a flow item and through the full parser. */
function scalar(text: string): unknown {
  const [block] = parseDocument(`- ${text}\n`).value as unknown[];
  const [full] = parseDocument(`- &a ${text}\n`).value as unknown[];
  assert.deepEqual(block, full, text);
  return block;
}

test("plain scalars mean what Go's YAML 1.1 reader takes them for", () => {
  const rows: readonly (readonly [string, unknown])[] = [
    ["yes", true],
    ["Off", false],
    ["y", true],
    ["~", null],
    ["null", null],
    ["0644", 420],
    ["0o17", 15],
    ["08", 8],
    ["0x1F", 31],
    ["0b101", 5],
    ["1_000", 1000],
    ["-0", 0],
    ["1e3", 1000],
    [".5", 0.5],
    ["1.", 1],
    ["1:30", "1:30"],
    ["2031-04-01", "2031-04-01"],
    ["1.27", 1.27],
    ["1.2.3", "1.2.3"],
    ["500m", "500m"],
    ["9007199254740993", 9007199254740993n],
    ["18446744073709551616", 2 ** 64],
    ["1e999", "1e999"],
    ["tRue", "tRue"],
    ["'yes'", "yes"],
    ['"0644"', "0644"],
    ["--x", "--x"],
  ];
  for (const [text, want] of rows) assert.deepEqual(scalar(text), want, text);
});

test("keys become texts, repeated keys and merge keys are told", () => {
  assert.deepEqual(parseDocument("1: a\nyes: b\n0x10: c\n1.50: d\n").value, { 1: "a", true: "b", 16: "c", "1.5": "d" });
  const repeated = parseDocument("a: 1\nb: 2\na: 3\n").problems;
  assert.deepEqual(
    repeated.map(({ code, key, line }) => ({ code, key, line })),
    [{ code: "yaml-duplicate-key", key: "a", line: 3 }],
  );
  assert.deepEqual(parseDocument("one: &x {a: 1}\ntwo: {<<: *x, b: 2}\n").value, {
    one: { a: 1 },
    two: { a: 1, b: 2 },
  });
});

test("a repeated key is at the line where its value begins, wherever that was written", () => {
  const line = (text: string) => parseDocument(text).problems.map((problem) => problem.line);
  assert.deepEqual(line("a: 1\na:\n  b: 2\n"), [3]);
  assert.deepEqual(line("a: 1\na: # & no\n  &x\n  b: 2\n"), [3]);
  assert.deepEqual(line("a: 1\na: !!map\n  b: 2\n"), [2]);
  assert.deepEqual(line("x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n"), [4]);
  assert.deepEqual(line("x: &x {a: 1}\ny:\n  a: 2\n  <<: *x\n"), [1]);
  assert.deepEqual(line("x:\n  a: 1\n  <<:\n    a: 2\n"), [4]);
});

test("flow collections refuse what Go's scanner refuses", () => {
  const codes = (text: string) => parseDocument(text).problems.map(({ code }) => code);
  assert.deepEqual(codes("{a: :x}"), ["yaml-syntax"]);
  assert.deepEqual(codes("[a, :x]"), ["yaml-syntax"]);
  assert.deepEqual(codes("{a: !}"), ["yaml-syntax"]);
  // A question mark begins a key wherever it stands, and a colon ends a plain key only before a blank.
  for (const refused of ["{a: what?}", "[http://x?y=1]", "{a?: b}", "{a: {b:}}", "{a:{}}", "{a :[b]}", "{a:, b: c}"]) {
    assert.deepEqual(codes(refused), ["yaml-syntax"], refused);
  }
  for (const legal of [
    "{a: b:c}",
    "{a: http://x}",
    "{a: !!str }",
    "a: :x",
    "a: !",
    "{a: ':x'}",
    "a: what?",
    "{a: 'what?'}",
    '{"a":{}}',
    "{a: {}, b: [c]}",
    "{a:1}",
    "{a: b\n  c}",
    "{? a\n b : c}",
    '{"a"\n: 1}',
  ]) {
    assert.deepEqual(codes(legal), [], legal);
  }
  // A key and its colon stand on one line.
  for (const refused of ["a: {b\n  c: d}", "a: {b\n  : d}", 'a: {"b\n  c": d}', "a: {b # b\n  : d}"]) {
    assert.deepEqual(codes(refused), ["yaml-syntax"], refused);
  }
});

test("a carriage return alone breaks a line, and a tag alone is a text", () => {
  assert.deepEqual(parseDocument("a: b\rc: d\r").value, { a: "b", c: "d" });
  assert.deepEqual(parseDocument("a: b\rc: d\ra: e\r").problems[0]?.line, 3);
  const [tagged] = parseManifest("!!str\n");
  assert.deepEqual([tagged?.isEmpty, tagged?.value], [false, ""]);
});

test("a map on one line may have any number of entries", () => {
  const entries = Array.from({ length: 2000 }, (_, index) => `"k${index}": ${index}`).join(", ");
  for (const text of [`{${entries}}`, `a: {${entries}}\n`]) assert.deepEqual(parseDocument(text).problems, []);
});

test("keys that are numbers are written as Go writes them", () => {
  const keys = (text: string) => Object.keys(parseDocument(text).value as object);
  assert.deepEqual(keys("0.1: a\n1.0: b\n16777.217: c\n.00001: d\n-2.5: e\n1e6: f\n1000000: g\n12e20: h\n"), [
    "1",
    "1000000",
    "0.1",
    "16777.217",
    "1e-05",
    "-2.5",
    "1e+06",
    "1.2e+21",
  ]);
  assert.deepEqual(parseDocument("18446744073709551615: a\n").problems[0]?.code, "yaml-key-without-text");
});

test("escapes and names of anchors are those of YAML 1.1", () => {
  const read = (text: string) => {
    const { value, problems } = parseDocument(text);
    return problems.length > 0 ? problems.map(({ code }) => code) : value;
  };
  assert.deepEqual(read(String.raw`"a\/b"`), ["yaml-syntax"]);
  assert.deepEqual(read(String.raw`"\ud83d\ude00"`), ["yaml-syntax"]);
  assert.deepEqual(read(String.raw`"\U0001F600 \\/ \ue000"`), "\u{1f600} \\/ \ue000");
  assert.deepEqual(read(String.raw`"it\'s, \\' and \\\'"`), "it's, \\' and \\'");
  // What is JSON as a whole is read as JSON.
  assert.deepEqual(read(String.raw`{"a": "\/\ud83d\ude00"}`), { a: "/\u{1f600}" });
  assert.deepEqual(read(String.raw`{a: "\/"}`), ["yaml-syntax"]);
  assert.deepEqual(read("a: &x.y b\n"), ["yaml-syntax"]);
  assert.deepEqual(read("a: &x-1_Y b\nc: *x-1_Y\n"), { a: "b", c: "b" });
});

test("tabs, directives and comments are what they are to Go's scanner", () => {
  const codes = (text: string) => parseDocument(text).problems.map(({ code }) => code);
  for (const refused of [
    "a: b\n\t\nc: d\n",
    "-\tb\n",
    "a:\n- \tb\n",
    "a:\n  \tb\n",
    "\t# comment\na: b\n",
    // The marker that a directive needs cuts it off from its document.
    "%YAML 1.2\n",
    "%YAML 1.1\n",
    "# c\n%TAG !e! tag:example.com,2000:\n",
  ]) {
    assert.deepEqual(codes(refused), ["yaml-syntax"], refused);
  }
  for (const legal of [
    '{\n\t"a": [\n\t\n\t1 ]\n}\n',
    "a:\tb\t# c\n",
    'a: "x"#c\nb: [c]#d\n',
    "a: '%b'\nb: |\n  %YAML 1.2\n",
  ]) {
    assert.deepEqual(codes(legal), [], legal);
  }
});

const pod = `# a pod
metadata:
  name: web
  labels: {app: web}
spec:
  containers:
    - name: c
      image: "nginx:1"
`;

test("a place in the value is found in the text", () => {
  const document = parseDocument(pod);
  const at = (path: (string | number)[], part: "key" | "value" | "entry") => {
    const range = document.locate(path, part);
    return range && pod.slice(range.start, range.end);
  };
  assert.equal(at(["metadata", "name"], "key"), "name");
  assert.equal(at(["metadata", "name"], "value"), "web");
  assert.equal(at(["metadata", "name"], "entry"), "name: web");
  assert.equal(at(["metadata", "labels", "app"], "entry"), "app: web");
  assert.equal(at(["spec", "containers", 0, "image"], "value"), '"nginx:1"');
  assert.equal(at(["spec", "containers", 0], "value"), 'name: c\n      image: "nginx:1"\n');
  // What is not written stands for its nearest parent that is.
  assert.equal(at(["spec", "containers", 0, "ports", 1], "value"), 'name: c\n      image: "nginx:1"\n');
  assert.equal(at(["metadata", "namespace"], "value"), "metadata");
});

test("a place in the text is found in the value", () => {
  const document = parseDocument(pod);
  const at = (text: string, offset = 0) => {
    const place = document.placeAt(pod.indexOf(text) + offset);
    return place && `${place.onKey ? "key" : "value"} ${place.path.join(".")}`;
  };
  assert.equal(at("# a pod"), undefined);
  assert.equal(at("name: web"), "key metadata.name");
  assert.equal(at("web"), "value metadata.name");
  assert.equal(at("app: web", 5), "value metadata.labels.app");
  assert.equal(at("image", 2), "key spec.containers.0.image");
  assert.equal(at("nginx"), "value spec.containers.0.image");
});

test("places behind aliases and merge keys are where the anchor is", () => {
  const text = "base: &b {a: 1}\nuse: *b\nmerged:\n  <<: *b\n  c: 2\n";
  const document = parseDocument(text);
  for (const path of [
    ["use", "a"],
    ["merged", "a"],
  ]) {
    const range = document.locate(path, "value");
    assert.equal(range && text.slice(range.start, range.end), "1");
  }
});

test("documents are cut at every line that begins with three dashes, and nowhere else", () => {
  const cut = (text: string) => sliceDocuments(text).map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(cut("a: 1\n---\nb: 2\n"), ["a: 1\n", "---\nb: 2\n"]);
  assert.deepEqual(cut("a: 1\n...\n# next\nb: 2\n"), ["a: 1\n...\n# next\nb: 2\n"]);
  assert.deepEqual(cut("%YAML 1.1\n---\na: 1\n"), ["%YAML 1.1\n", "---\na: 1\n"]);
  assert.deepEqual(cut("a: |\n  ---\n---x: 1\n"), ["a: |\n  ---\n", "---x: 1\n"]);
  assert.deepEqual(cut("--- # one\na: 1\r\n--- \r\nb: 2\n"), ["--- # one\na: 1\r\n", "--- \r\nb: 2\n"]);
  assert.deepEqual(cut("a: 1\r---\rb: 2\r"), ["a: 1\r---\rb: 2\r"]);
  assert.deepEqual(cut(""), [""]);
});

test("text that begins with a brace is a stream of JSON until it is none, and YAML from there", () => {
  const cut = (text: string) => sliceDocuments(text).map(({ start, end, form }) => `${form} ${text.slice(start, end)}`);
  assert.deepEqual(cut('{"a":1}{"b":2} {"c":3}\n'), ['json {"a":1}', 'json {"b":2}', 'json  {"c":3}\n']);
  assert.deepEqual(cut("{a: 1}\n---\nb: 2\n"), ["fallback {a: 1}\n", "yaml ---\nb: 2\n"]);
  assert.deepEqual(cut('{"a":1}\nb: 2\n'), ['json {"a":1}\n', "fallback b: 2\n"]);
  // After two objects it has to stay JSON.
  assert.deepEqual(cut("{}{}\n---\n{}\n"), ["json {}", "json {}", "json \n---\n{}\n"]);
  // With so little left YAML is not tried.
  assert.deepEqual(cut("{}#"), ["json {}", "json #"]);
});

test("each document of a file reads alone", () => {
  const documents = parseManifest("# first\na: 1\n---\nb: 2\n---\n# nothing\n---\nc: 3\n");
  assert.deepEqual(
    documents.map(({ value, isEmpty }) => (isEmpty ? "empty" : value)),
    [{ a: 1 }, { b: 2 }, "empty", { c: 3 }],
  );
});

test("what follows the end mark or a flow map is not read, and said not to be", () => {
  const told = (text: string) => {
    const { value, problems } = parseDocument(text);
    return [value, ...problems.map(({ code, start, end }) => `${code} ${text.slice(start, end)}`)];
  };
  assert.deepEqual(told("a: 1\n...\n# next\nb: [\n"), [{ a: 1 }, "yaml-ignored-text b: ["]);
  assert.deepEqual(told("{a: 1} {b: 2}\n"), [{ a: 1 }, "yaml-ignored-text {b: 2}"]);
  assert.deepEqual(told("{a: 1}\n# nothing\n"), [{ a: 1 }]);
  assert.deepEqual(told("...\na: 1\n").slice(1), ["yaml-syntax ..."]);
});

test("the last of repeated keys counts, and what is merged later overwrites what stands before", () => {
  const told = (text: string) => {
    const { value, problems } = parseDocument(`x: &x {a: 1}\nz:\n${text}`);
    return [(value as { z: unknown }).z, ...problems.map(({ key, repeats }) => `${key} ${repeats}`)];
  };
  assert.deepEqual(told("  a: 2\n  a: 3\n"), [{ a: 3 }, "a key"]);
  assert.deepEqual(told("  a: 2\n  <<: *x\n"), [{ a: 1 }, "a merged"]);
  assert.deepEqual(told("  <<: *x\n  a: 2\n"), [{ a: 2 }, "a override"]);
  assert.deepEqual(told("  <<: [{a: 3}, *x]\n"), [{ a: 3 }, "a override"]);
});

test("U+2028 ends a comment and a text without quotes, and is kept within quotes and blocks", () => {
  const read = (text: string) => {
    const { value, problems } = parseDocument(text);
    return problems.length > 0 ? problems[0]?.code : value;
  };
  assert.deepEqual(read("a: 1\n# x\u2028b: 2\n"), { a: 1, b: 2 });
  assert.deepEqual(read("a: b\u2028c\n"), "yaml-syntax");
  assert.deepEqual(read('a: "b\u2028c"\n'), { a: "b\u2028c" });
  assert.deepEqual(read("a: |\n  b\u2028  c\n"), { a: "b\u2028c\n" });
});

test("a byte order mark at the beginning is none of the text; elsewhere it is a letter", () => {
  assert.deepEqual(parseDocument("\ufeff\ufeffa: 1\n").value, { a: 1 });
  assert.deepEqual(parseDocument("---\n\ufeffa: 1\n", "yaml").value, { a: 1 });
  assert.deepEqual(parseDocument("a: 1\n\ufeffb: 2\n").value, { a: 1, "\ufeffb": 2 });
});

test("half-written text gives what is there", () => {
  assert.deepEqual(parseDocument("a: 1\nb:\n").value, { a: 1, b: null });
  assert.deepEqual(parseDocument("a:\n  - \n  - x\n").value, { a: [null, "x"] });
  assert.notDeepEqual(parseDocument("a: [1, 2\nb: 3\n").problems, []);
});

test("a colon with nothing before it begins no key, unless a question mark does", () => {
  const codes = (text: string) => parseDocument(text).problems.map(({ code }) => code);
  assert.equal(codes("a:\n  : b\n")[0], "yaml-syntax");
  assert.equal(codes("{: a}\n")[0], "yaml-syntax");
  assert.deepEqual(codes("? \n: a\n"), ["yaml-key-without-text"]);
});
