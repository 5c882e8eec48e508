/**
 * Where a cursor is in the value that a text is becoming. Told by lines and indentation alone, so that it holds in text that
 * is half written and cannot be parsed; in flow collections the parser knows better.
 */
import type { Path } from "../../simulator/api/problem.ts";

export interface Cursor {
  /** The map or list that the cursor is in, from the root of the document. */
  readonly path: Path;
  /** Whether a key of it is written, or, with `key`, the value of that key; an entry of a list has no key. */
  readonly writes: "key" | "value";
  readonly key: string | null;
  /** What has been written of it up to the cursor, and where that begins. */
  readonly prefix: string;
  readonly start: number;
}

interface Line {
  /** Columns of the dashes that it begins with. */
  readonly dashes: readonly number[];
  /** Where its content begins. */
  readonly column: number;
  readonly content: string;
}

const blank = /^\s*(?:#.*)?$/;
const keyed = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#\-[{&*!|>@`][^#]*?|-[^\s#][^#]*?):(?:\s+(.*))?$/;

/** The cursor at an offset of one document; null in a comment. */
export function cursorAt(text: string, offset: number): Cursor | null {
  const begin = text.lastIndexOf("\n", offset - 1) + 1;
  const written = text.slice(begin, offset);
  if (/(?:^|\s)#/.test(written)) return null;
  const line = lineOf(written);
  const above = text.slice(0, begin).split("\n").slice(0, -1);
  const parents = pathAbove(above, line);
  const found = keyed.exec(line.content);
  if (found === null) {
    const [before] = /^\S*$/.test(line.content) ? [""] : [line.content];
    const prefix = line.content.slice(before?.length ?? 0) || line.content;
    return { path: parents, writes: "key", key: null, prefix, start: offset - prefix.length };
  }
  const value = found[2] ?? "";
  return { path: parents, writes: "value", key: unquoted(found[1] ?? ""), prefix: value, start: offset - value.length };
}

function lineOf(text: string): Line {
  const dashes: number[] = [];
  let column = /^ */.exec(text)?.[0].length ?? 0;
  for (let found = dash(text, column); found !== null; found = dash(text, column)) {
    dashes.push(column);
    column += found;
  }
  return { dashes, column, content: text.slice(column).replace(/\r$/, "") };
}

/** How far a dash and the blanks behind it reach; null where there is none. */
function dash(text: string, column: number): number | null {
  const found = /^-(?: +|$)/.exec(text.slice(column));
  return found === null ? null : found[0].length;
}

function unquoted(key: string): string {
  return key.replace(/^(["'])(.*)\1$/, "$2");
}

/** The steps from the root to the map or list that a line stands in. */
function pathAbove(above: readonly string[], own: Line): Path {
  const steps: (string | number)[] = [];
  let column = own.column;
  // An entry that begins on this line: how many are before it shows above.
  const open = [...own.dashes];
  const enter = (at: number, from: number) => {
    steps.unshift(entriesBefore(above, at, from));
    column = at;
  };
  while (open.length > 0) enter(open.pop() as number, above.length);
  for (let index = above.length - 1; index >= 0 && column > 0; index--) {
    const text = above[index] ?? "";
    if (blank.test(text)) continue;
    const line = lineOf(text);
    const key = keyed.exec(line.content);
    // A list may stand where its key does.
    const holdsList = typeof steps[0] === "number" && line.column === column;
    if (key && (line.column < column || holdsList) && (key[2] ?? "") === "") {
      steps.unshift(unquoted(key[1] ?? ""));
      column = line.column;
    }
    for (const at of [...line.dashes].reverse()) if (at < column && line.column <= column) enter(at, index);
    if (Math.min(line.column, ...line.dashes) === 0 && typeof steps[0] === "string" && column === 0) break;
  }
  return steps;
}

/** How many entries of the list at a column stand above the one that begins at a line. */
function entriesBefore(above: readonly string[], column: number, from: number): number {
  let count = 0;
  for (let index = from - 1; index >= 0; index--) {
    const text = above[index] ?? "";
    if (blank.test(text)) continue;
    const { dashes, column: content } = lineOf(text);
    const least = Math.min(content, ...dashes);
    if (dashes.includes(column) && least >= column) count++;
    else if (least <= column) break;
  }
  return count;
}
