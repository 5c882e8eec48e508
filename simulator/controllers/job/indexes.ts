/** Sets of completion indexes as ordered intervals. Models pkg/controller/job/indexed_job_utils.go. */

type Interval = readonly [first: number, last: number];
export type Intervals = readonly Interval[];

/** A number of 64 bits as Go's `strconv.Atoi` reads it; undefined when it is none. */
export function readIndex(text: string): number | undefined {
  // As nearly always: a few digits, read without a regular expression because every look reads those of many pods.
  if (text.length > 0 && text.length < 10) {
    let value = 0;
    let at = 0;
    for (; at < text.length; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === text.length) return value;
  }
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = Number(text);
  return Math.abs(value) < 2 ** 63 ? value : undefined;
}

/** Reads `1,3-5,7`. Broken parts are left out; reading stops at the first part that begins at `completions` or later. */
export function parseIndexes(text: string, completions: number): Intervals {
  const result: [number, number][] = [];
  if (text === "") return result;
  for (const part of text.split(",")) {
    const [low = "", high] = part.split("-");
    const first = readIndex(low);
    if (first === undefined) continue;
    if (first >= completions) break;
    const end = high === undefined ? first : readIndex(high);
    if (end === undefined) continue;
    const last = Math.min(end, completions - 1);
    const before = result.at(-1);
    if (before && before[1] === first - 1) before[1] = last;
    else result.push([first, last]);
  }
  return result;
}

/** Writes a pair as `3,4` and three or more as `3-5`. */
export function formatIndexes(intervals: Intervals): string {
  return intervals
    .map(([first, last]) => (last <= first ? `${first}` : `${first}${last === first + 1 ? "," : "-"}${last}`))
    .join(",");
}

/** How many indexes the intervals hold. */
export function countIndexes(intervals: Intervals): number {
  return intervals.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** Whether an index is in the set, by binary search. */
export function hasIndex(intervals: Intervals, index: number): boolean {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle]?.[1] ?? 0) >= index) high = middle;
    else low = middle + 1;
  }
  const found = intervals[low];
  return found !== undefined && found[0] <= index;
}

/** The union of two ordered sets. */
export function mergeIndexes(a: Intervals, b: Intervals): Intervals {
  const result: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    const takeLeft = left !== undefined && (right === undefined || left[0] < right[0]);
    const next = (takeLeft ? left : right) as Interval;
    if (takeLeft) i++;
    else j++;
    const before = result.at(-1);
    if (!before || next[0] > before[1] + 1) result.push([next[0], next[1]]);
    else if (before[1] < next[1]) before[1] = next[1];
  }
  return result;
}

/** The set with single indexes (in any order) added. */
export function addIndexes(intervals: Intervals, indexes: readonly number[]): Intervals {
  return mergeIndexes(
    intervals,
    indexes.toSorted((a, b) => a - b).map((index): Interval => [index, index]),
  );
}

/** The lowest `count` indexes below `completions` that are not in the set. */
export function pendingIndexes(taken: Intervals, completions: number, count: number): readonly number[] {
  const result: number[] = [];
  let candidate = 0;
  for (const [first, last] of taken) {
    while (candidate < completions && result.length < count && candidate < first) result.push(candidate++);
    candidate = Math.max(candidate, last + 1);
  }
  while (candidate < completions && result.length < count) result.push(candidate++);
  return result;
}
