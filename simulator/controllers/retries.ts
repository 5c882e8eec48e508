/** How long a work queue waits after a look that failed. Models client-go/util/workqueue/default_rate_limiters.go. */

const first = 5;
const longest = 1_000_000;

/** Milliseconds until the next look after so many that failed in a row: `from`, doubled each time, at most `to`. */
export function retryDelay(failures: number, from = first, to = longest): number {
  return Math.min(from * 2 ** failures, to);
}
