/**
 * Who owns the claims of a StatefulSet's pods, by its retention policy. Models pkg/controller/statefulset/stateful_set_utils.go.
 *
 * | whenDeleted | whenScaled | pod in range | pod scaled away |
 * |---|---|---|---|
 * | Retain | Retain | nobody | nobody |
 * | Delete | Retain | the set | the set |
 * | Retain | Delete | nobody | the pod |
 * | Delete | Delete | the set | the pod |
 */
import type { OwnerReference, PersistentVolumeClaim, Pod, StatefulSet } from "../../cluster/objects.ts";
import { controllerReference } from "../../cluster/pods.ts";

/** As much of an owner as a claim names. */
export type Named = Pick<Pod | StatefulSet, "kind" | "name" | "uid">;

function refersTo(owner: OwnerReference, object: Named): boolean {
  return owner.kind === object.kind && owner.name === object.name;
}

/** Whether an owner has the object's kind and name but is an earlier object of that name. */
export function hasStaleOwner(claim: PersistentVolumeClaim, object: Named): boolean {
  const owner = claim.owners.find((one) => refersTo(one, object));
  return owner !== undefined && owner.uid !== object.uid;
}

interface Policy {
  readonly whenDeleted: boolean;
  readonly whenScaled: boolean;
}

function policyOf(set: StatefulSet): Policy {
  const policy = set.spec.persistentVolumeClaimRetentionPolicy;
  return { whenDeleted: policy?.whenDeleted === "Delete", whenScaled: policy?.whenScaled === "Delete" };
}

/** Whether a scaled-away pod takes its claims with it. */
export function deletesWhenScaled(set: StatefulSet): boolean {
  return policyOf(set).whenScaled;
}

/** Another controller than the set and the pod holds the claim, so the policy is not applied to it. */
function hasForeignController(claim: PersistentVolumeClaim, set: StatefulSet, pod: Named): boolean {
  const policy = policyOf(set);
  if (!policy.whenDeleted && !policy.whenScaled) return false;
  return claim.owners.some((owner) => {
    if (refersTo(owner, set)) return owner.uid !== set.uid;
    if (refersTo(owner, pod)) return owner.uid !== pod.uid;
    return owner.controller;
  });
}

/** The owners that the claim should have, or undefined when it has them (or is best left alone). */
export function missingOwners(
  claim: PersistentVolumeClaim,
  set: StatefulSet,
  pod: Named,
  inRange: boolean,
): readonly OwnerReference[] | undefined {
  // Left by an earlier set or pod of the same name: the garbage collector's business.
  if (hasStaleOwner(claim, set) || hasStaleOwner(claim, pod)) return undefined;
  const ofSet = claim.owners.find((one) => one.uid === set.uid);
  const ofPod = claim.owners.find((one) => one.uid === pod.uid);
  const others = claim.owners.filter((one) => !refersTo(one, set) && !refersTo(one, pod));
  if (hasForeignController(claim, set, pod)) return ofSet || ofPod ? others : undefined;

  const policy = policyOf(set);
  const wantPod = policy.whenScaled && !inRange;
  const wantSet = policy.whenDeleted && !wantPod;
  const fits = (owner: OwnerReference | undefined, wanted: boolean) => (owner ? wanted && owner.controller : !wanted);
  if (fits(ofSet, wantSet) && fits(ofPod, wantPod)) return undefined;
  if (wantSet) return [...others, controllerReference(set)];
  return wantPod ? [...others, { kind: pod.kind, name: pod.name, uid: pod.uid, controller: true }] : others;
}
