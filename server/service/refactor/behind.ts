/** A new document behind another one, in its style. */
import { isObject, type JsonObject, objectAt, stringAt } from "../../../simulator/api/json.ts";
import { blockText } from "../../yaml/write.ts";
import { breaks, type Slice } from "../manifest.ts";
import type { Subject } from "../subject.ts";
import type { TextEdit } from "../text.ts";

/** The edit that adds an object behind a document whose first line is given. */
export function behind(slice: Slice, firstLine: number, object: JsonObject): TextEdit {
  const lineBreak = slice.text.includes("\r\n") ? "\r\n" : "\n";
  const indentLists = /^( *)[^\s#-][^\n]*:[ \t]*\r?\n\1 +- /m.test(slice.text);
  const ended = /[\r\n]$/.test(slice.text);
  const line = firstLine + breaks(slice);
  const at = { line, character: slice.text.length - (slice.starts.at(-1) ?? 0) };
  const text = ["---", ...blockText(object, indentLists).split("\n"), ""].join(lineBreak);
  return { range: { start: at, end: at }, newText: ended ? text : lineBreak + text.trimEnd() };
}

/** The metadata of an object that goes with another one. */
export function metadataBeside({ value }: Subject, name: string): JsonObject {
  const namespace = stringAt(isObject(value) ? objectAt(value, "metadata") : undefined, "namespace");
  return namespace === "" ? { name } : { name, namespace };
}

/** Whether a document is written so that another one can stand behind it. */
export function isYaml({ form }: Slice): boolean {
  return form !== "json" && form !== "fallback";
}
