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

/** The problems of replacing the annotations of the object `old` of a kind by those of `next`. */
export function annotationChanges(kind: string, old: unknown, next: unknown): Problem[] {
  const from = objectAt(metadataOf(old), "annotations") ?? {};
  const to = objectAt(metadataOf(next), "annotations") ?? {};
  if (kind === "Pod") return podAnnotationChanges(from, to);
  if (kind !== "PersistentVolumeClaim" || stringAt(from, storageClass) === stringAt(to, storageClass)) return [];
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

function podAnnotationChanges(from: JsonObject, to: JsonObject): Problem[] {
  const found: Problem[] = [];
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (from[key] === to[key]) continue;
    if (key.startsWith(appArmorPrefix) || key === mirror) {
      found.push(forbidden("annotation-immutable", path.key(key), { value: key }));
    }
  }
  return found;
}
