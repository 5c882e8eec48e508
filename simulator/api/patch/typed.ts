/**
 * Objects seen by their merge rules: which fields they set, what differs, and one laid over the other.
 * Models structured-merge-diff/typed (tofieldset, compare, merge, remove).
 */
import { sameJson } from "../equality.ts";
import { isObject } from "../json.ts";
import type { Json } from "../objects.ts";
import { type FieldSet, type GrowingSet, growingSet, insert, setAt } from "./field-set.ts";
import { type Atom, atomAt, atomOfEntry, entryStep } from "./schema.ts";
import { type Draft, type Fields, put } from "./values.ts";

/** What changed from one object to another. */
export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

const isNothing = (value: Json | undefined): value is null | undefined => value === undefined || value === null;
const fieldStep = (key: string) => `f:${key}`;

function sizeOf(value: Json | undefined): number {
  if (isNothing(value) || typeof value !== "object") return 0;
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

/** Whether a value is taken as one: a scalar, an atomic one, or empty on both sides. */
function isLeaf(atom: Atom, left: Json | undefined, right: Json | undefined): boolean {
  if (atom.is === "leaf") return true;
  const fits = (value: Json | undefined) =>
    isNothing(value) || (atom.is === "list" ? Array.isArray(value) : isObject(value));
  return !fits(left) || !fits(right) || (sizeOf(left) === 0 && sizeOf(right) === 0);
}

/** The fields that an object sets. */
export function fieldSetOf(value: Json, atom: Atom): FieldSet {
  const set = growingSet();
  collect(value, atom, [], set);
  return set;
}

function collect(value: Json, atom: Atom, path: readonly string[], set: GrowingSet): void {
  if (atom.is === "leaf" || isNothing(value) || typeof value !== "object") {
    if (atom.is === "leaf") insert(set, path);
    return;
  }
  if (atom.is === "list") {
    if (!Array.isArray(value)) return;
    const steps = value.map((entry) => entryStep(atom, entry));
    for (const [index, step] of steps.entries()) {
      if (step === undefined) continue;
      const at = [...path, step];
      insert(set, at);
      // Of repeated entries nobody owns more than that they are there.
      if (steps.indexOf(step) === steps.lastIndexOf(step)) collect(value[index]!, atomOfEntry(atom), at, set);
    }
    return;
  }
  if (!isObject(value)) return;
  for (const [key, one] of Object.entries(value)) {
    const at = [...path, fieldStep(key)];
    collect(one, atomAt(atom, key), at, set);
    if (one === null || (isObject(one) && Object.keys(one).length === 0) || atom.is === "map") insert(set, at);
  }
}

/** What differs from `left` to `right`. */
export function compare(left: Json, right: Json, atom: Atom): Comparison {
  const found = { added: growingSet(), modified: growingSet(), removed: growingSet() };
  walk(left, right, atom, [], found);
  return found;
}

interface Found {
  readonly added: GrowingSet;
  readonly modified: GrowingSet;
  readonly removed: GrowingSet;
}

function walk(
  left: Json | undefined,
  right: Json | undefined,
  atom: Atom,
  path: readonly string[],
  found: Found,
): void {
  if (left === undefined) insert(found.added, path);
  else if (right === undefined) insert(found.removed, path);
  if (isLeaf(atom, left, right)) {
    if (left !== undefined && right !== undefined && !sameJson(left, right)) insert(found.modified, path);
    return;
  }
  if (atom.is === "list") walkList(asList(left), asList(right), atom, path, found);
  else {
    const [a, b] = [asFields(left), asFields(right)];
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      walk(at(a, key), at(b, key), atomAt(atom, key), [...path, fieldStep(key)], found);
    }
  }
}

function at(fields: Fields, key: string): Json | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function asFields(value: Json | undefined): Fields {
  return isObject(value) ? value : {};
}

function walkList(
  left: readonly Json[],
  right: readonly Json[],
  atom: Atom,
  path: readonly string[],
  found: Found,
): void {
  const [a, b] = [byStep(left, atom), byStep(right, atom)];
  for (const step of new Set([...a.keys(), ...b.keys()])) {
    const [before, after] = [a.get(step) ?? [], b.get(step) ?? []];
    const here = [...path, step];
    const inner = atomOfEntry(atom);
    if (before.length <= 1 && after.length <= 1) walk(before[0], after[0], inner, here, found);
    else if (before.length >= 2 && after.length >= 2) {
      if (!sameJson(before, after)) insert(found.modified, here);
    } else if (before.length >= 2) {
      if (after[0] !== undefined) walk(undefined, after[0], inner, here, found);
      insert(found.removed, here);
    } else {
      if (before[0] !== undefined) walk(before[0], undefined, inner, here, found);
      insert(found.added, here);
    }
  }
}

function byStep(list: readonly Json[], atom: Atom): Map<string, Json[]> {
  const found = new Map<string, Json[]>();
  for (const entry of list) {
    const step = entryStep(atom, entry);
    if (step === undefined) continue;
    const known = found.get(step);
    if (known) known.push(entry);
    else found.set(step, [entry]);
  }
  return found;
}

/** `right` laid over `left`; undefined when nothing is left. */
export function merged(left: Json | undefined, right: Json | undefined, atom: Atom): Json | undefined {
  if (isLeaf(atom, left, right)) return right !== undefined ? right : left;
  if (atom.is === "list") {
    const out = mergedList(asList(left), asList(right), atom);
    return out.length > 0 ? out : undefined;
  }
  const [a, b] = [asFields(left), asFields(right)];
  const out: Draft = {};
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const value = merged(at(a, key), at(b, key), atomAt(atom, key));
    if (value !== undefined) put(out, key, value);
  }
  return Object.keys(out).length > 0 ? out : undefined;
}

/** Entries of both lists; those of the right one keep their order, and those that only the left one has their places. */
function mergedList(left: readonly Json[], right: readonly Json[], atom: Atom): Json[] {
  const steps = (list: readonly Json[]) => list.map((entry) => entryStep(atom, entry) ?? "");
  const [lefts, rights] = [steps(left), steps(right)];
  const inner = atomOfEntry(atom);
  // Repeated entries of the left side are not merged with anything.
  const leftOf = (step: string) =>
    lefts.indexOf(step) === lefts.lastIndexOf(step) ? left[lefts.indexOf(step)] : undefined;
  const rightOf = (step: string) => right[rights.indexOf(step)];
  const shared = rights.filter((step) => lefts.includes(step));
  let next = shared.shift();
  const done = new Set<string>();
  const out: Json[] = [];
  const take = (value: Json | undefined) => value !== undefined && out.push(value);
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    const [step, other] = [lefts[l], rights[r]];
    if (step !== undefined && other !== undefined) {
      if (step === other) {
        done.add(step);
        take(merged(leftOf(step), rightOf(step), inner));
        l++;
        r++;
        next = shared.shift();
        continue;
      }
      if (rights.includes(step) && next !== undefined && next !== step) {
        l++;
        continue;
      }
    }
    if (step !== undefined) {
      if (!rights.includes(step)) {
        take(merged(left[l], undefined, inner));
        l++;
        continue;
      }
      if (done.has(step)) l++;
    }
    if (other !== undefined) {
      done.add(other);
      take(merged(leftOf(other), rightOf(other), inner));
      r++;
      if (next === other) next = shared.shift();
    }
  }
  return out;
}

/** The value without the fields of the set; a map or list of which nothing is left stays, empty. */
export function withoutFields(value: Json, set: FieldSet, atom: Atom): Json {
  if (atom.is === "leaf" || isNothing(value) || typeof value !== "object") return value;
  if (atom.is === "list") {
    if (!Array.isArray(value)) return value;
    const kept = value.flatMap((entry) => {
      const inner = setAt(set, entryStep(atom, entry) ?? "");
      if (inner.member) return [];
      return [inner.below.size > 0 ? withoutFields(entry, inner, atomOfEntry(atom)) : entry];
    });
    return kept;
  }
  if (!isObject(value)) return value;
  const out: Draft = {};
  for (const [key, one] of Object.entries(value)) {
    const inner = setAt(set, fieldStep(key));
    if (inner.member) continue;
    put(out, key, inner.below.size > 0 ? withoutFields(one, inner, atomAt(atom, key)) : one);
  }
  return out;
}

/** The set with the named fields of objects that have members below them as members too. */
export function withNamedFields(set: FieldSet, atom: Atom): FieldSet {
  const below = new Map<string, FieldSet>();
  for (const [step, inner] of set.below) {
    const isField = step.startsWith("f:");
    const next = isField ? atomAt(atom, step.slice(2)) : atomOfEntry(atom);
    const deeper = withNamedFields(inner, next);
    const isNamed = isField && atom.is === "object" && inner.below.size > 0;
    below.set(step, isNamed ? { ...deeper, member: true } : deeper);
  }
  return { member: set.member, below };
}
