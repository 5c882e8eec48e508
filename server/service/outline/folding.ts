/** What of a text can be folded away: documents, blocks, texts, comments. Lines are enough for that. */
import { breaks, type Manifest, type Slice } from "../manifest.ts";
import type { LineNode } from "./line-tree.ts";
import { linesOf, treeOf } from "./symbols.ts";

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
    for (const one of foldsOf(slice)) {
      found.push({ ...one, startLine: one.startLine + firstLine, endLine: one.endLine + firstLine });
    }
    firstLine += breaks(slice);
  }
  return found;
}

const known = new WeakMap<Slice, readonly FoldingRange[]>();

/** The folds of a slice, with lines counted from its first; found once. */
function foldsOf(slice: Slice): readonly FoldingRange[] {
  const last = known.get(slice);
  if (last !== undefined) return last;
  const folds = slice.form === "json" ? [] : foldsAmong(linesOf(slice), treeOf(slice));
  known.set(slice, folds);
  return folds;
}

function foldsAmong(lines: readonly string[], tree: readonly LineNode[]): readonly FoldingRange[] {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  const isMarked = lines[0]?.startsWith("---") === true && last > 0;
  const whole: readonly FoldingRange[] = isMarked ? [{ startLine: 0, endLine: last, kind: "region" }] : [];
  return [...whole, ...commentsIn(lines), ...blocksIn(tree)].sort(
    (one, other) => one.startLine - other.startLine || other.endLine - one.endLine,
  );
}

function blocksIn(nodes: readonly LineNode[]): readonly FoldingRange[] {
  return nodes.flatMap((node) => {
    const inner = blocksIn(node.children);
    // A key on the line of its dash folds as the entry does.
    const isOnDash = node.key === null && node.children[0]?.line === node.line && node.children[0].last === node.last;
    return node.last > node.line && !isOnDash ? [{ startLine: node.line, endLine: node.last }, ...inner] : inner;
  });
}

function commentsIn(lines: readonly string[]): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  for (let at = 0; at < lines.length; at++) {
    const begin = at;
    while (/^\s*#/.test(lines[at] ?? "")) at++;
    if (at - begin > 1) found.push({ startLine: begin, endLine: at - 1, kind: "comment" });
  }
  return found;
}
