/**
 * Annotations that may not change once an object is there.
 * Models ValidatePodSpecificAnnotationUpdates and ValidateImmutableAnnotation of pkg/apis/core/validation.
 */
import { FieldPath, forbidden, invalid } from "./field-path.ts";
import { type JsonObject, objectAt, stringAt } from "./json.ts";
import { appArmorPrefix, mirror } from "./pod/annotations.ts";
import type { Problem } from "./problem.ts";
import { metadataOf, specOf } from "./workload-checks.ts";

const path = FieldPath.root.child("metadata").child("annotations");
const storageClass = "volume.beta.kubernetes.io/storage-class";

const annotationsOf = (object: JsonObject): JsonObject => objectAt(metadataOf(object), "annotations") ?? {};

/** What may not change of the annotations of a claim. */
export function claimAnnotationChanges(old: JsonObject, next: JsonObject): Problem[] {
  const [from, to] = [annotationsOf(old), annotationsOf(next)];
  if (stringAt(from, storageClass) === stringAt(to, storageClass)) return [];
  // The class may move from the annotation into the field.
  const isMoved =
    to[storageClass] === undefined &&
    specOf(old)["storageClassName"] === undefined &&
    specOf(next)["storageClassName"] === from[storageClass];
  if (isMoved) return [];
  return [invalid("immutable", path.child(storageClass), { value: stringAt(to, storageClass) })];
}

/** The storage class that the annotation of old times names. */
export function storageClassAnnotation(object: unknown): string | undefined {
  const value = objectAt(metadataOf(object), "annotations")?.[storageClass];
  return typeof value === "string" ? value : undefined;
}

/** What may not change of the annotations of a Pod. */
export function podAnnotationChanges(old: JsonObject, next: JsonObject): Problem[] {
  const [from, to] = [annotationsOf(old), annotationsOf(next)];
  const found: Problem[] = [];
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (from[key] === to[key]) continue;
    if (key.startsWith(appArmorPrefix) || key === mirror) {
      found.push(forbidden("annotation-immutable", path.key(key), { value: key }));
    }
  }
  return found;
}
