/**
 * One pass of the StatefulSet controller as arithmetic: what to create, delete and mend, in which order, and the status that
 * follows. Models pkg/controller/statefulset/stateful_set_control.go (updateStatefulSet).
 */
import { scaledValue } from "../../api/int-or-percent.ts";
import type { StatefulSetSpec } from "../../api/objects.ts";
import { since, type Target } from "../../api/target.ts";

/** A pod of the set as the decision sees it. */
export interface StatefulPod {
  /** Never -1: pods whose name gives no ordinal are left out by the caller. */
  readonly ordinal: number;
  /** Name of the ControllerRevision it was made from. */
  readonly revision: string;
  readonly phase: "Pending" | "Running" | "Succeeded" | "Failed" | "Unknown";
  readonly ready: boolean;
  /** Ready for at least minReadySeconds. */
  readonly available: boolean;
  readonly terminating: boolean;
}

export interface StatefulView<P extends StatefulPod> {
  readonly replicas: number;
  /** First ordinal. */
  readonly start: number;
  /** podManagementPolicy Parallel: pods do not wait for each other. */
  readonly parallel: boolean;
  readonly onDelete: boolean;
  /** null: RollingUpdate without a `rollingUpdate` block, which chooses the revision of new pods by another rule. */
  readonly partition: number | null;
  /** How many pods an update may take at once with gate MaxUnavailableStatefulSet; null without the gate (the default). */
  readonly maxUnavailable: number | null;
  /** The set itself is being deleted: nothing but status. */
  readonly deleting: boolean;
  readonly currentRevision: string;
  readonly updateRevision: string;
  /** `status.currentReplicas` as last written. */
  readonly statusCurrentReplicas: number;
  /** All pods of the set, in any order. */
  readonly pods: readonly P[];
  /** A claim of the ordinal must be collected before its pod can be created. */
  readonly claimIsStale: (ordinal: number) => boolean;
  /** Labels, volumes or claim owners of a pod in range differ from what they should be. */
  readonly needsRepair: (pod: P) => boolean;
  /** Claims of a pod out of range have other owners than the retention policy asks for. */
  readonly claimsNeedOwners: (pod: P) => boolean;
}

/**
 * What to do, in order. Actions with the same `step` do not wait for each other; when one fails, the rest of its step is
 * still tried and nothing after it.
 */
type StatefulAction<P> = { readonly step: number } & (
  | { readonly type: "create"; readonly ordinal: number; readonly revision: string }
  /** Create missing claims of a pending pod, and with `repair` then mend the rest of it. */
  | { readonly type: "claims"; readonly pod: P; readonly repair: boolean }
  | { readonly type: "repair"; readonly pod: P }
  | { readonly type: "claimOwners"; readonly pod: P }
  | UpdateAction<P>
);

type UpdateAction<P> =
  | { readonly type: "delete"; readonly pod: P }
  /** Delete what this very pass creates (or should have created) from another revision than the update's. */
  | { readonly type: "deleteNew"; readonly ordinal: number };

export interface StatefulCounts {
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly currentReplicas: number;
  readonly updatedReplicas: number;
}

interface StatefulDecision<P> {
  readonly actions: readonly StatefulAction<P>[];
  readonly counts: StatefulCounts;
  /** The counts to write when a failure keeps the pass from its last step. */
  readonly countsOnFailure: StatefulCounts;
}

const maxBatch = 500;

/** In which slow-start batch (1, 2, 4 … at most 500) the item of an index is. */
function batchOf(index: number): number {
  let batch = 0;
  for (let size = 1, end = 1; index >= end; batch++) {
    size = Math.min(size * 2, maxBatch);
    end += size;
  }
  return batch;
}

/** The revision that a missing pod is created from. */
function revisionForNewPod(
  view: Pick<
    StatefulView<StatefulPod>,
    "start" | "onDelete" | "partition" | "currentRevision" | "updateRevision" | "statusCurrentReplicas"
  >,
  ordinal: number,
): string {
  if (view.onDelete) return view.updateRevision;
  const firstUpdated = view.start + (view.partition ?? view.statusCurrentReplicas);
  return ordinal < firstUpdated ? view.currentRevision : view.updateRevision;
}

function isRunningAndReady(pod: StatefulPod): boolean {
  return pod.phase === "Running" && pod.ready;
}

function isUnavailable(pod: StatefulPod | undefined): boolean {
  return !pod?.available || pod.terminating;
}

function count<P extends StatefulPod>(view: StatefulView<P>): StatefulCounts {
  const counts = { replicas: 0, readyReplicas: 0, availableReplicas: 0, currentReplicas: 0, updatedReplicas: 0 };
  for (const pod of view.pods) {
    counts.replicas++;
    if (isRunningAndReady(pod)) {
      counts.readyReplicas++;
      if (pod.available) counts.availableReplicas++;
    }
    if (pod.terminating) continue;
    if (pod.revision === view.currentRevision) counts.currentReplicas++;
    if (pod.revision === view.updateRevision) counts.updatedReplicas++;
  }
  return counts;
}

/** The pods in range by index (undefined: missing) and the others, highest ordinal first. */
function split<P extends StatefulPod>({ pods, start, replicas }: StatefulView<P>) {
  const byIndex: (P | undefined)[] = new Array(replicas).fill(undefined);
  const condemned: P[] = [];
  for (const pod of pods) {
    const index = pod.ordinal - start;
    if (index >= 0 && index < replicas) byIndex[index] = pod;
    else condemned.push(pod);
  }
  condemned.sort((a, b) => b.ordinal - a.ordinal);
  return { byIndex, condemned };
}

/** Decides one pass. The counts are those of the pods as they are, as the controller writes them in this pass. */
export function decide<P extends StatefulPod>(view: StatefulView<P>): StatefulDecision<P> {
  const counts = count(view);
  const actions: StatefulAction<P>[] = [];
  const decision = { actions, counts, countsOnFailure: counts };
  if (view.deleting) return decision;
  const { byIndex, condemned } = split(view);
  const ordered = !view.parallel;

  if (processReplicas(view, byIndex, actions) && ordered) return decision;
  // Steps go on after the batches of the replicas.
  const next = 1 + (actions.at(-1)?.step ?? 0);
  for (const pod of condemned) if (view.claimsNeedOwners(pod)) actions.push({ type: "claimOwners", pod, step: next });
  if (processCondemned(byIndex, condemned, ordered, next + 1, actions) && ordered) return decision;
  if (view.onDelete) return decision;

  const updates = podsToUpdate(view, byIndex);
  for (const update of updates) actions.push({ ...update, step: next + 2 });
  // Subtracted whatever revision the pod had: the controller's own shortcut, right again in the next pass.
  const left = counts.currentReplicas - updates.length;
  // A pod made in this pass was not counted at all. Where that leads below zero, the real controller's status is refused and it
  // tries again until its list of pods, which lags behind, has the pod.
  const currentReplicas = updates.some((one) => one.type === "deleteNew") ? Math.max(0, left) : left;
  return { ...decision, counts: { ...counts, currentReplicas } };
}

/** Phase 1, lowest index first. True: an ordered set waits here. */
function processReplicas<P extends StatefulPod>(
  view: StatefulView<P>,
  byIndex: readonly (P | undefined)[],
  actions: StatefulAction<P>[],
): boolean {
  const ordered = !view.parallel;
  for (let index = 0; index < byIndex.length; index++) {
    const pod = byIndex[index];
    const step = ordered ? index : batchOf(index);
    if (!pod) {
      const ordinal = view.start + index;
      if (!view.claimIsStale(ordinal)) {
        actions.push({ type: "create", ordinal, revision: revisionForNewPod(view, ordinal), step });
      }
      if (ordered) return true;
      continue;
    }
    if (pod.phase === "Failed" || pod.phase === "Succeeded") {
      if (!pod.terminating) actions.push({ type: "delete", pod, step });
      if (ordered) return true;
      continue;
    }
    if (pod.phase === "Pending") {
      actions.push({ type: "claims", pod, repair: !ordered, step });
      if (ordered) return true;
      continue;
    }
    if (ordered && (pod.terminating || !isRunningAndReady(pod) || !pod.available)) return true;
    if (view.needsRepair(pod)) actions.push({ type: "repair", pod, step });
  }
  return false;
}

/** Phase 2, highest ordinal first. True: an ordered set waits here. */
function processCondemned<P extends StatefulPod>(
  byIndex: readonly (P | undefined)[],
  condemned: readonly P[],
  ordered: boolean,
  step: number,
  actions: StatefulAction<P>[],
): boolean {
  if (condemned.length === 0) return false;
  // An unavailable pod may go only if nothing below it is unavailable.
  const firstUnavailable = byIndex.some(isUnavailable) ? undefined : condemned.findLast(isUnavailable);
  for (const pod of condemned) {
    if (pod.terminating) {
      if (ordered) return true;
      continue;
    }
    if (ordered && !(isRunningAndReady(pod) && pod.available) && pod !== firstUnavailable) return true;
    actions.push({ type: "delete", pod, step });
    if (ordered) return true;
  }
  return false;
}

/**
 * Phase 3: the pods that an update takes now, highest ordinal first. A missing pod counts as the one that phase 1 creates in
 * this pass, which may be of the current revision.
 */
function podsToUpdate<P extends StatefulPod>(
  view: StatefulView<P>,
  byIndex: readonly (P | undefined)[],
): readonly UpdateAction<P>[] {
  const updateMin = view.partition ?? 0;
  const limited = view.maxUnavailable !== null;
  const room = view.maxUnavailable === null ? 1 : view.maxUnavailable - byIndex.filter(isUnavailable).length;
  const taken: UpdateAction<P>[] = [];
  for (let index = byIndex.length - 1; index >= updateMin && taken.length < room; index--) {
    const pod = byIndex[index];
    const ordinal = view.start + index;
    const revision = pod?.revision ?? revisionForNewPod(view, ordinal);
    if (revision !== view.updateRevision && !pod?.terminating) {
      taken.push(pod ? { type: "delete", pod } : { type: "deleteNew", ordinal });
    } else if (!limited && isUnavailable(pod)) break;
  }
  return taken;
}

/** How many pods an update may take at once; one where nothing is said, and never none. */
export function mostUnavailable(
  rolling: StatefulSetSpec["updateStrategy"]["rollingUpdate"] | undefined,
  replicas: number,
): number {
  const resolved = scaledValue(rolling?.maxUnavailable ?? 1, replicas, "down");
  return "error" in resolved ? 1 : Math.max(1, resolved.value);
}

/**
 * Whether the counts say that an update has ended, so that the update revision becomes the current one. An update by
 * deletion ends from 1.37 on only.
 */
export function isUpdateComplete(
  { onDelete, replicas }: Pick<StatefulView<StatefulPod>, "onDelete" | "replicas">,
  counts: StatefulCounts,
  target: Target,
): boolean {
  return (
    (!onDelete || since(target, "1.37")) &&
    counts.updatedReplicas === counts.replicas &&
    counts.readyReplicas === counts.replicas &&
    counts.replicas === replicas
  );
}
