/** What one look at a Job and its pods finds. Models the first part of syncJob of pkg/controller/job/job_controller.go. */
import { isPodActive, type Job, type LiveCondition, type Pod, wholeSeconds } from "../../cluster/objects.ts";
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
  isTerminating,
  isTracked,
  unknownIndex,
} from "./pods.ts";

/** What is known of a Job when a look begins. Times are milliseconds since the start. */
export interface Situation {
  readonly job: Job;
  /** All but those that have ended and been counted. */
  readonly pods: readonly Pod[];
  readonly record: BackoffRecord;
  /** The indexes that the status lists as completed. */
  readonly completedIndexes: Intervals;
  readonly now: number;
  readonly start: number;
}

/** What the look found, and as it goes on, what it has done. */
export interface Look {
  readonly job: Job;
  /** Of an indexed Job in the order of the indexes. */
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
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

function byIndex(pods: readonly Pod[]): readonly Pod[] {
  return pods.toSorted((a, b) => completionIndex(a) - completionIndex(b) || a.sequence - b.sequence);
}

/** Everything that a look needs to know, worked out in one go through the pods. */
export function lookAt({ job, pods: given, record, completedIndexes, now, start }: Situation): Look {
  const { status } = job;
  const pods = isIndexed(job) ? byIndex(given) : given;
  const uncounted = { succeeded: setOf(status.uncountedSucceeded), failed: setOf(status.uncountedFailed) };
  const active: Pod[] = [];
  let failed: Set<Pod> | undefined;
  const newSucceeded: Pod[] = [];
  const newFailed: Pod[] = [];
  let ready = 0;
  let terminating = 0;
  for (const pod of pods) {
    if (isPodActive(pod)) {
      active.push(pod);
      if (pod.ready) ready++;
    } else if (isTerminating(pod)) terminating++;
    const fails = hasFailed(job, pod);
    if (fails) {
      failed ??= new Set();
      failed.add(pod);
    }
    if (!fails && pod.phase !== "Succeeded") continue;
    if (!isCountable(job, pod) || uncounted.succeeded.has(pod.uid) || uncounted.failed.has(pod.uid)) continue;
    (pod.phase === "Succeeded" ? newSucceeded : newFailed).push(pod);
  }
  const indexes = indexState(job, pods, active, completedIndexes, start);
  const at = (pod: Pod) => finishedAt(pod, start);
  const isNews = newSucceeded.length + newFailed.length > 0;
  return {
    job,
    pods,
    active,
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
    activeCount: active.length,
    ready,
    terminating,
    outcome: decideOutcome(job, { pods, newFailed, uncountedFailed: uncounted.failed.size, ...indexes }, now, start),
  };
}

type IndexState = Pick<Look, "succeededIndexes" | "failedIndexes" | "lastFailed">;
const noIndexes: IndexState = { succeededIndexes: [], failedIndexes: null, lastFailed: noPods };

function indexState(
  job: Job,
  pods: readonly Pod[],
  active: readonly Pod[],
  before: Intervals,
  start: number,
): IndexState {
  if (!isIndexed(job)) return noIndexes;
  const indexesOf = (list: readonly Pod[]) => list.map(completionIndex).filter((index) => inRange(job, index));
  const done = pods.filter((pod) => pod.phase === "Succeeded" && isTracked(pod));
  const succeededIndexes = done.length === 0 ? before : addIndexes(before, indexesOf(done));
  if (job.spec.backoffLimitPerIndex === undefined) return { ...noIndexes, succeededIndexes };
  const newlyFailed = pods.filter((pod) => isTracked(pod) && failsIndex(job, pod));
  const failedBefore = parseIndexes(job.status.failedIndexes ?? "", job.spec.completions ?? 0);
  const failedIndexes = addIndexes(failedBefore, indexesOf(newlyFailed));
  const running = new Set(indexesOf(active));
  const lastFailed = new Map<number, Pod>();
  for (const pod of pods) {
    const index = completionIndex(pod);
    if (!isCountable(job, pod) || !hasFailed(job, pod) || running.has(index)) continue;
    if (hasIndex(succeededIndexes, index) || hasIndex(failedIndexes, index)) continue;
    const other = lastFailed.get(index);
    if (!other || isLater(pod, other, start)) lastFailed.set(index, pod);
  }
  return { succeededIndexes, failedIndexes, lastFailed };
}

function isLater(pod: Pod, other: Pod, start: number): boolean {
  return failuresOfIndex(other) <= failuresOfIndex(pod) && finishedAt(other, start) <= finishedAt(pod, start);
}
