/** Objects as KYAML: YAML in flow style with quoted texts. Models sigs.k8s.io/yaml/kyaml. */
import { isObject, type JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";

const plainKey = /^[A-Za-z_][A-Za-z0-9_./-]*$/;
const otherTypes = /^(?:null|true|false|y|yes|on|n|no|off)$/i;

/** The object as a KYAML document, the keys in their order. */
export function kyamlText(object: JsonObject): string {
  return `---\n${written(object, "")}\n`;
}

function written(value: Json, indent: string): string {
  if (Array.isArray(value)) return list(value, indent);
  if (isObject(value)) return fields(value, indent);
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function fields(object: JsonObject, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${inner}${keyText(key)}: ${written(value, inner)},\n`);
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}${indent}}`;
}

function list(items: readonly Json[], indent: string): string {
  if (items.length === 0) return "[]";
  const isCompact = items.every((item) => typeof item === "object" && item !== null && Object.keys(item).length > 0);
  if (isCompact) return `[${items.map((item) => written(item, indent)).join(", ")}]`;
  const inner = `${indent}  `;
  return `[\n${items.map((item) => `${inner}${written(item, inner)},\n`).join("")}${indent}]`;
}

function keyText(key: string): string {
  return plainKey.test(key) && !otherTypes.test(key) ? key : JSON.stringify(key);
}
