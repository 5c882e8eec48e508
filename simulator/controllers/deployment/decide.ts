/**
 * The arithmetic of Deployments: how large its ReplicaSets get. Models pkg/controller/deployment/{rolling,sync}.go and
 * pkg/controller/deployment/util/deployment_util.go.
 */

import { deploymentBounds, type Rolling } from "../../api/deployment-bounds.ts";
import { scaledValue } from "../../api/int-or-percent.ts";
import { parseRevisionNumber } from "../../cluster/revisions.ts";

/** A ReplicaSet as far as sizes go. */
export interface Sized {
  readonly name: string;
  /** Orders ReplicaSets by age; equal ones are ordered by name. */
  readonly created: number;
  /** `spec.replicas` */
  readonly replicas: number;
  /** `status.availableReplicas` */
  readonly available: number;
  /** Annotations `desired-replicas` and `max-replicas`; null when missing or not a number. */
  readonly desired: number | null;
  readonly max: number | null;
}

/** A new size for a ReplicaSet, in the order in which they are carried out. */
export interface Resize<R> {
  readonly set: R;
  readonly replicas: number;
}

/** How many pods have to stay available. */
export function minAvailable(target: Rolling): number {
  return target.replicas - deploymentBounds(target).unavailable;
}

function sumReplicas(sets: readonly Sized[]): number {
  return sets.reduce((sum, one) => sum + one.replicas, 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Oldest first, by name where equally old. */
function olderFirst(a: Sized, b: Sized): number {
  return a.created - b.created || compareText(a.name, b.name);
}

/**
 * The size that the new ReplicaSet gets now: as large as the surge leaves room for.
 * 10 replicas, 25% surge, old 10, new 0: 13 may exist, so 3.
 */
export function newReplicaSetSize(
  target: Rolling,
  newReplicas: number,
  total: number,
): { readonly size: number } | { readonly error: string } {
  if (!target.rolling) return { size: target.replicas };
  const surge = scaledValue(target.maxSurge ?? 0, target.replicas, "up");
  if ("error" in surge) return surge;
  const room = target.replicas + surge.value - total;
  if (room <= 0) return { size: newReplicas };
  return { size: newReplicas + Math.min(room, target.replicas - newReplicas) };
}

/** The first half of a rolling step: the new ReplicaSet grows (or shrinks to the wanted size); null when it stays. */
export function scaleUpNew<R extends Sized>(target: Rolling, newSet: R, oldSets: readonly R[]): Resize<R> | null {
  if (newSet.replicas === target.replicas) return null;
  if (newSet.replicas > target.replicas) return { set: newSet, replicas: target.replicas };
  const sized = newReplicaSetSize(target, newSet.replicas, newSet.replicas + sumReplicas(oldSets));
  if ("error" in sized || sized.size === newSet.replicas) return null;
  return { set: newSet, replicas: sized.size };
}

/**
 * Takes pods that are not available off the old ReplicaSets first, oldest first, at most `limit` of them.
 * `failed`: a ReplicaSet had more available pods than its size, and the rest has to wait for the next look.
 */
export function cleanupUnhealthy<R extends Sized>(
  oldSets: readonly R[],
  limit: number,
): { readonly resizes: readonly Resize<R>[]; readonly cleaned: number; readonly failed: boolean } {
  const resizes: Resize<R>[] = [];
  let cleaned = 0;
  for (const set of [...oldSets].sort(olderFirst)) {
    if (cleaned >= limit) break;
    if (set.replicas === 0 || set.replicas === set.available) continue;
    const count = Math.min(limit - cleaned, set.replicas - set.available);
    if (count < 0) return { resizes, cleaned: 0, failed: true };
    resizes.push({ set, replicas: set.replicas - count });
    cleaned += count;
  }
  return { resizes, cleaned, failed: false };
}

/** The second half of a rolling step: the old ReplicaSets shrink as far as availability allows. */
export function scaleDownOld<R extends Sized>(target: Rolling, newSet: R, oldSets: readonly R[]): readonly Resize<R>[] {
  const old = sumReplicas(oldSets);
  if (old === 0) return [];
  const limit = old + newSet.replicas - minAvailable(target) - (newSet.replicas - newSet.available);
  if (limit <= 0) return [];
  const { resizes, failed } = cleanupUnhealthy(oldSets, limit);
  if (failed) return resizes;
  const cleaned = new Map(resizes.map((one) => [one.set, one.replicas]));
  const available = [newSet, ...oldSets].reduce((sum, one) => sum + one.available, 0);
  let left = available - minAvailable(target);
  const more: Resize<R>[] = [];
  for (const set of [...oldSets].sort(olderFirst)) {
    if (left <= 0) break;
    const size = cleaned.get(set) ?? set.replicas;
    if (size === 0) continue;
    const count = Math.min(size, left);
    more.push({ set, replicas: size - count });
    left -= count;
  }
  return [...resizes, ...more];
}

/** Half away from zero, as Go's math.Round. */
function round(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}

/**
 * How much of `toAdd` (negative: to remove) a ReplicaSet takes when all are scaled in proportion.
 * `before` is the size of everything when its own size was last set: the annotation, else the Deployment's status.
 */
export function proportion(target: Rolling, set: Sized, statusReplicas: number, toAdd: number, added: number): number {
  if (set.replicas === 0 || toAdd === 0 || toAdd === added) return 0;
  const share = fraction(target, set, statusReplicas);
  return toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
}

function fraction(target: Rolling, set: Sized, statusReplicas: number): number {
  if (target.replicas === 0) return -set.replicas;
  const before = set.max === null || set.max === 0 ? statusReplicas : set.max;
  if (before === 0) return 0;
  return round((set.replicas * (target.replicas + deploymentBounds(target).surge)) / before) - set.replicas;
}

export interface Scaling<R> {
  readonly resizes: readonly Resize<R>[];
  /** Sizes are written even where they stay, because the annotations change with the wanted number. */
  readonly forced: boolean;
}

/** What scaling the Deployment (or changing it while paused) does to its ReplicaSets; no new one is made. */
export function scale<R extends Sized>(
  target: Rolling,
  newSet: R | null,
  oldSets: readonly R[],
  statusReplicas: number,
): Scaling<R> {
  const newestFirst = [...oldSets].sort((a, b) => olderFirst(b, a));
  const active = [...newestFirst, ...(newSet ? [newSet] : [])].filter((one) => one.replicas > 0);
  if (active.length <= 1) {
    const only = active[0] ?? newSet ?? newestFirst[0];
    if (!only || only.replicas === target.replicas) return { resizes: [], forced: false };
    return { resizes: [{ set: only, replicas: target.replicas }], forced: false };
  }
  if (newSet && isSaturated(target, newSet)) {
    const old = newestFirst.filter((one) => one.replicas > 0);
    return { resizes: old.map((set) => ({ set, replicas: 0 })), forced: false };
  }
  if (!target.rolling) return { resizes: [], forced: false };
  return { resizes: proportionally(target, active, statusReplicas), forced: true };
}

/** The new ReplicaSet has everything it wants. */
function isSaturated(target: Rolling, newSet: Sized): boolean {
  const { replicas } = target;
  return newSet.replicas === replicas && newSet.desired === replicas && newSet.available === replicas;
}

function proportionally<R extends Sized>(target: Rolling, active: readonly R[], statusReplicas: number): Resize<R>[] {
  const allowed = target.replicas > 0 ? target.replicas + deploymentBounds(target).surge : 0;
  const toAdd = allowed - sumReplicas(active);
  const sets = [...active];
  if (toAdd > 0) sets.sort((a, b) => b.replicas - a.replicas || olderFirst(b, a));
  else if (toAdd < 0) sets.sort((a, b) => b.replicas - a.replicas || olderFirst(a, b));
  let added = 0;
  const resizes = sets.map((set) => {
    const share = proportion(target, set, statusReplicas, toAdd, added);
    added += share;
    return { set, replicas: set.replicas + share };
  });
  const first = resizes[0];
  // What rounding left over goes to the largest.
  if (first && toAdd !== 0) resizes[0] = { ...first, replicas: Math.max(0, first.replicas + toAdd - added) };
  return resizes;
}

/** The highest and the second-highest of revision annotations; 0 where there is none. */
export function highestRevisions(texts: readonly (string | null | undefined)[]): {
  readonly max: bigint;
  readonly last: bigint;
} {
  let max = 0n;
  let last = 0n;
  for (const text of texts) {
    const revision = parseRevisionNumber(text);
    if (revision === null) continue;
    if (revision >= max) {
      last = max;
      max = revision;
    } else if (revision > last) last = revision;
  }
  return { max, last };
}

/** An old ReplicaSet as far as the history limit looks at it. */
export interface Historic {
  readonly name: string;
  readonly created: number;
  readonly revision: string | null | undefined;
  readonly deleting: boolean;
  readonly replicas: number;
  readonly statusReplicas: number;
  readonly generation: number;
  readonly observedGeneration: number;
}

/**
 * The old ReplicaSets to delete, oldest revision first. Only as many as there are too many are looked at: one that cannot
 * go yet still uses up a place.
 */
export function beyondHistory<H extends Historic>(oldSets: readonly H[], limit: number | undefined): readonly H[] {
  if (limit === undefined || limit === 2147483647) return [];
  const alive = oldSets.filter((one) => !one.deleting);
  const excess = alive.length - limit;
  if (excess <= 0) return [];
  const byRevision = (a: H, b: H) => {
    const left = parseRevisionNumber(a.revision);
    const right = parseRevisionNumber(b.revision);
    if (left !== null && right !== null && left !== right) return left < right ? -1 : 1;
    return a.created - b.created || compareText(a.name, b.name);
  };
  return alive
    .sort(byRevision)
    .slice(0, excess)
    .filter((one) => one.replicas === 0 && one.statusReplicas === 0 && one.generation <= one.observedGeneration);
}
