/** Words for people on the client's side: every problem of a run is a sentence, in both languages, and so is every command. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { en } from "../../client/webview/messages/en.ts";
import { ko } from "../../client/webview/messages/ko.ts";
import { problemsEn } from "../../client/webview/messages/problems.en.ts";
import { problemsKo } from "../../client/webview/messages/problems.ko.ts";
import { problemSentence } from "../../client/webview/messages/problems.ts";
import type { Problem } from "../../simulator/api/problem.ts";
import { checkScenario } from "../../simulator/scenario/check.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const sources = (folder: string): string =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => read(join(folder, name)))
    .join("\n");

test("every code of a scenario or an action has a sentence", () => {
  const text = sources("simulator/scenario") + sources("simulator/kubectl") + read("simulator/simulate.ts");
  const used = [
    ...[...text.matchAll(/report\(\s*"([a-z-]+)"/g)].map((match) => match[1]!),
    ...[...text.matchAll(/actionProblem\(\s*"([a-z-]+)"/g)].map((match) => match[1]!),
  ];
  assert.ok(used.length > 20, "the codes are found where they are reported");
  assert.deepEqual(
    used.filter((code) => !Object.hasOwn(problemsEn, code)),
    [],
  );
});

test("what is wrong with a scenario is said in sentences without a gap", () => {
  const wrong = {
    seed: "one",
    start: -1,
    horizon: 10 ** 20,
    timings: { schedule: "soon" },
    nodes: [{ name: "a" }, { name: "a" }],
    faults: [{ on: {}, fault: { type: "mood" } }],
    steps: [
      { at: 0, action: { do: "dance" } },
      { at: 0, action: { do: "scale", kind: "Deployment", name: "web", replicas: 900_000 } },
      { at: 0, action: { do: "setImage", kind: "Deployment", name: "web", container: "a", image: "" } },
    ],
  };
  const problems = checkScenario(wrong);
  assert.ok(problems.length > 8);
  for (const sentences of [problemsEn, problemsKo]) {
    for (const problem of problems) {
      const sentence = problemSentence(problem, sentences);
      assert.doesNotMatch(sentence, /[{}…]|scenario-|undefined/, sentence);
      assert.match(sentence, /\.$/);
    }
  }
  const tooMany = problems.find((one) => one.code === "scenario-too-many-pods");
  assert.ok(tooMany);
  assert.equal(problemSentence(tooMany, problemsEn), "replicas asks for 900000 pods; a run holds at most 500000.");
});

test("a refusal that is not foreseen is still a sentence", () => {
  const problem: Problem = {
    code: "immutable",
    reason: "FieldValueInvalid",
    path: "spec.selector",
    at: ["spec", "selector"],
    severity: "error",
    params: {},
  };
  assert.equal(problemSentence(problem, problemsEn), "The API server refuses spec.selector (immutable).");
  assert.match(problemSentence(problem, problemsKo), /spec\.selector/);
});

test("what the extension says in English has its Korean words, and none is left over", () => {
  const texts = [...sources("client").matchAll(/\bt\(\s*"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]!);
  const bundle = JSON.parse(read("client/l10n/bundle.l10n.ko.json")) as Readonly<Record<string, string>>;
  assert.deepEqual([...new Set(texts)].sort(), Object.keys(bundle).sort());
});

test("the panel's words have the same values to fill in, in both languages", () => {
  const gaps = (text: string): readonly string[] => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();
  for (const [key, text] of Object.entries(en)) assert.deepEqual(gaps(ko[key as keyof typeof en]), gaps(text), key);
  for (const [code, text] of Object.entries(problemsEn)) {
    assert.deepEqual(gaps(problemsKo[code as keyof typeof problemsEn]), gaps(text), code);
  }
});

test("titles and settings have words in both languages", () => {
  const english = JSON.parse(read("package.nls.json")) as Readonly<Record<string, string>>;
  const korean = JSON.parse(read("package.nls.ko.json")) as Readonly<Record<string, string>>;
  const used = [...read("package.json").matchAll(/"%([a-zA-Z.]+)%"/g)].map((match) => match[1]!);
  assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
  assert.deepEqual(Object.keys(korean).sort(), Object.keys(english).sort());
});
