/**
 * What is kept back while a line is being typed: a name that is half written is no mistake. From the first letter in a line
 * to the moment that it is left, or that nothing is typed for a while, findings may go but none may come.
 */
import type { Diagnosis } from "./diagnose.ts";
import { type Change, shift } from "./manifest.ts";

export interface Typing {
  /** The line that is being typed, as it is after the last edit. */
  readonly line: number;
  /** What is told meanwhile. */
  readonly told: readonly Diagnosis[];
  /** Whether it is told that the text cannot be read. */
  readonly unreadable: boolean;
}

/** Longer insertions are pasted. */
const mostTyped = 80;

/** An edit by hand: the lines where it begins and where it leaves the cursor, and by how many what is below has moved. */
export interface Typed {
  readonly from: number;
  readonly to: number;
  readonly moved: number;
}

/** The line that changes leave the cursor in, where they are what a hand types; null for all else. */
export function typedLine(changes: readonly Change[]): Typed | null {
  const [change] = changes;
  if (change?.range === undefined || changes.length !== 1) return null;
  const { range, text } = change;
  const [start, end] = [range.start, range.end];
  if (Math.abs(end.line - start.line) > 1 || text.length > mostTyped) return null;
  const lines = text.split(/\r\n|\r|\n/);
  // Behind a break stands what an editor puts there by itself.
  if (lines.length > 2 || (lines.length === 2 && (lines[1] as string).trim() !== "")) return null;
  const from = Math.min(start.line, end.line);
  return { from, to: from + lines.length - 1, moved: lines.length - 1 - Math.abs(end.line - start.line) };
}

/** What a line begins with: what was found before its first edit, and what was kept back while another was typed. */
export interface Beginning {
  readonly line: number;
  readonly found: readonly Diagnosis[];
  readonly before: Typing | undefined;
  /** By how many lines the edit moves what is below. */
  readonly moved: number;
  /** Whether the line that is left only begins something: what is missing in it comes next. */
  readonly opens: boolean;
}

/** The cursor has come to a line. A line that was left is spoken of; from a line to the next, nothing else is news. */
export function beginLine({ line, found, before, moved, opens }: Beginning): Typing {
  const goesOn = before !== undefined && moved === 1 && line === before.line + 1;
  const known = goesOn ? new Set(stillTold(before, found).told) : null;
  const isNews = ({ range, problem }: Diagnosis) =>
    !opens && range.start.line === line - 1 && problem.reason !== "FieldValueRequired";
  const from = moved > 0 ? line : line + 1;
  const told = found
    .filter((one) => known === null || known.has(one) || isNews(one))
    .map((one) => (moved !== 0 && one.range.start.line >= from ? { ...one, range: shift(one.range, moved) } : one));
  return { line, told, unreadable: told.some(isUnreadable) };
}

/** What is told of the text as it is now. */
export function stillTold(typing: Typing, found: readonly Diagnosis[]): Typing {
  // What cannot be read for the moment hides what is behind it; nothing of that has gone.
  if (!typing.unreadable && found.some(isUnreadable)) {
    return { ...typing, told: typing.told.filter(({ range }) => range.start.line !== typing.line) };
  }
  const left = new Map<string, number>();
  for (const one of typing.told) left.set(keyOf(one), (left.get(keyOf(one)) ?? 0) + 1);
  const told = found.filter((one) => {
    const count = left.get(keyOf(one)) ?? 0;
    left.set(keyOf(one), count - 1);
    return count > 0;
  });
  return { ...typing, told };
}

function isUnreadable({ code }: Diagnosis): boolean {
  return code === "yaml-syntax" || code === "json-syntax";
}

function keyOf({ index, code, message }: Diagnosis): string {
  return `${index} ${code} ${message}`;
}
