/** Equality as the API machinery means it. Models apimachinery/pkg/api/equality. */
import { compareQuantities, parseQuantity } from "../api/quantity.ts";

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
  return semanticEqual(a, b) || (quantityMaps.has(key) && equalQuantities(a, b));
}

/** Deep equality of plain JSON in which absent, null, empty list and empty map are the same. */
export function semanticEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return isEmpty(a) && isEmpty(b);
  if (Array.isArray(a) !== Array.isArray(b)) return isEmpty(a) && isEmpty(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => semanticEqual(item, b[index]));
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key in left) if (!equalField(key, left[key], right[key])) return false;
  for (const key in right) if (!(key in left) && !isAbsent(key, right[key])) return false;
  return true;
}

/** Fields whose values are quantities: equal when the amounts are, `1` and `1000m` for example. */
const quantityMaps: ReadonlySet<string> = new Set(["requests", "limits", "overhead"]);

function equalQuantities(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const right = b as Record<string, unknown>;
  const left = Object.entries(a);
  return left.length === Object.keys(right).length && left.every(([key, value]) => sameAmount(value, right[key]));
}

function sameAmount(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return false;
  const left = parseQuantity(String(a));
  const right = parseQuantity(String(b));
  return left.ok && right.ok && compareQuantities(left.quantity, right.quantity) === 0;
}
