/** Objects as YAML, keys sorted. Models sigs.k8s.io/yaml and what its emitter leaves unquoted. */
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";

const otherTypes =
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF|<<|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|[0-9][0-9_]*)|[-+]?(?:[0-9][0-9_]*)?\.?[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*\.(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?)?$/;
/** What a plain scalar may not begin with, hold or end with. */
const indicators = /^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|^\s|\s$|: |:$| #|^---|^\.\.\./;

function scalar(value: string, indent: string): string {
  if (otherTypes.test(value)) return JSON.stringify(value);
  if (/(?!\n)\p{Cc}/u.test(value)) return JSON.stringify(value);
  if (value.includes("\n")) return literal(value, indent);
  return indicators.test(value) ? `'${value.replaceAll("'", "''")}'` : value;
}

function literal(value: string, indent: string): string {
  const hint = /^[ \n]/.test(value) ? "2" : "";
  const chomp = !value.endsWith("\n") ? "-" : value.endsWith("\n\n") || value === "\n" ? "+" : "";
  const lines = value.replace(/\n$/, "").split("\n");
  return `|${hint}${chomp}\n${lines.map((line) => (line === "" ? "" : `${indent}  ${line}`)).join("\n")}`;
}

function isEmpty(value: Json): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length === 0;
}

function inline(value: Json, indent: string): string {
  if (typeof value === "string") return scalar(value, indent);
  if (Array.isArray(value)) return "[]";
  return typeof value === "object" && value !== null ? "{}" : String(value);
}

function fields(object: JsonObject, indent: string): string[] {
  return Object.keys(object)
    .sort()
    .flatMap((key) => {
      const value = object[key]!;
      const head = `${indent}${scalar(key, indent)}:`;
      if (isEmpty(value)) return [`${head} ${inline(value, indent)}`];
      return [head, ...(Array.isArray(value) ? items(value, indent) : fields(value as JsonObject, `${indent}  `))];
    });
}

function items(list: readonly Json[], indent: string): string[] {
  return list.flatMap((value) => {
    if (isEmpty(value)) return [`${indent}- ${inline(value, indent)}`];
    const inner = `${indent}  `;
    const [first = "", ...more] = Array.isArray(value) ? items(value, inner) : fields(value as JsonObject, inner);
    return [`${indent}- ${first.slice(inner.length)}`, ...more];
  });
}

/** The object as a YAML document, the last line end included. */
export function yamlText(object: JsonObject): string {
  return `${fields(object, "").join("\n")}\n`;
}
