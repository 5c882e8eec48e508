/**
 * A text as a row of slices, one per YAML document. Slices are values: an edit makes new slices only where it touched the
 * text and hands the others on, so whatever was computed about a slice (kept in WeakMaps) stays good. Nothing in
 * here costs more than a pass over the list of slices.
 */
import { newestTarget, type Target } from "../../simulator/api/target.ts";
import { lineStarts, offsetAt, type Position, positionAt, type Range, type Span } from "./text.ts";

export interface Slice {
  readonly text: string;
  /** The version of Kubernetes that it is for: what is found in a slice is found for that. */
  readonly target: Target;
  /** Offsets of the lines of this slice. The last one is the first line of the next slice when the text ends in a break. */
  readonly starts: readonly number[];
}

export interface Manifest {
  readonly uri: string;
  readonly languageId: string;
  readonly target: Target;
  readonly slices: readonly Slice[];
}

export interface Change {
  /** Absent: `text` replaces everything. */
  readonly range?: Range;
  readonly text: string;
}

/** The text as a manifest for a version of Kubernetes. */
export function openManifest(uri: string, languageId: string, text: string, target: Target = newestTarget): Manifest {
  return { uri, languageId, target, slices: cut(text, languageId).map((one) => makeSlice(one, target)) };
}

/** The same text for another version. */
export function retarget(manifest: Manifest, target: Target): Manifest {
  if (manifest.target === target) return manifest;
  return { ...manifest, target, slices: manifest.slices.map(({ text }) => makeSlice(text, target)) };
}

export function manifestText(manifest: Manifest): string {
  return manifest.slices.map((slice) => slice.text).join("");
}

/** The manifest after an edit. Slices whose text stays the same are the same values as before. */
export function editManifest(manifest: Manifest, change: Change): Manifest {
  const { slices, languageId, target } = manifest;
  if (change.range === undefined) return { ...manifest, slices: reuse(slices, cut(change.text, languageId), target) };
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
  const replaced = reuse(window, cut(edited, languageId), target);
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

function makeSlice(text: string, target: Target): Slice {
  return { text, target, starts: lineStarts(text) };
}

function reuse(old: readonly Slice[], texts: readonly string[], target: Target): Slice[] {
  const known = new Map<string, Slice[]>();
  for (const slice of old) {
    const same = known.get(slice.text);
    if (same) same.push(slice);
    else known.set(slice.text, [slice]);
  }
  return texts.map((text) => known.get(text)?.shift() ?? makeSlice(text, target));
}

function inOrder(range: Range): Range {
  const { start, end } = range;
  const backwards = start.line > end.line || (start.line === end.line && start.character > end.character);
  return backwards ? { start: end, end: start } : range;
}

/**
 * The text cut before each line that begins with a document marker. Where a marker stands decides alone, never what is
 * around it, so cutting a part of the text gives the same as cutting all of it. JSON is one slice.
 */
function cut(text: string, languageId: string): string[] {
  if (languageId === "json" || languageId === "jsonc") return [text];
  const texts: string[] = [];
  let from = 0;
  for (let at = text.indexOf("\n---"); at !== -1; at = text.indexOf("\n---", at + 1)) {
    if (!endsMarker(text, at + 4)) continue;
    texts.push(text.slice(from, at + 1));
    from = at + 1;
  }
  texts.push(text.slice(from));
  return texts;
}

function endsMarker(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const unit = text.charCodeAt(at);
  return unit === 10 || unit === 13 || unit === 32 || unit === 9;
}
