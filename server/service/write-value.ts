/** Writes a value at a path of an object in the text, in the style in which the text is written, and touches nothing else. */

import { isObject } from "../../simulator/api/json.ts";
import type { Path } from "../../simulator/api/problem.ts";
import { lineStartAt } from "../yaml/sketch/lines.ts";
import { blockText, flowText } from "../yaml/write.ts";
import { checkSlice } from "./check.ts";
import { breaks, type Manifest, rangeIn, type Slice } from "./manifest.ts";
import { valueAt } from "./parse.ts";
import type { Subject } from "./subject.ts";
import type { Span, TextEdit } from "./text.ts";

/** The object that is meant; the namespace is empty when the manifest names none. */
export interface Meant {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/**
 * The edits that put `value` at `path` (from the root of the object; `-` is the place after the last entry of a list). None where the
 * object is not in the text, or where its style leaves no safe place.
 */
export function writeValue(manifest: Manifest, meant: Meant, path: Path, value: unknown): readonly TextEdit[] {
  let firstLine = 0;
  for (const slice of manifest.slices) {
    const subject = checkSlice(slice).subjects.find(
      (one) => one.kind === meant.kind && one.name === meant.name && one.namespace === meant.namespace,
    );
    if (subject) {
      const found = replacement(slice, subject, path, value);
      return found ? [{ range: rangeIn(slice, found.span, firstLine), newText: found.text }] : [];
    }
    firstLine += breaks(slice);
  }
  return [];
}

interface Replacement {
  readonly span: Span;
  readonly text: string;
}

function replacement(slice: Slice, { root, value: object }: Subject, path: Path, value: unknown): Replacement | null {
  const { document } = checkSlice(slice).parsed;
  let depth = path.length;
  while (depth > 0 && (path[depth - 1] === "-" || valueAt(object, path.slice(0, depth)) === undefined)) depth--;
  const at = document.locate([...root, ...path.slice(0, depth)], "value");
  if (!at) return null;
  const { text } = slice;
  const column = at.start - lineStartAt(text, at.start);
  if (depth === path.length) {
    const isBlock = !/^[[{"']/.test(text[at.start] ?? "") && text.slice(at.start, at.end).includes(":");
    return isBlock
      ? { span: [at.start, trimmed(text, at.start, at.end)], text: block(text, value, column) }
      : { span: [at.start, at.end], text: flowText(value) };
  }
  const parent = valueAt(object, path.slice(0, depth));
  if (/^[[{]/.test(text[at.start] ?? "") || (!isObject(parent as never) && !Array.isArray(parent))) return null;
  const [next, ...rest] = path.slice(depth);
  const inner = rest.reduceRight<unknown>((made, step) => (step === "-" ? [made] : { [step]: made }), value);
  const entry = next === "-" ? [inner] : { [String(next)]: inner };
  const end = trimmed(text, at.start, at.end);
  return { span: [end, end], text: `${lineBreak(text)}${" ".repeat(column)}${block(text, entry, column)}` };
}

const lineBreak = (text: string): string => (text.includes("\r\n") ? "\r\n" : "\n");

/** The end of a value without the line breaks and comments that follow it. */
function trimmed(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** On lines of its own: the first one goes where the caller is, the others below it, lists indented as in the text. */
function block(text: string, value: unknown, column: number): string {
  const indented = /^( *)\S[^\n]*:[ \t]*\r?\n\1[ ]+- /m.test(text);
  return blockText(value, indented)
    .split("\n")
    .join(`${lineBreak(text)}${" ".repeat(column)}`);
}
