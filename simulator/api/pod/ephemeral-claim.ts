/** The claim template of an ephemeral volume. Models ValidatePersistentVolumeClaimTemplate of pkg/apis/core/validation. */
import { type FieldPath, forbidden, required } from "../field-path.ts";
import { emptyObject, type JsonObject, objectAt } from "../json.ts";
import { validateAnnotations, validateLabels } from "../metadata.ts";
import type { Problem } from "../problem.ts";
import { serverMetadata } from "../server-metadata.ts";
import { validateClaimSpec } from "./claim-spec.ts";

/** Fields of metadata that a claim template must not have; the server spells them as its Go fields. */
const forbiddenMetadata: readonly string[] = [
  "name",
  "generateName",
  "namespace",
  ...serverMetadata,
  "ownerReferences",
  "finalizers",
  "managedFields",
];

export function validateEphemeral(source: JsonObject, path: FieldPath, found: Problem[]): void {
  const at = path.child("volumeClaimTemplate");
  const template = objectAt(source, "volumeClaimTemplate");
  if (template === undefined) {
    found.push(required("field-required", at, { field: "volumeClaimTemplate" }));
    return;
  }
  const metadata = objectAt(template, "metadata") ?? emptyObject;
  const metadataPath = at.child("metadata");
  found.push(...validateAnnotations(metadata["annotations"], metadataPath.child("annotations")));
  found.push(...validateLabels(metadata["labels"], metadataPath.child("labels")));
  for (const key of forbiddenMetadata) {
    const value = metadata[key];
    if (value === undefined || value === null || value === "" || value === 0) continue;
    const place = key === "uid" ? metadataPath.silent(key).spelled("uID") : metadataPath.child(key);
    found.push(forbidden("template-metadata-not-allowed", place, { field: key }));
  }
  validateClaimSpec(objectAt(template, "spec") ?? emptyObject, at.child("spec"), found);
}
