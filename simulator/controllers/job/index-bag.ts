/** Completion indexes that several may hold at once, e.g. those of running pods, kept as the ordered intervals that they fill. */
import type { Intervals } from "./indexes.ts";

export interface IndexBag {
  /** One more holds the index. */
  add(index: number): void;
  /** One fewer holds the index; somebody has held it. */
  remove(index: number): void;
  has(index: number): boolean;
  /** The indexes that somebody holds; changes with the bag. */
  readonly intervals: Intervals;
  /** Whether an index is held by more than one. */
  isRepeated(): boolean;
}

/** A bag that nobody has put anything into. Each change is one binary search, whatever the bag holds. */
export function createIndexBag(): IndexBag {
  const holders = new Map<number, number>();
  const intervals: [first: number, last: number][] = [];
  /** How many hold an index that another one holds already. */
  let repeated = 0;

  /** The place of the first interval that ends at `index` or later. */
  function place(index: number): number {
    let low = 0;
    let high = intervals.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (intervals[middle]![1] < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function cover(index: number): void {
    const at = place(index - 1);
    const near = intervals[at];
    if (near && near[1] === index - 1) {
      const next = intervals[at + 1];
      const joins = next !== undefined && next[0] === index + 1;
      near[1] = joins ? next[1] : index;
      if (joins) intervals.splice(at + 1, 1);
    } else if (near && near[0] === index + 1) near[0] = index;
    else intervals.splice(at, 0, [index, index]);
  }

  function uncover(index: number): void {
    const at = place(index);
    const [first, last] = intervals[at]!;
    const left: [number, number][] = [];
    if (first < index) left.push([first, index - 1]);
    if (index < last) left.push([index + 1, last]);
    intervals.splice(at, 1, ...left);
  }

  return {
    intervals,
    has: (index) => holders.has(index),
    isRepeated: () => repeated > 0,
    add(index) {
      const before = holders.get(index) ?? 0;
      holders.set(index, before + 1);
      if (before > 0) repeated++;
      else cover(index);
    },
    remove(index) {
      const after = holders.get(index)! - 1;
      if (after > 0) {
        holders.set(index, after);
        repeated--;
        return;
      }
      holders.delete(index);
      uncover(index);
    },
  };
}
