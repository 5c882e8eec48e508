/** Positions in text as LSP counts them: zero-based lines and UTF-16 units; `\n`, `\r\n` and `\r` end a line. */

export interface Position {
  readonly line: number;
  readonly character: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}
/** Half-open offsets. */
export type Span = readonly [start: number, end: number];

const lineFeed = 10;
const carriageReturn = 13;

/** Offsets at which the lines of `text` begin; the first is always 0. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === lineFeed) starts.push(at + 1);
    else if (unit === carriageReturn && text.charCodeAt(at + 1) !== lineFeed) starts.push(at + 1);
  }
  return starts;
}

/** The position of an offset; offsets outside the text are brought to its ends. */
export function positionAt(starts: readonly number[], length: number, offset: number): Position {
  const at = Math.max(0, Math.min(offset, length));
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) > at) high = middle;
    else low = middle + 1;
  }
  const line = low - 1;
  return { line, character: at - (starts[line] as number) };
}

/** The offset of a position; characters beyond the end of a line are brought to its end, before the line break. */
export function offsetAt(text: string, starts: readonly number[], position: Position): number {
  if (position.line < 0) return 0;
  const start = starts[position.line];
  if (start === undefined) return text.length;
  let end = starts[position.line + 1] ?? text.length;
  while (end > start && position.line + 1 < starts.length && isBreak(text.charCodeAt(end - 1))) end--;
  return Math.min(start + Math.max(0, position.character), end);
}

function isBreak(unit: number): boolean {
  return unit === lineFeed || unit === carriageReturn;
}

/** The text with edits applied; edits must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text);
  const spans = edits
    .map((edit) => ({
      start: offsetAt(text, starts, edit.range.start),
      end: offsetAt(text, starts, edit.range.end),
      newText: edit.newText,
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let result = "";
  let at = 0;
  for (const { start, end, newText } of spans) {
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}
