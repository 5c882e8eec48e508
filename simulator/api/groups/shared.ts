/** What the rules of the smaller kinds share. */
import { semanticEqual } from "../equality.ts";
import { FieldPath, forbidden, invalid } from "../field-path.ts";
import type { JsonObject } from "../json.ts";
import { type NameCheck, validateObjectMeta } from "../metadata.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";
import { metadataOf } from "../workload-checks.ts";

export const root: FieldPath = FieldPath.root;
export const specPath: FieldPath = root.child("spec");

/** The problems of the metadata of a kind. */
export function metadataProblems(
  object: JsonObject,
  target: Target,
  namespaced: boolean,
  nameCheck: NameCheck = "dns-subdomain",
): Problem[] {
  return validateObjectMeta(metadataOf(object), root.child("metadata"), { target, namespaced, nameCheck });
}

/** Fields that may not change, each `Invalid` at its path. */
export function immutableFields(
  from: JsonObject,
  to: JsonObject,
  keys: readonly string[],
  path: FieldPath = root,
): Problem[] {
  return changed(from, to, keys).map((key) =>
    invalid("immutable", path.child(key), { value: JSON.stringify(to[key] ?? null) }),
  );
}

/** Fields that may not change, each `Forbidden` at its path. */
export function forbiddenChanges(from: JsonObject, to: JsonObject, keys: readonly string[]): Problem[] {
  return changed(from, to, keys).map((key) =>
    forbidden("immutable", root.child(key), { value: JSON.stringify(to[key] ?? null) }),
  );
}

function changed(from: JsonObject, to: JsonObject, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => !semanticEqual(from[key], to[key]));
}
