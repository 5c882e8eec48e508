/** How much of time is shown, and what of it is folded. Times are milliseconds since the change. */
import type { Life } from "../../../simulator/insight/lives.ts";
import { type Fold, foldsOf, type Scale, scaleOf } from "./scale.ts";

/** Tries of a pod that are shown one by one before the rest counts as repetition. */
const firstTries = 3;

/** When something new happens to the pods: every change of stage, but no more than the first few of those that repeat. */
export function momentsOf(lives: readonly Life[], from: number): readonly number[] {
  const moments = new Set<number>();
  for (const { spans, gone, created } of lives) {
    moments.add(created - from);
    if (gone !== Infinity) moments.add(gone - from);
    let tries = 0;
    for (const { from: at, stage } of spans) {
      const repeats =
        stage === "failing" ||
        stage === "backoff" ||
        (tries > 0 && (stage === "pulling" || stage === "creating" || stage === "starting"));
      if (stage === "failing" || stage === "backoff") tries++;
      if (!repeats || tries <= firstTries) moments.add(at - from);
    }
  }
  return [...moments].filter((time) => time >= 0).sort((a, b) => a - b);
}

export interface Extent {
  readonly moments: readonly number[];
  /** Moments that are shown however long after the others they are: deadlines, steps, the end. */
  readonly marks: readonly number[];
}

/** The whole picture: it begins 6 % before the change and ends 10 % after the last moment. `open` folds are not folded. */
export function wholeScale({ moments, marks }: Extent, isOpen: (fold: Fold) => boolean): Scale {
  const news = [...moments, ...marks];
  const last = Math.max(1_000, ...news);
  const folds = foldsOf([0, ...news], 0, last).filter((fold) => !isOpen(fold));
  const shown = last - folds.reduce((sum, { from, to }) => sum + (to - from), 0);
  return scaleOf(-shown * 0.07, last + shown * 0.12, folds);
}

/** A part of it, as brushed or zoomed: folds that lie within stay folded. */
export function partScale(from: number, to: number, whole: Scale): Scale {
  return scaleOf(
    from,
    Math.max(from + 100, to),
    whole.folds.filter((fold) => fold.from >= from && fold.to <= to),
  );
}
