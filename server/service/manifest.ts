/**
 * A text as a row of slices, one per YAML document. Slices are values: an edit makes new slices only where it touched the
 * text and hands the others on, so whatever was computed about a slice (kept in WeakMaps) stays good. Nothing in
 * here costs more than a pass over the list of slices.
 */
import { newestTarget, type Target } from "../../simulator/api/target.ts";
import { type Form, isJsonStream, sliceDocuments } from "../yaml/slice.ts";
import { type FilePlace, lonePlace } from "./standing/place.ts";
import { lineStarts, offsetAt, type Position, positionAt, type Range, type Span } from "./text.ts";

export interface Slice {
  readonly text: string;
  /** How it is read. */
  readonly form: Form;
  /** The version of Kubernetes that it is for: what is found in a slice is found for that. */
  readonly target: Target;
  /** What the files around say of it. */
  readonly place: FilePlace;
  /** Offsets of the lines of this slice. The last one is the first line of the next slice when the text ends in a break. */
  readonly starts: readonly number[];
}

export interface Manifest {
  readonly uri: string;
  readonly languageId: string;
  readonly target: Target;
  readonly place: FilePlace;
  readonly slices: readonly Slice[];
}

export interface Change {
  /** Absent: `text` replaces everything. */
  readonly range?: Range;
  readonly text: string;
}

/** The text as a manifest for a version of Kubernetes, where it stands. */
export function openManifest(
  uri: string,
  languageId: string,
  text: string,
  target: Target = newestTarget,
  place: FilePlace = lonePlace,
): Manifest {
  return { uri, languageId, target, place, slices: cut(text).map((one) => makeSlice(one, { target, place })) };
}

/** The same text for another version, or in another place. */
export function outlook(manifest: Manifest, { target, place }: Outlook): Manifest {
  if (manifest.target === target && manifest.place === place) return manifest;
  const slices = manifest.slices.map(({ form, text }) => makeSlice([form, text], { target, place }));
  return { ...manifest, target, place, slices };
}

/** What a text is judged by beside itself. */
export type Outlook = Pick<Slice, "target" | "place">;

export function manifestText(manifest: Manifest): string {
  return manifest.slices.map((slice) => slice.text).join("");
}

/** The manifest after an edit. Slices whose text stays the same are the same values as before. */
export function editManifest(manifest: Manifest, change: Change): Manifest {
  const { slices } = manifest;
  if (change.range === undefined) return { ...manifest, slices: reuse(slices, cut(change.text), manifest) };
  const ordered = inOrder(change.range);
  const from = sliceAt(manifest, ordered.start);
  const to = sliceAt(manifest, ordered.end);
  // A marker that appears or goes changes the neighbours as well.
  const first = Math.max(0, from.index - 1);
  const last = Math.min(slices.length - 1, to.index + 1);
  const window = slices.slice(first, last + 1);
  const text = window.map((slice) => slice.text).join("");
  let firstLine = 0;
  for (let index = 0; index < first; index++) firstLine += breaks(slices[index] as Slice);
  const starts = lineStarts(text);
  const start = offsetAt(text, starts, { line: ordered.start.line - firstLine, character: ordered.start.character });
  const end = offsetAt(text, starts, { line: ordered.end.line - firstLine, character: ordered.end.character });
  const edited = text.slice(0, start) + change.text + text.slice(end);
  const before = slices[0] as Slice;
  // JSON has no markers: one object that no longer is one makes YAML of all that follows.
  if (isJson(before.form) || (first === 0 && isJsonStream(edited))) {
    const rest = slices.slice(last + 1).map((slice) => slice.text);
    const texts = [...slices.slice(0, first).map((slice) => slice.text), edited, ...rest];
    return { ...manifest, slices: reuse(slices, cut(texts.join("")), manifest) };
  }
  const cuts = cut(edited).map(([form, words]): [Form, string] => [first > 0 ? "yaml" : form, words]);
  const replaced = reuse(window, cuts, manifest);
  return { ...manifest, slices: [...slices.slice(0, first), ...replaced, ...slices.slice(last + 1)] };
}

/** How many line breaks a slice holds: the lines by which it pushes the next one down. */
export function breaks(slice: Slice): number {
  return slice.starts.length - 1;
}

/** The slice a position is in, its first line and the position's offset inside it. */
export function sliceAt(
  manifest: Manifest,
  position: Position,
): { readonly index: number; readonly slice: Slice; readonly firstLine: number; readonly offset: number } {
  let firstLine = 0;
  const { slices } = manifest;
  for (let index = 0; index < slices.length; index++) {
    const slice = slices[index] as Slice;
    if (index === slices.length - 1 || position.line < firstLine + breaks(slice)) {
      const offset = offsetAt(slice.text, slice.starts, {
        line: position.line - firstLine,
        character: position.character,
      });
      return { index, slice, firstLine, offset };
    }
    firstLine += breaks(slice);
  }
  throw new RangeError("a manifest has at least one slice");
}

/** The range of offsets of a slice, in lines counted from `firstLine`. */
export function rangeIn(slice: Slice, span: Span, firstLine = 0): Range {
  const start = positionAt(slice.starts, slice.text.length, span[0]);
  const end = positionAt(slice.starts, slice.text.length, span[1]);
  return {
    start: { line: start.line + firstLine, character: start.character },
    end: { line: end.line + firstLine, character: end.character },
  };
}

export function shift(range: Range, lines: number): Range {
  if (lines === 0) return range;
  return {
    start: { line: range.start.line + lines, character: range.start.character },
    end: { line: range.end.line + lines, character: range.end.character },
  };
}

function isJson(form: Form): boolean {
  return form === "json" || form === "fallback";
}

type Cut = readonly [form: Form, text: string];

/** A slice of its own, as for a text that is only tried. */
export function makeSlice([form, text]: Cut, { target, place }: Outlook): Slice {
  return { text, form, target, place, starts: lineStarts(text) };
}

function reuse(old: readonly Slice[], cuts: readonly Cut[], around: Outlook): Slice[] {
  const known = new Map<string, Slice[]>();
  for (const slice of old) {
    const same = known.get(slice.form + slice.text);
    if (same) same.push(slice);
    else known.set(slice.form + slice.text, [slice]);
  }
  return cuts.map((cut) => known.get(cut[0] + cut[1])?.shift() ?? makeSlice(cut, around));
}

function inOrder(range: Range): Range {
  const { start, end } = range;
  const backwards = start.line > end.line || (start.line === end.line && start.character > end.character);
  return backwards ? { start: end, end: start } : range;
}

/** The text cut into what kubectl reads as documents. */
function cut(text: string): Cut[] {
  return sliceDocuments(text).map(({ start, end, form }) => [form, text.slice(start, end)]);
}
