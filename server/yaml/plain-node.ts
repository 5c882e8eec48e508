/** What the fast reader's parts share: its nodes, and scalars that stand on one line. */
import { plainKeyText, resolvePlain } from "./scalars.ts";

export interface PlainNode {
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
  /** Where what follows begins: after trailing blanks, comment and line break. */
  readonly next: number;
  /** Of a map: its keys, one for each of `items`. */
  readonly keys?: readonly PlainNode[];
  readonly items?: readonly PlainNode[];
}

export interface Reading {
  readonly text: string;
  /** Set once something is not surely understood; what is read from then on is thrown away. */
  gaveUp: boolean;
}

const nothing: PlainNode = { value: null, start: 0, end: 0, next: 0 };

export function giveUp(reading: Reading): PlainNode {
  reading.gaveUp = true;
  return nothing;
}

/** Characters that no plain scalar begins with, and those that only the full parser tells apart. */
const oddStart = new Set([..."?:,[]{}#&*!|>'\"%@`"].map((char) => char.charCodeAt(0)));

/** Where the plain text from `at` ends on its line, and whether a colon ends it. */
export function plainEnd(text: string, at: number): { readonly end: number; readonly colon: boolean } {
  let end = at;
  let index = at;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10) break;
    if (code === 13 && text.charCodeAt(index + 1) === 10) break;
    if (code === 32) continue;
    if (code === 58) {
      const next = text.charCodeAt(index + 1);
      if (next === 32 || next === 10 || next === 13 || index + 1 === text.length) return { end, colon: true };
    } else if (code === 35 && text.charCodeAt(index - 1) === 32 && index > at) break;
    end = index + 1;
  }
  return { end, colon: false };
}

/** A scalar without quotes; its `next` is where its text ends. */
export function plainScalar(reading: Reading, at: number): PlainNode {
  const { text } = reading;
  const code = text.charCodeAt(at);
  if (oddStart.has(code)) return giveUp(reading);
  if (code === 45 && (text.charCodeAt(at + 1) === 32 || /[\r\n]/.test(text[at + 1] ?? "\n"))) return giveUp(reading);
  const { end, colon } = plainEnd(text, at);
  if (colon) return giveUp(reading);
  const source = text.slice(at, end);
  if (source.includes("\r")) return giveUp(reading);
  const value = resolvePlain(source);
  if (typeof value === "number" && !Number.isFinite(value)) return giveUp(reading);
  return { value, start: at, end, next: end };
}

/** A key with the colon after it; `next` is behind the colon. */
export function plainKey(reading: Reading, at: number): PlainNode {
  const { text } = reading;
  const code = text.charCodeAt(at);
  if (code === 34 || code === 39) {
    const key = quoted(reading, at);
    if (reading.gaveUp || text.charCodeAt(key.end) !== 58) return giveUp(reading);
    const after = text.charCodeAt(key.end + 1);
    if (after !== 32 && after !== 10 && after !== 13 && key.end + 1 !== text.length) return giveUp(reading);
    return key.end - at > 1000 ? giveUp(reading) : { ...key, next: key.end + 1 };
  }
  if (oddStart.has(code) || (code === 45 && text.charCodeAt(at + 1) === 32)) return giveUp(reading);
  const { end, colon } = plainEnd(text, at);
  if (!colon || text.charCodeAt(end) !== 58 || end - at > 1000) return giveUp(reading);
  const key = readKeyText(reading, text.slice(at, end));
  return key === undefined ? giveUp(reading) : { value: key, start: at, end, next: end + 1 };
}

/** What a plain key is called; `undefined` for a merge key and for what is no key. */
export function readKeyText(reading: Reading, source: string): string | undefined {
  if (source === "<<" || source.includes("\r")) return undefined;
  return reading.gaveUp ? undefined : plainKeyText(source);
}

interface Fold {
  /** What the line breaks become. */
  readonly text: string;
  /** Where the next line with content begins. */
  readonly next: number;
}

/** How a scalar goes on behind a line break: on a line further in than `parent`, behind empty ones or none; null where it does not. */
export function foldAt(text: string, lineBreak: number, parent: number): Fold | null {
  let begin = lineBreak + 1;
  for (let empty = 0; begin < text.length; empty++) {
    let at = begin;
    while (text.charCodeAt(at) === 32) at++;
    const code = text.charCodeAt(at);
    if (code !== 10) {
      const isOther = at >= text.length || code === 13 || at - begin <= Math.max(0, parent);
      return isOther ? null : { text: empty === 0 ? " " : "\n".repeat(empty), next: at };
    }
    begin = at + 1;
  }
  return null;
}

/** A scalar without quotes that goes on behind its first line; `first` is what that holds. Comments and keys are left to the full parser. */
export function foldedScalar(reading: Reading, first: PlainNode, parent: number): PlainNode {
  const { text } = reading;
  let value = text.slice(first.start, first.end);
  let { end } = first;
  for (;;) {
    const lineBreak = text.indexOf("\n", end);
    const fold = lineBreak < 0 ? null : foldAt(text, lineBreak, parent);
    if (fold === null) break;
    const line = plainEnd(text, fold.next);
    const rest = text.slice(line.end, text.indexOf("\n", line.end) < 0 ? text.length : text.indexOf("\n", line.end));
    if (line.colon || text.charCodeAt(fold.next) === 35 || rest.trim() !== "") return giveUp(reading);
    value += fold.text + text.slice(fold.next, line.end);
    end = line.end;
  }
  if (value.includes("\r") || typeof resolvePlain(value) !== "string") return giveUp(reading);
  return { value, start: first.start, end, next: end };
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", '"': '"', "\\": "\\", r: "\r" };

/**
 * A quoted scalar; `next` is behind the closing quote. With `parent`, a column, it may go on on lines that are further in.
 */
export function quoted(reading: Reading, at: number, parent = -1): PlainNode {
  const { text } = reading;
  const quote = text.charCodeAt(at);
  let value = "";
  let from = at + 1;
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 && parent >= 0) {
      const fold = foldAt(text, index, parent);
      if (fold === null) break;
      // Blanks at the end of a line do not count, unless they are escaped.
      let end = index;
      while (end > from && text.charCodeAt(end - 1) === 32) end--;
      value += text.slice(from, end) + fold.text;
      index = fold.next - 1;
      from = fold.next;
      continue;
    }
    if (code === 10 || code === 13) break;
    if (code === quote) {
      value += text.slice(from, index);
      if (quote === 34 || text.charCodeAt(index + 1) !== 39) {
        return { value, start: at, end: index + 1, next: index + 1 };
      }
      value += "'";
      index++;
      from = index + 1;
    } else if (code === 92 && quote === 34) {
      const meant = escapes[text[index + 1] ?? ""];
      if (meant === undefined) break;
      value += text.slice(from, index) + meant;
      index++;
      from = index + 1;
    }
  }
  return giveUp(reading);
}
