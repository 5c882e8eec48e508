/** Every problem that is ever found is in the catalogue of codes, with exactly the params that are named there. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseManifest } from "../../server/yaml/parse.ts";
import { admit } from "../../simulator/api/admit.ts";
import { codes } from "../../simulator/api/codes.ts";
import type { Problem } from "../../simulator/api/problem.ts";
import { recordedTarget } from "../../simulator/api/target.ts";
import { admitUpdate } from "../../simulator/api/update.ts";

const catalogue: Readonly<Record<string, readonly string[]>> = codes;
const data = join(import.meta.dirname, "../conformance/data");

function linesOf(file: string): readonly Record<string, string>[] {
  const lines = readFileSync(join(data, file), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Record<string, string>);
}

function manifestOf(text: string | undefined): unknown {
  return parseManifest(text ?? "").find((document) => !document.isEmpty)?.value;
}

function strays(problems: readonly Problem[]): string[] {
  return problems
    .filter(({ code, params }) => catalogue[code]?.toSorted().join() !== Object.keys(params).toSorted().join())
    .map(({ code, params }) => `${code}(${Object.keys(params).join(", ")})`);
}

test("all problems of the recorded manifests are catalogued with their params", () => {
  const found = new Set<string>();
  for (const { manifest } of linesOf("validation.jsonl")) {
    const { problems, warnings } = admit(manifestOf(manifest), recordedTarget);
    for (const stray of strays([...problems, ...warnings])) found.add(stray);
  }
  assert.deepEqual([...found], []);
});

test("all problems of the recorded replacements are catalogued with their params", () => {
  const found = new Set<string>();
  for (const { old, new: next, oldStatus } of linesOf("updates.jsonl")) {
    const { problems, warnings } = admitUpdate(manifestOf(old), manifestOf(next), recordedTarget, oldStatus);
    for (const stray of strays([...problems, ...warnings])) found.add(stray);
  }
  assert.deepEqual([...found], []);
});
