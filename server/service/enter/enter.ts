/** What a new line begins with: a list goes on, what is opened is indented. Only a line that is empty is touched. */
import { sketch } from "../../yaml/sketch/sketch.ts";
import { fieldAt } from "../fields.ts";
import { type Manifest, sliceAt } from "../manifest.ts";
import { type LineNode, lineTree } from "../outline/line-tree.ts";
import { linesOf } from "../outline/symbols.ts";
import type { Position, TextEdit } from "../text.ts";

/** The edits after Enter has been pressed, with the cursor on the new line; none where it is right as it is, or where nobody knows. */
export function afterEnter(manifest: Manifest, { line, character }: Position): readonly TextEdit[] {
  const { slice, firstLine } = sliceAt(manifest, { line, character });
  if (slice.form === "json") return [];
  const lines = linesOf(slice);
  const at = line - firstLine;
  const own = lines[at] ?? "";
  const before = (lines[at - 1] ?? "").trimEnd();
  if (own.trim() !== "" || before === "" || /^\s*#|^---/.test(before)) return [];
  const above = lines.slice(0, at);
  if (isInside(lineTree(above), at - 1)) return [];
  const edits: TextEdit[] = [];
  let begin = beginning(before, above.join("\n"));
  // A dash with nothing behind it ends the list, as everywhere.
  if (/^\s*-$/.test(before)) {
    const start = { line: line - 1, character: 0 };
    edits.push({ range: { start, end: { line: line - 1, character: (lines[at - 1] ?? "").length } }, newText: "" });
    begin = " ".repeat(Math.max(0, indentOf(before) - 2));
  }
  if (begin === own && edits.length === 0) return [];
  const range = { start: { line, character: 0 }, end: { line, character: own.length } };
  return [...edits, ...(begin === own ? [] : [{ range, newText: begin }])];
}

/** What the line behind a line begins with. */
function beginning(before: string, text: string): string {
  const indent = indentOf(before);
  const dashes = /^ *((?:- +)*)/.exec(before)?.[1]?.length ?? 0;
  const content = before.slice(indent + dashes);
  const column = indent + dashes;
  const found = /^(?:"[^"]*"|'[^']*'|[^\s"'#[\]{}][^#]*?):(?:\s+([^#]*?))?\s*(?:#.*)?$/.exec(content);
  if (found === null) return dashes > 0 ? before.slice(0, indent) + "- " : " ".repeat(indent);
  const value = found[1] ?? "";
  if (/^(?:[&!]\S*\s+)*[|>][-+0-9]*$/.test(value)) return " ".repeat(column + 2);
  if (value !== "") return " ".repeat(column);
  if (!opensList(text)) return " ".repeat(column + 2);
  return `${" ".repeat(hasFlushLists(text) ? column : column + 2)}- `;
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}

/** Whether the key at the end of the text is of a list, as far as its kind is known. */
function opensList(text: string): boolean {
  const value = sketch(text, text.length).places.find(({ is }) => is === "value");
  const kind = /^kind:[ \t]*["']?(\w+)/m.exec(text)?.[1];
  const apiVersion = /^apiVersion:[ \t]*["']?([\w./]+)/m.exec(text)?.[1];
  if (value === undefined || kind === undefined || apiVersion === undefined) return false;
  return fieldAt(apiVersion, kind, value.path)?.type.kind === "list";
}

/** Whether lists stand where their keys do. */
function hasFlushLists(text: string): boolean {
  return /^( *)[^\s#-][^\n]*:[ \t]*\r?\n\1- /m.test(text) && !/^( *)[^\s#-][^\n]*:[ \t]*\r?\n\1 +- /m.test(text);
}

/** Whether a line is one of a block of text, or stands between braces that are not closed. */
function isInside(nodes: readonly LineNode[], line: number): boolean {
  const last = nodes.findLast((one) => one.line <= line && line <= one.last);
  if (last === undefined) return false;
  if (last.isText) return line > last.line;
  const open = (last.value.match(/[[{]/g)?.length ?? 0) - (last.value.match(/[\]}]/g)?.length ?? 0);
  return (/^[[{]/.test(last.value) && open > 0) || isInside(last.children, line);
}
