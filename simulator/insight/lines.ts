/** Values that hold from one moment to the next, as a trace has them: counts of pods, bounds, what is wanted. */
import type { Life, Span } from "./lives.ts";

/** A value that holds from `from` until just before `to`. */
export interface Level {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** A line of levels without gaps, in order of time; neighbours differ. */
export type Line = readonly Level[];

/** The line of changes `[time, by]` that starts at 0 pods; `end` closes the last level. */
function sum(changes: ReadonlyMap<number, number>, end: number): Line {
  const line: Level[] = [];
  let value = 0;
  for (const time of [...changes.keys()].sort((a, b) => a - b)) {
    const by = changes.get(time)!;
    if (by === 0) continue;
    const last = line.at(-1);
    if (last) line[line.length - 1] = { ...last, to: time };
    value += by;
    line.push({ from: time, to: end, value });
  }
  return line;
}

/** How many of the pods are in a stage that `test` takes, over time: 3 pods ready from 9 s on is a level of 3 from 9,000. */
export function countLine(lives: readonly Life[], end: number, test: (span: Span, life: Life) => boolean): Line {
  const changes = new Map<number, number>();
  const add = (time: number, by: number) => changes.set(time, (changes.get(time) ?? 0) + by);
  for (const life of lives) {
    for (const span of life.spans) {
      if (span.to <= span.from || !test(span, life)) continue;
      add(span.from, 1);
      if (span.to < end) add(span.to, -1);
    }
  }
  return sum(changes, end);
}

/** The line of points `[time, value]` in order of time. */
export function lineOf(points: Iterable<readonly [time: number, value: number]>, end: number): Line {
  const line: Level[] = [];
  for (const [time, value] of points) {
    const last = line.at(-1);
    if (last?.value === value) continue;
    if (last && last.from === time) line.pop();
    else if (last) line[line.length - 1] = { ...last, to: time };
    if (line.at(-1)?.value !== value) line.push({ from: time, to: end, value });
    else line[line.length - 1] = { ...line.at(-1)!, to: end };
  }
  return line;
}

/** The value at a time; 0 before the line begins. */
export function valueAt(line: Line, time: number): number {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (line[middle]!.from <= time) low = middle + 1;
    else high = middle;
  }
  return line[low - 1]?.value ?? 0;
}

/** The part of a line within a time; the first level begins at `from`. */
export function clip(line: Line, from: number, to: number): Line {
  const found: Level[] = [];
  for (const level of line) {
    if (level.to <= from || level.from >= to) continue;
    found.push({ ...level, from: Math.max(level.from, from), to: Math.min(level.to, to) });
  }
  const first = found[0];
  if (from < to && (!first || first.from > from)) found.unshift({ from, to: first?.from ?? to, value: 0 });
  return found;
}

export interface Extreme {
  readonly count: number;
  /** When it was first reached. */
  readonly time: number;
  /** How long it was so, in all. */
  readonly lasts: number;
}

function extreme(line: Line, better: (a: number, b: number) => boolean): Extreme | null {
  let found: Extreme | null = null as Extreme | null;
  for (const { from, to, value } of line) {
    if (found === null || better(value, found.count)) found = { count: value, time: from, lasts: to - from };
    else if (value === found.count) found = { count: value, time: found.time, lasts: found.lasts + (to - from) };
  }
  return found;
}

/** The lowest level, when it was first reached and how long it held in all; null for an empty line. */
export const lowest = (line: Line): Extreme | null => extreme(line, (a, b) => a < b);
/** The highest level. */
export const highest = (line: Line): Extreme | null => extreme(line, (a, b) => a > b);

/** Where one line lies below another: the stretches, with both values at their beginning. */
export interface Shortfall {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly bound: number;
}

/** Every stretch, from where `line` begins, in which it is below `bound`; neighbouring ones with other values stand apart. */
export function below(line: Line, bound: Line): readonly Shortfall[] {
  const begin = line[0]?.from ?? Number.POSITIVE_INFINITY;
  const times = [...new Set([...line, ...bound].flatMap(({ from, to }) => [from, to]))]
    .filter((time) => time >= begin)
    .sort((a, b) => a - b);
  const found: Shortfall[] = [];
  for (let i = 0; i + 1 < times.length; i++) {
    const [from, to] = [times[i]!, times[i + 1]!];
    const value = valueAt(line, from);
    const least = valueAt(bound, from);
    if (value >= least) continue;
    const last = found.at(-1);
    if (last && last.to === from && last.value === value && last.bound === least)
      found[found.length - 1] = { ...last, to };
    else found.push({ from, to, value, bound: least });
  }
  return found;
}
