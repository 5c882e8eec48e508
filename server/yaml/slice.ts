/**
 * Cutting a file into documents as kubectl does, before anything is parsed. Models YAMLOrJSONDecoder and YAMLReader of
 * apimachinery/pkg/util/yaml/decoder.go. The slices cover the text without gaps; each is read alone.
 */
import { afterJsonBlanks, readJson } from "./json-reader.ts";

/**
 * How a slice is read. `first`: the first document of a file, to which a marker at its beginning belongs. `yaml`: any
 * other one, behind the marker that stands at its beginning. `json`: one object of a stream, or
 * what follows the last one. `fallback`: YAML because it is no JSON; where it is no YAML either, that it is no JSON is the mistake.
 */
export type Form = "first" | "yaml" | "json" | "fallback";

export interface Slice {
  readonly start: number;
  readonly end: number;
  readonly form: Form;
}

/** How much of a text is looked at for a brace. */
const firstLook = 4096;

/** Whether a text is read as a stream of JSON first: a brace is the first thing in it. */
export function isJsonStream(text: string): boolean {
  // What Go takes for a space is what JavaScript does, but for U+0085 and U+FEFF.
  return /^[^\S\ufeff\u0085]*\{/.test(text.slice(0, firstLook).replaceAll("\u0085", " "));
}

/** The documents of a file. */
export function sliceDocuments(text: string): Slice[] {
  return isJsonStream(text) ? sliceStream(text) : sliceLines(text, 0, "first");
}

/** A line that begins with three dashes begins a document, whatever it is in the middle of. */
function sliceLines(text: string, from: number, form: Form): Slice[] {
  const slices: Slice[] = [];
  let start = from;
  for (let at = text.indexOf("\n---", from); at !== -1; at = text.indexOf("\n---", at + 1)) {
    slices.push({ start, end: at + 1, form: slices.length === 0 ? form : "yaml" });
    start = at + 1;
  }
  slices.push({ start, end: text.length, form: slices.length === 0 ? form : "yaml" });
  return slices;
}

/** JSON objects one after the other. What follows the first or second is YAML where it is no JSON, and stays so. */
function sliceStream(text: string): Slice[] {
  const slices: Slice[] = [];
  let start = 0;
  for (;;) {
    const next = afterJsonBlanks(text, start);
    const last = slices.at(-1);
    if (next === text.length && last !== undefined) {
      slices[slices.length - 1] = { ...last, end: next };
      return slices;
    }
    const reading = readJson(text, next);
    if ("faultAt" in reading) break;
    slices.push({ start, end: reading.end, form: "json" });
    start = reading.end;
  }
  const rest = slices.length > 1 ? null : afterLineBreak(text, start);
  if (rest === null) return [...slices, { start, end: text.length, form: "json" }];
  const [only] = slices;
  const before: Slice[] = only === undefined ? [{ start: 0, end: rest, form: "fallback" }] : [{ ...only, end: rest }];
  return [...(rest === 0 ? [] : before), ...sliceLines(text, rest, "fallback")];
}

/** Where YAML begins: behind blanks up to the first line break. Null: with so little left it is not tried. */
function afterLineBreak(text: string, start: number): number | null {
  for (let at = start; ; at++) {
    const few = text.slice(at, at + 4);
    if (new TextEncoder().encode(few).length < 4) return null;
    if (!/^[\s\u0085]/.test(few) || few.startsWith("\ufeff")) return at;
    if (few.startsWith("\n")) return at + 1;
  }
}

/** Whether more than blanks and a comment stands behind the dashes that begin a slice; then nothing after it is read. */
export function isBadSeparator(text: string): boolean {
  return text.startsWith("---") && /^---[^\S\n]*[^\s#]/.test(text);
}
