/**
 * Takes what lost its owners, and serves foreground and orphaning deletion.
 * Models pkg/controller/garbagecollector, and pkg/controller/volume/pvcprotection for claims that were in use.
 */
import { kinds } from "../api/kinds.ts";
import type { ControllerFactory } from "./controller.ts";
import { claimProtection, deleteObject, foregroundFinalizer, orphanFinalizer } from "./deletion.ts";
import type { Kind, LiveObject, OwnerReference } from "./objects.ts";
import { removeFinalizer } from "./pods.ts";
import type { Store } from "./store.ts";
import { claimsOf } from "./used-claims.ts";

/** Kinds whose objects own others or are owned. */
const collected = kinds.rows.filter((row) => row.is === "simulated" && row.namespaced && row.kind !== "Service");
const watched = collected.map((row) => row.kind as Kind);

/** What an object owns, pods included. */
function dependentsOf(store: Store, uid: string): LiveObject[] {
  return [...store.owned(uid), ...store.pods(uid).pods];
}

function isDependingOnDeletion(owner: LiveObject): boolean {
  return owner.deleted !== null && owner.finalizers.includes(foregroundFinalizer);
}

export const garbageCollector: ControllerFactory = {
  name: "garbage-collector",
  create({ store, now, enqueue }) {
    function orphanDependents(owner: LiveObject): void {
      for (const dependent of dependentsOf(store, owner.uid)) {
        store.update(dependent, { owners: dependent.owners.filter((one) => one.uid !== owner.uid) });
      }
      removeFinalizer(store, owner, orphanFinalizer);
    }

    /** Deletes what a foreground deletion waits for; lets the owner go when nothing is left. */
    function waitForDependents(owner: LiveObject): void {
      const dependents = dependentsOf(store, owner.uid);
      if (dependents.length === 0) removeFinalizer(store, owner, foregroundFinalizer);
      for (const dependent of dependents) if (dependent.deleted === null) collect(dependent);
    }

    /** Decides about one dependent by what has become of its owners. */
    function collect(object: LiveObject): void {
      if (object.deleted !== null || object.owners.length === 0) return;
      const gone: OwnerReference[] = [];
      const waiting: OwnerReference[] = [];
      const solid: OwnerReference[] = [];
      for (const reference of object.owners) {
        const owner = store.byUid(reference.uid);
        if (!owner) gone.push(reference);
        else if (isDependingOnDeletion(owner)) waiting.push(reference);
        else solid.push(reference);
      }
      if (solid.length > 0) {
        if (gone.length + waiting.length > 0) store.update(object, { owners: solid });
      } else if (waiting.length > 0 && dependentsOf(store, object.uid).length > 0) {
        deleteObject(store, object, now(), "foreground");
      } else deleteObject(store, object, now(), "background");
    }

    return {
      kinds: watched,
      podFields: ["deleted", "finalizers", "owners"],
      observe(change) {
        const { object } = change;
        if (change.type === "deleted") {
          if (object.kind === "Pod") {
            for (const { name } of claimsOf(object)) enqueue(`claim/${object.namespace}/${name}`);
          }
          // A pod owns nothing but claims, and those are few: the index is asked only where something can be.
          for (const dependent of dependentsOf(store, object.uid)) enqueue(dependent.uid);
          for (const reference of object.owners) {
            const owner = store.byUid(reference.uid);
            if (owner && isDependingOnDeletion(owner)) enqueue(owner.uid);
          }
        } else if (change.type === "added") {
          if (object.owners.some((one) => !store.byUid(one.uid))) enqueue(object.uid);
        } else if ("deleted" in change.previous || "finalizers" in change.previous) {
          if (object.deleted !== null && object.finalizers.length > 0) enqueue(object.uid);
        } else if ("owners" in change.previous) enqueue(object.uid);
      },
      sync(key) {
        if (key.startsWith("claim/")) {
          const [, namespace, name] = key.split("/") as [string, string, string];
          const claim = store.get("PersistentVolumeClaim", namespace, name);
          if (claim && claim.deleted !== null) {
            if (claim.finalizers.includes(claimProtection)) {
              store.update(claim, { finalizers: claim.finalizers.filter((one) => one !== claimProtection) });
            }
            deleteObject(store, claim, now());
          }
          return;
        }
        const object = store.byUid(key);
        if (!object) return;
        if (object.deleted !== null && object.finalizers.includes(orphanFinalizer)) orphanDependents(object);
        else if (isDependingOnDeletion(object)) waitForDependents(object);
        else collect(object);
      },
    };
  },
};
