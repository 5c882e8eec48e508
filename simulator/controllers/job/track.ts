/**
 * How finished pods are counted, each once. Models trackJobStatusAndRemoveFinalizers of pkg/controller/job/job_controller.go:
 * a pod is noted as uncounted in the status, then loses its finalizer, then moves to the counter.
 */
import type { JobStatus, Pod } from "../../cluster/objects.ts";
import { countIndexes, formatIndexes, hasIndex, type Intervals } from "./indexes.ts";
import { inRange, type Look } from "./look.ts";
import { completionIndex, isIndexed, isTracked, judge } from "./pods.ts";

/** Most pods that wait to be counted at once. */
const mostUncounted = 500;

export interface Tracking {
  /** Pods that lose their finalizers once the status is written. */
  readonly release: readonly Pod[];
  readonly status: JobStatus;
  /** The indexes that the status lists as completed. */
  readonly completedIndexes: Intervals;
  /** More pods have finished than are counted at once. */
  readonly more: boolean;
}

/** The pod with the UID; undefined when it is gone. */
type PodOf = (uid: string) => Pod | undefined;

/** The status with what is newly finished noted in it, and the pods that are then let go. */
export function track(look: Look, podOf: PodOf): Tracking {
  const { job, uncounted } = look;
  const { uncountedSucceeded, uncountedFailed } = job.status;
  const succeeded = stillTracked(look, uncountedSucceeded, podOf);
  const failed = stillTracked(look, uncountedFailed, podOf);
  const counters = {
    succeeded: job.status.succeeded + uncountedSucceeded.length - succeeded.length,
    failed: job.status.failed + uncountedFailed.length - failed.length,
  };
  const newIndexes: number[] = [];
  const release: Pod[] = [];
  let more = false;
  // Of a Job that ends all pods are let go, those that have just been told to stop as well.
  const ends = look.outcome !== null || job.deleted !== null;
  for (const pod of ends ? look.roster.all(isIndexed(job)) : look.leaving) {
    if (!isTracked(pod) || !canRelease(look, pod)) continue;
    release.push(pod);
    const index = completionIndex(pod);
    if (pod.phase === "Succeeded" && !uncounted.failed.has(pod.uid)) {
      if (isIndexed(job)) {
        if (inRange(job, index) && !hasIndex(look.completedBefore, index)) newIndexes.push(index);
      } else if (!uncounted.succeeded.has(pod.uid)) succeeded.push(pod.uid);
    } else if (look.failed.has(pod) || (look.outcome && look.outcome.type !== "SuccessCriteriaMet")) {
      const countable = !uncounted.failed.has(pod.uid) && (!isIndexed(job) || inRange(job, index));
      if (countable && (judge(job, pod)?.counted ?? true)) failed.push(pod.uid);
    }
    if (newIndexes.length + succeeded.length + failed.length >= mostUncounted) {
      more = true;
      break;
    }
  }
  // All that have succeeded are listed at once, also those that are let go later because there are so many.
  const completedIndexes = newIndexes.length > 0 ? look.succeededIndexes : look.completedBefore;
  const status: JobStatus = {
    ...job.status,
    ...counters,
    ...(isIndexed(job) ? indexStatus(look, completedIndexes) : {}),
    active: look.activeCount,
    ready: look.ready,
    terminating: look.terminating,
    uncountedSucceeded: succeeded,
    uncountedFailed: failed,
    startTime: look.startTime,
    conditions: look.conditions,
  };
  return { release, status, completedIndexes, more };
}

function stillTracked({ roster }: Look, uids: readonly string[], podOf: PodOf): string[] {
  return uids.filter((uid) => {
    const pod = podOf(uid);
    return pod !== undefined && roster.has(pod) && isTracked(pod);
  });
}

function indexStatus({ job, failedIndexes, completedBefore }: Look, completed: Intervals): Partial<JobStatus> {
  const succeeded = countIndexes(completed);
  const same = completed === completedBefore && succeeded === job.status.succeeded;
  return {
    succeeded,
    completedIndexes: same ? job.status.completedIndexes : formatIndexes(completed),
    failedIndexes: failedIndexes === null ? null : formatIndexes(failedIndexes),
  };
}

/** May the pod lose its finalizer? Not while it is running, nor while its failure count is still needed. */
function canRelease({ job, outcome, lastFailed, failed }: Look, pod: Pod): boolean {
  if (job.deleted !== null || outcome || pod.phase === "Succeeded") return true;
  return failed.has(pod) && lastFailed.get(completionIndex(pod)) !== pod;
}

/** The status once these pods have lost their finalizers: what was uncounted of them is counted. */
export function counted(status: JobStatus, released: readonly Pod[]): JobStatus {
  const { uncountedSucceeded, uncountedFailed } = status;
  if (uncountedSucceeded.length + uncountedFailed.length === 0) return status;
  const gone = new Set(released.map((pod) => pod.uid));
  const succeeded = uncountedSucceeded.filter((uid) => !gone.has(uid));
  const failed = uncountedFailed.filter((uid) => !gone.has(uid));
  return {
    ...status,
    succeeded: status.succeeded + uncountedSucceeded.length - succeeded.length,
    failed: status.failed + uncountedFailed.length - failed.length,
    uncountedSucceeded: succeeded,
    uncountedFailed: failed,
  };
}
