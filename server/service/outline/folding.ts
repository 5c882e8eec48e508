/** What of a text can be folded away: documents, blocks, texts, comments. Lines are enough for that. */
import { breaks, type Manifest } from "../manifest.ts";
import { type LineNode, lineTree } from "./line-tree.ts";
import { linesOf } from "./symbols.ts";

export interface FoldingRange {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind?: "comment" | "region";
}

/** The folds of a text, in the order of its lines. JSON is left to whoever reads JSON. */
export function foldsIn({ slices }: Manifest): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  let firstLine = 0;
  for (const slice of slices) {
    if (slice.form !== "json") {
      const lines = linesOf(slice);
      const marked = lines[0]?.startsWith("---") === true;
      const last = lines.findLastIndex((line) => line.trim() !== "");
      if (marked && last > 0) found.push({ startLine: firstLine, endLine: firstLine + last, kind: "region" });
      found.push(...commentsIn(lines, firstLine), ...blocksIn(lineTree(lines), firstLine));
    }
    firstLine += breaks(slice);
  }
  return found.sort((one, other) => one.startLine - other.startLine || other.endLine - one.endLine);
}

function blocksIn(nodes: readonly LineNode[], firstLine: number): readonly FoldingRange[] {
  return nodes.flatMap((node) => {
    const inner = blocksIn(node.children, firstLine);
    // A key on the line of its dash folds as the entry does.
    const isOnDash = node.key === null && node.children[0]?.line === node.line && node.children[0].last === node.last;
    return node.last > node.line && !isOnDash
      ? [{ startLine: firstLine + node.line, endLine: firstLine + node.last }, ...inner]
      : inner;
  });
}

function commentsIn(lines: readonly string[], firstLine: number): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  for (let at = 0; at < lines.length; at++) {
    const begin = at;
    while (/^\s*#/.test(lines[at] ?? "")) at++;
    if (at - begin > 1) found.push({ startLine: firstLine + begin, endLine: firstLine + at - 1, kind: "comment" });
  }
  return found;
}
