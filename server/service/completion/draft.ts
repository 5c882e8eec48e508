/** Text to be put in, as values with holes, and how it is written in the style of a document. */
import type { Target } from "../../../simulator/api/target.ts";
import { requiredOf } from "./order.ts";
import { type FieldType, isKnown, typeNamed } from "./shape.ts";

/** Stands for a hole until it is known how many there are; no text of ours has it. */
const mark = "\u0000";

/** What is still to be said: a tab stop with nothing in it. */
export const hole = null;
/** The hole of a text, which stands between quotes in JSON. */
export const holeText = mark;

/** A text may hold tab stops of its own; `null` is a hole, a map without entries one that has yet to be opened. */
export type Draft = string | null | readonly Draft[] | DraftMap;
export interface DraftMap {
  readonly [key: string]: Draft;
}

export interface Style {
  /** How far a map stands within its parent, and dashes within the key of their list. */
  readonly step: number;
  readonly listIndent: number;
  readonly lineBreak: string;
}

/** Deeper than anything that has to be there. */
const deepest = 8;

/** A value of a type with all that it cannot do without. */
export function draftOf(type: FieldType, target: Target, field = "", depth = 0): Draft {
  if (type.kind === "list") return [type.of === undefined ? hole : draftOf(type.of, target, field, depth + 1)];
  if (type.kind === "map") return {};
  if (type.kind !== "object" || type.type === undefined || depth > deepest) return holeOf(type);
  return draftOfFields(type.type, target, field, depth);
}

/** In JSON the place of a text is between quotes. */
function holeOf({ kind }: FieldType): Draft {
  return kind === "string" || kind === "time" || kind === "quantity" ? holeText : hole;
}

function draftOfFields(type: string, target: Target, field: string, depth: number): DraftMap {
  // The name of pods is their maker's to give; labels are what it finds them by.
  if (type === "ObjectMeta") return field === "PodTemplateSpec.metadata" ? { labels: {} } : { name: holeText };
  const shape = typeNamed(type);
  const needed = requiredOf(type).filter((one) => shape?.fields[one] && isKnown(shape.fields[one], target));
  const entries = needed.map((one): [string, Draft] => [
    one,
    draftOf(shape?.fields[one] as FieldType, target, `${type}.${one}`, depth + 1),
  ]);
  if (type === "JobSpec") return withRestartPolicy(Object.fromEntries(entries));
  return Object.fromEntries(entries);
}

/** The pods of a Job have to say what becomes of them, and may not be restarted always; they need no labels. */
function withRestartPolicy(spec: DraftMap): DraftMap {
  const template = spec["template"] as DraftMap;
  const pod = template?.["spec"] as DraftMap | undefined;
  return pod === undefined ? spec : { ...spec, template: { spec: { restartPolicy: holeText, ...pod } } };
}

/** On lines; the first one without its indentation, the others with `column` blanks and more. */
export function blockText(draft: Draft, column: number, style: Style): string {
  return linesOf(draft, style)
    .map((line, index) => (index === 0 || line === "" ? line : " ".repeat(column) + line))
    .join(style.lineBreak);
}

function linesOf(draft: Draft, style: Style): readonly string[] {
  if (draft === null) return [mark];
  if (typeof draft === "string") return draft.split("\n");
  if (isList(draft)) {
    return draft.flatMap((item) => {
      const [first = "", ...rest] = linesOf(item, style);
      return [`- ${first}`, ...rest.map((line) => (line === "" ? line : `  ${line}`))];
    });
  }
  const entries = Object.entries(draft);
  if (entries.length === 0) return [mark];
  return entries.flatMap(([key, value]) => {
    const lines = linesOf(value, style);
    if (value === null || (typeof value === "string" && lines.length === 1)) return [`${key}: ${lines[0]}`];
    // The first line of a text of several is what stands behind the key.
    if (typeof value === "string") {
      const [head, ...rest] = lines;
      return [`${key}: ${head}`, ...rest.map((line) => " ".repeat(style.step) + line)];
    }
    const indent = " ".repeat(isList(value) ? style.listIndent : style.step);
    return [`${key}:`, ...lines.map((line) => (line === "" ? line : indent + line))];
  });
}

/** On one line, in braces and brackets. */
export function flowText(draft: Draft, json: boolean): string {
  if (draft === null) return mark;
  if (draft === mark) return json ? `"${mark}"` : mark;
  if (typeof draft === "string") return json && !isJsonScalar(draft) ? JSON.stringify(draft) : draft;
  if (isList(draft)) return `[${draft.map((item) => flowText(item, json)).join(", ")}]`;
  const entries = Object.entries(draft).map(
    ([key, value]) => `${json ? JSON.stringify(key) : key}: ${flowText(value, json)}`,
  );
  return `{ ${entries.length === 0 ? mark : entries.join(", ")} }`;
}

function isJsonScalar(text: string): boolean {
  return /^(?:-?\d+(?:\.\d+)?|true|false|null)$/.test(text);
}

function isList(draft: Draft): draft is readonly Draft[] {
  return Array.isArray(draft);
}

/** A text with its holes as tab stops of a snippet, the last one being where the cursor ends. */
export function asSnippet(text: string): string {
  const holes = text.split(mark);
  const written = Math.max(0, ...[...text.matchAll(/\$\{?(\d+)/g)].map(([, number]) => Number(number)));
  return holes.reduce((whole, part, index) => {
    const isLast = index === holes.length - 1 && !/\$\{?0/.test(text);
    return `${whole}$${isLast ? 0 : written + index}${part}`;
  });
}

/** A text without anything to tab through. */
export function asPlain(text: string): string {
  return unescaped(
    text
      .replaceAll(mark, "")
      .replace(/\$\{\d+\|([^,|}]*)[^}]*\}/g, "$1")
      .replace(/\$\{\d+:([^}]*)\}/g, "$1")
      .replace(/\$\{\d+\}|(?<!\\)\$\d+/g, ""),
  );
}

/** What is to be taken as it is in a snippet. */
export function escaped(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

function unescaped(text: string): string {
  return text.replace(/\\([\\$}])/g, "$1");
}

/** Whether there is anything to tab to. */
export function hasStops(text: string): boolean {
  return text.includes(mark) || /(?<!\\)\$\{?\d/.test(text);
}
