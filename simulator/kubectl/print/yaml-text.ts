/** Objects as YAML, keys sorted. Models sigs.k8s.io/yaml and what its emitter leaves unquoted. */
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";

const otherTypes =
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|[0-9][0-9_]*)|[-+]?(?:[0-9][0-9_]*\.?|\.)[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?[0-9](?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*\.(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?)?$/;
/** What a plain scalar may not begin with, hold or end with. */
const indicators = /^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|^\s|\s$|: |:$| #|^---|^\.\.\./;

/** Where a scalar stands. */
interface Place {
  /** Of the lines that continue it. */
  readonly indent: string;
  /** How much stands before it on its line. */
  readonly column: number;
  /** A key stays on one line. */
  readonly isKey?: true;
}

function scalar(value: string, place: Place): string {
  if (otherTypes.test(value)) return quoted(value, place);
  if (/(?!\n)\p{Cc}|\uFEFF|[\u{10000}-\u{10FFFF}]/u.test(value)) return quoted(value, place);
  if (value.includes("\n")) {
    return place.isKey || / (?:\n|$)/.test(value) ? quoted(value, place) : literal(value, place.indent);
  }
  if (indicators.test(value)) return `'${folded(value.replaceAll("'", "''"), place, 1)}'`;
  return folded(value, place, 0);
}

/** In double quotes, as one line that is broken where it is long. */
function quoted(value: string, place: Place): string {
  const text = JSON.stringify(value).replace(/[\u0080-\u009f\ufeff]|[\u{10000}-\u{10ffff}]/gu, (char) => {
    const code = char.codePointAt(0)!.toString(16).toUpperCase();
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
  return `"${folded(text.slice(1, -1), place, 1, "\\")}"`;
}

const width = 80;

/** A line break takes the place of the first blank beyond the width, again and again. Models the emitter of libyaml. */
function folded(text: string, { indent, column, isKey }: Place, quotes: number, before = ""): string {
  if (isKey || column + text.length <= width) return text;
  let out = "";
  let at = column + quotes;
  const chars = [...text];
  for (const [index, char] of chars.entries()) {
    const isInside = quotes === 0 || (index > 0 && index < chars.length - 1);
    const isAlone = chars[index - 1] !== " " && (before !== "" || chars[index + 1] !== " ");
    if (char === " " && at > width && isInside && isAlone) {
      out += `\n${indent}${chars[index + 1] === " " ? before : ""}`;
      at = indent.length;
    } else {
      out += char;
      at++;
    }
  }
  return out;
}

function literal(value: string, indent: string): string {
  const hint = /^[ \n]/.test(value) ? "2" : "";
  const chomp = !value.endsWith("\n") ? "-" : value.endsWith("\n\n") || value === "\n" ? "+" : "";
  const lines = value.replace(/\n$/, "").split("\n");
  return `|${hint}${chomp}\n${lines.map((line) => (line === "" ? "" : `${indent}${line}`)).join("\n")}`;
}

function isEmpty(value: Json): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length === 0;
}

function inline(value: Json, place: Place): string {
  if (typeof value === "string") return scalar(value, place);
  if (Array.isArray(value)) return "[]";
  return typeof value === "object" && value !== null ? "{}" : numberText(value as number | boolean | null);
}

/** Large and small numbers are doubles. */
function numberText(value: number | boolean | null): string {
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}

function fields(object: JsonObject, indent: string): string[] {
  return Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort()
    .flatMap((key) => {
      const value = object[key]!;
      const head = `${indent}${scalar(key, { indent, column: 0, isKey: true })}:`;
      if (isEmpty(value)) {
        const place = { indent: `${indent}  `, column: head.length + 1 };
        return [`${head} ${inline(value, place)}`];
      }
      return [head, ...(Array.isArray(value) ? items(value, indent) : fields(value as JsonObject, `${indent}  `))];
    });
}

function items(list: readonly Json[], indent: string): string[] {
  return list.flatMap((value) => {
    const inner = `${indent}  `;
    if (isEmpty(value)) return [`${indent}- ${inline(value, { indent: inner, column: inner.length })}`];
    const [first = "", ...more] = Array.isArray(value) ? items(value, inner) : fields(value as JsonObject, inner);
    return [`${indent}- ${first.slice(inner.length)}`, ...more];
  });
}

/** The object as a YAML document, the last line end included. */
export function yamlText(object: JsonObject): string {
  return `${fields(object, "").join("\n")}\n`;
}
