/** The picture as an SVG that stands alone: one drawing of label, track and state, from the same models that the panel draws. Pure. */
import { clip, countLine, type Line, valueAt } from "../../../simulator/insight/lines.ts";
import { isLive, type Life, spanAt } from "../../../simulator/insight/lives.ts";
import type { Rollout } from "../../../simulator/insight/rollout.ts";
import { clock, say } from "../messages/words.ts";
import { barsOf } from "../picture/bars.ts";
import { curvePath } from "../picture/curve.ts";
import type { Scale } from "../picture/scale.ts";
import { ticksOf } from "../picture/ticks.ts";

export interface SvgRow {
  /** A heading has no lives. */
  readonly name: string;
  readonly where: string;
  readonly lives: readonly Life[];
  readonly isHeading: boolean;
}

export interface SvgPicture {
  readonly title: string;
  readonly verdict: string;
  readonly tone: "safe" | "caution" | "unsafe";
  readonly figures: readonly { readonly label: string; readonly value: string; readonly note: string }[];
  readonly marks: readonly { readonly time: number; readonly text: string; readonly end: boolean }[];
  readonly rollout: Rollout | null;
  readonly rows: readonly SvgRow[];
  readonly newest: string | null;
  readonly scale: Scale;
  readonly from: number;
  /** The playhead; null for a picture without one. */
  readonly time: number | null;
}

/** Colours of a picture that cannot ask an editor for them. */
export interface Palette {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly rule: string;
  readonly ready: string;
  readonly busy: string;
  readonly wait: string;
  readonly bad: string;
  readonly stop: string;
  readonly lost: string;
  readonly accent: string;
}

export const lightPalette: Palette = {
  background: "#ffffff",
  text: "#3b3b3b",
  muted: "#6b6b6b",
  rule: "#e4e4e4",
  ready: "#58a055",
  busy: "#0063d3",
  wait: "#bf8803",
  bad: "#e51400",
  stop: "#919191",
  lost: "#652d90",
  accent: "#005fb8",
};
export const darkPalette: Palette = {
  background: "#1f1f1f",
  text: "#cccccc",
  muted: "#a0a0a0",
  rule: "#333333",
  ready: "#6a9d64",
  busy: "#59a4f9",
  wait: "#cca700",
  bad: "#f14c4c",
  stop: "#818181",
  lost: "#b180d7",
  accent: "#0078d4",
};

const width = 720;
const label = 150;
const state = 84;
const side = 16;
const track = width - 2 * side - label - state;
const left = side + label;
const lineTop = 132;
const lineHeight = 72;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
const r = (value: number): number => Math.round(value * 100) / 100;
const at = (percent: number): number => r(left + (percent / 100) * track);

interface TextOptions {
  readonly size?: number;
  readonly colour?: string;
  readonly weight?: number;
  readonly anchor?: "start" | "middle" | "end";
}

/** The picture as text, one element a line, so that two of them can be compared by reading. */
export function svgOf(picture: SvgPicture, palette: Palette): string {
  const out: string[] = [];
  const text = (
    x: number,
    y: number,
    words: string,
    { size = 11, colour = palette.text, weight = 400, anchor = "start" }: TextOptions = {},
  ) =>
    out.push(
      `<text x="${r(x)}" y="${r(y)}" font-size="${size}" fill="${colour}"${weight === 400 ? "" : ` font-weight="${weight}"`}${anchor === "start" ? "" : ` text-anchor="${anchor}"`}>${escaped(words)}</text>`,
    );
  const { scale, from, rollout, rows, newest } = picture;
  const rowTop = rollout ? lineTop + lineHeight + 16 : lineTop;
  const height = rowTop + rows.reduce((sum, row) => sum + (row.isHeading ? 26 : 20), 0) + 24;
  const tone = { safe: palette.ready, caution: palette.wait, unsafe: palette.bad }[picture.tone];

  text(side, 26, picture.title, { size: 13, weight: 600 });
  text(side, 46, picture.verdict, { size: 12, colour: tone });
  picture.figures.forEach((figure, index) => {
    const x = side + (index * (width - 2 * side)) / 4;
    text(x, 66, figure.label, { colour: palette.muted });
    text(x, 86, figure.value, { size: 16 });
    text(x, 100, figure.note, { size: 10, colour: palette.muted });
  });
  for (const { time, x } of ticksOf(scale, track)) {
    if (x < 0 || x > 100) continue;
    out.push(`<path d="M${at(x)} ${lineTop - 6}V${height - 20}" stroke="${palette.rule}"/>`);
    text(at(x), lineTop - 10, time === 0 ? "0" : clock(time), { colour: palette.muted, anchor: "middle" });
  }
  for (const fold of scale.folds) {
    const [a, b] = [at(scale.x(fold.from)), at(scale.x(fold.to))];
    out.push(
      `<rect x="${a}" y="${lineTop - 6}" width="${r(b - a)}" height="${height - lineTop - 14}" fill="url(#folded)"/>`,
    );
  }
  if (rollout) out.push(...lineOf(picture, rollout, palette, text));
  let y = rowTop;
  for (const row of rows) {
    if (row.isHeading) {
      text(side, y + 17, row.name, { size: 12, weight: 600 });
      text(side + 96, y + 17, row.where, { colour: palette.muted });
      y += 26;
      continue;
    }
    text(side + 8, y + 14, row.name);
    text(side + 62, y + 14, row.where, { colour: palette.muted });
    for (const life of row.lives) {
      const old = newest !== null && life.revision !== newest;
      for (const bar of barsOf(life, scale, from))
        out.push(barOf(bar.stage, old, at(bar.left), r((bar.width / 100) * track), y + 10, palette));
    }
    const life = row.lives.findLast((one) => picture.time !== null && spanAt(one, from + picture.time) !== null);
    const span = life && picture.time !== null ? spanAt(life, from + picture.time) : null;
    if (span) text(left + track + 10, y + 14, say(span.stage), { colour: palette.muted });
    y += 20;
  }
  for (const mark of picture.marks) {
    const x = scale.x(mark.time);
    if (x < 0 || x > 100) continue;
    out.push(`<path d="M${at(x)} ${lineTop - 6}V${height - 20}" stroke="${palette.muted}" stroke-dasharray="3 3"/>`);
    text(at(x) + (mark.end ? -4 : 4), lineTop - 22, mark.text, { anchor: mark.end ? "end" : "start" });
  }
  if (picture.time !== null) {
    const x = at(scale.x(picture.time));
    out.push(`<path d="M${x} ${lineTop - 6}V${height - 20}" stroke="${palette.accent}" stroke-width="1.5"/>`);
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">`,
    "<defs>",
    pattern("old", 5, `<path d="M0 0V5" stroke="${palette.ready}" stroke-width="3"/>`, palette.background),
    pattern("folded", 4, `<path d="M0 0V4" stroke="${palette.rule}" stroke-width="1"/>`, palette.background),
    pattern("pulling", 4, `<path d="M0 0V4" stroke="${palette.busy}" stroke-width="4"/>`, "none", 0),
    "</defs>",
    `<rect width="${width}" height="${height}" fill="${palette.background}"/>`,
    ...out,
    "</svg>",
    "",
  ].join("\n");
}

function pattern(id: string, size: number, content: string, background: string, angle = 45): string {
  const fill =
    background === "none" ? "" : `<rect width="${size}" height="${size}" fill="${background}" fill-opacity=".6"/>`;
  return `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" patternTransform="rotate(${angle})">${fill}${content}</pattern>`;
}

/** How much of a pod there is, is the height of its bar. */
function barOf(stage: string, old: boolean, x: number, width: number, middle: number, palette: Palette): string {
  const box = (height: number, paint: string) =>
    `<rect x="${x}" y="${middle - height / 2}" width="${width}" height="${height}" ${paint}/>`;
  switch (stage) {
    case "ready":
      return box(14, old ? `fill="url(#old)" stroke="${palette.ready}"` : `fill="${palette.ready}" rx="2"`);
    case "starting":
      return box(8, `fill="${palette.busy}" fill-opacity=".25" stroke="${palette.busy}"`);
    case "unready":
      return box(8, `fill="${palette.wait}" fill-opacity=".25" stroke="${palette.wait}"`);
    case "pulling":
      return box(6, `fill="url(#pulling)" stroke="${palette.busy}" stroke-width=".5"`);
    case "failing":
      return box(8, `fill="${palette.bad}"`);
    case "unknown":
      return box(8, `fill="none" stroke="${palette.lost}" stroke-dasharray="3 2"`);
    case "stopping":
      return `<path d="M${x} ${middle - 7}L${r(x + width)} ${middle - 1}V${middle + 1}L${x} ${middle + 7}z" fill="${palette.stop}"/>`;
    case "pending":
    case "backoff":
      return `<path d="M${x} ${middle}H${r(x + width)}" stroke="${stage === "pending" ? palette.wait : palette.bad}" stroke-width="2" stroke-dasharray="2 2"/>`;
    default:
      return box(2, `fill="${palette.busy}"`);
  }
}

function lineOf(
  { scale, from, time }: SvgPicture,
  rollout: Rollout,
  palette: Palette,
  text: (x: number, y: number, words: string, options?: TextOptions) => void,
): readonly string[] {
  const { lives, newest, available, wanted, floor, ceiling, shortfalls, end } = rollout;
  const within = (line: Line) => clip(line, from + scale.start, from + scale.end);
  const all = countLine(lives, end, ({ stage }) => isLive(stage));
  const ready = countLine(lives, end, ({ stage }) => stage === "ready");
  const fresh = countLine(lives, end, ({ stage }, life) => stage === "ready" && life.revision === newest);
  const top = Math.max(1, ...[all, ceiling, wanted].flatMap((line) => within(line).map(({ value }) => value))) * 1.07;
  const put = `transform="translate(${left} ${lineTop}) scale(${track / 100} ${lineHeight / 100})" vector-effect="non-scaling-stroke"`;
  const area = (line: Line, paint: string): string => {
    const path = curvePath(line, scale, from, top);
    if (path === "") return "";
    const begin = /^M(\S+)/.exec(path)?.[1] ?? "0";
    return `<path d="${path} V100 H${begin} z" ${put} ${paint}/>`;
  };
  const stroke = (line: Line, paint: string): string => {
    const path = curvePath(line, scale, from, top);
    return path === "" ? "" : `<path d="${path}" ${put} fill="none" ${paint}/>`;
  };
  const broken = shortfalls.length > 0;
  text(side, lineTop + 14, say("available"), { colour: palette.muted });
  if (time !== null)
    text(side, lineTop + 36, `${valueAt(available, from + time)} ${say("of", { n: valueAt(wanted, from + time) })}`, {
      size: 16,
    });
  const names = [
    ["ceiling", ceiling],
    ["wanted", wanted],
    ["floor", floor],
  ] as const;
  const taken = new Map<number, string>();
  for (const [name, line] of names) {
    if (line.length === 0) continue;
    const value = valueAt(line, from + scale.end - 1);
    taken.set(value, taken.has(value) ? `${taken.get(value)}, ${say(name)}` : say(name));
  }
  for (const [value, name] of taken)
    text(left + track + 10, lineTop + (1 - value / top) * lineHeight + 4, `${name} ${value}`, {
      colour: palette.muted,
    });
  return [
    area(all, `fill="${palette.busy}" fill-opacity=".15"`),
    area(ready, `fill="url(#old)"`),
    area(fresh, `fill="${palette.ready}"`),
    stroke(ceiling, `stroke="${palette.muted}" stroke-dasharray="1.5 2.5"`),
    stroke(floor, `stroke="${broken ? palette.bad : palette.muted}" stroke-dasharray="4 3"`),
    stroke(wanted, `stroke="${palette.muted}"`),
    stroke(available, `stroke="${palette.text}" stroke-width="1.5"`),
  ].filter((one) => one !== "");
}
