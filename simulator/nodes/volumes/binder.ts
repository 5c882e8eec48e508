/**
 * Gives claims their volumes: at once, or, where their class waits for the first consumer, when a pod that uses them is
 * scheduled. Models pkg/controller/volume/persistentvolume/pv_controller.go.
 */
import type { ControllerFactory } from "../../cluster/controller.ts";
import type { Node, PersistentVolumeClaim, Pod } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";
import { claimsOf } from "../../cluster/used-claims.ts";
import { isFor, matchingVolume } from "./match.ts";
import { type ClaimSpec, classOf, readVolume, type StorageClass, type Volume, volumeResource } from "./storage.ts";

const zoneKey = "topology.kubernetes.io/zone";
const hostnameKey = "kubernetes.io/hostname";

const volumesOf = (store: Store): Volume[] => Array.from(store.allStored(volumeResource), readVolume);

/** Puts the claim and the volume together. */
function bind(store: Store, claim: PersistentVolumeClaim, { stored, name, spec }: Volume): void {
  const claimRef = {
    kind: "PersistentVolumeClaim",
    apiVersion: "v1",
    namespace: claim.namespace,
    name: claim.name,
    uid: claim.uid,
  };
  const status = { ...(stored.content["status"] as object | undefined), phase: "Bound" };
  store.update<"Stored">(stored, { content: { ...stored.content, spec: { ...spec, claimRef }, status } as never });
  store.update<"PersistentVolumeClaim">(claim, { phase: "Bound", spec: { ...claim.spec, volumeName: name } });
}

/** Where a volume that is made for a node can be used: in its zone, or on the node alone if it is a disk of it. */
function topologyOf({ provisioner }: StorageClass, { labels }: Node): object | null {
  const key = provisioner?.includes("local") ? hostnameKey : zoneKey;
  const value = labels[key];
  if (value === undefined) return null;
  return { required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "In", values: [value] }] }] } };
}

/** Makes a volume for the claim. One of a class that nobody described stays unsaid: every node can use it. */
function provision(store: Store, claim: PersistentVolumeClaim, storage: StorageClass, node: Node | null): void {
  if (storage.provisioner === "") {
    store.update<"PersistentVolumeClaim">(claim, { phase: "Bound" });
    return;
  }
  const { accessModes, volumeMode, resources } = claim.spec as ClaimSpec;
  const nodeAffinity = node && topologyOf(storage, node);
  const spec = {
    capacity: { storage: resources?.requests?.storage ?? "0" },
    accessModes,
    volumeMode: volumeMode ?? "Filesystem",
    storageClassName: storage.name,
    persistentVolumeReclaimPolicy: "Delete",
    csi: { driver: storage.provisioner, volumeHandle: claim.uid },
    ...(nodeAffinity ? { nodeAffinity } : {}),
  };
  const stored = store.create<"Stored">({
    kind: "Stored",
    resource: volumeResource,
    namespace: "",
    name: `pvc-${claim.uid}`,
    labels: {},
    annotations: {},
    owners: [],
    finalizers: ["kubernetes.io/pv-protection"],
    content: { spec } as never,
  });
  bind(store, claim, readVolume(stored));
}

/** Binds what a pod uses and nobody has bound yet, now that its node is known. */
export function bindClaims(store: Store, pod: Pod, node: Node): void {
  for (const { name } of claimsOf(pod)) {
    const claim = store.get("PersistentVolumeClaim", pod.namespace, name);
    if (!claim || claim.phase === "Bound") continue;
    const storage = classOf(store, claim);
    const volume = matchingVolume(claim, storage?.name ?? "", volumesOf(store), node);
    if (volume) bind(store, claim, volume);
    else if (storage?.provisioner != null) provision(store, claim, storage, node);
  }
}

export const volumeBinder: ControllerFactory = {
  name: "volume-binder",
  create({ store, enqueue, event }) {
    const told = new Map<string, string>();

    function tell(claim: PersistentVolumeClaim, level: "Normal" | "Warning", reason: string, message: string): void {
      if (told.get(claim.uid) === message) return;
      told.set(claim.uid, message);
      event(claim, level, reason, message);
    }

    function look(claim: PersistentVolumeClaim): void {
      const { volumeName = "" } = claim.spec as ClaimSpec;
      const volumes = volumesOf(store);
      const named = volumes.find(({ name }) => name === volumeName);
      if (volumeName !== "") {
        if (named && (!named.spec.claimRef || isFor(named, claim))) bind(store, claim, named);
        return;
      }
      const storage = classOf(store, claim);
      const kept = volumes.find((one) => isFor(one, claim));
      if (storage?.waits && !kept) {
        tell(claim, "Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        return;
      }
      const volume = matchingVolume(claim, storage?.name ?? "", volumes, null);
      if (volume) bind(store, claim, volume);
      else if (storage?.provisioner != null) provision(store, claim, storage, null);
      else if (storage === null)
        tell(
          claim,
          "Normal",
          "FailedBinding",
          "no persistent volumes available for this claim and no storage class is set",
        );
    }

    return {
      kinds: ["PersistentVolumeClaim", "Stored"],
      observe({ type, object }) {
        if (object.kind === "PersistentVolumeClaim") {
          if (type === "deleted") told.delete(object.uid);
          else if (object.phase !== "Bound") enqueue(object.uid);
        } else if (object.kind === "Stored" && object.resource === volumeResource && type !== "deleted")
          for (const claim of store.all("PersistentVolumeClaim")) if (claim.phase !== "Bound") enqueue(claim.uid);
      },
      sync(uid) {
        const claim = store.byUid(uid);
        if (claim?.kind === "PersistentVolumeClaim" && claim.phase !== "Bound" && claim.deleted === null) look(claim);
      },
    };
  },
};
