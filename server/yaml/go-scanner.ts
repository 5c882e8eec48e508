/**
 * What Go's scanner refuses although the `yaml` package reads it, and the other way round. Models scannerc.go and
 * parserc.go of sigs.k8s.io/yaml/goyaml.v2, which is YAML 1.1.
 */
import { isMap, isScalar, isSeq, type Node, type Pair, Scalar, visit } from "yaml";
import type { YamlProblem } from "./parse.ts";

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
    const mark = text.indexOf("?", start);
    if (mark >= 0 && mark < end) return syntax("did not find expected ',' or the end of the collection", mark, end);
  }
  const tag = node.tag !== undefined && end === start && /[^\s,[{]/.test(text[start - 1] ?? "");
  if (!tag || !/[,\]}]/.test(text[start] ?? "")) return undefined;
  return syntax("did not find expected whitespace or line break", start - 1, start);
}

/** A key without quotes in a flow map: the colon after it needs a blank, else it belongs to the key. */
export function flowKeyProblem({ key }: Pair, text: string): YamlProblem | undefined {
  if (!isScalar(key) || key.type !== Scalar.PLAIN || !key.range) return undefined;
  let colon = key.range[1];
  while (text[colon] === " ") colon++;
  if (text[colon] !== ":" || !/[,[\]{}]/.test(text[colon + 1] ?? "")) return undefined;
  return syntax("did not find expected whitespace after the colon", colon, colon + 1);
}

const yamlDirective = /^%YAML +1\.1 *(?:#.*)?$/;
const tagDirective = /^%TAG +!(?:[\w-]*!)? +\S+ *(?:#.*)?$/;

/** Directives before the document that are neither `%YAML 1.1` nor `%TAG`. */
export function directiveProblems(text: string): YamlProblem[] {
  const problems: YamlProblem[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end < 0 ? text.length : end).trimEnd();
    if (line !== "" && !/^\s*[#%]/.test(line)) break;
    if (line.startsWith("%") && !yamlDirective.test(line) && !tagDirective.test(line)) {
      const isVersion = line.startsWith("%YAML ");
      const message = isVersion ? "found incompatible YAML document" : "found unknown directive name";
      problems.push(syntax(message, at, at + line.length));
    }
    at = end < 0 ? text.length : end + 1;
  }
  return problems;
}

/** Lines of nothing but a tab or a comment behind one: indentation to Go, except where line breaks mean nothing. */
export function tabProblems(text: string, root: Node | null): YamlProblem[] {
  const problems: YamlProblem[] = [];
  for (const { index } of text.matchAll(/^\t[\t ]*(?:#.*)?$/gm)) {
    if (isInsideFlow(root, index)) continue;
    problems.push(syntax("found a tab character that violates indentation", index, index + 1));
  }
  return problems;
}

function isInsideFlow(root: Node | null, offset: number): boolean {
  let inside = false;
  if (root === null) return inside;
  visit(root, {
    Node(_, node) {
      const range = (node as Node).range;
      if (!range || offset < range[0] || offset >= range[1]) return undefined;
      const isFlow = (isMap(node) || isSeq(node)) && node.flow === true;
      const isQuoted = isScalar(node) && (node.type === Scalar.QUOTE_SINGLE || node.type === Scalar.QUOTE_DOUBLE);
      inside ||= isFlow || isQuoted;
      return inside ? visit.BREAK : undefined;
    },
  });
  return inside;
}

/** Whether Go accepts what the `yaml` package reports: a comment right behind a quote or bracket. */
export function isFineInGo(message: string): boolean {
  return message.startsWith("Comments must be separated from other tokens");
}
