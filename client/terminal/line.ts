/** A line of text with a cursor, and what keys do to it. */

export interface Line {
  readonly text: string;
  /** In UTF-16 code units; never inside of what a person sees as one character. */
  readonly cursor: number;
}

export const emptyLine: Line = { text: "", cursor: 0 };

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The line with its cursor at its end. */
export function lineOf(text: string): Line {
  return { text, cursor: text.length };
}

export function insert({ text, cursor }: Line, more: string): Line {
  return { text: text.slice(0, cursor) + more + text.slice(cursor), cursor: cursor + more.length };
}

export function moveTo(line: Line, cursor: number): Line {
  return { ...line, cursor: Math.max(0, Math.min(line.text.length, cursor)) };
}

/** Where the character before `at` begins. */
export function before({ text }: Line, at: number): number {
  let last = 0;
  // Only what is near matters; a line of a here-document may be long.
  const from = Math.max(0, at - 64);
  for (const { index } of graphemes.segment(text.slice(from, at))) last = from + index;
  return at === 0 ? 0 : last;
}

/** Where the character at `at` ends. */
export function after({ text }: Line, at: number): number {
  const [first] = graphemes.segment(text.slice(at, at + 64));
  return first ? at + first.segment.length : at;
}

const isWord = (character: string): boolean => /[\p{L}\p{N}_]/u.test(character);
const isFilled = (character: string): boolean => !/\s/.test(character);

/** Where the word before the cursor begins. */
export function wordLeft({ text, cursor }: Line, belongs = isWord): number {
  let at = cursor;
  while (at > 0 && !belongs(text.charAt(at - 1))) at--;
  while (at > 0 && belongs(text.charAt(at - 1))) at--;
  return at;
}

/** Where the word before the cursor begins when words are told by spaces only. */
export function filledLeft(line: Line): number {
  return wordLeft(line, isFilled);
}

/** Where the word at or after the cursor ends. */
export function wordRight({ text, cursor }: Line): number {
  let at = cursor;
  while (at < text.length && !isWord(text.charAt(at))) at++;
  while (at < text.length && isWord(text.charAt(at))) at++;
  return at;
}

/** The line without what stands between two places, the cursor where that was. */
export function cut({ text }: Line, from: number, to: number): { readonly line: Line; readonly gone: string } {
  return { line: { text: text.slice(0, from) + text.slice(to), cursor: from }, gone: text.slice(from, to) };
}

/** Of a text of several lines: where the line of the cursor begins. */
export function startOfRow({ text, cursor }: Line): number {
  return text.lastIndexOf("\n", cursor - 1) + 1;
}

/** Of a text of several lines: where the line of the cursor ends. */
export function endOfRow({ text, cursor }: Line): number {
  const end = text.indexOf("\n", cursor);
  return end < 0 ? text.length : end;
}

/** The two characters around the cursor, or before it at the end, the other way round. */
export function transpose(line: Line): Line {
  const { text } = line;
  const middle = line.cursor === text.length ? before(line, line.cursor) : line.cursor;
  const [from, to] = [before(line, middle), after(line, middle)];
  if (from === middle || to === middle) return line;
  return { text: text.slice(0, from) + text.slice(middle, to) + text.slice(from, middle) + text.slice(to), cursor: to };
}
