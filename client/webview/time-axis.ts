/** Where a time axis is marked: steps that people count in, never more marks than there is room for. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * day),
];

/** Times (milliseconds) at which an axis is marked, and what lies between two of them. */
export interface Ticks {
  readonly step: number;
  readonly times: readonly number[];
}

/**
 * Marks from 0 to `end`, at most `most`. `origin` is what the clock shows at 0 (milliseconds of local time since 1970): marks
 * stand where it shows round times. With the default they are counted from 0, which is always marked.
 */
export function timeTicks(end: number, most: number, origin = 0): Ticks {
  const step = steps.find((one) => end / one < most) ?? end + 1;
  // Weeks and more are counted from the first midnight: no day of the year is rounder than another.
  const unit = Math.min(step, day);
  const first = (unit - (origin % unit)) % unit;
  const count = first > end ? 0 : Math.floor((end - first) / step) + 1;
  return { step, times: Array.from({ length: count }, (_, index) => first + index * step) };
}
