/** Values as Go writes and reads them. Models strconv and fmt. */
import { isObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";

const escapes: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

/** What a text in single or double quotes says; undefined for an escape that is none. */
export function unquoted(text: string): string | undefined {
  let isWrong = false;
  const inner = text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-7]{3}|[\s\S])/g, (_, code: string) => {
    if (/^[xu]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    const char = escapes[code];
    if (char === undefined) isWrong = true;
    return char ?? "";
  });
  return isWrong ? undefined : inner;
}

/** A value as `%#v` prints it. */
export function goSyntax(value: Json): string {
  if (value === null) return "interface {}(nil)";
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(", ")}}`;
  if (!isObject(value)) return typeof value === "string" ? JSON.stringify(value) : goNumber(value as number | boolean);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${goSyntax(value[key]!)}`);
  return `map[string]interface {}{${fields.join(", ")}}`;
}

/** A value as `%v` prints it. */
export function goText(value: Json): string {
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goText).join(" ")}]`;
  if (!isObject(value)) return typeof value === "string" ? value : goNumber(value as number | boolean);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${key}:${goText(value[key]!)}`);
  return `map[${fields.join(" ")}]`;
}

/** Numbers that are not whole are written as doubles, large ones with an exponent. */
function goNumber(value: number | boolean): string {
  if (typeof value === "boolean" || Number.isSafeInteger(value)) return String(value);
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}
