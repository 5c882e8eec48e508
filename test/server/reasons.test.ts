/** Every code has a sentence in every language, made of nothing but its own params. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { ko } from "../../server/messages/ko.ts";
import { message, type Words } from "../../server/messages/words.ts";
import { codes } from "../../simulator/api/codes.ts";
import { FieldPath, invalid } from "../../simulator/api/field-path.ts";

const catalogue: Readonly<Record<string, readonly string[]>> = codes;

function strangers({ reasons }: Words): string[] {
  return Object.entries(catalogue).flatMap(([code, params]) => {
    const names = [...(reasons.sentences[code] ?? "{missing}").matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
    return names.filter((name) => !params.includes(name)).map((name) => `${code} {${name}}`);
  });
}

test("sentences name params that their code has", () => {
  assert.deepEqual(strangers(en), []);
  assert.deepEqual(strangers(ko), []);
});

test("a message names the field, the value, the rule and the way out", () => {
  const at = FieldPath.root.child("spec").child("progressDeadlineSeconds");
  const problem = invalid("deadline-not-above-min-ready", at, { value: 5, minReadySeconds: 9 });
  assert.equal(
    message(en, problem),
    "`spec.progressDeadlineSeconds` is not valid (it is `5`). It has to be greater than minReadySeconds (9).",
  );
  assert.equal(
    message(ko, problem),
    "`spec.progressDeadlineSeconds`의 값이 올바르지 않습니다 (현재 값: `5`). minReadySeconds(9)보다 커야 합니다.",
  );
});

test("rules of formats are put into words", () => {
  const problem = invalid("invalid-dns-label", FieldPath.root.child("metadata").child("name"), {
    value: "a.b",
    rules: ["no-dots"],
  });
  assert.equal(message(en, problem), "`metadata.name` is not valid (it is `a.b`). A DNS label is needed: no dots.");
});
