/** The stages of a pod's life as bars on the scale. */
import type { Life, Stage } from "../../../simulator/insight/lives.ts";
import type { Scale } from "./scale.ts";

export interface Bar {
  readonly stage: Stage;
  /** Percent of the track. */
  readonly left: number;
  readonly width: number;
  /** It goes on beyond the left or right edge of the picture. */
  readonly cutLeft: boolean;
  readonly cutRight: boolean;
}

/** A pod that waits for a node no longer than this share of the picture does not look as if it had to wait. */
const noWait = 1;

/** The bars of a life; `from` is when the change began. Stages that leave nothing to draw have none. */
export function barsOf(life: Life, scale: Scale, from: number): readonly Bar[] {
  return life.spans.flatMap((span): readonly Bar[] => {
    if (span.stage === "succeeded" || span.stage === "failed") return [];
    const a = Math.max(span.from - from, scale.start);
    const b = Math.min(span.to - from, scale.end);
    if (b <= a) return [];
    const left = scale.x(a);
    const width = scale.x(b) - left;
    const stage = span.stage === "pending" && width < noWait ? "creating" : span.stage;
    return [{ stage, left, width, cutLeft: span.from - from < scale.start, cutRight: span.to - from > scale.end }];
  });
}
