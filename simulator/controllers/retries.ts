/** How long a work queue waits after a look that failed. Models client-go/util/workqueue/default_rate_limiters.go. */

const first = 5;
const longest = 1_000_000;

/** Milliseconds until the next look after so many that failed in a row: 5 ms, doubled each time, at most 1000 s. */
export function retryDelay(failures: number): number {
  return Math.min(first * 2 ** failures, longest);
}
