/** What one look at a Job and its pods finds. Models the first part of syncJob of pkg/controller/job/job_controller.go. */
import { type Job, type LiveCondition, type Pod, wholeSeconds } from "../../cluster/objects.ts";
import { type BackoffRecord, recordFinished } from "./backoff.ts";
import type { Outcome } from "./conditions.ts";
import { addIndexes, countIndexes, hasIndex, type Intervals, parseIndexes } from "./indexes.ts";
import { decideOutcome } from "./outcome.ts";
import {
  completionIndex,
  failsIndex,
  failuresOfIndex,
  finishedAt,
  hasFailed,
  isIndexed,
  isTracked,
  unknownIndex,
} from "./pods.ts";
import type { Roster } from "./roster.ts";

/** What is known of a Job when a look begins. Times are milliseconds since the start. */
interface Situation {
  readonly job: Job;
  readonly roster: Roster;
  readonly record: BackoffRecord;
  /** The indexes that the status lists as completed. */
  readonly completedIndexes: Intervals;
  readonly now: number;
  readonly start: number;
}

/** What the look found, and as it goes on, what it has done. */
export interface Look {
  readonly job: Job;
  /** The Job's pods as they are now: it changes with them. */
  readonly roster: Roster;
  /** Pods that had ended or were being deleted when the look began; of an indexed Job in the order of the indexes. */
  readonly leaving: readonly Pod[];
  /** Pods that counted as failed before the look deleted any. */
  readonly failed: ReadonlySet<Pod>;
  readonly uncounted: { readonly succeeded: ReadonlySet<string>; readonly failed: ReadonlySet<string> };
  readonly record: BackoffRecord;
  readonly completedBefore: Intervals;
  readonly succeeded: number;
  readonly succeededIndexes: Intervals;
  /** Null without backoffLimitPerIndex. */
  readonly failedIndexes: Intervals | null;
  /** With backoffLimitPerIndex: the last failed pod of an index that has no new one yet. It is kept for its counts. */
  readonly lastFailed: ReadonlyMap<number, Pod>;
  startTime: number | null;
  conditions: readonly LiveCondition[];
  activeCount: number;
  ready: number;
  terminating: number;
  outcome: Outcome | null;
}

const noUids: ReadonlySet<string> = new Set();
const noPods: ReadonlyMap<number, Pod> = new Map();
const noFailed: ReadonlySet<Pod> = new Set();

function setOf(uids: readonly string[]): ReadonlySet<string> {
  return uids.length === 0 ? noUids : new Set(uids);
}

/** Whether the index is one of the Job's. */
export function inRange(job: Job, index: number): boolean {
  return index !== unknownIndex && index < (job.spec.completions ?? 0);
}

/** Whether the pod's end is still to be counted; of an indexed Job only if its index is one of the Job. */
function isCountable(job: Job, pod: Pod): boolean {
  return isTracked(pod) && (!isIndexed(job) || inRange(job, completionIndex(pod)));
}

/** Everything that a look needs to know, worked out in one go through the pods that are leaving. */
export function lookAt({ job, roster, record, completedIndexes, now, start }: Situation): Look {
  const { status } = job;
  const { active, ready, terminating, restarts } = roster.counts;
  const leaving = roster.leaving(isIndexed(job));
  const uncounted = { succeeded: setOf(status.uncountedSucceeded), failed: setOf(status.uncountedFailed) };
  let failed: Set<Pod> | undefined;
  const newSucceeded: Pod[] = [];
  const newFailed: Pod[] = [];
  for (const pod of leaving) {
    const fails = hasFailed(job, pod);
    if (fails) {
      failed ??= new Set();
      failed.add(pod);
    }
    if (!fails && pod.phase !== "Succeeded") continue;
    if (!isCountable(job, pod) || uncounted.succeeded.has(pod.uid) || uncounted.failed.has(pod.uid)) continue;
    (pod.phase === "Succeeded" ? newSucceeded : newFailed).push(pod);
  }
  const indexes = indexState(job, roster, leaving, completedIndexes, start);
  const at = (pod: Pod) => finishedAt(pod, start);
  const isNews = newSucceeded.length + newFailed.length > 0;
  const findings = { leaving, restarts, newFailed, uncountedFailed: uncounted.failed.size, ...indexes };
  return {
    job,
    roster,
    leaving,
    failed: failed ?? noFailed,
    uncounted,
    record: isNews ? recordFinished(record, newSucceeded.map(at), newFailed.map(at)) : record,
    completedBefore: completedIndexes,
    succeeded: isIndexed(job)
      ? countIndexes(indexes.succeededIndexes)
      : status.succeeded + newSucceeded.length + uncounted.succeeded.size,
    ...indexes,
    startTime: status.startTime ?? (job.spec.suspend ? null : wholeSeconds(now, start)),
    conditions: status.conditions,
    activeCount: active,
    ready,
    terminating,
    outcome: decideOutcome(job, findings, now, start),
  };
}

type IndexState = Pick<Look, "succeededIndexes" | "failedIndexes" | "lastFailed">;
const noIndexes: IndexState = { succeededIndexes: [], failedIndexes: null, lastFailed: noPods };

function indexState(job: Job, roster: Roster, leaving: readonly Pod[], before: Intervals, start: number): IndexState {
  if (!isIndexed(job)) return noIndexes;
  const indexesOf = (list: readonly Pod[]) => list.map(completionIndex).filter((index) => inRange(job, index));
  const done = leaving.filter((pod) => pod.phase === "Succeeded" && isTracked(pod));
  const succeededIndexes = done.length === 0 ? before : addIndexes(before, indexesOf(done));
  if (job.spec.backoffLimitPerIndex === undefined) return { ...noIndexes, succeededIndexes };
  const newlyFailed = leaving.filter((pod) => isTracked(pod) && failsIndex(job, pod));
  const failedBefore = parseIndexes(job.status.failedIndexes ?? "", job.spec.completions ?? 0);
  const failedIndexes = addIndexes(failedBefore, indexesOf(newlyFailed));
  const lastFailed = new Map<number, Pod>();
  for (const pod of leaving) {
    const index = completionIndex(pod);
    if (!isCountable(job, pod) || !hasFailed(job, pod) || roster.busy.has(index)) continue;
    if (hasIndex(succeededIndexes, index) || hasIndex(failedIndexes, index)) continue;
    const other = lastFailed.get(index);
    if (!other || isLater(pod, other, start)) lastFailed.set(index, pod);
  }
  return { succeededIndexes, failedIndexes, lastFailed };
}

function isLater(pod: Pod, other: Pod, start: number): boolean {
  return failuresOfIndex(other) <= failuresOfIndex(pod) && finishedAt(other, start) <= finishedAt(pod, start);
}
