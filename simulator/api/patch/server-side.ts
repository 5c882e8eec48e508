/**
 * Server-side apply: a text laid over an object by field ownership. Models structured-merge-diff/merge (Apply, prune)
 * and apimachinery/pkg/util/managedfields (lastAppliedManager, skipNonAppliedManager).
 */
import { sameJson } from "../equality.ts";
import { asObject, isObject, stringAt } from "../json.ts";
import type { Json } from "../objects.ts";
import type { Path } from "../problem.ts";
import {
  difference,
  type FieldSet,
  intersection,
  isEmptySet,
  noFields,
  pathsOf,
  pathText,
  union,
  withoutBranch,
} from "./field-set.ts";
import {
  isSameManager,
  type Manager,
  managersAfterWrite,
  managersOf,
  ownable,
  unmanaged,
  type Writer,
  withManagers,
} from "./managers.ts";
import { type Atom, atomAt, atomOf, atomOfEntry, entryStep } from "./schema.ts";
import { compare, fieldSetOf, merged, withNamedFields, withoutFields } from "./typed.ts";
import { typedProblems } from "./typed-check.ts";
import type { Fields } from "./values.ts";

/** A field that another manager owns and that the text would change. */
export interface Conflict {
  readonly manager: Manager;
  /** As the server writes it: `.spec.replicas`. */
  readonly path: string;
  /** Where it stands in the text, as far as it is there. */
  readonly at: Path;
}

export type Applied =
  | { readonly is: "merged"; readonly object: Fields }
  | { readonly is: "conflict"; readonly conflicts: readonly Conflict[] }
  | { readonly is: "untyped"; readonly problems: ReturnType<typeof typedProblems> };

interface ApplyRequest {
  /** The live object with its `metadata.managedFields`; `{}` with apiVersion and kind when there is none. */
  readonly live: Fields;
  readonly text: Fields;
  readonly writer: Writer;
  readonly force: boolean;
  /** The name of the type in the table of fields. */
  readonly type: string | undefined;
  /** Parts of the object that this resource does not write, as `status`. */
  readonly ignored: readonly string[];
}

export const lastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";

/** The object after the text was applied, with its managers; not yet defaulted or judged. */
export function serverSideApply(request: ApplyRequest): Applied {
  const { text, type, writer } = request;
  const problems = typedProblems(text, type);
  if (problems.length > 0) return { is: "untyped", problems };
  const outcome = applyOnce(request);
  if (outcome.is !== "conflict" || writer.manager !== "kubectl") return outcome;
  // What kubectl applied before it did so by the server is its own.
  const own = fromLastApplied(request.live, atomOf(type), writer.apiVersion);
  const conflicts = outcome.conflicts.filter(({ path }) => !own.has(path));
  return conflicts.length > 0 ? { is: "conflict", conflicts } : applyOnce({ ...request, force: true });
}

function applyOnce({ live, text, writer, force, type, ignored }: ApplyRequest): Applied {
  const atom = atomOf(type);
  const before = unmanaged(live);
  const known = startingManagers(live, writer.apiVersion, atom, ignored);
  const { manager, apiVersion, subresource = "" } = writer;
  const fields = ignored.reduce((set, part) => withoutBranch(set, `f:${part}`), fieldSetOf(text, atom));
  const mine: Manager = { manager, operation: "Apply", apiVersion, subresource, fields };
  const last = known.find((one) => isSameManager(one, mine));
  const managers = [...known.filter((one) => one !== last), mine];
  const laidOver = asFields(merged(before, text, atom));
  const next = last ? pruned(laidOver, managers, last.fields, atom) : laidOver;
  const found = compare(before, next, atom);
  const part = (set: FieldSet) => ignored.reduce((rest, one) => withoutBranch(rest, `f:${one}`), set);
  const changed = part(union(found.modified, found.added));
  const gone = part(found.removed);
  const conflicts: Conflict[] = [];
  const kept: Manager[] = [];
  for (const one of managers) {
    if (one === mine) continue;
    const disputed = intersection(one.fields, changed);
    for (const path of pathsOf(disputed)) {
      conflicts.push({ manager: one, path: pathText(path), at: placeIn(text, path, atom) });
    }
    const rest = difference(difference(one.fields, disputed), gone);
    if (!isEmptySet(rest)) kept.push({ ...one, fields: rest });
  }
  if (conflicts.length > 0 && !force) return { is: "conflict", conflicts };
  const owned = ownable(fields, ignored);
  const time = last && sameSet(last.fields, owned) && sameJson(before, next) ? last.time : writer.time;
  const entry = { ...mine, fields: owned, ...(time === undefined ? {} : { time }) };
  const entries = isEmptySet(owned) ? kept : [...kept, entry];
  return { is: "merged", object: withLastApplied(withManagers(next, entries), text, writer) };
}

/** The keys and indexes to which the steps of a set lead in a value. */
function placeIn(value: Json, steps: readonly string[], atom: Atom): Path {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) {
    const index = value.findIndex((entry) => entryStep(atom, entry) === step);
    return index < 0 ? [] : [index, ...placeIn(value[index] ?? null, rest, atomOfEntry(atom))];
  }
  const key = step.slice(2);
  if (!Object.hasOwn(value, key)) return [];
  return [key, ...placeIn((value as Fields)[key] ?? null, rest, atomAt(atom, key))];
}

function sameSet(a: FieldSet, b: FieldSet): boolean {
  return isEmptySet(difference(a, b)) && isEmptySet(difference(b, a));
}

function asFields(value: Json | undefined): Fields {
  return isObject(value) ? value : {};
}

/** Fields that a live object has while nobody is noted as their manager belong to who was there before the first apply. */
function startingManagers(
  live: Fields,
  apiVersion: string,
  atom: Atom,
  ignored: readonly string[],
): readonly Manager[] {
  const managers = managersOf(live);
  if (managers.length > 0 || asObject(live["metadata"])["uid"] === undefined) return managers;
  return managersAfterWrite([], {}, live, { manager: "before-first-apply", apiVersion }, atom, ignored);
}

/** Takes away what this manager applied last and no longer does, unless it belongs to somebody else as well. */
function pruned(object: Fields, managers: readonly Manager[], last: FieldSet, atom: Atom): Fields {
  if (isEmptySet(last)) return object;
  const named = (set: FieldSet) => withNamedFields(set, atom);
  const all = named(fieldSetOf(object, atom));
  const before = named(last);
  const without = withoutFields(object, before, atom);
  const managed = named(managers.reduce((set, one) => union(set, one.fields), noFields));
  const left = union(named(fieldSetOf(without, atom)), managed);
  const withOwned = withoutFields(object, difference(all, left), atom);
  // What goes only because it hung on something that went stays, unless it was applied by this manager.
  const remaining = named(fieldSetOf(withOwned, atom));
  return asFields(withoutFields(object, intersection(difference(all, remaining), before), atom));
}

/** The paths of the fields that the last-applied annotation of an object has and that nobody changed since. */
function fromLastApplied(live: Fields, atom: Atom, apiVersion: string): ReadonlySet<string> {
  const applied = lastApplied(live);
  if (applied === undefined || stringAt(applied, "apiVersion") !== apiVersion) return new Set();
  const found = compare(applied, unmanaged(live), atom);
  const changed = union(union(found.modified, found.added), found.removed);
  return new Set(pathsOf(difference(fieldSetOf(applied, atom), changed)).map(pathText));
}

/** The text in the last-applied annotation of an object, read; undefined where there is none. */
export function lastApplied(object: Fields): Fields | undefined {
  const text = asObject(asObject(object["metadata"])["annotations"])[lastAppliedAnnotation];
  if (typeof text !== "string" || text === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** An object with a last-applied annotation has it kept in step by kubectl's server-side apply. */
function withLastApplied(object: Fields, text: Fields, writer: Writer): Fields {
  const metadata = asObject(object["metadata"]);
  const annotations = asObject(metadata["annotations"]);
  if (writer.manager !== "kubectl" || stringAt(annotations, lastAppliedAnnotation) === "") return object;
  const value = lastAppliedText(text);
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, [lastAppliedAnnotation]: value } } };
}

/** What the last-applied annotation says of a text: the text itself without that annotation, keys in order. */
export function lastAppliedText(text: Fields): string {
  const metadata = asObject(text["metadata"]);
  const { [lastAppliedAnnotation]: _, ...annotations } = asObject(metadata["annotations"]);
  return `${sortedJson({ ...text, metadata: { ...metadata, annotations } })}\n`;
}

function sortedJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${sortedJson(value[key] ?? null)}`).join()}}`;
}
