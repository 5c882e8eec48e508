/** The lines of block YAML, told apart without a parser. */
import type { Stretch } from "./node.ts";
import { unquoted } from "./node.ts";

export interface BlockLine {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
  /** Columns of the dashes that it begins with. */
  readonly dashes: readonly number[];
  /** Offset of what follows blanks and dashes; `end` where there is nothing. */
  readonly content: number;
  readonly key: { readonly text: string; readonly at: Stretch; readonly colon: number } | null;
}

/** The line that begins at an offset; null where there is nothing but blanks or a comment. */
export function readLine(text: string, start: number, end: number): BlockLine | null {
  let at = start;
  while (at < end && text[at] === " ") at++;
  if (at === end || text[at] === "#" || text[at] === "\t") return null;
  const dashes: number[] = [];
  while (text[at] === "-" && (at + 1 >= end || text[at + 1] === " ")) {
    dashes.push(at - start);
    at++;
    while (at < end && text[at] === " ") at++;
  }
  if (text[at] === "#" && dashes.length > 0) return { start, end, dashes, content: end, key: null };
  return { start, end, dashes, content: at, key: readKey(text, at, end) };
}

const noKey = new Set("#{[&*!|>@`%?,]}");

/** The key that begins at an offset, if one does. */
export function readKey(text: string, from: number, end: number): BlockLine["key"] {
  const first = text[from];
  if (from >= end || first === undefined || noKey.has(first)) return null;
  if (first === '"' || first === "'") {
    const close = quoteEnd(text, from, end);
    if (close === null) return null;
    let colon = close;
    while (text[colon] === " ") colon++;
    if (colon >= end || text[colon] !== ":" || !endsKey(text, colon + 1, end)) return null;
    return { text: unquoted(text.slice(from, close)), at: [from, close], colon };
  }
  for (let at = from; at < end; at++) {
    const unit = text[at];
    if (unit === ":" && endsKey(text, at + 1, end)) {
      const key = text.slice(from, at).trimEnd();
      return key === "" ? null : { text: key, at: [from, from + key.length], colon: at };
    }
    if (unit === "#" && text[at - 1] === " ") return null;
  }
  return null;
}

function endsKey(text: string, at: number, end: number): boolean {
  return at >= end || text[at] === " " || text[at] === "\t";
}

/** Behind the quote that closes the one at an offset; null where it is not closed in time. */
export function quoteEnd(text: string, from: number, end: number): number | null {
  const quote = text[from];
  for (let at = from + 1; at < end; at++) {
    if (quote === '"' && text[at] === "\\") at++;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at++;
      else return at + 1;
    }
  }
  return null;
}

/** Where the line that an offset is in begins. */
export function lineStartAt(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** Where the line that an offset is in ends, without its break. */
export function lineEndAt(text: string, from: number): number {
  const found = text.indexOf("\n", from);
  const end = found < 0 ? text.length : found;
  return end > from && text[end - 1] === "\r" ? end - 1 : end;
}

/** Where a comment begins between two offsets; the end where there is none. */
export function commentIn(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if (text[at] === "#" && (at === 0 || /\s/.test(text[at - 1] as string))) return at;
  }
  return end;
}
