/** Places in a tree of the fast reader; the counterpart of locate.ts. */
import type { Path } from "../../simulator/api/problem.ts";
import type { Part, PlaceInText, TextRange } from "./locate.ts";
import type { PlainNode } from "./plain-node.ts";

function rangeOf({ start, end }: PlainNode): TextRange {
  return { start, end };
}

/** Where `path` stands; the nearest written parent when it is not there in full. */
export function locatePlain(root: PlainNode, path: Path, part: Part): TextRange {
  let node = root;
  let best = rangeOf(root);
  for (const [depth, step] of path.entries()) {
    const { keys, items } = node;
    if (items === undefined) return best;
    const index = keys ? keys.findIndex((key) => key.value === String(step)) : Number(step);
    const item = items[index];
    if (item === undefined) return best;
    const key = keys?.[index];
    if (key === undefined) best = rangeOf(item);
    else if (depth < path.length - 1 || part === "key" || item.end <= item.start) best = rangeOf(key);
    else best = { start: part === "entry" ? key.start : item.start, end: item.end };
    node = item;
  }
  return best;
}

/** What stands at an offset; the innermost map or list when it is between entries. */
export function placeAtPlain(root: PlainNode, offset: number): PlaceInText | undefined {
  const covers = (node: PlainNode): boolean => offset >= node.start && offset <= node.next;
  if (!covers(root)) return undefined;
  const path: (string | number)[] = [];
  let node = root;
  for (;;) {
    const { keys, items = [] } = node;
    let next: PlainNode | undefined;
    for (const [index, item] of items.entries()) {
      const key = keys?.[index];
      if (key && offset >= key.start && offset <= key.end) {
        path.push(key.value as string);
        return { path, onKey: true, range: rangeOf(key) };
      }
      if (!covers(item)) continue;
      path.push(key ? (key.value as string) : index);
      next = item;
      break;
    }
    if (next === undefined) return { path, onKey: false, range: rangeOf(node) };
    node = next;
  }
}
