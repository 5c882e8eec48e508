/** Objects as JSON. Models JSONPrinter of cli-runtime/pkg/printers. */
import { isObject, type JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";

/** With four blanks for each level, as Go indents, andwith what it escapes; the keys in their order. */
export function jsonText(value: Json): string {
  return written(value, "");
}

function written(value: Json, indent: string): string {
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((one: Json) => inner + written(one, inner)).join(",\n")}\n${indent}]`;
  }
  if (isObject(value)) {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined);
    if (fields.length === 0) return "{}";
    return `{\n${fields.map(([key, one]) => `${inner}${textOf(key)}: ${written(one, inner)}`).join(",\n")}\n${indent}}`;
  }
  return typeof value === "string" ? textOf(value) : String(value);
}

/** A text as Go quotes it: what could be taken for markup is escaped. */
function textOf(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, escaped);
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The value with the keys of all its objects in order, as Go writes maps. */
export function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key]!)])) as JsonObject;
}

/** On one line, the keys as they stand. */
export function orderedJson(value: Json): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escaped);
}

/** On one line, the keys in order. */
export function compactJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(compactJson).join(",")}]`;
  if (!isObject(value)) return typeof value === "string" ? textOf(value) : String(value);
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${textOf(key)}:${compactJson(value[key]!)}`).join(",")}}`;
}
