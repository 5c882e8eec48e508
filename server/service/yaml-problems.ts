/** What is told of a text that cannot be read: one thing per line, and nothing that only follows from it. */
import type { YamlProblem } from "../yaml/problem.ts";
import { indented, isOfBlanks } from "./indentation.ts";
import type { Slice } from "./manifest.ts";
import { positionAt } from "./text.ts";

/** A value without quotes that begins with `*` and cannot be an alias, such as a schedule. */
export interface StarProblem extends YamlProblem {
  /** The value as it has to be written. */
  readonly quoted: string;
}

/** The problems of a slice that a person needs to see to put it right, in the order of the text. */
export function tellable({ text, starts }: Slice, problems: readonly YamlProblem[]): readonly YamlProblem[] {
  if (!problems.some(isSyntax)) return problems;
  const byLine = new Map<number, YamlProblem>();
  let firstLine = text.length;
  for (const one of problems.filter(isSyntax)) {
    const begin = starts[positionAt(starts, text.length, one.start).line] as number;
    const known = byLine.get(begin);
    if (known === undefined || one.start < known.start) byLine.set(begin, one);
    firstLine = Math.min(firstLine, begin);
  }
  const before = problems.filter((one) => !isSyntax(one) && one.start < firstLine);
  // One placeholder that keeps a text from being read stands for all.
  const marked = [...byLine.values()].filter((one) => atPlaceholder.test(text.slice(one.start, one.start + 100)));
  const others = marked.reduce((least, one) => (one.start < least ? one.start : least), text.length);
  const first = [...byLine]
    .filter(([, one]) => !marked.includes(one) || one.start === others)
    .map(([begin, one]) => star(text, begin, one) ?? one);
  const sorted = [...before, ...first].sort((a, b) => a.start - b.start);
  // A line that begins at a wrong place makes all that follows wrong as well.
  const cause = sorted.find(isSyntax);
  const misled = cause !== undefined && isOfBlanks(cause);
  return sorted
    .filter((one) => !isSyntax(one) || one === cause || "quoted" in one || (!misled && !isOfBlanks(one)))
    .map((one) => (one === cause ? (indented(text, starts, one) ?? one) : one));
}

/** Filled in by a program before anything else reads it. */
const atPlaceholder = /^@[A-Za-z_][\w.-]*@/;

function isSyntax({ code }: YamlProblem): boolean {
  return code === "yaml-syntax";
}

/** In block style a value goes to the end of its line, in flow style to the end of its entry. */
const inBlock = /^\s*(?:-\s+)*(?:[^\s"'#{[*&!|>][^"'#{[]*?:\s+)?(?=\*)/;
const inFlow = /^[^"'#]*?[{[,]\s*(?:[\w./-]+:\s+)?(?=\*)/;

function star(text: string, begin: number, problem: YamlProblem): StarProblem | null {
  const rest = text.slice(begin, begin + longestLine);
  const line = /^[^\r\n]*/.exec(rest)?.[0] ?? "";
  const block = inBlock.exec(line);
  const lead = block ?? inFlow.exec(line);
  if (lead === null) return null;
  const end = block === null ? /\s*(?:[,}\]].*)?$/ : /\s*(?:\s#.*)?$/;
  const unquoted = line.slice(lead[0].length).replace(end, "");
  const start = begin + lead[0].length;
  // Something else on the line may be what cannot be read.
  if (problem.start < start || problem.start > start + unquoted.length) return null;
  return { ...problem, start, end: start + unquoted.length, quoted: JSON.stringify(unquoted) };
}

/** No line that is longer is worth a closer look. */
const longestLine = 2000;
