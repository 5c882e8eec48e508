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

/** Times (milliseconds) from 0 to `end`, at most `most` of them, but at least the start. */
export function timeTicks(end: number, most: number): readonly number[] {
  const step = steps.find((one) => end / one < most) ?? end + 1;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}
