/** The objects of a text and their fields, as an outline. */
import { kinds } from "../../../simulator/api/kinds.ts";
import { resolvePlain } from "../../yaml/scalars.ts";
import { breaks, type Manifest, type Slice } from "../manifest.ts";
import { type Listed, listSubjects } from "../objects.ts";
import type { Range } from "../text.ts";
import { type LineNode, lineTree, nodeAt } from "./line-tree.ts";

export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: number;
  readonly range: Range;
  readonly selectionRange: Range;
  readonly children?: readonly DocumentSymbol[];
}

/** `SymbolKind` of the protocol. */
const symbol = {
  class: 5,
  interface: 11,
  string: 15,
  number: 16,
  boolean: 17,
  array: 18,
  object: 19,
  null: 21,
  struct: 23,
};

/** What an object is shown as. */
export function symbolOf(kind: string): number {
  if (kinds.named(kind)?.workload) return symbol.class;
  if (kind === "Service" || kind === "Ingress") return symbol.interface;
  return kind === "ConfigMap" || kind === "Secret" ? symbol.struct : symbol.object;
}

/** In longer texts only what stands at the top of an object is shown. */
const mostLines = 8000;
/** Characters of a value that are shown. */
const mostShown = 60;

/** The outline of a text: its objects in order, their fields below them. */
export function outlineOf(manifest: Manifest): readonly DocumentSymbol[] {
  const firstLines = new Map<Slice, number>();
  let firstLine = 0;
  for (const slice of manifest.slices) {
    if (!firstLines.has(slice)) firstLines.set(slice, firstLine);
    firstLine += breaks(slice);
  }
  const depth = firstLine > mostLines ? 1 : Number.POSITIVE_INFINITY;
  const trees = new Map<Slice, readonly LineNode[]>();
  return listSubjects(manifest).flatMap(({ subject, slice, range }: Listed) => {
    if (subject === null) return [];
    const { name, kind, root } = subject;
    if (slice.form === "json") return [objectSymbol(name, kind, range)];
    const lines = linesOf(slice);
    const tree = trees.get(slice) ?? lineTree(lines);
    trees.set(slice, tree);
    const nodes = root.length === 0 ? tree : (nodeAt(tree, root)?.children ?? []);
    const from = range.start.line - (root.length === 0 ? firstCode(lines) : (nodeAt(tree, root)?.line ?? 0));
    const children = childrenOf(nodes, lines, from, depth);
    const end = children.at(-1)?.range.end ?? range.end;
    return [{ ...objectSymbol(name, kind, { start: range.start, end }), children }];
  });
}

function objectSymbol(name: string, kind: string, range: Range): DocumentSymbol {
  return { name: name || kind, detail: kind, kind: symbolOf(kind), range, selectionRange: range };
}

/** The line on which a document begins behind its marker and comments. */
function firstCode(lines: readonly string[]): number {
  const found = lines.findIndex((line) => !/^\s*(?:#.*)?$|^---/.test(line));
  return Math.max(0, found);
}

/** The lines of a slice. */
export function linesOf({ text }: Slice): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

function childrenOf(
  nodes: readonly LineNode[],
  lines: readonly string[],
  from: number,
  depth: number,
): readonly DocumentSymbol[] {
  return nodes.map((node, index) => {
    const end = { line: node.last + from, character: lines[node.last]?.length ?? 0 };
    const start = { line: node.line + from, character: node.column };
    const range = { start, end };
    const named = node.key ?? entryName(node, index);
    const own = { line: node.line + from, character: lines[node.line]?.length ?? 0 };
    return {
      name: named === "" ? '""' : named,
      detail: node.children.length === 0 && !node.isText ? node.value.slice(0, mostShown) : "",
      kind: kindOf(node),
      range,
      selectionRange: { start, end: own },
      ...(node.children.length > 0 && depth > 1 ? { children: childrenOf(node.children, lines, from, depth - 1) } : {}),
    };
  });
}

/** Entries are told apart by what they are called, else by their place. */
function entryName({ children, value, isText }: LineNode, index: number): string {
  for (const by of ["name", "key", "containerPort", "port", "mountPath"]) {
    const found = children.find(({ key, value: one }) => key === by && one !== "");
    if (found) return found.value.replace(/^(["'])(.*)\1$/, "$2");
  }
  if (children.length > 0 || isText) return String(index);
  const flow = /^\{.*?\b(?:name|key):\s*["']?([^\s,"'}]+)/.exec(value)?.[1];
  return flow ?? (value === "" ? String(index) : value.slice(0, mostShown));
}

function kindOf({ children, value, isText }: LineNode): number {
  const [first] = children;
  if (first) return first.key === null ? symbol.array : symbol.object;
  if (isText || /^["']/.test(value)) return symbol.string;
  if (value.startsWith("[")) return symbol.array;
  if (value.startsWith("{")) return symbol.object;
  const read = resolvePlain(value);
  if (read === null) return symbol.null;
  return typeof read === "string" ? symbol.string : typeof read === "boolean" ? symbol.boolean : symbol.number;
}
