/** Default admission of claims and volumes. Models plugin/pkg/admission/storage/{persistentvolume/resize,storageobjectinuseprotection}. */
import { type Draft, ensure } from "../defaults-pod.ts";
import { type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import { compareQuantities, parseQuantity } from "../quantity.ts";
import { type Refused, refusedFor } from "../registry/answer.ts";
import type { Surroundings } from "../registry/surroundings.ts";
import { storageClassAnnotation } from "../update-annotations.ts";
import { metadataOf, specOf } from "../workload-checks.ts";

/** Protects a claim or volume, in place, from being deleted while it is in use. */
export function protect(object: Draft, finalizer: string): void {
  const metadata = ensure(object, "metadata");
  const finalizers = listAt(metadata, "finalizers");
  if (!finalizers.includes(finalizer)) metadata["finalizers"] = [...finalizers, finalizer];
}

/** A claim may only grow where its class lets it. */
export function admitGrowth(next: JsonObject, old: JsonObject, { storageClass }: Surroundings): Refused | undefined {
  const [before, after] = [storageOf(old), storageOf(next)];
  if (!before || !after || compareQuantities(after, before) <= 0) return undefined;
  if (stringAt(objectAt(old, "status"), "phase") !== "Bound") return refusedFor("Forbidden", "claim-not-bound");
  const name = storageClassAnnotation(next) ?? stringAt(specOf(next), "storageClassName");
  // Where the classes are not known, one of them may be the default.
  const known = name === "" && storageClass ? null : storageClass?.(name);
  if (known === undefined || known?.["allowVolumeExpansion"] === true) return undefined;
  return refusedFor("Forbidden", "claim-cannot-grow", { name: stringAt(metadataOf(next), "name"), class: name });
}

function storageOf(claim: JsonObject) {
  const text = objectAt(objectAt(specOf(claim), "resources"), "requests")?.["storage"];
  const parsed = typeof text === "string" ? parseQuantity(text) : undefined;
  return parsed?.ok ? parsed.quantity : undefined;
}
