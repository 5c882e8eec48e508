/**
 * To YAML 1.1 a line also ends with U+0085, U+2028 and U+2029, which the `yaml` package takes for letters. Within quotes
 * and blocks they stay what they are; elsewhere they end a comment or a text. Models is_break of the scanner in yaml_private.go.
 */
import { isScalar, type Node, parseAllDocuments, Scalar, visit } from "yaml";

const odd = /[\u0085\u2028\u2029]/;

/** The text with line feeds in the place of such breaks where they mean the same; as long as before. */
export function withOddBreaks(text: string): string {
  if (!odd.test(text)) return text;
  const kept: (readonly [start: number, end: number])[] = [];
  const documents = parseAllDocuments(text, {
    version: "1.1",
    schema: "failsafe",
    uniqueKeys: false,
    logLevel: "silent",
  });
  for (const document of Array.isArray(documents) ? documents : []) {
    visit(document, {
      Scalar(_, node) {
        if (node.type !== Scalar.PLAIN && node.range) kept.push([node.range[0], node.range[1]]);
      },
    });
  }
  return text.replace(/[\u0085\u2028\u2029]/g, (found, at: number) =>
    kept.some(([start, end]) => at >= start && at < end) ? found : "\n",
  );
}

/** The value of a block scalar: behind such a break a line is indented like any other. */
export function withoutIndentation(node: Node, value: string, text: string): string {
  if (!isScalar(node) || !odd.test(value) || !node.range) return value;
  if (node.type !== Scalar.BLOCK_LITERAL && node.type !== Scalar.BLOCK_FOLDED) return value;
  const begin = text.indexOf("\n", node.range[0]) + 1;
  const indent = /^ */.exec(text.slice(begin))?.[0].length ?? 0;
  return value.replace(new RegExp(`([\\u0085\\u2028\\u2029]) {0,${indent}}`, "g"), "$1");
}
