/**
 * Text -> value, problems and positions. Parsing never throws; half-written text gives a value and problems. Positions
 * are offsets relative to the parsed text and are looked up only on demand. Simple text goes through a fast reader of
 * our own, everything else through the `yaml` package; both give the same.
 */
import { type Document, type Node, parseAllDocuments, visit } from "yaml";
import type { Path } from "../../simulator/api/problem.ts";
import { type Indented, indentFlow } from "./flow-indent.ts";
import { directiveProblems, isFineInGo, tabProblems } from "./go-scanner.ts";
import { refuse } from "./guards.ts";
import { locate, type Part, type PlaceInText, placeAt, type TextRange } from "./locate.ts";
import { locatePlain, placeAtPlain } from "./plain-place.ts";
import { readPlain } from "./plain-reader.ts";
import type { YamlProblem } from "./problem.ts";
import { type Slice, sliceDocuments } from "./slice.ts";
import { readValue } from "./value.ts";

export type { Part, PlaceInText, Slice, TextRange };
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

/** All documents of a file. */
export function parseManifest(text: string): ParsedDocument[] {
  const lines = withLineFeeds(text);
  return sliceDocuments(lines).map(({ start, end }) => ({ ...parseDocument(lines.slice(start, end)), start, end }));
}

/** One document; the text may begin with its `---` marker. Offsets are relative to the text. */
export function parseDocument(given: string): ParsedDocument {
  const text = withLineFeeds(given);
  const refused = refuse(text);
  if (refused) return document(null, [refused], null, text, false);
  // Files made by templates have many of these, and hostile ones nothing else.
  if (nothing.test(text)) return document(null, [], null, text, true);
  return parsePlain(text) ?? parseFully(text);
}

/** A carriage return alone breaks a line, too; as long as before, so that places stay. */
function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text;
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
export function parseFully(text: string): ParsedDocument {
  try {
    return parse(text);
  } catch {
    // The parser recurses; what exhausts it is nested far beyond any manifest.
    return document(null, [{ code: "yaml-too-deep", message: "", start: 0, end: 0 }], null, text, false);
  }
}

function parse(text: string): ParsedDocument {
  const parsed = parseAsWritten(text);
  if (!parsed.problems.some(isSyntax)) return parsed;
  const indented = indentFlow(text);
  const again = indented && parseAsWritten(indented.text);
  // In half-written text the reading that keeps to the lines is the better one.
  return !again || again.problems.some(isSyntax) ? parsed : movedBack(again, indented, text.length);
}

function isSyntax({ code }: YamlProblem): boolean {
  return code === "yaml-syntax";
}

/** A reading of an indented text with the places of the original one. */
function movedBack(reading: ParsedDocument, { original, indented }: Indented, end: number): ParsedDocument {
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

function parseAsWritten(text: string): ParsedDocument {
  const all = parseAllDocuments(text, parserOptions) as Document.Parsed[];
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
  if (text.includes("\t")) for (const one of tabProblems(text, root)) problems.push(one);
  const isEmpty = problems.length === 0 && (root === null || isBlank(root));
  const value = readValue(root, text, problems);
  return document(value, problems, root, text, isEmpty);
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
