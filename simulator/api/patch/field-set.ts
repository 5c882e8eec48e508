/**
 * Sets of fields, as managers own them: a tree whose steps are spelled as in `metadata.managedFields` (`f:name`,
 * `k:{"name":"main"}`, `v:"text"`). Models structured-merge-diff/fieldpath.
 */
import { isObject } from "../json.ts";
import type { Json } from "../objects.ts";
import type { Fields } from "./values.ts";

export interface FieldSet {
  /** Whether the field at this step is itself in the set. */
  readonly member: boolean;
  readonly below: ReadonlyMap<string, FieldSet>;
}

export const noFields: FieldSet = { member: false, below: new Map() };

/** A set that is being filled, step by step. */
export interface GrowingSet {
  member: boolean;
  readonly below: Map<string, GrowingSet>;
}

export function growingSet(): GrowingSet {
  return { member: false, below: new Map() };
}

/** Puts a path into the set; the root itself is never a member. */
export function insert(set: GrowingSet, path: readonly string[]): void {
  let at = set;
  for (const step of path) {
    const next = at.below.get(step) ?? growingSet();
    at.below.set(step, next);
    at = next;
  }
  if (path.length > 0) at.member = true;
}

export function isEmptySet(set: FieldSet): boolean {
  return !set.member && [...set.below.values()].every(isEmptySet);
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  return combined(a, b, (left, right) => left || right);
}

/** What is in `a` and not in `b`, each field for itself. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return combined(a, b, (left, right) => left && !right);
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combined(a, b, (left, right) => left && right);
}

function combined(a: FieldSet, b: FieldSet, keep: (left: boolean, right: boolean) => boolean): FieldSet {
  const below = new Map<string, FieldSet>();
  const put = (step: string, left: FieldSet, right: FieldSet) => {
    const inner = combined(left, right, keep);
    // No need to go down: what is below was left out already where it is empty.
    if (inner.member || inner.below.size > 0) below.set(step, inner);
  };
  for (const [step, left] of a.below) put(step, left, b.below.get(step) ?? noFields);
  for (const [step, right] of b.below) if (!a.below.has(step)) put(step, noFields, right);
  return { member: keep(a.member, b.member), below };
}

/** The set without a field of the root and all that is below it. */
export function withoutBranch(set: FieldSet, step: string): FieldSet {
  const below = new Map(set.below);
  below.delete(step);
  return { ...set, below };
}

/** The set at a step; empty where there is none. */
export function setAt(set: FieldSet, step: string): FieldSet {
  return set.below.get(step) ?? noFields;
}

/** All paths of the set, as steps. */
export function pathsOf(set: FieldSet, path: readonly string[] = []): string[][] {
  const own = set.member && path.length > 0 ? [[...path]] : [];
  return [...own, ...[...set.below].flatMap(([step, inner]) => pathsOf(inner, [...path, step]))];
}

/** A path as messages of the server write it: `.spec.containers[name="main"].image`. */
export function pathText(path: readonly string[]): string {
  return path.map(stepText).join("");
}

function stepText(step: string): string {
  const rest = step.slice(2);
  if (step.startsWith("f:")) return `.${rest}`;
  if (step.startsWith("v:")) return `[=${rest}]`;
  if (!step.startsWith("k:")) return `[${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as Fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(",")}]`;
}

/** The set that `fieldsV1` of an entry of `metadata.managedFields` holds. */
export function readFieldsV1(fields: Json | undefined): FieldSet {
  return readSet(fields, false);
}

function readSet(fields: Json | undefined, isLeafMember: boolean): FieldSet {
  if (!isObject(fields)) return noFields;
  const below = new Map<string, FieldSet>();
  for (const [step, inner] of Object.entries(fields)) if (step !== ".") below.set(step, readSet(inner, true));
  return { member: isLeafMember && (below.size === 0 || Object.hasOwn(fields, ".")), below };
}

/** The set as `fieldsV1` writes it, steps in order. */
export function writeFieldsV1(set: FieldSet): Fields {
  const out: Record<string, Json> = {};
  if (set.member && set.below.size > 0) out["."] = {};
  for (const [step, inner] of [...set.below].sort(([a], [b]) => (a < b ? -1 : 1))) out[step] = writeFieldsV1(inner);
  return out;
}
