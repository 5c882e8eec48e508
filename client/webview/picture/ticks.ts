/** Where the ruler is marked: steps that people count in, never two labels nearer than they can be read. */
import type { Scale } from "./scale.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28].map((count) => count * day),
];

export interface Tick {
  readonly time: number;
  /** Percent. */
  readonly x: number;
  /** Every second one, left out where there is little room. */
  readonly minor: boolean;
}

/** Pixels that a label needs for itself. */
const room = 56;

/** The marks of a ruler so many pixels wide, counted from 0 and none within a fold. */
export function ticksOf(scale: Scale, width: number): readonly Tick[] {
  const open = scale.end - scale.start - scale.folds.reduce((sum, { from, to }) => sum + (to - from), 0);
  const share = Math.max(0.2, (100 - scale.folds.length * 9) / 100);
  const perPixel = open / Math.max(1, width * share);
  const step = steps.find((one) => one / perPixel >= room) ?? steps.at(-1)!;
  const ticks: Tick[] = [];
  const first = Math.ceil(scale.start / step) * step;
  for (let time = first; time <= scale.end; time += step) {
    const fold = scale.folds.find(({ from, to }) => time > from && time < to);
    if (fold) {
      time = Math.ceil(fold.to / step) * step - step;
      continue;
    }
    const x = scale.x(time);
    // The length of a fold stands in the ruler too.
    const isBeside = scale.folds.some(({ from, to }) => {
      const middle = (scale.x(from) + scale.x(to)) / 2;
      return (Math.abs(x - middle) * width) / 100 < room * 0.9;
    });
    if (isBeside && time !== 0) continue;
    // Beside a fold, where time runs faster, a mark may come too near to its neighbour.
    const last = ticks.at(-1);
    if (last && ((x - last.x) * width) / 100 < room * 0.75) continue;
    ticks.push({ time: time === 0 ? 0 : time, x, minor: Math.round(time / step) % 2 !== 0 });
  }
  return ticks;
}
