/** The parsed form of a slice as the language service uses it; positions are offsets inside the slice. */
import type { Path, Problem } from "../../simulator/api/problem.ts";
import { type ParsedDocument, parseDocument } from "../yaml/parse.ts";
import type { YamlProblem } from "../yaml/problem.ts";
import type { IndentProblem } from "./indentation.ts";
import type { Slice } from "./manifest.ts";
import { maskExpressions } from "./standing/placeholders.ts";
import type { Span } from "./text.ts";
import { type StarProblem, tellable } from "./yaml-problems.ts";

export interface Parsed {
  readonly value: unknown;
  readonly problems: readonly { readonly problem: Problem; readonly span: Span }[];
  readonly empty: boolean;
  readonly document: ParsedDocument;
  /** Of a text that only can be read once something else has filled it in: whether lines of it are not known. */
  readonly template: { readonly blocks: boolean } | null;
}

const memory = new WeakMap<Slice, Parsed>();

export function parseSlice(slice: Slice): Parsed {
  const known = memory.get(slice);
  if (known) return known;
  const { document, template } = readWhole(slice);
  // To override what was merged is what merging is for.
  const told = document.problems.filter(({ repeats }) => repeats !== "override");
  const problems = tellable(slice, told).map((one) => ({
    problem: problemOf(one),
    span: [one.start, one.end] as Span,
  }));
  const parsed = { value: document.value, problems, empty: document.isEmpty, document, template };
  memory.set(slice, parsed);
  return parsed;
}

/** The text as it is; or, where only expressions of templates keep it from being read, without them. */
function readWhole({ text, form }: Slice): Pick<Parsed, "document" | "template"> {
  const document = parseDocument(text, form);
  if (!document.problems.some(({ code }) => !silent.has(code))) return { document, template: null };
  const masked = maskExpressions(text);
  if (masked === null) return { document, template: null };
  const read = parseDocument(masked.text, form);
  const readable = read.problems.every(({ code }) => silent.has(code));
  // Branches of a template repeat each other's keys; of which kind the object is may depend on them.
  const isTwofold = read.problems.some(({ key }) => key === "apiVersion" || key === "kind");
  const known = readable && !isTwofold ? { ...read, problems: [] } : { ...read, value: null, problems: [] };
  return { document: known, template: { blocks: masked.blocks || !readable } };
}

/** What kubectl passes over in silence, and only an editor can see. */
const silent: ReadonlySet<YamlProblem["code"]> = new Set(["yaml-duplicate-key", "yaml-ignored-text"]);

function problemOf(one: YamlProblem | StarProblem | IndentProblem): Problem {
  const reason = one.code === "yaml-duplicate-key" ? "DuplicateField" : "Malformed";
  const said = { message: one.message, key: one.key ?? "", limit: one.limit ?? 0, repeats: one.repeats ?? "" };
  const more =
    "quoted" in one ? { quoted: one.quoted } : "fits" in one ? { indent: one.indent, fits: one.fits.map(String) } : {};
  const params = { ...said, ...more };
  const severity = silent.has(one.code) ? "warning" : "error";
  return { code: one.code, reason, path: one.key ?? "", at: [], severity, params };
}

/** Where a place is marked: the key or the value there, else the key of the nearest parent that is written. */
export function spanOf(parsed: Parsed, at: Path, onKey: boolean): Span {
  const value = valueAt(parsed.value, at);
  const block = typeof value === "object" && value !== null && typeof at.at(-1) !== "number";
  const range = parsed.document.locate(at, onKey || block ? "key" : "value");
  if (range === undefined) return [0, 0];
  return at.length > 0 ? [range.start, range.end] : rootSpan(parsed);
}

/** What is missing from the whole object is marked where it says what it is. */
function rootSpan(parsed: Parsed): Span {
  const range = parsed.document.locate(["kind"], "value");
  return range ? [range.start, range.end] : [0, 0];
}

export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}
