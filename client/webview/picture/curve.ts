/** Lines of levels as paths and polygons in percent of a box: exact at any width, patterns stay undistorted. */
import { clip, type Line } from "../../../simulator/insight/lines.ts";
import type { Scale } from "./scale.ts";

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** The corners of a line in the picture, left to right; `top` is the value at the upper edge. What is last goes on to the edge. */
function corners(line: Line, scale: Scale, from: number, top: number): readonly (readonly [x: number, y: number])[] {
  const end = from + scale.end;
  const last = line.at(-1);
  const whole = last && last.to < end ? [...line.slice(0, -1), { ...last, to: end }] : line;
  return clip(whole, from + scale.start, end).flatMap((level) => {
    const y = round(100 - (level.value / top) * 100);
    return [[round(scale.x(level.from - from)), y] as const, [round(scale.x(level.to - from)), y] as const];
  });
}

/** `M0 25 H6 V44`: the line itself; empty when nothing of it is in the picture. */
export function curvePath(line: Line, scale: Scale, from: number, top: number): string {
  let path = "";
  let height: number | null = null;
  for (const [x, y] of corners(line, scale, from, top)) {
    if (path === "") path = `M${x} ${y}`;
    else path += y === height ? ` H${x}` : ` V${y} H${x}`;
    height = y;
  }
  return path;
}

/** A CSS polygon between the line and another one below it, or the bottom; empty when there is nothing. */
export function areaPolygon(line: Line, scale: Scale, from: number, top: number, under?: Line): string {
  const upper = corners(line, scale, from, top);
  if (upper.length === 0) return "";
  const lower = under ? corners(under, scale, from, top).toReversed() : [];
  const [first, last] = [upper[0]!, upper.at(-1)!];
  const base = lower.length > 0 ? lower : [[last[0], 100] as const, [first[0], 100] as const];
  return `polygon(${[...upper, ...base].map(([x, y]) => `${x}% ${y}%`).join(",")})`;
}
