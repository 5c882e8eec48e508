/**
 * Text -> value, problems and positions. Parsing never throws; half-written text gives a value and problems. Positions
 * are offsets relative to the parsed text and are looked up only on demand. Simple text goes through a fast reader of
 * our own, everything else through the `yaml` package; both give the same.
 */
import { type Document, type Node, parseAllDocuments, visit } from "yaml";
import type { Path } from "../../simulator/api/problem.ts";
import { flowEnd } from "./flow-end.ts";
import { type Indented, indentFlow } from "./flow-indent.ts";
import { directiveProblems, isFineInGo, tabProblems } from "./go-scanner.ts";
import { refuse } from "./guards.ts";
import { readJson } from "./json-reader.ts";
import { locate, type Part, type PlaceInText, placeAt, type TextRange } from "./locate.ts";
import { withOddBreaks } from "./odd-breaks.ts";
import { locatePlain, placeAtPlain } from "./plain-place.ts";
import { readPlain } from "./plain-reader.ts";
import type { YamlProblem } from "./problem.ts";
import { type Form, isBadSeparator, type Slice, sliceDocuments } from "./slice.ts";
import { readValue } from "./value.ts";

export type { Form, Part, PlaceInText, Slice, TextRange };
export { sliceDocuments };

export interface ParsedDocument {
  /** Plain data: null, boolean, number, bigint (whole numbers beyond 2^53), string, list, map. */
  readonly value: unknown;
  readonly problems: readonly YamlProblem[];
  /** Nothing but comments, blanks and markers. */
  readonly isEmpty: boolean;
  /** Where the document stands in its file; 0 and the length for a lone slice. */
  readonly start: number;
  readonly end: number;
  /** The range of a place, or of its nearest written parent; offsets count from the document's start. */
  locate(path: Path, part: Part): TextRange | undefined;
  /** What stands at an offset from the document's start. */
  placeAt(offset: number): PlaceInText | undefined;
}

const parserOptions = {
  version: "1.1",
  // Every scalar stays a text here: what it means is decided in scalars.ts.
  schema: "failsafe",
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "silent",
} as const;

const nothing = /^(?:---)?[ \r\n]*$/;
/** Before YAML that JSON was tried on, whatever Go takes for a space is one. */
const nothingButSpaces = /^[\s\u0085]*$/;

/** All documents of a file as kubectl cuts it, empty ones included. */
export function parseManifest(text: string): ParsedDocument[] {
  return sliceDocuments(text).map(({ start, end, form }) => ({
    ...parseDocument(text.slice(start, end), form),
    start,
    end,
  }));
}

/** One document of a file, by how it is to be read. Offsets are relative to the text. */
export function parseDocument(given: string, form: Form = "first"): ParsedDocument {
  if (form === "json") return parseJson(given);
  const text = withLineFeeds(given);
  const refused = refuse(text);
  if (refused) return document(null, [refused], null, text, false);
  if (isBadSeparator(text)) {
    const end = lineEndIn(text);
    return document(null, [{ code: "yaml-bad-separator", message: "", start: 0, end }], null, text, false);
  }
  // Files made by templates have many of these, and hostile ones nothing else.
  if (nothing.test(text) || (form === "fallback" && nothingButSpaces.test(text)))
    return document(null, [], null, text, true);
  return parsePlain(text) ?? parseFully(withOddBreaks(text), form);
}

/** A carriage return alone breaks a line, too; as long as before, so that places stay. */
function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text;
}

function lineEndIn(text: string): number {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text.length : end;
}

/** An object of a JSON stream. JSON is YAML as far as places go, so those are looked up there. */
function parseJson(text: string): ParsedDocument {
  const reading = readJson(text, 0);
  let places: ParsedDocument | undefined;
  const inYaml = () => {
    places ??= parseFully(text, "first");
    return places;
  };
  const at = "faultAt" in reading ? reading.faultAt : reading.badNumber;
  const code = "faultAt" in reading ? "json-syntax" : "json-number-too-large";
  const problems: YamlProblem[] =
    at === null ? [] : [{ code, message: "", start: at, end: Math.min(at + 1, text.length) }];
  return {
    value: "faultAt" in reading ? inYaml().value : reading.value,
    // Of no matter to who sends it, but to who wrote it.
    problems:
      "repeats" in reading && reading.repeats ? [...problems, ...inYaml().problems.filter(isRepetition)] : problems,
    isEmpty: false,
    start: 0,
    end: text.length,
    locate: (path, part) => inYaml().locate(path, part),
    placeAt: (offset) => inYaml().placeAt(offset),
  };
}

/** What the fast reader reads; `undefined` when the text is not simple enough for it. */
function parsePlain(text: string): ParsedDocument | undefined {
  const reading = readPlain(text);
  if (reading === undefined) return undefined;
  const { surePlaces } = reading;
  const { value } = reading.root;
  // The tree would hold more memory than the text: it is read again when somebody asks for a place.
  let places: Pick<ParsedDocument, "locate" | "placeAt"> | undefined;
  const lookUp = (): Pick<ParsedDocument, "locate" | "placeAt"> => {
    const root = surePlaces ? readPlain(text)?.root : undefined;
    if (root === undefined) return parseFully(text);
    return {
      locate: (path, part) => locatePlain(root, path, part),
      placeAt: (offset) => placeAtPlain(root, offset),
    };
  };
  const found = (): Pick<ParsedDocument, "locate" | "placeAt"> => {
    places ??= lookUp();
    return places;
  };
  return {
    value,
    problems: [],
    isEmpty: false,
    start: 0,
    end: text.length,
    locate: (path, part) => found().locate(path, part),
    placeAt: (offset) => found().placeAt(offset),
  };
}

/** One document by the full parser, however simple it is. */
export function parseFully(text: string, form: Form = "first"): ParsedDocument {
  const from = beginOf(text, form);
  const body = text.slice(from);
  const mark = endMark(body);
  const end = flowEnd(mark < 0 ? body : body.slice(0, mark));
  const flow = end >= 0 && ignoredText(body, end).length > 0 ? end : -1;
  const stop = flow < 0 ? mark : flow;
  const whole = stop < 0 ? body : body.slice(0, stop);
  let reading: ParsedDocument;
  try {
    // The last line ends as well where nothing ends it.
    reading = parse(whole.endsWith("\n") ? whole : `${whole}\n`);
  } catch {
    // The parser recurses; what exhausts it is nested far beyond any manifest.
    reading = document(null, [{ code: "yaml-too-deep", message: "", start: 0, end: 0 }], null, whole, false);
  }
  const behind = stop < 0 ? [] : flow < 0 ? behindEndMark(body, stop, reading) : ignoredText(body, stop);
  const problems = [...reading.problems, ...behind];
  const moved = {
    original: (offset: number) => Math.min(offset + from, text.length),
    indented: (offset: number) => Math.max(0, offset - from),
  };
  return movedBack({ ...reading, problems }, moved, text.length);
}

/**
 * Where a document begins in its slice. The marker before it is not a part of it but in the first document of a file;
 * byte order marks at its beginning are none either.
 */
function beginOf(text: string, form: Form): number {
  const marker = form === "yaml" && text.startsWith("---") ? (/^---.*(?:\n|$)/.exec(text)?.[0].length ?? 0) : 0;
  let from = marker;
  while (text.charCodeAt(from) === 0xfeff) from++;
  return from;
}

/** Where the line is that ends what is read; -1 where there is none. */
function endMark(text: string): number {
  return text.search(/^\.\.\.(?=[\s]|$)/m);
}

/** What is behind the end mark is not read; the mark itself needs something before it. */
function behindEndMark(text: string, stop: number, reading: ParsedDocument): readonly YamlProblem[] {
  if (reading.isEmpty && !text.startsWith("---")) {
    return [{ code: "yaml-syntax", message: "did not find expected node content", start: stop, end: stop + 3 }];
  }
  return ignoredText(text, stop + 3);
}

/** Text that nobody reads, from its first letter that is no comment to the end of that line. */
function ignoredText(text: string, from: number): readonly YamlProblem[] {
  const found = /^(?:\s|#.*(?:\n|$))*([^\s#].*)/.exec(text.slice(from));
  if (found?.[1] === undefined) return [];
  const end = from + found[0].length;
  return [{ code: "yaml-ignored-text", message: "", start: end - found[1].length, end }];
}

function parse(text: string): ParsedDocument {
  const parsed = parseAsWritten(text);
  if (!parsed.problems.some(isSyntax)) return parsed;
  const indented = indentFlow(text);
  const again = indented && parseAsWritten(indented.text, { text, offset: indented.original });
  // In half-written text the reading that keeps to the lines is the better one.
  return !again || again.problems.some(isSyntax) ? parsed : movedBack(again, indented, text.length);
}

function isRepetition({ code }: YamlProblem): boolean {
  return code === "yaml-duplicate-key";
}

function isSyntax({ code }: YamlProblem): boolean {
  return code === "yaml-syntax";
}

/** A reading of an indented text with the places of the original one. */
function movedBack(
  reading: ParsedDocument,
  { original, indented }: Omit<Indented, "text">,
  end: number,
): ParsedDocument {
  const back = <Range extends TextRange>(range: Range): Range => ({
    ...range,
    start: original(range.start),
    end: original(range.end),
  });
  return {
    ...reading,
    end,
    problems: reading.problems.map(back),
    locate(path, part) {
      const range = reading.locate(path, part);
      return range && back(range);
    },
    placeAt(offset) {
      const place = reading.placeAt(indented(offset));
      return place && { ...place, range: back(place.range) };
    },
  };
}

/** `original`: the text that this one was made of, and where an offset stands in it. */
function parseAsWritten(text: string, original = { text, offset: (at: number) => at }): ParsedDocument {
  const all = withoutTraces(() => parseAllDocuments(text, parserOptions)) as Document.Parsed[];
  const first = Array.isArray(all) ? all.find((one) => one.contents !== null) : undefined;
  const problems: YamlProblem[] = [];
  for (const one of Array.isArray(all) ? all : []) {
    for (const error of one.errors) {
      if (isFineInGo(error.message)) continue;
      problems.push({ code: "yaml-syntax", message: error.message, start: error.pos[0], end: error.pos[1] });
    }
  }
  const root = first ? (first.contents as Node) : null;
  for (const one of directiveProblems(text)) problems.push(one);
  if (text.includes("\t")) for (const one of tabProblems(text, root, original)) problems.push(one);
  const isEmpty = problems.length === 0 && (root === null || isBlank(root));
  const value = readValue(root, text, problems);
  return document(value, problems, root, text, isEmpty);
}

/** Errors are values here: nobody reads where in the parser they were made, which costs more than making them. */
function withoutTraces<T>(read: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return read();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function isBlank(node: Node): boolean {
  // A tag alone is something: `!!str` is a text.
  return node.range ? node.range[0] === node.range[1] && !("items" in node) && node.tag === undefined : false;
}

function document(
  value: unknown,
  problems: readonly YamlProblem[],
  root: Node | null,
  text: string,
  isEmpty: boolean,
): ParsedDocument {
  const anchorOf = (name: string): Node | undefined => {
    let found: Node | undefined;
    if (root) {
      visit(root, {
        Node: (_key, node) => {
          if ((node as { anchor?: string }).anchor === name) found = node as Node;
        },
      });
    }
    return found;
  };
  return {
    value,
    problems,
    isEmpty,
    start: 0,
    end: text.length,
    locate: (path, part) => locate(root, path, part, anchorOf),
    placeAt: (offset) => placeAt(root, offset),
  };
}
