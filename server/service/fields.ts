/** The field table, walked along a path of an object. */
import { fieldTable } from "#field-table";
import type { Path } from "../../simulator/api/problem.ts";
import type { Target } from "../../simulator/api/target.ts";

export type FieldType = (typeof fieldTable)["types"][string]["fields"][string];

export interface Field {
  readonly type: FieldType;
  readonly owner: string;
  readonly name: string;
  readonly required: boolean;
}

/** The field of the table that a path leads to; null for unknown ones and below maps. */
export function fieldAt(apiVersion: string, kind: string, path: Path): Field | null {
  const root = fieldTable.kinds[`${apiVersion}/${kind}`];
  let type: FieldType | undefined = root === undefined ? undefined : { kind: "object", type: root };
  let field: Field | null = null;
  for (const step of path) {
    if (type === undefined) return null;
    if (type.kind === "list" || type.kind === "map") {
      type = type.of;
    } else if (type.kind === "object" && type.type !== undefined) {
      const owner: string = type.type;
      const shape = fieldTable.types[owner];
      const found: FieldType | undefined = shape && Object.hasOwn(shape.fields, step) ? shape.fields[step] : undefined;
      if (shape === undefined || found === undefined) return null;
      field = { type: found, owner, name: String(step), required: shape.required.includes(String(step)) };
      type = found;
    } else return null;
  }
  return field;
}

/** The fields that may stand in the object at a path in a version of Kubernetes; none where keys are free. */
export function fieldNamesAt(apiVersion: string, kind: string, path: Path, target: Target): readonly string[] {
  const root = fieldTable.kinds[`${apiVersion}/${kind}`];
  let name = root;
  if (path.length > 0) {
    let type = fieldAt(apiVersion, kind, path)?.type;
    if (typeof path.at(-1) === "number" && type?.kind === "list") type = type.of;
    name = type?.kind === "object" ? type.type : undefined;
  }
  const fields = Object.entries(fieldTable.types[name ?? ""]?.fields ?? {});
  return fields.filter(([, { versions }]) => versions?.includes(target) !== false).map(([field]) => field);
}
