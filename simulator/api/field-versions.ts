/** Which versions of Kubernetes know a field. */
import { fieldTable } from "#field-table";
import { type Target, targets } from "./target.ts";

/** The versions that know the field of a type; none when there is no such field in any. */
export function knownIn(type: string, field: string): readonly Target[] {
  const fields = fieldTable.types[type]?.fields;
  if (fields === undefined || !Object.hasOwn(fields, field)) return [];
  return fields[field]?.versions ?? targets;
}
