/** Which volume that is there already a claim can have. Models FindMatchingVolume of component-helpers/storage/volume/pv_helpers.go. */
import { matchesSelector } from "../../api/label-selector.ts";
import { matchesNodeSelectorTerms, type SelectableNode } from "../../api/node-selector.ts";
import { quantityNumber } from "../../api/quantity-number.ts";
import type { PersistentVolumeClaim } from "../../cluster/objects.ts";
import type { ClaimSpec, Volume } from "./storage.ts";

/** Whether a volume can be used from a node. */
export function reaches({ spec }: Volume, node: SelectableNode): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms;
  return !terms || matchesNodeSelectorTerms(terms, node).match;
}

/** Whether the volume is kept for the claim or has it. */
export function isFor({ spec: { claimRef } }: Volume, claim: PersistentVolumeClaim): boolean {
  return claimRef?.name === claim.name && (claimRef.namespace ?? "") === claim.namespace;
}

/** The smallest volume that does for the claim, on `node` if one is given; one that is kept for it comes first. */
export function matchingVolume(
  claim: PersistentVolumeClaim,
  className: string,
  volumes: readonly Volume[],
  node: SelectableNode | null,
): Volume | undefined {
  const { accessModes = [], volumeMode = "Filesystem", selector, resources } = claim.spec as ClaimSpec;
  const asked = quantityNumber(resources?.requests?.storage ?? "0") ?? 0;
  const usable = volumes.filter(
    ({ stored, spec, capacity }) =>
      stored.deleted === null && capacity >= asked && (spec.volumeMode ?? "Filesystem") === volumeMode,
  );
  const kept = usable.find((one) => isFor(one, claim) && (node === null || reaches(one, node)));
  if (kept) return kept;
  return usable
    .filter(
      (one) =>
        !one.spec.claimRef &&
        (one.spec.storageClassName ?? "") === className &&
        (!selector || matchesSelector(selector, one.labels)) &&
        accessModes.every((mode) => one.spec.accessModes?.includes(mode)) &&
        (node === null || reaches(one, node)),
    )
    .sort((a, b) => a.capacity - b.capacity)[0];
}
