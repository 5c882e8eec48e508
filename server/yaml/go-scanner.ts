/**
 * What Go's scanner refuses although the `yaml` package reads it, and the other way round. Models scannerc.go and
 * parserc.go of sigs.k8s.io/yaml/goyaml.v2, which is YAML 1.1.
 */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, Scalar, visit } from "yaml";
import type { YamlProblem } from "./problem.ts";

function syntax(message: string, start: number, end: number): YamlProblem {
  return { code: "yaml-syntax", message, start, end };
}

/**
 * An item, key or value of a flow collection: a colon there is never the beginning of a text, a question mark always
 * begins a key, and a blank must follow a tag.
 */
export function flowNodeProblem(node: Node | null, text: string): YamlProblem | undefined {
  if (!isScalar(node) || !node.range) return undefined;
  const [start, end] = node.range;
  if (node.type === Scalar.PLAIN && end > start) {
    if (text[start] === ":") return syntax("did not find expected node content", start, end);
    const mark = start + text.slice(start, end).indexOf("?");
    if (mark >= start) return syntax("did not find expected ',' or the end of the collection", mark, end);
  }
  const tag = node.tag !== undefined && end === start && /[^\s,[{]/.test(text[start - 1] ?? "");
  if (!tag || !/[,\]}]/.test(text[start] ?? "")) return undefined;
  return syntax("did not find expected whitespace or line break", start - 1, start);
}

/**
 * A key in a flow map: it and its colon stand on one line (unless a question mark begins it), and the colon after a key
 * without quotes needs a blank, else it belongs to the key.
 */
export function flowKeyProblem({ key }: Pair, text: string): YamlProblem | undefined {
  if (!isScalar(key) || !key.range) return undefined;
  const [start, end] = key.range;
  behindKey.lastIndex = end;
  const colon = end + (behindKey.exec(text)?.[0].length ?? 0);
  if (text[colon] !== ":") return undefined;
  if (text.slice(start, colon).includes("\n") && !/\?\s*$/.test(text.slice(Math.max(0, start - 1000), start))) {
    return syntax("did not find expected ',' or '}'", start, end);
  }
  if (key.type !== Scalar.PLAIN || !/[,[\]{}]/.test(text[colon + 1] ?? "")) return undefined;
  return syntax("did not find expected whitespace after the colon", colon, colon + 1);
}

const behindKey = /(?:\s|#.*)*/y;

/** Directives before the document: the `---` that they need has cut it off. */
export function directiveProblems(text: string): YamlProblem[] {
  const problems: YamlProblem[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end < 0 ? text.length : end).trimEnd();
    if (line !== "" && !/^\s*[#%]/.test(line)) break;
    if (line.startsWith("%")) problems.push(syntax("did not find expected <document start>", at, at + line.length));
    at = end < 0 ? text.length : end + 1;
  }
  return problems;
}

/**
 * Tabs that are indentation to Go: lines of nothing but a tab or a comment behind one, and tabs between the beginning of
 * a line (or a dash on it) and a value. Where line breaks mean nothing, tabs mean nothing.
 */
export function tabProblems(
  text: string,
  root: Node | null,
  original: { readonly text: string; readonly offset: (at: number) => number },
): YamlProblem[] {
  const offsets = [...text.matchAll(/^\t[\t ]*(?:#.*)?$/gm)].map(({ index }) => index);
  const free = offsets.length === 0 ? [] : freeRanges(root);
  const problems = offsets.filter((offset) => !isInside(free, offset)).map(tabProblem);
  if (root === null) return problems;
  visit(root, {
    Node(_, node) {
      const start = (node as Node).range?.[0] ?? 0;
      const before = /(?:^|\n)([ \t]*(?:[-?][ \t]+)*)$/.exec(text.slice(Math.max(0, start - 1000), start))?.[1] ?? "";
      const tab = before.indexOf("\t");
      if (tab >= 0) problems.push(tabProblem(start - before.length + tab));
      return (isMap(node) || isSeq(node)) && node.flow === true ? visit.SKIP : undefined;
    },
    Collection(_, node, path) {
      if (node.flow !== true) return undefined;
      const outer = path.findLast((one) => isMap(one) || isSeq(one));
      if (outer === undefined) return visit.SKIP;
      const indent = columnOf(text, (outer as Node).range?.[0] ?? 0);
      visit(node, {
        Scalar(_key, scalar) {
          if (scalar.type !== Scalar.PLAIN || !scalar.range) return;
          if (isBeforeTab(original.text, original.offset(scalar.range[1]), indent)) {
            problems.push(tabProblem(scalar.range[1]));
          }
        },
      });
      return visit.SKIP;
    },
  });
  return problems;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

/** Whether the line after a text without quotes begins with a tab no further in than the block around it. */
function isBeforeTab(text: string, end: number, indent: number): boolean {
  const found = /^[ \t]*(?:\n *)*\n( *)\t/.exec(text.slice(end, end + 1000));
  return found !== null && (found[1]?.length ?? 0) <= indent;
}

function tabProblem(at: number): YamlProblem {
  return syntax("found a tab character that violates indentation", at, at + 1);
}

type Span = readonly [start: number, end: number];

/** Where line breaks and tabs mean nothing: flow collections and quoted texts, in order, none inside another. */
function freeRanges(root: Node | null): readonly Span[] {
  const ranges: Span[] = [];
  if (root === null) return ranges;
  visit(root, {
    Node(_, node) {
      const isFlow = (isMap(node) || isSeq(node)) && node.flow === true;
      const isQuoted = isScalar(node) && (node.type === Scalar.QUOTE_SINGLE || node.type === Scalar.QUOTE_DOUBLE);
      if (!isFlow && !isQuoted) return undefined;
      const range = (node as Node).range;
      if (range) ranges.push([range[0], range[1]]);
      return isFlow ? visit.SKIP : undefined;
    },
  });
  return ranges;
}

function isInside(ranges: readonly Span[], offset: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  const found = ranges[low];
  return found !== undefined && found[0] <= offset;
}

/** Whether Go accepts what the `yaml` package reports: a comment right behind a quote or bracket, an escaped apostrophe. */
export function isFineInGo(message: string): boolean {
  return message.startsWith("Comments must be separated") || message === "Invalid escape sequence \\'";
}

/** The escapes of a text in double quotes that Go knows, one match for each escape. */
const escapes = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[\s\S])/g;
const half = /^\\(?:u|U0000)[dD][89a-fA-F]/;

/** A text in double quotes: JSON's `\/` and halves of surrogate pairs are no escapes of YAML 1.1. */
export function escapeProblem(node: Scalar, text: string): YamlProblem | undefined {
  const [start, end] = node.range ?? [0, 0];
  if (node.type !== Scalar.QUOTE_DOUBLE) return undefined;
  for (const { 0: sequence, index } of text.slice(start, end).matchAll(escapes)) {
    const at = start + index;
    if (sequence === "\\/") return syntax("found unknown escape character", at, at + 2);
    if (half.test(sequence)) return syntax("found invalid Unicode character escape code", at, at + sequence.length);
  }
  return undefined;
}

/** The value of a text in double quotes, where the `yaml` package leaves the backslash before an apostrophe. */
export function withoutEscapedApostrophes(node: Scalar, text: string): string {
  const value = String(node.value);
  if (node.type !== Scalar.QUOTE_DOUBLE || !value.includes("\\'")) return value;
  // Of all that reads as backslash and apostrophe, only the escaped apostrophes are meant.
  const [start, end] = node.range ?? [0, 0];
  const written = [...text.slice(start, end).matchAll(/\\(?:\\'?|')/g)].filter(([one]) => one.endsWith("'"));
  let index = 0;
  return value.replace(/\\'/g, (both) => (written[index++]?.[0] === "\\'" ? "'" : both));
}

/** A name of an anchor or alias: letters, digits, `-` and `_`. */
export function anchorProblem(node: Node): YamlProblem | undefined {
  const name = isAlias(node) ? node.source : (node as { anchor?: string }).anchor;
  if (name === undefined || /^[\w-]+$/.test(name)) return undefined;
  const [start = 0, end = 0] = node.range ?? [];
  return syntax("did not find expected alphabetic or numeric character", start, end);
}
