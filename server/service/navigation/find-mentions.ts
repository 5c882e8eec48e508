/** From a cursor to what is named there, and from a mention to its place in the text. */
import type { Path } from "../../../simulator/api/problem.ts";
import { checkSlice } from "../check.ts";
import { breaks, type Manifest, rangeIn, type Slice, sliceAt } from "../manifest.ts";
import { valueAt } from "../parse.ts";
import type { Position, Range, Span } from "../text.ts";
import { fileMentions, sliceMentions } from "./file-mentions.ts";
import type { Located } from "./group.ts";
import type { Mention, NamePlace } from "./mention.ts";

export interface AtCursor {
  readonly found: readonly Located[];
  /** Of the name under the cursor, without quotes. */
  readonly range: Range;
  readonly text: string;
  /** Whether the cursor is on the key of a label rather than on its value. */
  readonly onLabelKey: boolean;
}

/** What is named at a position; null where no name of ours stands. */
export function mentionsAt(manifest: Manifest, position: Position): AtCursor | null {
  const { index, slice, firstLine, offset } = sliceAt(manifest, position);
  const place = checkSlice(slice).parsed.document.placeAt(offset);
  if (place === undefined || place.path.length === 0) return null;
  const mentions = [...sliceMentions(slice).values()].flat();
  for (const onLabelKey of [false, true]) {
    const meant = mentions.filter((one) => isAt(onLabelKey ? one.key : one, place));
    const [first] = meant;
    const span = first && spanOfName(slice, onLabelKey && first.key ? first.key : first);
    if (!first || !span || offset < span[0] || offset > span[1]) continue;
    const text = onLabelKey && first.key ? first.key.text : first.text;
    const file = fileMentions(manifest);
    const found = meant.map((mention) => ({ file, slice: index, mention }));
    return { found, range: rangeIn(slice, span, firstLine), text, onLabelKey };
  }
  return null;
}

function isAt(one: NamePlace | undefined, place: { readonly path: Path; readonly onKey: boolean }): boolean {
  return (
    one !== undefined &&
    one.onKey === place.onKey &&
    one.at.length === place.path.length &&
    one.at.every((step, at) => String(step) === String(place.path[at]))
  );
}

/** Where a name stands in its slice, without quotes; null where it is not written there as it is, as behind an alias. */
export function spanOfName(slice: Slice, { at, onKey, text }: NamePlace & { readonly text: string }): Span | null {
  const { parsed } = checkSlice(slice);
  const value = valueAt(parsed.value, at);
  if (value === undefined || (!onKey && String(value) !== text)) return null;
  const range = parsed.document.locate(at, onKey ? "key" : "value");
  if (range === undefined) return null;
  const written = slice.text.slice(range.start, range.end);
  if (written === text) return [range.start, range.end];
  const inner = /^(["'])(.*)\1$/.exec(written)?.[2];
  return inner === text ? [range.start + 1, range.end - 1] : null;
}

/** A mention as a range of its file; null where the name is not written there as it is. */
export function rangeOfMention(manifest: Manifest, index: number, mention: Mention, onLabelKey = false): Range | null {
  const slice = manifest.slices[index];
  const span = slice && spanOfName(slice, onLabelKey && mention.key ? mention.key : mention);
  if (!slice || !span) return null;
  let firstLine = 0;
  for (let before = 0; before < index; before++) firstLine += breaks(manifest.slices[before] as Slice);
  return rangeIn(slice, span, firstLine);
}
