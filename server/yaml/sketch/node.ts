/** What a sketch of a text is made of: maps, lists and scalars as far as they can be told apart, each with its places. */
import { resolvePlain } from "../scalars.ts";

export type Sketch = SketchMap | SketchList | SketchScalar;

/** Half-open offsets. */
export type Stretch = readonly [start: number, end: number];

export interface SketchEntry {
  readonly key: string;
  /** With its quotes. */
  readonly at: Stretch;
  /** Offset of the colon; the key's end where there is none yet. */
  readonly colon: number;
  node: Sketch | null;
}

export interface SketchMap {
  readonly is: "map";
  /** Column of its keys; -1 inside braces. */
  readonly column: number;
  readonly entries: SketchEntry[];
}

export interface SketchItem {
  /** Where its dash is, or where it begins in brackets. */
  readonly start: number;
  node: Sketch | null;
}

export interface SketchList {
  readonly is: "list";
  /** Column of its dashes; -1 inside brackets. */
  readonly column: number;
  readonly items: SketchItem[];
}

export interface SketchScalar {
  readonly is: "scalar";
  readonly at: Stretch;
  readonly text: string;
  readonly form: "plain" | '"' | "'" | "block";
}

/** The value that a sketch stands for, as plain data. */
export function sketchedValue(node: Sketch | null): unknown {
  if (node === null) return null;
  switch (node.is) {
    case "map":
      return Object.fromEntries(node.entries.map((entry) => [entry.key, sketchedValue(entry.node)]));
    case "list":
      return node.items.map((item) => sketchedValue(item.node));
    case "scalar":
      return node.form === "plain" ? resolvePlain(node.text) : node.text;
  }
}

/** The text inside quotes. */
export function unquoted(written: string): string {
  const [first] = written;
  if (first !== '"' && first !== "'") return written;
  const inner = written.slice(1, written.length > 1 && written.endsWith(first) ? -1 : undefined);
  if (first === "'") return inner.replaceAll("''", "'");
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return inner;
  }
}
