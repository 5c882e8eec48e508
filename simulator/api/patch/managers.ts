/** Who manages which fields of an object: `metadata.managedFields`. Models apimachinery/pkg/util/managedfields/internal. */
import { asObject, isObject, objectAt, stringAt } from "../json.ts";
import type { Json } from "../objects.ts";
import {
  difference,
  type FieldSet,
  growingSet,
  insert,
  isEmptySet,
  noFields,
  readFieldsV1,
  union,
  withoutBranch,
  writeFieldsV1,
} from "./field-set.ts";
import type { Atom } from "./schema.ts";
import { compare } from "./typed.ts";
import type { Fields } from "./values.ts";

/** One entry: a manager and the fields that it set by applying, or by writing the object. */
export interface Manager {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly subresource: string;
  readonly fields: FieldSet;
  /** When it last changed something, as the API writes times; absent where nobody noted it. */
  readonly time?: string;
}

/** Who writes: the name kubectl gives, and the subresource that is written. */
export interface Writer {
  readonly manager: string;
  readonly apiVersion: string;
  readonly subresource?: string;
  readonly time?: string;
}

/** Whether two entries are of one manager: what applies does so in any version, what writes in one. */
export function isSameManager(a: Manager, b: Manager): boolean {
  return (
    a.manager === b.manager &&
    a.operation === b.operation &&
    a.subresource === b.subresource &&
    (a.operation === "Apply" || a.apiVersion === b.apiVersion)
  );
}

/** The entries of `metadata.managedFields` of an object. */
export function managersOf(object: Fields): readonly Manager[] {
  const entries = asObject(object["metadata"])["managedFields"];
  return Array.isArray(entries) ? managersIn(entries) : [];
}

/** What entries as the API writes them say. */
export function managersIn(entries: readonly Json[]): readonly Manager[] {
  return entries.filter(isObject).map((entry) => ({
    manager: stringAt(entry, "manager"),
    operation: entry["operation"] === "Apply" ? "Apply" : "Update",
    apiVersion: stringAt(entry, "apiVersion"),
    subresource: stringAt(entry, "subresource"),
    fields: readFieldsV1(entry["fieldsV1"]),
    ...(typeof entry["time"] === "string" ? { time: entry["time"] } : {}),
  }));
}

/** The object with these entries in its metadata, without any when nobody manages anything. */
export function withManagers(object: Fields, managers: readonly Manager[]): Fields {
  const { managedFields: _, ...metadata } = asObject(object["metadata"]);
  const entries = entriesOf(managers);
  return { ...object, metadata: entries.length === 0 ? metadata : { ...metadata, managedFields: entries } };
}

/** The entries as the API writes them. */
export function entriesOf(managers: readonly Manager[]): readonly Json[] {
  return managers.map(entryOf);
}

function entryOf({ manager, operation, apiVersion, subresource, fields, time }: Manager): Json {
  const base = { manager, operation, apiVersion, ...(time === undefined ? {} : { time }) };
  const entry = { ...base, fieldsType: "FieldsV1", fieldsV1: writeFieldsV1(fields) };
  return subresource === "" ? entry : { ...entry, subresource };
}

/** Fields of the metadata that nobody owns. */
const unowned = growingSet();
for (const key of ["apiVersion", "kind", "metadata"]) insert(unowned, [`f:${key}`]);
for (const key of "name namespace creationTimestamp selfLink uid clusterName generation managedFields resourceVersion".split(
  " ",
)) {
  insert(unowned, ["f:metadata", `f:${key}`]);
}

/** A set as an entry keeps it: without what nobody owns, and without the parts that the written resource resets. */
export function ownable(fields: FieldSet, ignored: readonly string[]): FieldSet {
  return difference(
    ignored.reduce((set, part) => withoutBranch(set, `f:${part}`), fields),
    unowned,
  );
}

/** The object without the entries, as it is compared. */
export function unmanaged(object: Fields): Fields {
  const metadata = objectAt(object, "metadata");
  if (metadata?.["managedFields"] === undefined) return object;
  const { managedFields: _, ...rest } = metadata;
  return { ...object, metadata: rest };
}

/** The entries with some fields taken from all but one of them. */
export function takenFrom(managers: readonly Manager[], fields: FieldSet, but?: Manager): readonly Manager[] {
  return managers
    .map((one) => (one === but ? one : { ...one, fields: difference(one.fields, fields) }))
    .filter((one) => !isEmptySet(one.fields));
}

/**
 * The entries after a write that is no apply: what it changed is the writer's alone. `ignored`: parts of the object
 * that are not written through this resource, as the status.
 */
export function managersAfterWrite(
  managers: readonly Manager[],
  live: Fields,
  next: Fields,
  writer: Writer,
  atom: Atom,
  ignored: readonly string[],
): readonly Manager[] {
  const found = compare(unmanaged(live), unmanaged(next), atom);
  const changed = ownable(union(found.modified, found.added), ignored);
  const removed = ignored.reduce<FieldSet>((set, part) => withoutBranch(set, `f:${part}`), found.removed);
  const others = takenFrom(managers, union(changed, removed));
  if (isEmptySet(changed)) return others;
  const { manager, apiVersion, subresource = "", time } = writer;
  const mine: Manager = { manager, operation: "Update", apiVersion, subresource, fields: noFields };
  const known = others.find((one) => isSameManager(one, mine));
  const entry = { ...mine, fields: union(changed, known?.fields ?? noFields), ...(time === undefined ? {} : { time }) };
  return [...others.filter((one) => one !== known), entry];
}
