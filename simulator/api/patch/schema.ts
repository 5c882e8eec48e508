/** What patches ask of the table of fields: the type below a field, and how it is merged. */
import { fieldTable } from "#field-table";
import type { FieldType } from "../field-table.d.ts";
import { isObject } from "../json.ts";
import type { Json } from "../objects.ts";
import { isAtomic, isReplaced, isRetained, type ListRule, listRule } from "./merge-rules.ts";
import type { Fields } from "./values.ts";

/** The type that a value has; `undefined` where the table says nothing. */
export type Schema = FieldType | undefined;

/** The schema of an object of a type of the table. */
export function schemaOf(type: string | undefined): Schema {
  return type === undefined ? undefined : { kind: "object", type };
}

/** The schema of a field or map entry; undefined for what is not known. */
export function schemaAt(schema: Schema, key: string): Schema {
  if (schema?.kind === "map") return schema.of;
  const fields = schema?.kind === "object" ? fieldTable.types[schema.type ?? ""]?.fields : undefined;
  return fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** The schema of the entries of a list. */
export function entrySchema(schema: Schema): Schema {
  return schema?.kind === "list" ? schema.of : undefined;
}

/** How a list in the field `key` of `schema` is merged; undefined: it is one value. */
export function listRuleAt(schema: Schema, key: string): ListRule | undefined {
  return schema?.kind === "object" ? listRule(schema.type ?? "", key) : undefined;
}

/** How a strategic merge patch takes an object in the field `key` of `schema`. */
export function strategyAt(schema: Schema, key: string): "merge" | "retainKeys" | "replace" {
  const type = schema?.kind === "object" ? (schema.type ?? "") : "";
  if (isReplaced(type, key)) return "replace";
  return isRetained(type, key) ? "retainKeys" : "merge";
}

/** What server-side apply sees of a value: one value, an object, a map, or a list whose entries are told apart. */
export interface Atom {
  readonly is: "leaf" | "object" | "map" | "list";
  readonly schema: Schema;
  /** Of a list: the keys of its entries; none for a set of scalars. */
  readonly keys: readonly string[];
}

const leaf: Atom = { is: "leaf", schema: undefined, keys: [] };

/** The atom of an object of a type. */
export function atomOf(type: string | undefined): Atom {
  return type === undefined ? leaf : { is: "object", schema: schemaOf(type), keys: [] };
}

/** The atom of a field or map entry. */
export function atomAt(atom: Atom, key: string): Atom {
  const schema = schemaAt(atom.schema, key);
  const type = atom.schema?.kind === "object" ? (atom.schema.type ?? "") : "";
  switch (schema?.kind) {
    case "object":
      return isAtomic(type, key, schema.type) ? leaf : { is: "object", schema, keys: [] };
    case "map":
      return isAtomic(type, key, undefined) ? leaf : { is: "map", schema, keys: [] };
    case "list": {
      const keys = listRuleAt(atom.schema, key)?.keys;
      return keys === undefined ? leaf : { is: "list", schema, keys };
    }
    default:
      return leaf;
  }
}

/** The atom of the entries of a list. */
export function atomOfEntry(list: Atom): Atom {
  const schema = entrySchema(list.schema);
  if (schema?.kind !== "object") return leaf;
  return isAtomic("", "", schema.type) ? leaf : { is: "object", schema, keys: [] };
}

/** Values that keys have where an entry is silent: numbers are 0, texts empty. */
const keyDefaults: Fields = { protocol: "TCP", containerPort: 0, port: 0 };

/** How an entry of a list is told from the others: `k:{"name":"main"}`, `v:"text"`; undefined for one without keys. */
export function entryStep(list: Atom, entry: Json): string | undefined {
  if (list.keys.length === 0) return typeof entry === "object" ? undefined : `v:${JSON.stringify(entry)}`;
  if (!isObject(entry)) return undefined;
  const found = [...list.keys].sort().map((key) => {
    return [key, Object.hasOwn(entry, key) ? (entry[key] ?? null) : (keyDefaults[key] ?? "")] as const;
  });
  return `k:${JSON.stringify(Object.fromEntries(found))}`;
}
