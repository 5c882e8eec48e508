/** How long a Job waits after failures. Models pkg/controller/job/backoff_utils.go. Times are milliseconds. */

const firstDelay = 10_000;
/** No wait between two attempts is longer, in milliseconds. */
export const longestDelay = 600_000;

/** Failures since the last success, and when the last of them finished. */
export interface BackoffRecord {
  readonly failures: number;
  readonly lastFailure: number | null;
}

/** The wait that `failures` consecutive failures cause: 10 s, 20 s, 40 s … at most 10 min. A count that ran over is one. */
export function backoffDelay(failures: number): number {
  if (failures === 0) return 0;
  return Math.min(firstDelay * 2 ** Math.max(0, failures - 1), longestDelay);
}

/** What is left of the wait when `elapsed` has passed since the last failure. */
export function remainingBackoff(failures: number, elapsed: number): number {
  return failures === 0 ? 0 : Math.max(0, backoffDelay(failures) - elapsed);
}

/** The record after pods finished at these times; a success ends the count, and only failures strictly after it go on. */
export function recordFinished(
  previous: BackoffRecord,
  succeededAt: readonly number[],
  failedAt: readonly number[],
): BackoffRecord {
  const reset = succeededAt.length > 0;
  const lastSuccess = latest(succeededAt);
  const { failures, lastFailure } = reset ? { failures: 0, lastFailure: null } : previous;
  const counted = failedAt.filter((at) => at > lastSuccess);
  // The latest of the new ones stands, even where an earlier look has seen a later one.
  return { failures: failures + counted.length, lastFailure: counted.length > 0 ? latest(counted) : lastFailure };
}

/** Not by spreading: more pods may end at once than a call takes arguments. */
function latest(times: readonly number[]): number {
  return times.reduce((last, time) => Math.max(last, time), Number.NEGATIVE_INFINITY);
}

/** The waits between the attempts of a Job that fails every time: one per retry that `backoffLimit` allows. */
export function backoffTimetable(limit: number): readonly { readonly retry: number; readonly wait: number }[] {
  return Array.from({ length: Math.max(0, limit) }, (_, index) => ({
    retry: index + 1,
    wait: backoffDelay(index + 1),
  }));
}

/** The failures of an index, counted with the one that the pod is now; the sum is one of 32 bits and runs over. */
export function failuresWith(counted: number, ignored: number): number {
  return (counted + ignored + 1) | 0;
}

/** The number in a failure-count annotation; anything that is no 32-bit number from 0 on counts as 0. */
export function failureCount(annotation: string | null | undefined): number {
  if (typeof annotation !== "string" || !/^[+-]?[0-9]+$/.test(annotation)) return 0;
  const value = Number(annotation);
  return value >= 0 && value <= 2_147_483_647 ? value : 0;
}
