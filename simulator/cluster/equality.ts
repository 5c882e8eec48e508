/** Equality as the API machinery means it. Models apimachinery/pkg/api/equality. */
import { compareQuantities, parseQuantity } from "../api/quantity.ts";

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
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
  for (const key in left) {
    if (semanticEqual(left[key], right[key])) continue;
    if (!quantityMaps.has(key) || !equalQuantities(left[key], right[key])) return false;
  }
  for (const key in right) if (!(key in left) && !isEmpty(right[key])) return false;
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
