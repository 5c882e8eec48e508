/** The one grid of the picture: label, track, state. One time is one x everywhere. */
import type { ComponentChildren } from "preact";

interface RowProps {
  readonly kind: string;
  readonly label?: ComponentChildren;
  readonly track?: ComponentChildren;
  readonly state?: ComponentChildren;
  readonly children?: never;
}

export function Row({ kind, label, track, state, ...rest }: RowProps & Readonly<Record<string, unknown>>) {
  const isRow = rest["role"] === "row";
  const cell = isRow ? ({ role: "gridcell" } as const) : {};
  return (
    <div class={`row ${kind}`} {...rest}>
      <div class="label" {...(isRow ? { role: "rowheader" as const } : {})}>
        {label}
      </div>
      <div class="track" {...cell}>
        {track}
      </div>
      <div class="state" {...cell}>
        {state}
      </div>
    </div>
  );
}

/** A place on the track, in percent; beyond the edges it is held there. */
export const percent = (x: number): string => `${Math.round(Math.max(-5, Math.min(105, x)) * 1000) / 1000}%`;
