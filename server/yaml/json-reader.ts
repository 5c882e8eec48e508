/** Reads JSON as Go's decoder does: one value at a time, with whatever follows it left alone. Models encoding/json. */
import { maxDepth } from "./guards.ts";

export type JsonReading =
  | {
      readonly value: unknown;
      /** Behind the value. */
      readonly end: number;
      /** Where a number is too large for a double; null where none is. */
      readonly badNumber: number | null;
      /** Whether an object has a key twice. */
      readonly repeats: boolean;
    }
  /** Where the text stops being JSON. */
  | { readonly faultAt: number };

interface Cursor {
  readonly text: string;
  at: number;
  badNumber: number | null;
  repeats: boolean;
}

/** Not thrown across the boundary of this file. */
class Fault extends Error {
  readonly at: number;
  constructor(at: number) {
    super();
    this.at = at;
  }
}

/** The value that begins at `start`, before which blanks may stand. Of repeated keys the last one counts. */
export function readJson(text: string, start: number): JsonReading {
  const cursor: Cursor = { text, at: start, badNumber: null, repeats: false };
  try {
    const value = readValue(cursor, 0);
    return { value, end: cursor.at, badNumber: cursor.badNumber, repeats: cursor.repeats };
  } catch (error) {
    return { faultAt: error instanceof Fault ? error.at : cursor.at };
  }
}

/** The next offset at which something other than JSON's white space stands. */
export function afterJsonBlanks(text: string, start: number): number {
  let at = start;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit !== 32 && unit !== 9 && unit !== 10 && unit !== 13) return at;
    at++;
  }
}

function readValue(cursor: Cursor, depth: number): unknown {
  if (depth > maxDepth) throw new Fault(cursor.at);
  skipBlanks(cursor);
  switch (cursor.text[cursor.at]) {
    case "{":
      return readMap(cursor, depth);
    case "[":
      return readList(cursor, depth);
    case '"':
      return readText(cursor);
    case "t":
      return readWord(cursor, "true", true);
    case "f":
      return readWord(cursor, "false", false);
    case "n":
      return readWord(cursor, "null", null);
    default:
      return readNumber(cursor);
  }
}

function skipBlanks(cursor: Cursor): void {
  cursor.at = afterJsonBlanks(cursor.text, cursor.at);
}

function readMap(cursor: Cursor, depth: number): unknown {
  const map: Record<string, unknown> = {};
  cursor.at++;
  skipBlanks(cursor);
  if (takes(cursor, "}")) return map;
  do {
    skipBlanks(cursor);
    if (cursor.text[cursor.at] !== '"') throw new Fault(cursor.at);
    const key = readText(cursor);
    skipBlanks(cursor);
    demand(cursor, ":");
    const value = readValue(cursor, depth + 1);
    if (Object.hasOwn(map, key)) cursor.repeats = true;
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
    skipBlanks(cursor);
  } while (takes(cursor, ","));
  demand(cursor, "}");
  return map;
}

function readList(cursor: Cursor, depth: number): unknown[] {
  const list: unknown[] = [];
  cursor.at++;
  skipBlanks(cursor);
  if (takes(cursor, "]")) return list;
  do {
    list.push(readValue(cursor, depth + 1));
    skipBlanks(cursor);
  } while (takes(cursor, ","));
  demand(cursor, "]");
  return list;
}

function takes(cursor: Cursor, char: string): boolean {
  if (cursor.text[cursor.at] !== char) return false;
  cursor.at++;
  return true;
}

function demand(cursor: Cursor, char: string): void {
  if (!takes(cursor, char)) throw new Fault(cursor.at);
}

function readWord<Value>(cursor: Cursor, word: string, value: Value): Value {
  if (!cursor.text.startsWith(word, cursor.at)) throw new Fault(cursor.at);
  cursor.at += word.length;
  return value;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none of them within a text
const quoted = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** Halves of pairs become U+FFFD, as everything that is no character does. */
function readText(cursor: Cursor): string {
  quoted.lastIndex = cursor.at;
  const found = quoted.exec(cursor.text)?.[0];
  if (found === undefined) throw new Fault(cursor.at);
  cursor.at += found.length;
  return found.includes("\\") ? (JSON.parse(found) as string).replace(/\p{Surrogate}/gu, "\ufffd") : found.slice(1, -1);
}

const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];

/** Whole numbers of 64 bits stay whole, all others are doubles. */
function readNumber(cursor: Cursor): number | bigint {
  number.lastIndex = cursor.at;
  const found = number.exec(cursor.text);
  if (found === null) throw new Fault(cursor.at);
  const [text, fraction, exponent] = found;
  const value = Number(text);
  if (!Number.isFinite(value)) cursor.badNumber ??= cursor.at;
  cursor.at += text.length;
  if (fraction !== undefined || exponent !== undefined || Number.isSafeInteger(value)) return value || 0;
  const whole = BigInt(text);
  return whole < least || whole > most ? value : whole;
}
