/** Shapes of all kinds in all versions, generated at build time from the published Kubernetes API types (client/build/field-table.ts). */
import type { Target } from "./target.ts";

export interface FieldType {
  readonly kind:
    | "string"
    | "integer"
    | "number"
    | "boolean"
    | "quantity"
    | "intOrString"
    | "time"
    | "any"
    | "object"
    | "map"
    | "list";
  /** For `object`: name of a type in the table. */
  readonly type?: string;
  /** For `map` and `list`: what is inside. */
  readonly of?: FieldType;
  readonly enum?: readonly string[];
  /** For `integer`: 32 or 64. */
  readonly bits?: 32 | 64;
  /** The versions of Kubernetes that know the field; absent: all. */
  readonly versions?: readonly Target[];
  /** The versions that know the field and drop it, with what it contains, because it is behind a gate. */
  readonly dropped?: readonly Target[];
}
export interface ObjectType {
  readonly fields: Readonly<Record<string, FieldType>>;
  readonly required: readonly string[];
}
export interface FieldTable {
  readonly types: Readonly<Record<string, ObjectType>>;
  /** `apps/v1/Deployment` -> name of its type in `types`. */
  readonly kinds: Readonly<Record<string, string>>;
}
export declare const fieldTable: FieldTable;
