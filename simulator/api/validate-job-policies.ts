/** Validation of a Job's podFailurePolicy and successPolicy. Models pkg/apis/batch/validation/validation.go. */
import { checkFormat } from "./check-format.ts";
import { duplicate, type FieldPath, invalid, required, tooLong, tooMany } from "./field-path.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "./json.ts";
import { utf8Length } from "./metadata.ts";
import { checkChoice, checkNonnegative } from "./pod/check.ts";
import type { Problem } from "./problem.ts";

const mostRules = 20;
const mostExitCodes = 255;
const mostConditions = 20;
const longestIndexes = 64 * 1024;
const actions = ["Count", "FailIndex", "FailJob", "Ignore"];

function checkCount(length: number, limit: number, path: FieldPath, found: Problem[]): void {
  if (length > limit) found.push(tooMany("too-many-items", path, { actual: length, limit }));
}

export function checkFailurePolicy(policy: JsonObject, job: JsonObject, path: FieldPath, found: Problem[]): void {
  const rules = listAt(policy, "rules");
  const rulesPath = path.child("rules");
  checkCount(rules.length, mostRules, rulesPath, found);
  const pod = objectAt(objectAt(job, "template"), "spec");
  const names = new Set(
    [...listAt(pod, "containers"), ...listAt(pod, "initContainers")].map((one) => stringAt(asObject(one), "name")),
  );
  for (const [index, rule] of rules.entries())
    checkFailureRule(asObject(rule), job, names, rulesPath.index(index), found);
}

function checkFailureRule(
  rule: JsonObject,
  job: JsonObject,
  names: ReadonlySet<string>,
  path: FieldPath,
  found: Problem[],
): void {
  const action = stringAt(rule, "action");
  if (action === "FailIndex") {
    if (job["backoffLimitPerIndex"] === undefined)
      found.push(invalid("fail-index-without-limit", path.child("action"), { value: action }));
  } else checkChoice(action, actions, path.child("action"), found);
  const exitCodes = objectAt(rule, "onExitCodes");
  const conditions = listAt(rule, "onPodConditions");
  if (exitCodes) checkExitCodes(exitCodes, names, path.child("onExitCodes"), found);
  const at = path.child("onPodConditions");
  checkCount(conditions.length, mostConditions, at, found);
  for (const [index, one] of conditions.entries()) checkCondition(asObject(one), at.index(index), found);
  if (exitCodes && conditions.length > 0) found.push(invalid("failure-rule-both", path));
  if (!exitCodes && conditions.length === 0) found.push(invalid("failure-rule-neither", path));
}

function checkCondition(condition: JsonObject, path: FieldPath, found: Problem[]): void {
  checkFormat("invalid-qualified-name", stringAt(condition, "type"), path.child("type"), found);
  checkChoice(stringAt(condition, "status"), ["False", "True", "Unknown"], path.child("status"), found);
}

function checkExitCodes(requirement: JsonObject, names: ReadonlySet<string>, path: FieldPath, found: Problem[]): void {
  const operator = stringAt(requirement, "operator");
  checkChoice(operator, ["In", "NotIn"], path.child("operator"), found);
  const container = requirement["containerName"];
  if (typeof container === "string" && !names.has(container)) {
    found.push(invalid("unknown-container", path.child("containerName"), { value: container, allowed: [...names] }));
  }
  const values = listAt(requirement, "values");
  const at = path.child("values");
  if (values.length === 0) found.push(invalid("exit-codes-missing", at));
  else checkCount(values.length, mostExitCodes, at, found);
  const seen = new Set<unknown>();
  let ordered = true;
  values.forEach((value, index) => {
    if (operator === "In" && value === 0) found.push(invalid("exit-code-zero", at.index(index), { value: 0 }));
    if (seen.has(value)) found.push(duplicate("exit-code-repeated", at.index(index), { value: String(value) }));
    seen.add(value);
    if (index > 0 && Number(values[index - 1]) > Number(value)) ordered = false;
  });
  if (!ordered) found.push(invalid("exit-codes-unordered", at));
}

export function checkSuccessPolicy(policy: JsonObject, job: JsonObject, path: FieldPath, found: Problem[]): void {
  const rules = listAt(policy, "rules");
  const rulesPath = path.child("rules");
  if (rules.length === 0) found.push(required("success-rules-missing", rulesPath));
  checkCount(rules.length, mostRules, rulesPath, found);
  for (const [index, rule] of rules.entries()) checkSuccessRule(asObject(rule), job, rulesPath.index(index), found);
}

function checkSuccessRule(rule: JsonObject, job: JsonObject, path: FieldPath, found: Problem[]): void {
  const indexes = rule["succeededIndexes"];
  const count = numberAt(rule, "succeededCount");
  const completions = numberAt(job, "completions");
  if (typeof indexes !== "string" && count === undefined) found.push(required("success-rule-empty", path));
  let listed = 0;
  if (typeof indexes === "string") {
    const at = path.child("succeededIndexes");
    if (utf8Length(indexes) > longestIndexes) {
      found.push(tooLong("text-too-long", at, { actual: utf8Length(indexes), limit: longestIndexes }));
    }
    const parsed = countIndexes(indexes, completions ?? 0);
    if ("problem" in parsed)
      found.push(invalid(`indexes-${parsed.problem}`, at, { value: indexes, part: parsed.part }));
    else listed = parsed.count;
  }
  if (count === undefined) return;
  const at = path.child("succeededCount");
  checkNonnegative(rule, "succeededCount", path, found);
  if (completions !== undefined && count > completions) {
    found.push(invalid("above-maximum", at, { value: count, max: completions }));
  }
  if (typeof indexes === "string" && count > listed)
    found.push(invalid("above-maximum", at, { value: count, max: listed }));
}

type Counted =
  | { readonly count: number }
  | { readonly problem: "not-a-number" | "too-many-hyphens" | "not-increasing" | "too-large"; readonly part: string };

const int32 = /^[+-]?[0-9]+$/;

/** How many indexes a text such as `0,3-5` lists, all below `completions` and in increasing order. */
function countIndexes(text: string, completions: number): Counted {
  if (text === "") return { count: 0 };
  let last: number | undefined;
  let count = 0;
  for (const part of text.split(",")) {
    const ends = part.split("-");
    if (ends.length > 2) return { problem: "too-many-hyphens", part };
    const first = parseIndex(ends[0]!);
    if (first === undefined) return { problem: "not-a-number", part: ends[0]! };
    if (last !== undefined && first <= last) return { problem: "not-increasing", part };
    if (first >= completions) return { problem: "too-large", part: ends[0]! };
    last = first;
    count++;
    if (ends.length === 1) continue;
    const end = parseIndex(ends[1]!);
    if (end === undefined) return { problem: "not-a-number", part: ends[1]! };
    if (first >= end) return { problem: "not-increasing", part };
    if (end >= completions) return { problem: "too-large", part: ends[1]! };
    last = end;
    count += end - first;
  }
  return { count };
}

function parseIndex(text: string): number | undefined {
  const value = Number(text);
  return int32.test(text) && Math.abs(value) < 2 ** 31 ? value : undefined;
}
