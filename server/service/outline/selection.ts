/** What is selected as a selection grows: the word, the value, its entry, what it is in, and so on to the whole text. */
import { checkSlice } from "../check.ts";
import { type Manifest, manifestText, rangeIn, sliceAt } from "../manifest.ts";
import { lineStarts, type Position, positionAt, type Range, type Span } from "../text.ts";

export interface SelectionRange {
  readonly range: Range;
  readonly parent?: SelectionRange;
}

/** The chain of ranges around a position, the innermost first. */
export function selectionAt(manifest: Manifest, position: Position): SelectionRange {
  const { slice, firstLine, offset } = sliceAt(manifest, position);
  const { document } = checkSlice(slice).parsed;
  const { text } = slice;
  const spans: Span[] = [wordAt(text, offset)];
  const place = document.placeAt(offset);
  if (place) {
    const inner = unquoted(text, [place.range.start, place.range.end]);
    spans.push(inner, [place.range.start, place.range.end]);
    for (let depth = place.path.length; depth >= 0; depth--) {
      const path = place.path.slice(0, depth);
      for (const part of ["value", "entry"] as const) {
        const found = document.locate(path, part);
        if (found) spans.push([found.start, trimmedEnd(text, found.start, found.end)]);
      }
    }
  }
  spans.push([0, trimmedEnd(text, 0, text.length)], [0, text.length]);
  const whole = manifestText(manifest);
  const all = { start: { line: 0, character: 0 }, end: positionAt(lineStarts(whole), whole.length, whole.length) };
  const ranges = growing(spans, offset).map((span) => rangeIn(slice, span, firstLine));
  return [...ranges, all].reduceRight<SelectionRange | undefined>(
    (parent, range) => (parent ? (same(parent.range, range) ? parent : { range, parent }) : { range }),
    undefined,
  ) as SelectionRange;
}

/** Those that hold the offset and the one before them, each larger than that. */
function growing(spans: readonly Span[], offset: number): readonly Span[] {
  const found: Span[] = [];
  for (const [start, end] of spans) {
    const last = found.at(-1) ?? [offset, offset];
    if (start <= last[0] && end >= last[1] && end - start > last[1] - last[0]) found.push([start, end]);
  }
  return found;
}

function wordAt(text: string, offset: number): Span {
  const before = /[\w-]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0].length ?? 0;
  const behind = /^[\w-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return [offset - before, offset + behind];
}

function unquoted(text: string, [start, end]: Span): Span {
  const isQuoted = /["']/.test(text[start] ?? "") && text[start] === text[end - 1] && end - start > 1;
  return isQuoted ? [start + 1, end - 1] : [start, end];
}

function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function same(one: Range, other: Range): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
