/** What fields a type has, for whoever tells of them. */
import { fieldTable } from "#field-table";
import type { FieldType } from "./field-table.d.ts";
import type { Target } from "./target.ts";

export interface NamedField {
  readonly name: string;
  readonly type: FieldType;
  readonly isRequired: boolean;
}

const kindTypes: ReadonlySet<string> = new Set(Object.values(fieldTable.kinds));

/** The fields of a type that a version has, by name; none of an unknown type. */
export function fieldsOfType(type: string, target: Target): readonly NamedField[] {
  const { fields = {}, required = [] } = Object.hasOwn(fieldTable.types, type) ? fieldTable.types[type]! : {};
  return Object.keys(fields)
    .sort()
    .filter((name) => fields[name]!.versions?.includes(target) ?? true)
    .map((name) => {
      // What an object is named by is not asked for as its fields are.
      const isName = kindTypes.has(type) && (name === "apiVersion" || name === "kind");
      return { name, type: fields[name]!, isRequired: required.includes(name) && !isName };
    });
}
