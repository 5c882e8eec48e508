/**
 * The two ways in which values are equal: to the letter, and as the API machinery means it. The second models
 * apimachinery/pkg/api/equality/semantic.go.
 */
import { nanosOf } from "./pod/amounts.ts";

/** Equal as JSON, whatever the order of keys: cheaper than to ask whether two values mean the same. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  // Not by `for … in`: with times beyond 31 bits every new shape of an object makes the engine compile this anew.
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    const one = (a as Record<string, unknown>)[key];
    const other = (b as Record<string, unknown>)[key];
    if (!Object.hasOwn(b, key) || (one !== other && !sameJson(one, other))) return false;
  }
  return true;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/**
 * Fields that are maps or structures by value: `{}` is the same as leaving them out. Any other `{}` stands for a pointer to an
 * empty structure, which is not the same as none: a template that gains `affinity: {}` is another template.
 */
const byValue: ReadonlySet<string> = new Set([
  "annotations",
  "labels",
  "limits",
  "matchLabels",
  "metadata",
  "nodeSelector",
  "options",
  "overhead",
  "requests",
  "resources",
  "volumeAttributes",
]);

function isAbsent(key: string, value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return isEmpty(value);
  return byValue.has(key) && Object.entries(value).every(([inner, one]) => isAbsent(inner, one));
}

function equalField(key: string, a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined || a === null || b === null) return isAbsent(key, a) && isAbsent(key, b);
  if (semanticEqual(a, b)) return true;
  return amountMaps.has(key) ? sameAmounts(a, b) : amountFields.has(key) && sameAmount(a, b);
}

/**
 * Deep equality of plain JSON in which absent, null, empty list and empty map are the same, and amounts are however they are
 * written.
 */
export function semanticEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return isEmpty(a) && isEmpty(b);
  if (Array.isArray(a) !== Array.isArray(b)) return isEmpty(a) && isEmpty(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => semanticEqual(item, b[index]));
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key of Object.keys(left)) {
    const [one, other] = [left[key], right[key]];
    if (one !== other && !equalField(key, one, other)) return false;
  }
  for (const key of Object.keys(right)) if (!Object.hasOwn(left, key) && !isAbsent(key, right[key])) return false;
  return true;
}

/** Maps whose values are amounts, and fields that hold one: `1` and `1000m` are the same, and `1G` and `1e9`. */
const amountMaps: ReadonlySet<string> = new Set(["requests", "limits", "overhead"]);
const amountFields: ReadonlySet<string> = new Set(["sizeLimit", "divisor"]);

function sameAmounts(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const right = b as Record<string, unknown>;
  const left = Object.entries(a);
  return left.length === Object.keys(right).length && left.every(([key, value]) => sameAmount(value, right[key]));
}

function sameAmount(a: unknown, b: unknown): boolean {
  const nanos = nanosOf(a);
  return nanos !== undefined && nanos === nanosOf(b);
}
