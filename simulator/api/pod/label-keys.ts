/**
 * `matchLabelKeys` and `mismatchLabelKeys`: keys whose values come from the pod.
 * Models validateLabelKeys and validateMatchLabelKeysAndMismatchLabelKeys of pkg/apis/core/validation.
 */
import { checkFormat } from "../check-format.ts";
import { type FieldPath, forbidden, invalid } from "../field-path.ts";
import { asObject, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";

/** Checks a list of keys and returns it. Without a selector there is nothing they could refine. */
export function checkLabelKeys(
  owner: JsonObject,
  field: "matchLabelKeys" | "mismatchLabelKeys",
  selector: JsonObject | undefined,
  path: FieldPath,
  found: Problem[],
): readonly string[] {
  const keys = listAt(owner, field).map((key) => (typeof key === "string" ? key : ""));
  if (keys.length === 0) return keys;
  const at = path.child(field);
  if (selector === undefined) {
    found.push(forbidden("label-keys-without-selector", at));
    return keys;
  }
  for (const [index, key] of keys.entries()) checkFormat("invalid-qualified-name", key, at.index(index), found);
  return keys;
}

/**
 * Keys that the selector asks for twice. For a Pod one of the two is the server's own expression for the key, so a
 * clash with the author's is found; in a template it takes two of the author's.
 */
export function checkMergedKeys(
  keys: readonly string[],
  selector: JsonObject,
  path: FieldPath,
  found: Problem[],
): void {
  if (keys.length === 0) return;
  const seen = new Set(Object.keys(objectAt(selector, "matchLabels") ?? {}));
  for (const entry of listAt(selector, "matchExpressions")) {
    const key = stringAt(asObject(entry), "key");
    const index = keys.lastIndexOf(key);
    if (index >= 0 && seen.has(key)) {
      found.push(invalid("label-key-in-selector", path.silent("matchLabelKeys").index(index), { value: key }));
    }
    seen.add(key);
  }
}
