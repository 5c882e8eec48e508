/** From a place in the value to a place in the text, and back. */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { Path } from "../../simulator/api/problem.ts";
import { plainKeyText } from "./scalars.ts";
import { isMergeKey } from "./value.ts";

export interface TextRange {
  readonly start: number;
  readonly end: number;
}
/** `key`: the key of a map entry; `value`: what stands there; `entry`: both together, or an item of a list. */
export type Part = "key" | "value" | "entry";

export interface PlaceInText {
  readonly path: Path;
  /** Whether the offset is on the key of the last step rather than on its value. */
  readonly onKey: boolean;
  readonly range: TextRange;
}

type AnchorOf = (name: string) => Node | undefined;

/** Where `path` stands; the nearest written parent when it is not there in full. */
export function locate(root: Node | null, path: Path, part: Part, anchorOf: AnchorOf): TextRange | undefined {
  let node = root;
  let best: TextRange | undefined = node === null ? undefined : rangeOf(node);
  for (const [depth, step] of path.entries()) {
    node = follow(node, anchorOf);
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = findPair(node, String(step), anchorOf);
      if (!pair) return best;
      const key = rangeOf(pair.key as Node);
      const value = pair.value as Node | null;
      best = last && part !== "key" ? partOf(key, value, part) : key;
      node = value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | null | undefined;
      if (item === undefined || item === null) return best;
      best = rangeOf(item);
      node = item;
    } else return best;
  }
  return best;
}

function partOf(key: TextRange, value: Node | null, part: Part): TextRange {
  const range = value === null ? key : rangeOf(value);
  if (range.end <= range.start) return key;
  return part === "entry" ? { start: key.start, end: range.end } : range;
}

function follow(node: Node | null, anchorOf: AnchorOf): Node | null {
  for (let hops = 0; isAlias(node) && hops < 100; hops++) node = anchorOf(node.source) ?? null;
  return node;
}

/** The entry of a key: the last one written, else one that a merge key brings. */
function findPair(map: Node, key: string, anchorOf: AnchorOf): Pair | undefined {
  if (!isMap(map)) return undefined;
  for (let index = map.items.length - 1; index >= 0; index--) {
    const pair = map.items[index]!;
    if (!isMergeKey(pair.key) && textOfKey(pair.key) === key) return pair;
  }
  for (const pair of map.items) {
    if (!isMergeKey(pair.key)) continue;
    const value = follow(pair.value as Node | null, anchorOf);
    for (const source of isSeq(value) ? value.items : [value]) {
      const target = follow(source as Node | null, anchorOf);
      const found = target === null || target === map ? undefined : findPair(target, key, anchorOf);
      if (found) return found;
    }
  }
  return undefined;
}

function textOfKey(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  const text = typeof key.value === "string" ? key.value : (key.source ?? "");
  return key.type === "PLAIN" && key.tag === undefined ? plainKeyText(text) : text;
}

function rangeOf(node: Node): TextRange {
  const range = node?.range;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}

/** What stands at an offset; the innermost map or list when it is between entries. */
export function placeAt(root: Node | null, offset: number): PlaceInText | undefined {
  if (root === null || !covers(root, offset)) return undefined;
  const path: (string | number)[] = [];
  let node: Node = root;
  for (;;) {
    let next: Node | undefined;
    if (isMap(node)) {
      for (const pair of node.items) {
        const key = pair.key as Node | null;
        const value = pair.value as Node | null;
        const name = textOfKey(key);
        if (key !== null && name !== undefined && within(key, offset)) {
          path.push(name);
          return { path, onKey: true, range: rangeOf(key) };
        }
        if (name !== undefined && value !== null && covers(value, offset)) {
          path.push(name);
          next = value;
          break;
        }
      }
    } else if (isSeq(node)) {
      const index: number = node.items.findIndex((item) => item !== null && covers(item as Node, offset));
      if (index >= 0) {
        path.push(index);
        next = node.items[index] as Node;
      }
    }
    if (next === undefined) return { path, onKey: false, range: rangeOf(node) };
    node = next;
  }
}

function within(node: Node, offset: number): boolean {
  return node.range ? offset >= node.range[0] && offset <= node.range[1] : false;
}

function covers(node: Node, offset: number): boolean {
  return node.range ? offset >= node.range[0] && offset <= node.range[2] : false;
}
