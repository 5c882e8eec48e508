/**
 * What the claims of a pod say about where it can go. Models plugins/{volumerestrictions,volumebinding,volumezone} of
 * pkg/scheduler/framework.
 */
import { matchesNodeSelectorTerms } from "../../api/node-selector.ts";
import type { PersistentVolumeClaim, Pod } from "../../cluster/objects.ts";
import { isPodTerminal } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";
import { claimsOf } from "../../cluster/used-claims.ts";
import { matchingVolume, reaches } from "../volumes/match.ts";
import { type ClaimSpec, classOf, readVolume, type Volume, volumeOf, volumeResource } from "../volumes/storage.ts";
import type { NodeFacts } from "./node-table.ts";
import { type Rejection, reasons, rejection } from "./reasons.ts";

export type VolumeCheck =
  /** The pod cannot be scheduled as long as its claims are like that, wherever to; in the scheduler's words. */
  { readonly refused: string } | { reject(node: NodeFacts): Rejection | null };

export interface VolumeOptions {
  /** What becomes of claims that the scenario does not have: taken to be there and bound, or missing. */
  readonly elsewhere: "there" | "missing";
}

const zoneKeys: Readonly<Record<string, string>> = {
  "topology.kubernetes.io/zone": "failure-domain.beta.kubernetes.io/zone",
  "topology.kubernetes.io/region": "failure-domain.beta.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
};

/** Whether a node is in the zone that the labels of a volume name; a label may name several, as `a__b`. */
function inZone({ labels }: Volume, node: NodeFacts): boolean {
  return Object.entries(zoneKeys).every(([key, alias]) => {
    if (!Object.hasOwn(labels, key)) return true;
    const value = node.labels[key] ?? node.labels[alias];
    return value !== undefined && labels[key]!.split("__").includes(value);
  });
}

function isExclusive(claim: PersistentVolumeClaim): boolean {
  return (claim.spec as ClaimSpec).accessModes?.includes("ReadWriteOncePod") === true;
}

/** Another pod that has a node uses the claim. */
function usedByOther(store: Store, pod: Pod, claim: PersistentVolumeClaim): boolean {
  for (const other of store.all("Pod")) {
    if (other === pod || other.node === "" || other.namespace !== pod.namespace || isPodTerminal(other)) continue;
    if (claimsOf(other).some(({ name }) => name === claim.name)) return true;
  }
  return false;
}

/** What stands against every node at once, before any is looked at. */
function refusal(store: Store, pod: Pod, { elsewhere }: VolumeOptions): string | null {
  for (const { name, ephemeral } of claimsOf(pod)) {
    const claim = store.get("PersistentVolumeClaim", pod.namespace, name);
    if (!claim) {
      if (elsewhere === "there") continue;
      return ephemeral
        ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`
        : `persistentvolumeclaim "${name}" not found`;
    }
    if (claim.deleted !== null) return `persistentvolumeclaim "${name}" is being deleted`;
  }
  for (const { name } of claimsOf(pod)) {
    const claim = store.get("PersistentVolumeClaim", pod.namespace, name);
    if (claim && claim.phase !== "Bound" && !classOf(store, claim)?.waits)
      return "pod has unbound immediate PersistentVolumeClaims";
  }
  return null;
}

/** The check of a pod's claims as they are now; null for a pod without any, and most have none. */
export function volumeCheck(store: Store, pod: Pod, options: VolumeOptions): VolumeCheck | null {
  const used = claimsOf(pod);
  if (used.length === 0) return null;
  const refused = refusal(store, pod, options);
  if (refused !== null) return { refused };
  const claims = used.flatMap(({ name }) => store.get("PersistentVolumeClaim", pod.namespace, name) ?? []);
  if (claims.some((claim) => isExclusive(claim) && usedByOther(store, pod, claim)))
    return { reject: () => rejection(reasons.exclusiveClaim, true) };
  const bound = claims.flatMap((claim) => (claim.phase === "Bound" ? (volumeOf(store, claim) ?? []) : []));
  const unbound = claims.filter(({ phase }) => phase !== "Bound");
  if (bound.length + unbound.length === 0) return null;

  function canBind(node: NodeFacts): boolean {
    let left = Array.from(store.allStored(volumeResource), readVolume);
    return unbound.every((claim) => {
      const storage = classOf(store, claim);
      const volume = matchingVolume(claim, storage?.name ?? "", left, node);
      if (volume) {
        left = left.filter((one) => one !== volume);
        return true;
      }
      if (storage?.provisioner == null) return false;
      return storage.topologies === null || matchesNodeSelectorTerms(storage.topologies, node).match;
    });
  }

  return {
    reject(node) {
      if (!bound.every((volume) => reaches(volume, node))) return rejection(reasons.volumeAffinity, false);
      if (unbound.length > 0 && !canBind(node)) return rejection(reasons.noVolume, false);
      return bound.every((volume) => inZone(volume, node)) ? null : rejection(reasons.volumeZone, false);
    },
  };
}
