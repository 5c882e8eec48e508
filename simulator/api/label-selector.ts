/**
 * Label selectors as objects carry them (`matchLabels`, `matchExpressions`): validation, matching, canonical text.
 * Models apimachinery/pkg/apis/meta/v1/validation/validation.go and apimachinery/pkg/apis/meta/v1/helpers.go
 */
import { checkFormat } from "./check-format.ts";
import { type FieldPath, forbidden, invalid, required } from "./field-path.ts";
import { labelValue, qualifiedName } from "./formats.ts";
import { isObject, type JsonObject, listAt, objectAt, stringAt } from "./json.ts";
import { validateLabels } from "./metadata.ts";
import type { LabelMap, LabelSelector } from "./objects.ts";
import type { Problem } from "./problem.ts";
import { matchesRequirements, type Requirement, requirementsText } from "./selector-text.ts";

export { parseSelector } from "./selector-text.ts";

interface LabelSelectorOptions {
  /** Values of expressions are not checked: pods' spread constraints and old objects. */
  readonly allowInvalidValues?: boolean;
}

/** The problems of a selector; an absent one has none (whether it may be absent is the caller's matter). */
export function validateLabelSelector(
  selector: unknown,
  path: FieldPath,
  options: LabelSelectorOptions = {},
): Problem[] {
  if (!isObject(selector)) return [];
  const found = validateLabels(objectAt(selector, "matchLabels"), path.child("matchLabels"));
  for (const [index, entry] of listAt(selector, "matchExpressions").entries()) {
    const expression = isObject(entry) ? entry : undefined;
    validateExpression(expression, path.child("matchExpressions").index(index), options, found);
  }
  return found;
}

function validateExpression(
  expression: JsonObject | undefined,
  path: FieldPath,
  options: LabelSelectorOptions,
  found: Problem[],
): void {
  const operator = stringAt(expression, "operator");
  const values = listAt(expression, "values");
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0) found.push(required("selector-values-missing", path.child("values"), { operator }));
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.length > 0) found.push(forbidden("selector-values-not-allowed", path.child("values"), { operator }));
  } else {
    const allowed = ["In", "NotIn", "Exists", "DoesNotExist"];
    found.push(invalid("selector-operator-invalid", path.child("operator"), { value: operator, allowed }));
  }
  checkFormat("invalid-qualified-name", stringAt(expression, "key"), path.child("key"), found);
  if (options.allowInvalidValues === true) return;
  for (const [index, value] of values.entries()) {
    const text = typeof value === "string" ? value : "";
    checkFormat("invalid-label-value", text, path.child("values").index(index), found);
  }
}

/** The requirements of a selector, sorted by key as the server keeps them; `undefined` when it cannot be used. */
export function requirementsOf(selector: LabelSelector): readonly Requirement[] | undefined {
  const requirements: Requirement[] = [];
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (!isUsable(key, [value])) return undefined;
    requirements.push({ key, operator: "=", values: [value] });
  }
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    if (!isUsable(key, values)) return undefined;
    if (operator === "In" || operator === "NotIn") {
      if (values.length === 0) return undefined;
      requirements.push({ key, operator: operator === "In" ? "in" : "notin", values });
    } else if (operator === "Exists" || operator === "DoesNotExist") {
      if (values.length > 0) return undefined;
      requirements.push({ key, operator: operator === "Exists" ? "exists" : "!", values });
    } else return undefined;
  }
  return requirements.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
}

function isUsable(key: string, values: readonly string[]): boolean {
  return qualifiedName(key).length === 0 && values.every((value) => labelValue(value).length === 0);
}

/** Whether the server can make a selector of it: no bad operator, key or value. Absent selectors are usable. */
export function isUsableSelector(selector: LabelSelector | null | undefined): boolean {
  return selector === null || selector === undefined || requirementsOf(selector) !== undefined;
}

/** Whether labels match. No selector and an unusable one match nothing, an empty one everything. */
export function matchesSelector(selector: LabelSelector | null | undefined, labels: LabelMap | undefined): boolean {
  if (selector === null || selector === undefined) return false;
  const requirements = requirementsOf(selector);
  return requirements !== undefined && matchesRequirements(requirements, labels ?? {});
}

/** A test of labels, for selectors that are used many times. */
export function selectorTest(selector: LabelSelector | null | undefined): (labels: LabelMap | undefined) => boolean {
  const requirements = selector === null || selector === undefined ? undefined : requirementsOf(selector);
  if (requirements === undefined) return () => false;
  return (labels) => matchesRequirements(requirements, labels ?? {});
}

/** Canonical text, e.g. `app=web,tier in (a,b),!old`: `""` for nothing to ask, `undefined` when unusable. */
export function selectorText(selector: LabelSelector | null | undefined): string | undefined {
  if (selector === null || selector === undefined) return "";
  const requirements = requirementsOf(selector);
  return requirements && requirementsText(requirements);
}

/** As kubectl prints it: `<error>` for an unusable selector, `<none>` for an empty one. */
export function formatSelector(selector: LabelSelector | null | undefined): string {
  const text = selectorText(selector);
  if (text === undefined) return "<error>";
  return text === "" ? "<none>" : text;
}
