/** A line that is indented as no line that it could belong with. */
import type { YamlProblem } from "../yaml/problem.ts";
import { positionAt } from "./text.ts";

export interface IndentProblem extends YamlProblem {
  /** How many blanks the line begins with, and how many it could begin with, the nearest first; none: it begins with a tab. */
  readonly indent: number;
  readonly fits: readonly number[];
}

/** No line that is longer is worth a closer look. */
const longestLine = 500;
/** Lines above beyond which nobody looks. */
const mostLines = 2000;
/** More choices than these help nobody. */
const mostFits = 3;

/** The parser's words for what is mostly a matter of blanks. */
const ofBlanks =
  /same column|Nested mappings|compact mappings|Tabs are not allowed|implicit map key|less indented|block sequence|block collection|single line/i;

/** Whether it is mostly a matter of blanks. */
export function isOfBlanks({ message }: YamlProblem): boolean {
  return ofBlanks.test(message);
}

/** The problem at the line whose indentation makes it, as far as that can be told; null: it is about something else. */
export function indented(text: string, starts: readonly number[], problem: YamlProblem): IndentProblem | null {
  if (!isOfBlanks(problem)) return null;
  const lineAt = (line: number) =>
    text
      .slice(starts[line] ?? text.length, starts[line + 1] ?? text.length)
      .slice(0, longestLine)
      .trimEnd();
  const found = positionAt(starts, text.length, problem.start).line;
  // The parser may only notice on the next line.
  for (const line of [found, found + 1]) {
    const words = lineAt(line);
    const begin = starts[line] ?? text.length;
    if (/^ *\t/.test(words)) {
      const end = begin + (/^[ \t]*/.exec(words)?.[0].length ?? 0);
      return { ...problem, start: begin, end, indent: 0, fits: [] };
    }
    if (isBare(words)) continue;
    const indent = depthOf(words);
    const fits = possible(lineAt, line);
    if (fits.length === 0 || fits.includes(indent)) continue;
    const near = [...fits].sort((a, b) => Math.abs(a - indent) - Math.abs(b - indent) || b - a).slice(0, mostFits);
    const end = begin + words.trimEnd().length;
    return { ...problem, start: begin + indent, end, indent, fits: near };
  }
  return null;
}

/** The indentations of the lines above that are still open at a line, and within one that only begins something. */
function possible(lineAt: (line: number) => string, line: number): readonly number[] {
  const fits: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let above = line - 1; above >= Math.max(0, line - mostLines) && least > 0; above--) {
    const words = lineAt(above);
    if (isBare(words)) continue;
    if (/^---/.test(words)) break;
    const depth = depthOf(words);
    if (fits.length === 0 && /:\s*(#.*)?$/.test(words)) fits.push(contentOf(words) + 2);
    // An entry of a list that begins with a field goes on below that field.
    const inner = contentOf(words);
    if (inner < least && inner !== depth) fits.push(inner);
    if (depth < least) fits.push(depth);
    least = Math.min(least, depth);
  }
  return [...new Set(fits)];
}

function depthOf(words: string): number {
  return /^ */.exec(words)?.[0].length ?? 0;
}

function contentOf(words: string): number {
  return /^ *(?:- +)*/.exec(words)?.[0].length ?? 0;
}

function isBare(words: string): boolean {
  return /^\s*(#.*)?$/.test(words);
}
