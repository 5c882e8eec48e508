/** Checks that several workload kinds share. Models pkg/apis/apps/validation/validation.go. */
import { type FieldPath, forbidden, invalid, notSupported, required } from "./field-path.ts";
import { isPercent } from "./formats.ts";
import { isObject, type JsonObject, numberAt, objectAt, stringAt } from "./json.ts";
import { isUsableSelector, matchesSelector, validateLabelSelector } from "./label-selector.ts";
import type { LabelMap, LabelSelector } from "./objects.ts";
import { checkNonnegative } from "./pod/check.ts";
import { type PodTemplateOptions, validatePodTemplate } from "./pod/template.ts";
import type { Problem } from "./problem.ts";

/** Each of the named fields is 0 or more where given. */
export function checkNonnegatives(spec: JsonObject, keys: readonly string[], path: FieldPath, found: Problem[]): void {
  for (const key of keys) checkNonnegative(spec, key, path, found);
}

/** A number, or a percentage of digits only. */
export function checkIntOrPercent(value: unknown, path: FieldPath, found: Problem[]): void {
  if (typeof value === "number" && value < 0) found.push(invalid("negative", path, { value }));
  if (typeof value === "string" && !isPercent(value)) found.push(invalid("invalid-percent", path, { value }));
}

export function checkAtMostAll(value: unknown, path: FieldPath, found: Problem[]): void {
  if (typeof value === "string" && isPercent(value) && Number(value.slice(0, -1)) > 100) {
    found.push(invalid("percent-above-100", path, { value }));
  }
}

/** The number that stands there, whatever it is a number of; a text that holds none is 0. */
export function plainNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return 0;
  const digits = isPercent(value) ? value.slice(0, -1) : value;
  return /^[+-]?[0-9]+$/.test(digits) ? Number(digits) : 0;
}

function labelsOf(template: JsonObject | undefined): LabelMap {
  return (objectAt(objectAt(template, "metadata"), "labels") ?? {}) as LabelMap;
}

function isEmpty(selector: JsonObject): boolean {
  const size = (value: unknown) => (typeof value === "object" && value !== null ? Object.keys(value).length : 0);
  return size(selector["matchLabels"]) + size(selector["matchExpressions"]) === 0;
}

/** Adds a problem when the selector does not match the labels of the template at `templatePath`. */
export function checkSelectorMatches(
  selector: JsonObject | undefined,
  template: JsonObject | undefined,
  templatePath: FieldPath,
  found: Problem[],
): void {
  const labels = labelsOf(template);
  if (matchesSelector(selector as LabelSelector | undefined, labels)) return;
  // An empty selector matches everything and was reported on its own account.
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  found.push(invalid("selector-mismatch", templatePath.child("metadata").child("labels"), { labels: pairs }));
}

/** What is wrong with the selector itself: missing, empty or with bad parts. */
function checkSelector(spec: JsonObject, kind: string, path: FieldPath, found: Problem[]): void {
  const selector = objectAt(spec, "selector");
  const at = path.child("selector");
  if (selector === undefined) {
    found.push(required("selector-missing", at, { kind }));
    return;
  }
  found.push(...validateLabelSelector(selector, at));
  if (isEmpty(selector)) found.push(invalid("selector-empty", at, { kind }));
}

/**
 * Selector and template of a kind that looks at the template only when the selector can be used at all.
 * `template`: the template as it is judged, when that differs from the one in the spec.
 */
export function checkSelectorAndTemplate(
  spec: JsonObject,
  options: PodTemplateOptions,
  path: FieldPath,
  found: Problem[],
  template: JsonObject | undefined = objectAt(spec, "template"),
): void {
  checkSelector(spec, options.kind, path, found);
  const selector = objectAt(spec, "selector");
  const templatePath = path.child("template");
  if (!isUsableSelector(selector as LabelSelector | undefined)) {
    found.push(invalid("selector-unusable", path.child("selector")));
    return;
  }
  checkSelectorMatches(selector, template, templatePath, found);
  found.push(...validatePodTemplate(template, templatePath, options));
}

/** Pods of these kinds run for ever. */
export function checkRunsForEver(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const pod = objectAt(objectAt(spec, "template"), "spec");
  const at = path.child("template").child("spec");
  const policy = stringAt(pod, "restartPolicy");
  if (policy !== "Always")
    found.push(notSupported("restart-policy-not-always", at.child("restartPolicy"), policy, ["Always"]));
  if (numberAt(pod, "activeDeadlineSeconds") !== undefined) {
    found.push(forbidden("active-deadline-not-allowed", at.child("activeDeadlineSeconds")));
  }
}

/** The spec of a decoded object; an empty one when there is none. */
export function specOf(object: unknown): JsonObject {
  return (isObject(object) ? objectAt(object, "spec") : undefined) ?? {};
}

/** The metadata of a decoded object. */
export function metadataOf(object: unknown): JsonObject | undefined {
  return isObject(object) ? objectAt(object, "metadata") : undefined;
}
