/**
 * Waiting before a container is started again or an image pulled again: 10 s, doubling to five minutes.
 * Models doBackOff of pkg/kubelet/kuberuntime/kuberuntime_manager.go and client-go/util/flowcontrol/backoff.go.
 */
export const initialBackOff = 10_000;
export const longestBackOff = 300_000;

/** `delay` until the next try (milliseconds), and when that was decided. */
export interface BackOff {
  readonly delay: number;
  readonly updated: number;
}

/**
 * The wait after something ended at `ended`: none the first time and after ten minutes without trouble. `next` is to be
 * kept for the next time.
 */
export function backOff(
  previous: BackOff | undefined,
  ended: number,
): { readonly wait: number; readonly next: BackOff } {
  if (!previous || ended - previous.updated > 2 * longestBackOff) {
    return { wait: 0, next: { delay: initialBackOff, updated: ended } };
  }
  const next = { delay: Math.min(previous.delay * 2, longestBackOff), updated: ended + previous.delay };
  return { wait: previous.delay, next };
}

/** The waits (milliseconds) before restarts 1 to `count` of a container that ends soon after each start: 0, 10 s, 20 s … */
export function restartTimetable(count: number): readonly number[] {
  const waits: number[] = [];
  let kept: BackOff | undefined;
  let time = 0;
  for (let i = 0; i < count; i++) {
    const { wait, next } = backOff(kept, time);
    waits.push(wait);
    kept = next;
    time += wait;
  }
  return waits;
}
