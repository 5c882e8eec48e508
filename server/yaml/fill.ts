/** Text with other values in it, in its own style: comments, quotes, order and flow stay where nothing changes. */
import { type Document, isCollection, type Node, parseDocument } from "yaml";
import { flowText } from "./write.ts";

export interface ValueChange {
  readonly path: readonly (string | number)[];
  /** Undefined: nothing stands there any more. */
  readonly value: unknown;
}

const options = {
  version: "1.2",
  schema: "failsafe",
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "silent",
} as const;

/** One document with changes made in their order; null where it cannot be read by itself, or a place is not in it. */
export function withChanges(text: string, changes: readonly ValueChange[]): string | null {
  try {
    const document = parseDocument(text, options) as Document;
    if (document.errors.length > 0 || !isCollection(document.contents)) return null;
    for (const { path, value } of changes) {
      if (value === undefined) document.deleteIn(path);
      else document.setIn(path, nodeOf(value));
    }
    const indentSeq = /^( *)\S[^\n]*:[ \t]*\r?\n\1[ ]+- /m.test(text);
    const written = document.toString({ indent: 2, indentSeq, lineWidth: 0 });
    return text.includes("\r\n") ? written.replace(/\r?\n/g, "\r\n") : written;
  } catch {
    // Aliases may stand where a value is to be put.
    return null;
  }
}

/** Scalars as they would be written, so that a text that looks like a number keeps its quotes. */
function nodeOf(value: unknown): Node | null {
  const parsed = parseDocument(flowText(value), options).contents as Node | null;
  if (isCollection(parsed)) setBlock(parsed);
  return parsed;
}

function setBlock(node: Node): void {
  if (!isCollection(node)) return;
  node.flow = node.items.length === 0;
  for (const item of node.items) setBlock(((item as { value?: unknown }).value ?? item) as Node);
}
