/** A problem of a value's type, with what stands in the text: what YAML makes of it hides the reason. */
import { type Problem, pathText } from "../../simulator/api/problem.ts";
import { resolvePlain } from "../yaml/scalars.ts";
import type { Slice } from "./manifest.ts";
import { type Parsed, valueAt } from "./parse.ts";
import { isMissingValue } from "./standing/placeholders.ts";
import type { Span } from "./text.ts";

/** How YAML reads what stands at a place. */
type Stands = "text" | "boolean" | "number" | "list" | "map";
/** What puts it right, where that is sure: quotes around it, no quotes, entries that begin with dashes, null, a value for a template. */
type WayOut = "quote" | "unquote" | "dashes" | "null" | "template" | "none";

/** Adds the field, how the value is written and what it is read as. `path` counts from the slice's root. */
export function withWritten(slice: Slice, parsed: Parsed, problem: Problem, path: Problem["at"], span: Span): Problem {
  const value = valueAt(parsed.value, path);
  const stands = standsFor(value);
  if (stands === null) return problem;
  const text = slice.text.slice(span[0], span[1]);
  // An alias stands for what is written elsewhere, a block of text begins on the next line.
  const elsewhere = /^([*|>]|$)/.test(text);
  const written = elsewhere ? String(problem.params["value"]).trim() : text;
  const expected = String(problem.params["expected"]);
  const wayOut =
    elsewhere || isTagged(slice.text, span[0]) ? "none" : wayOutOf(slice, parsed, path, expected, value, written);
  return { ...problem, params: { ...problem.params, field: pathText(problem.at), written, stands, wayOut } };
}

/** Whether a tag before the value says what it is, whatever quotes are around it. */
function isTagged(text: string, start: number): boolean {
  return /(^|[\s,[{])!\S*\s+(&\S+\s+)?$/.test(text.slice(Math.max(0, start - 200), start));
}

function standsFor(value: unknown): Stands | null {
  switch (typeof value) {
    case "string":
      return "text";
    case "boolean":
      return "boolean";
    case "number":
    case "bigint":
      return "number";
    case "object":
      return value === null ? null : Array.isArray(value) ? "list" : "map";
    default:
      return null;
  }
}

function wayOutOf(
  slice: Slice,
  parsed: Parsed,
  path: Problem["at"],
  expected: string,
  value: unknown,
  written: string,
): WayOut {
  if (isMissingValue(value)) return "template";
  if (typeof value === "string" && expected !== "string" && /^(?:nil|none|undefined)$/i.test(value)) return "null";
  if (typeof value === "object") {
    if (expected !== "list" || Array.isArray(value)) return "none";
    const place = parsed.document.locate(path, "value");
    return place === undefined || /[{*]/.test(slice.text[place.start] ?? "") ? "none" : "dashes";
  }
  if (expected === "string") return Object.is(resolvePlain(written), value) ? "quote" : "none";
  const bare = /^(["'])(.*)\1$/.exec(written)?.[2];
  return bare !== undefined && fits(resolvePlain(bare), expected) ? "unquote" : "none";
}

/** Whether a value is of the type. Too large a number is left out: it would be the next mistake. */
function fits(value: unknown, expected: string): boolean {
  switch (expected) {
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number";
    case "int32":
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
    case "int64":
      return Number.isInteger(value);
    default:
      return false;
  }
}
