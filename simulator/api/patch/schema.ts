/** What patches ask of the table of fields: the type below a field, and how it is merged. */
import { fieldTable } from "#field-table";
import type { FieldType } from "../field-table.d.ts";
import { isAtomic, isReplaced, isRetained, type ListRule, listRule } from "./merge-rules.ts";

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

/** Whether server-side apply takes the map or object in the field `key` of `schema` as one value. */
export function isAtomicAt(schema: Schema, key: string): boolean {
  const below = schemaAt(schema, key);
  if (below === undefined || below.kind === "any") return true;
  const type = schema?.kind === "object" ? (schema.type ?? "") : "";
  return isAtomic(type, key, below.kind === "object" ? below.type : undefined);
}
