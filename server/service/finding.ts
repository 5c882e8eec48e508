/** A problem brought to where a person sees it: a range of lines counted from the first line of its slice. */
import type { Path, Problem } from "../../simulator/api/problem.ts";
import { rangeIn, type Slice } from "./manifest.ts";
import { withMeantValue } from "./meant-value.ts";
import { type Parsed, spanOf } from "./parse.ts";
import { withMistake } from "./schedule-mistake.ts";
import type { Range, Span } from "./text.ts";
import { withServed } from "./unserved.ts";
import { withWritten } from "./written.ts";

/**
 * Who else sees it: `parser` any YAML parser, `schema` a schema that knows the kind, `nobody` only us although it is about
 * shape (amounts, YAML 1.1 numbers, sizes); null: it is not about shape.
 */
export type Structural = "parser" | "schema" | "nobody" | null;

const seenElsewhere: Readonly<Record<string, Structural>> = {
  "yaml-syntax": "parser",
  "yaml-duplicate-key": "parser",
  "json-syntax": "parser",
  "unknown-field": "schema",
  "field-of-another-version": "schema",
  "wrong-type": "schema",
};

export interface Finding {
  readonly problem: Problem;
  readonly range: Range;
  readonly span: Span;
  /** Which of the slice's subjects it is about; -1: the text itself. */
  readonly subject: number;
  /** Found by looking at shape alone; what kind of other tool finds it too. */
  readonly structural: Structural;
}

/** The finding of a problem whose `at` is counted from `root` inside the slice. */
export function finding(slice: Slice, parsed: Parsed, found: Problem, subject: number, root: Path = []): Finding {
  const problem = withMeant(found);
  const at = root.length === 0 ? problem.at : [...root, ...problem.at];
  const onKey = problem.onKey === true || problem.reason === "UnknownField" || problem.reason === "DuplicateField";
  const span = firstLineOf(slice, spanOf(parsed, at, onKey));
  const told =
    problem.code === "wrong-type"
      ? withWritten(slice, parsed, problem, at, span)
      : withMeantValue(problem, slice.text.slice(span[0], span[1]));
  return place(slice, told, span, subject);
}

/** With what the value itself tells a person beyond what the server says of it. */
function withMeant(problem: Problem): Problem {
  if (problem.code === "unserved-kind") return withServed(problem);
  return problem.code.startsWith("schedule-") && problem.reason === "FieldValueInvalid"
    ? withMistake(problem)
    : problem;
}

export function place(slice: Slice, problem: Problem, span: Span, subject: number): Finding {
  const shape =
    problem.reason === "UnknownField" || problem.reason === "DuplicateField" || problem.reason === "Malformed";
  const structural = shape ? (seenElsewhere[problem.code] ?? "nobody") : null;
  return { problem, span, range: rangeIn(slice, span), subject, structural };
}

/** What spreads over lines is marked on its first one, without the blanks at its end. */
function firstLineOf(slice: Slice, [start, end]: Span): Span {
  const { text } = slice;
  let stop = Math.min(end, text.length);
  for (let at = start; at < stop; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13) stop = at;
  }
  while (stop > start && (text[stop - 1] === " " || text[stop - 1] === "\t")) stop--;
  return [start, stop];
}
