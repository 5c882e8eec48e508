/** Drawings of 16 by 16: what a button does, what a workload is; and the 12 by 12 glyphs of a pod's state. */
import type { Stage } from "../../../simulator/insight/lives.ts";

const circle = "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2z";
const shield = "M8 1.8 13 3.6v4c0 3.1-2.1 5.4-5 6.6-2.9-1.2-5-3.5-5-6.6v-4z";

const strokes = {
  deployment: "M8 2 13.5 5 8 8 2.5 5zM2.5 8 8 11l5.5-3M2.5 11 8 14l5.5-3",
  replicaset: "M2.5 5h8v8h-8zM5.5 5V2.5h8v8h-3",
  statefulset:
    "M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2zM3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2",
  daemonset: "M2.5 3h4v4h-4zM9.5 3h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z",
  job: "M4 2.5h8v11H4zM6.2 8.2l1.3 1.3 2.5-2.8M6 5h4",
  cronjob: `${circle}M8 4.8V8l2.2 1.5`,
  file: "M4 2h5l3 3v9H4zM9 2v3h3",
  braces: "M6 2.5C4 2.5 5.5 7 3 8c2.5 1 1 5.5 3 5.5M10 2.5c2 0 .5 4.5 3 5.5-2.5 1-1 5.5-3 5.5",
  info: `${circle}M8 7.2V11M8 5v.4`,
  error: `${circle}M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4`,
  safe: `${shield}M5.7 7.9l1.7 1.7 3-3.6`,
  unsafe: `${shield}M6 5.8l4 4M10 5.8l-4 4`,
  caution: `${shield}M8 5v3.4M8 10.3v.4`,
  pin: "M9.7 2.1 13.9 6.3l-2.6.8-2.5 2.5-.6 2.7-4.5-4.5 2.7-.6 2.5-2.5zM5.9 10.1l-3.4 3.4",
  compare: "M2.5 2v12M5 3.5h8.5v3H5zM5 9.5h5.5v3H5z",
  share: "M8 9.6V2.3M5.3 4.8 8 2.1l2.7 2.7M3 8.6v5h10v-5",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  plus: "M8 3.5v9M3.5 8h9",
  prev: "M11.5 4 6 8l5.5 4zM4.5 4v8",
  next: "M4.5 4 10 8l-5.5 4zM11.5 4v8",
  play: "M5 3.2v9.6L12.6 8z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  down: "M4.5 6.5 8 10l3.5-3.5",
  right: "M6.5 4.5 10 8l-3.5 3.5",
  flag: "M4 14V2.5h8L10 5.5l2 3H4",
  check: "M3.2 8.4l3.2 3.2 6.4-7.2",
  clock: `${circle}M8 4.8V8l2.2 1.5`,
  ban: `${circle}M4 4l8 8`,
  drain: "M4 2.5h8M5.5 2.5V8h5V2.5M8 8v5.5M5.8 11.3 8 13.5l2.2-2.2",
  scale: "M3 13.5v-4M6.3 13.5V7M9.7 13.5v-9M13 13.5V2",
  trash: "M3 4.5h10M6 4.5V2.8h4v1.7M4.3 4.5l.6 9h6.2l.6-9M6.7 7v4M9.3 7v4",
  bolt: "M9 1.8 4 9h3.5L7 14.2 12 7H8.5z",
  power: "M8 2.5v5M5 4.3a4.8 4.8 0 1 0 6 0",
  skull:
    "M4.5 11.5C3 10.5 2.5 9 2.5 7.5a5.5 5.5 0 0 1 11 0c0 1.5-.5 3-2 4v2h-7zM6 7.8h.01M10 7.8h.01M7 13.5V12M9 13.5V12",
  undo: "M5.5 3 2.8 5.7l2.7 2.7M2.8 5.7H10a3.6 3.6 0 0 1 0 7.2H6",
  restart: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3",
  image: "M2.5 4.5 8 2l5.5 2.5v7L8 14l-5.5-2.5zM2.5 4.5 8 7l5.5-2.5M8 7v7",
  pencil: "M3 13l.6-2.9L11 2.7 13.3 5l-7.4 7.4z",
  close: "M4 4l8 8M12 4l-8 8",
  warn: "M8 2.5 14 13H2zM8 6.5v3M8 11.2v.3",
  disk: "M3 4c0-1 2.2-1.8 5-1.8s5 .8 5 1.8v8c0 1-2.2 1.8-5 1.8S3 13 3 12zM3 4c0 1 2.2 1.8 5 1.8S13 5 13 4",
  globe: `${circle}M2.2 8h11.6M8 2.2c3.2 3.6 3.2 8 0 11.6M8 2.2c-3.2 3.6-3.2 8 0 11.6`,
  zoom: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.4 3.4M5 7h4M7 5v4",
} as const;

export type IconName = keyof typeof strokes;

/** Drawings that are filled rather than outlined, and those of thick strokes. */
const filled: ReadonlySet<IconName> = new Set(["play"]);
const heavy: ReadonlySet<IconName> = new Set(["more", "pause"]);

export function Icon({ name, class: more = "" }: { readonly name: IconName; readonly class?: string }) {
  return (
    <svg class={`i ${heavy.has(name) ? "heavy" : ""} ${more}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={strokes[name]} fill={filled.has(name) ? "currentColor" : "none"} />
    </svg>
  );
}

/** The drawing of a kind of workload. */
export function kindIcon(kind: string): IconName {
  const name = kind.toLowerCase();
  return Object.hasOwn(strokes, name) ? (name as IconName) : "file";
}

export type GlyphName = Stage | "gone" | "absent";

const ring = "M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z";
const rhomb = "M6 1.2 10.8 6 6 10.8 1.2 6z";
const dot = "M6 4.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z";
/** Outline, then what is filled, then the dashes of the outline. */
const glyphs: Readonly<Record<GlyphName, readonly [outline: string, fill: string, dash?: string]>> = {
  pending: [ring, "", "1.6 1.2"],
  creating: [ring, ""],
  pulling: [`${ring}M6 3.4v4.4M4.2 6.2 6 8l1.8-1.8`, ""],
  starting: [ring, "M6 1.5a4.5 4.5 0 0 1 0 9z"],
  ready: ["", ring],
  unready: [rhomb, ""],
  failing: ["", "M6 1.2 11.2 10.6H.8z"],
  backoff: ["M6 2 10.4 10H1.6z", ""],
  stopping: [`${ring}M3.8 6h4.4`, ""],
  unknown: [rhomb, "", "1.8 1.3"],
  succeeded: [`${ring}M3.9 6.1l1.5 1.5 2.8-3.1`, ""],
  failed: [`${ring}M4.2 4.2l3.6 3.6M7.8 4.2 4.2 7.8`, ""],
  gone: ["", dot],
  absent: ["", dot],
};

/** What a pod does, before its name: told by its shape; the colour only repeats it. */
export function Glyph({ name }: { readonly name: GlyphName }) {
  const [outline, fill, dash] = glyphs[name];
  return (
    <svg class={`glyph ${name}`} viewBox="0 0 12 12" aria-hidden="true">
      {outline && (
        <path
          d={outline}
          fill="none"
          stroke="currentColor"
          stroke-width="1.2"
          {...(dash ? { "stroke-dasharray": dash } : {})}
        />
      )}
      {fill && <path d={fill} fill="currentColor" />}
    </svg>
  );
}
