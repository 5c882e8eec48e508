/** `--sort-by`. Models kubectl/pkg/cmd/get/sorter.go. */
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { compareQuantities, parseQuantity } from "../../api/quantity.ts";
import { relaxedPath } from "./columns.ts";
import { evaluate } from "./jsonpath/evaluate.ts";
import { parseTemplate } from "./jsonpath/parse.ts";

export type Sorted<T> =
  | { readonly sorted: readonly T[] }
  | { readonly error: string /** No object has anything there. */; readonly isMissing?: true };

/** The objects in the order of what stands at a path; those without it come first. */
export function sortedBy<T extends JsonObject>(objects: readonly T[], path: string): Sorted<T> {
  const relaxed = relaxedPath(path);
  if (relaxed === undefined) {
    const shape =
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'";
    return { error: shape };
  }
  const parsed = parseTemplate(relaxed);
  if ("error" in parsed) return { error: parsed.error };
  const keyed: { readonly object: T; readonly key: Json | undefined }[] = [];
  for (const object of objects) {
    const found = evaluate(parsed.nodes, object);
    if ("error" in found) return { error: found.error };
    keyed.push({ object, key: found.results[0]?.[0] });
  }
  if (objects.length > 0 && keyed.every(({ key }) => key === undefined)) {
    return { error: `couldn't find any field with path "${relaxed}" in the list of objects`, isMissing: true };
  }
  return { sorted: keyed.sort((a, b) => order(a.key, b.key)).map(({ object }) => object) };
}

function order(a: Json | undefined, b: Json | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== "string" || typeof b !== "string") return 0;
  const [one, other] = [parseQuantity(a), parseQuantity(b)];
  if (one.ok && other.ok) return compareQuantities(one.quantity, other.quantity);
  return natural(a, b);
}

/** Digits in a text count as a number: `a2` comes before `a10`. */
function natural(a: string, b: string): number {
  const [one, other] = [a, b].map((text) => text.match(/\d+|\D/g) ?? []);
  for (const [index, part] of one!.entries()) {
    const against = other![index];
    if (against === undefined) return 1;
    if (part === against) continue;
    const isNumber = /^\d/.test(part) && /^\d/.test(against);
    if (!isNumber) return part < against ? -1 : 1;
    const difference = BigInt(part) - BigInt(against);
    return difference < 0n ? -1 : difference > 0n ? 1 : part.length - against.length;
  }
  return a.length - b.length;
}
