/**
 * A fast reader for the YAML that manifests are written in: block maps and lists, scalars, simple flow
 * collections, literal blocks, comments. It reads only what it surely understands and gives up on everything else
 * (anchors, tags, merge keys, repeated keys, tabs, folded blocks, odd indentation ...), which is then left
 * to the full parser. What it reads equals what the full parser reads, positions included.
 */
import { readFlow } from "./plain-flow.ts";
import {
  foldedScalar,
  giveUp,
  type PlainNode,
  plainEnd,
  plainKey,
  plainScalar,
  quoted,
  type Reading,
} from "./plain-node.ts";

const deepest = 60;

interface Cursor extends Reading {
  /** Offset of the first character that is no blank on the present line; the length of the text at its end. */
  at: number;
  /** Column of `at`; -1 at the end of the text. */
  indent: number;
  /** Whether blank or comment lines precede the present line. */
  gap: boolean;
  /** The greatest column of the comments among them; -1 when there are none. */
  comment: number;
  surePlaces: boolean;
}

export interface PlainReading {
  readonly root: PlainNode;
  /** False when comments stand where the full parser counts them to one entry or the other. */
  readonly surePlaces: boolean;
}

/** The tree of one document, or `undefined` when the text is not of the simple kind. */
export function readPlain(text: string): PlainReading | undefined {
  if (text.includes("\t") || /[\u0085\u2028\u2029\ufeff]/.test(text)) return undefined;
  const cursor: Cursor = { text, gaveUp: false, at: 0, indent: -1, gap: false, comment: -1, surePlaces: true };
  toContent(cursor, 0);
  if (cursor.indent === 0 && text.startsWith("---", cursor.at)) {
    const end = lineEnd(text, cursor.at);
    if (!/^---(?: +#.*| *)\r?$/.test(text.slice(cursor.at, end))) return undefined;
    toContent(cursor, end + 1);
  }
  if (cursor.indent < 0 || (cursor.indent === 0 && isMarker(text, cursor.at))) return undefined;
  const root = readBlock(cursor, 0);
  if (cursor.gaveUp || cursor.indent >= 0) return undefined;
  return { root, surePlaces: cursor.surePlaces };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Moves to the next line with content, from the beginning of a line. */
function toContent(cursor: Cursor, from: number): void {
  const { text } = cursor;
  cursor.gap = false;
  cursor.comment = -1;
  let at = from;
  for (;;) {
    const begin = at;
    while (text.charCodeAt(at) === 32) at++;
    if (at >= text.length) {
      cursor.at = text.length;
      cursor.indent = -1;
      if (at > begin) cursor.surePlaces = false;
      break;
    }
    const code = text.charCodeAt(at);
    if (code === 10) at++;
    else if (code === 13 && text.charCodeAt(at + 1) === 10) at += 2;
    else if (code === 35) {
      cursor.comment = Math.max(cursor.comment, at - begin);
      at = lineEnd(text, at) + 1;
    } else {
      cursor.at = at;
      cursor.indent = at - begin;
      break;
    }
    cursor.gap = true;
  }
  if (cursor.comment > Math.max(0, cursor.indent)) cursor.surePlaces = false;
}

function isDash(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 45) return false;
  const next = text.charCodeAt(at + 1);
  return next === 32 || next === 10 || next === 13 || at + 1 === text.length;
}

function readBlock(cursor: Cursor, depth: number): PlainNode {
  if (depth > deepest) return giveUp(cursor);
  const { text, at, indent } = cursor;
  if (isDash(text, at)) return readList(cursor, indent, -1, depth);
  const code = text.charCodeAt(at);
  // A flow collection as the whole document.
  if (depth === 0 && (code === 123 || code === 91)) return readInline(cursor, at, 0);
  return readMap(cursor, at, indent, depth);
}

function readMap(cursor: Cursor, start: number, indent: number, depth: number): PlainNode {
  const { text } = cursor;
  const value: Record<string, unknown> = {};
  const keys: PlainNode[] = [];
  const items: PlainNode[] = [];
  let at = start;
  let next = start;
  for (;;) {
    const key = plainKey(cursor, at);
    if (cursor.gaveUp) return key;
    const name = key.value as string;
    if (name === "__proto__" || Object.hasOwn(value, name)) return giveUp(cursor);
    const item = readAfter(cursor, key.next, indent, indent, depth);
    if (cursor.gaveUp) return item;
    value[name] = item.value;
    keys.push(key);
    items.push(item);
    next = item.next;
    if (cursor.indent < indent) break;
    if (cursor.indent > indent || isDash(text, cursor.at)) return giveUp(cursor);
    at = cursor.at;
    if (indent === 0 && isMarker(text, at)) return giveUp(cursor);
  }
  return { value, start, end: next, next, keys, items };
}

function isMarker(text: string, at: number): boolean {
  return text.startsWith("---", at) || text.startsWith("...", at);
}

/** `parent`: the column of the map that the list belongs to when both have the same, else -1. */
function readList(cursor: Cursor, indent: number, parent: number, depth: number): PlainNode {
  const { text } = cursor;
  const start = cursor.at;
  const value: unknown[] = [];
  const items: PlainNode[] = [];
  for (;;) {
    const item = readItem(cursor, cursor.at + 1, indent, depth);
    if (cursor.gaveUp) return item;
    value.push(item.value);
    items.push(item);
    if (cursor.indent < indent) break;
    if (cursor.indent > indent) return giveUp(cursor);
    if (!isDash(text, cursor.at)) {
      if (parent !== indent) return giveUp(cursor);
      break;
    }
  }
  // Such comments count to the list, though they stand where its parent's keys do.
  if (parent === indent && cursor.comment >= 0) cursor.surePlaces = false;
  const { next } = items.at(-1)!;
  return { value, start, end: next, next, items };
}

function readItem(cursor: Cursor, after: number, indent: number, depth: number): PlainNode {
  const { text } = cursor;
  let at = after;
  while (text.charCodeAt(at) === 32) at++;
  if (startsMap(cursor, at)) {
    if (depth > deepest) return giveUp(cursor);
    return readMap(cursor, at, indent + at - after + 1, depth + 1);
  }
  return readAfter(cursor, after, indent, -1, depth);
}

/** Whether a key begins here: a colon ends its text on this line. */
function startsMap(cursor: Cursor, at: number): boolean {
  const code = cursor.text.charCodeAt(at);
  if (code === 34 || code === 39) {
    const key = quoted(cursor, at);
    return !cursor.gaveUp && cursor.text.charCodeAt(key.next) === 58;
  }
  if (code === 123 || code === 91 || code === 124 || code === 62 || code === 35) return false;
  return plainEnd(cursor.text, at).colon;
}

/** The value after a colon or dash: on the same line, or a block on the lines below. */
function readAfter(cursor: Cursor, after: number, indent: number, parent: number, depth: number): PlainNode {
  const { text } = cursor;
  let at = after;
  while (text.charCodeAt(at) === 32) at++;
  const code = text.charCodeAt(at);
  const comment = code === 35;
  if (!(comment || code === 10 || at >= text.length || (code === 13 && text.charCodeAt(at + 1) === 10))) {
    return code === 124 || code === 62 ? readLiteral(cursor, at, indent) : readInline(cursor, at, indent);
  }
  toContent(cursor, lineEnd(text, at) + 1);
  const nested = cursor.indent > indent || (cursor.indent === parent && isDash(text, cursor.at));
  if (nested) {
    if (cursor.indent === parent) return readList(cursor, parent, parent, depth + 1);
    return readBlock(cursor, depth + 1);
  }
  if (comment || cursor.gap) cursor.surePlaces = false;
  return { value: null, start: at, end: at, next: at };
}

/** A scalar, or a flow collection that ends on this line. */
function readInline(cursor: Cursor, at: number, indent: number): PlainNode {
  const { text } = cursor;
  const parent = indent;
  const code = text.charCodeAt(at);
  const flow = code === 123 || code === 91;
  const node = flow
    ? readFlow(cursor, at, 0)
    : code === 34 || code === 39
      ? quoted(cursor, at, parent)
      : plainScalar(cursor, at);
  if (cursor.gaveUp) return node;
  const isPlain = !flow && code !== 34 && code !== 39;
  let rest = isPlain ? node.next : node.end;
  const before = rest;
  while (text.charCodeAt(rest) === 32) rest++;
  const end = lineEnd(text, rest);
  const blank = rest === end || (text.charCodeAt(rest) === 13 && rest + 1 === end);
  if (!blank && (text.charCodeAt(rest) !== 35 || rest === before)) return giveUp(cursor);
  toContent(cursor, end + 1);
  if (cursor.indent <= indent) return { ...node, next: Math.min(end + 1, text.length) };
  // More text further in belongs to a scalar without quotes.
  if (!isPlain || !blank || cursor.comment >= 0) return giveUp(cursor);
  const whole = foldedScalar(cursor, node, indent);
  if (cursor.gaveUp) return whole;
  const last = lineEnd(text, whole.end);
  toContent(cursor, last + 1);
  if (cursor.indent > indent) return giveUp(cursor);
  return { ...whole, next: Math.min(last + 1, text.length) };
}

/** `|` and `|-` with content that is indented evenly. */
function readLiteral(cursor: Cursor, at: number, indent: number): PlainNode {
  const { text } = cursor;
  const strip = text.charCodeAt(at + 1) === 45;
  const header = at + (strip ? 2 : 1);
  if (text.charCodeAt(at) !== 124 || text.charCodeAt(header) !== 10) return giveUp(cursor);
  const first = /^ */.exec(text.slice(header + 1, header + 200))![0].length;
  if (first <= indent || text.charCodeAt(header + 1 + first) === 10) return giveUp(cursor);
  const lines: string[] = [];
  let line = header + 1;
  let end = line;
  let kept = 0;
  while (line < text.length) {
    const stop = text.indexOf("\n", line);
    if (stop < 0) return giveUp(cursor);
    let begin = line;
    while (begin < stop && begin - line < first && text.charCodeAt(begin) === 32) begin++;
    if (begin === stop) lines.push("");
    else if (begin - line < first) break;
    else {
      const content = text.slice(begin, stop);
      if (content.trimStart() === "" || content.includes("\r")) return giveUp(cursor);
      lines.push(content);
      kept = lines.length;
      end = stop + 1;
    }
    line = stop + 1;
  }
  toContent(cursor, end);
  if (cursor.indent > indent) return giveUp(cursor);
  // A comment further in than the block's parent would be read as part of it.
  if (cursor.comment > indent) return giveUp(cursor);
  if (cursor.gap) cursor.surePlaces = false;
  const value = lines.slice(0, kept).join("\n") + (strip ? "" : "\n");
  return { value, start: at, end, next: end };
}
