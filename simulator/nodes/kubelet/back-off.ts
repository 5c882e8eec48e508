/**
 * Waiting before a container is started again or an image pulled again: 10 s, doubling to five minutes, forgotten ten
 * minutes after it last grew. Models client-go/util/flowcontrol/backoff.go and its use in pkg/kubelet.
 */
const initialBackOff = 10_000;
export const longestBackOff = 300_000;

/** `delay` until the next try (milliseconds), and when that was decided. */
export interface BackOff {
  readonly delay: number;
  readonly updated: number;
}

/** What is left of an entry at `now`: it is dropped when nobody has asked for it so long. */
export function remembered(entry: BackOff | undefined, now: number): BackOff | undefined {
  return entry && now - entry.updated <= 2 * longestBackOff ? entry : undefined;
}

/** The entry after one more failure. */
export function grown(entry: BackOff | undefined, now: number): BackOff {
  const before = remembered(entry, now);
  return { delay: before ? Math.min(before.delay * 2, longestBackOff) : initialBackOff, updated: now };
}

/** The waits (milliseconds) before restarts 1 to `count` of a container that ends soon after each start: 0, 10 s, 20 s … */
export function restartTimetable(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? 0 : Math.min(initialBackOff * 2 ** (index - 1), longestBackOff),
  );
}
