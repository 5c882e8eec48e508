/** The objects of a text and their fields, as an outline. */
import { kinds } from "../../../simulator/api/kinds.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import { resolvePlain } from "../../yaml/scalars.ts";
import { checkSlice } from "../check.ts";
import { breaks, type Manifest, rangeIn, type Slice } from "../manifest.ts";
import type { Range, Span } from "../text.ts";
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
  const symbols: DocumentSymbol[] = [];
  const all = manifest.slices.reduce((sum, slice) => sum + breaks(slice), 0);
  const depth = all > mostLines ? 1 : Number.POSITIVE_INFINITY;
  let firstLine = 0;
  for (const slice of manifest.slices) {
    const { subjects, parsed } = checkSlice(slice);
    for (const { name, kind, root } of subjects) {
      const nodes = slice.form === "json" ? [] : blocksAt(slice, root);
      const [first, last] = [nodes[0], nodes.at(-1)];
      if (first === undefined || last === undefined) {
        const found = parsed.document.locate(root, root.length === 0 ? "value" : "entry");
        const span: Span = found ? [found.start, found.end] : [0, slice.text.length];
        symbols.push(objectSymbol(name, kind, rangeIn(slice, span, firstLine)));
        continue;
      }
      const lines = linesOf(slice);
      const children = childrenOf(nodes, lines, firstLine, depth);
      const start = { line: firstLine + first.line, character: first.column };
      const end = { line: firstLine + last.last, character: lines[last.last]?.length ?? 0 };
      symbols.push({ ...objectSymbol(name, kind, { start, end }), children });
    }
    firstLine += breaks(slice);
  }
  return symbols;
}

/** The blocks of an object that begins at a place of a slice. */
function blocksAt(slice: Slice, root: Path): readonly LineNode[] {
  const tree = treeOf(slice);
  return root.length === 0 ? tree : (nodeAt(tree, root)?.children ?? []);
}

const trees = new WeakMap<Slice, readonly LineNode[]>();

/** The blocks of a slice, made once. */
export function treeOf(slice: Slice): readonly LineNode[] {
  const tree = trees.get(slice) ?? lineTree(linesOf(slice));
  trees.set(slice, tree);
  return tree;
}

function objectSymbol(name: string, kind: string, range: Range): DocumentSymbol {
  return { name: name || kind, detail: kind, kind: symbolOf(kind), range, selectionRange: range };
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
