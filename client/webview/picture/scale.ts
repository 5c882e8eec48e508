/**
 * One scale of time for everything in the picture: piecewise linear, with long waits folded to a fixed share of the width.
 * Times are milliseconds since the change, places percent of the track.
 */
export interface Fold {
  readonly from: number;
  readonly to: number;
}

export interface Scale {
  readonly start: number;
  readonly end: number;
  readonly folds: readonly Fold[];
  /** Percent of the track; below 0 and above 100 outside of the picture. */
  x(time: number): number;
  /** The time at a place. */
  time(x: number): number;
}

/** Percent of the width that a folded stretch takes. */
const foldWidth = 9;

/** The scale from `start` to `end` with these folds, which do not overlap and lie inside. */
export function scaleOf(start: number, end: number, folds: readonly Fold[] = []): Scale {
  const folded = folds.reduce((sum, { from, to }) => sum + (to - from), 0);
  const open = Math.max(1, end - start - folded);
  const perTime = (100 - folds.length * foldWidth) / open;
  /** Where each stretch begins, in time and place, and how much of the place a millisecond takes there. */
  const parts: { readonly time: number; readonly x: number; readonly rate: number }[] = [];
  let at = start;
  let x = 0;
  for (const { from, to } of folds) {
    parts.push({ time: at, x, rate: perTime });
    x += (from - at) * perTime;
    parts.push({ time: from, x, rate: foldWidth / (to - from) });
    x += foldWidth;
    at = to;
  }
  parts.push({ time: at, x, rate: perTime });
  return {
    start,
    end,
    folds,
    x(time) {
      const part = parts.findLast((one) => one.time <= time) ?? parts[0]!;
      return part.x + (time - part.time) * part.rate;
    },
    time(place) {
      const part = parts.findLast((one) => one.x <= place) ?? parts[0]!;
      return part.time + (place - part.x) / part.rate;
    },
  };
}

/** A stretch without news that takes more than this share of what would be shown is folded. */
const foldable = 1 / 3;
/** A shorter one is no long wait, however little else happens. */
const shortest = 30_000;

/**
 * The stretches of `start` to `end` to be folded: those between two neighbouring moments of news that would take more than a
 * third of the picture. A little of the wait stays on both sides, so that it is seen as one.
 */
export function foldsOf(moments: readonly number[], start: number, end: number): readonly Fold[] {
  const times = [start, ...moments.filter((time) => time > start && time < end).sort((a, b) => a - b), end];
  let folds: Fold[] = [];
  // The longest first; what was not long beside it may be long once it is folded.
  for (let round = 0; round < 4; round++) {
    const shown = end - start - folds.reduce((sum, { from, to }) => sum + (to - from), 0);
    const gaps = times.flatMap((from, i) => {
      const to = times[i + 1];
      return to === undefined || folds.some((fold) => fold.from >= from && fold.to <= to) ? [] : [{ from, to }];
    });
    const longest = gaps.reduce<Fold | null>(
      (best, gap) => (best && best.to - best.from >= gap.to - gap.from ? best : gap),
      null,
    );
    if (!longest || longest.to - longest.from < Math.max(shortest, shown * foldable)) break;
    const rest = shown - (longest.to - longest.from);
    const margin = Math.min((longest.to - longest.from) / 8, Math.max(1_000, rest * 0.12));
    folds = [...folds, { from: longest.from + margin, to: longest.to - margin }].sort((a, b) => a.from - b.from);
  }
  return folds;
}
