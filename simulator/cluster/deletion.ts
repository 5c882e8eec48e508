/** Asking for an object's deletion. Models apiserver/pkg/registry/rest/delete.go and the propagation policies. */
import { semanticEqual } from "../api/equality.ts";
import type { Kinds, LiveObject } from "./objects.ts";
import { deletePod } from "./pods.ts";
import type { Store } from "./store.ts";
import { claimsOf } from "./used-claims.ts";

/** What becomes of the objects that a deleted object owns. */
export type Propagation = "background" | "foreground" | "orphan";

export const foregroundFinalizer = "foregroundDeletion";
export const orphanFinalizer = "orphan";
export const claimProtection = "kubernetes.io/pvc-protection";

/**
 * Deletes an object. `background`: it goes at once and the garbage collector takes what it owned; `foreground`: it waits
 * for what it owned; `orphan`: what it owned stays, without an owner. Finalizers hold it back in every case.
 */
export function deleteObject(store: Store, object: LiveObject, now: number, cascade: Propagation = "background"): void {
  if (object.kind === "Pod" && cascade === "background") {
    deletePod(store, object, now);
    return;
  }
  const others = object.finalizers.filter((one) => one !== foregroundFinalizer && one !== orphanFinalizer);
  const finalizers =
    cascade === "foreground"
      ? [...others, foregroundFinalizer]
      : cascade === "orphan"
        ? [...others, orphanFinalizer]
        : others;
  if (object.kind === "PersistentVolumeClaim" && claimInUse(store, object)) {
    markDeleted(
      store,
      object,
      now,
      finalizers.includes(claimProtection) ? finalizers : [...finalizers, claimProtection],
    );
    return;
  }
  if (finalizers.length === 0) store.remove(object);
  else markDeleted(store, object, now, finalizers);
}

function markDeleted(store: Store, object: LiveObject, now: number, finalizers: readonly string[]): void {
  if (object.deleted !== null) {
    // Asked for once more it changes nothing, and nobody is to hear of it.
    if (!semanticEqual(finalizers, object.finalizers)) store.update(object, { finalizers });
  } else store.update(object, { finalizers, deleted: now, generation: object.generation + 1 });
}

/** Whether a pod that is bound to a node, ended or not, uses the claim; such a claim is protected from deletion. */
function claimInUse(store: Store, claim: Kinds["PersistentVolumeClaim"]): boolean {
  for (const pod of store.all("Pod")) {
    if (pod.node !== "" && pod.namespace === claim.namespace && claimsOf(pod).some(({ name }) => name === claim.name))
      return true;
  }
  return false;
}
