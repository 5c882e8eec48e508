/** What the API server would refuse of the change from a committed version, found at the field that changed. */

import { sameJson, semanticEqual } from "../../simulator/api/equality.ts";
import type { Path, Problem } from "../../simulator/api/problem.ts";
import { admitUpdate, layUnder } from "../../simulator/api/update.ts";
import { checkSlice } from "./check.ts";
import { type Finding, finding } from "./finding.ts";
import type { Manifest, Slice } from "./manifest.ts";
import type { Subject } from "./subject.ts";

/** The accepted objects of the version that is compared with, by kind, namespace and name. */
export type Base = ReadonlyMap<string, Subject>;

const bases = new WeakMap<Manifest["slices"], Base>();

/** What a manifest applies, to be compared with; what has no name cannot be found again. Read once for all who compare. */
export function readBase({ slices }: Pick<Manifest, "slices">): Base {
  const known = bases.get(slices);
  if (known) return known;
  const base = new Map<string, Subject>();
  bases.set(slices, base);
  for (const slice of slices) {
    for (const subject of checkSlice(slice).subjects) {
      if (subject.accepted && subject.name !== "") base.set(keyOf(subject), subject);
    }
  }
  return base;
}

function keyOf({ kind, namespace, name }: Subject): string {
  return `${kind}/${namespace || "default"}/${name}`;
}

/** How many of the objects have a counterpart in the version that is compared with. */
export function counterparts(manifest: Manifest, base: Base): number {
  const subjects = manifest.slices.flatMap((slice) => checkSlice(slice).subjects);
  return subjects.filter((subject) => base.has(keyOf(subject))).length;
}

interface Answer {
  readonly base: Base;
  readonly old: readonly (Subject | undefined)[];
  readonly findings: readonly Finding[];
}

const memory = new WeakMap<Slice, Answer>();

/** The refused changes of a slice; asked again only when the slice or its counterparts differ. */
export function changesIn(slice: Slice, base: Base): readonly Finding[] {
  const known = memory.get(slice);
  if (known?.base === base) return known.findings;
  const { subjects, parsed } = checkSlice(slice);
  const old = subjects.map((subject) => (subject.accepted ? base.get(keyOf(subject)) : undefined));
  if (known?.old.every((one, at) => one === old[at])) {
    memory.set(slice, { ...known, base });
    return known.findings;
  }
  const findings = subjects.flatMap((subject, index) => {
    const before = old[index];
    if (before === undefined || sameJson(before.value, subject.value)) return [];
    return refusedChanges(before, subject).map((one) => finding(slice, parsed, one, index, subject.root));
  });
  memory.set(slice, { base, old, findings });
  return findings;
}

/** The problems that only the change makes. Both objects are accepted by themselves. */
export function refusedChanges(old: Subject, next: Subject): readonly Problem[] {
  const applied = layUnder(leftByDefaults(old) as never, next.value);
  return admitUpdate(old.value, applied, next.target, assumedStatus(old)).problems.flatMap((problem) =>
    blamed(problem, old, applied).map((at) => ({
      ...problem,
      at,
      params: { ...problem.params, change: true, kind: next.kind, name: next.name, field: textOf(at) },
    })),
  );
}

/**
 * Manifests say nothing about status. A claim that has been applied is bound before long, to a volume of the size that it
 * asked for: then it may grow, but not shrink.
 */
function assumedStatus({ kind, object }: Subject): unknown {
  if (kind !== "PersistentVolumeClaim") return undefined;
  const storage = ["spec", "resources", "requests", "storage"].reduce<unknown>(childOf, object);
  return { phase: "Bound", capacity: { storage } };
}

/**
 * What applying a manifest leaves of the stored object: the fields that no manifest ever gave. Fields that the old one
 * gave and the new one does not are taken away. The strategy of a Deployment is always replaced as a whole.
 */
function leftByDefaults({ kind, object, value }: Subject): unknown {
  const left = subtract(object, value) as { readonly spec?: Record<string, unknown> } | undefined;
  if (kind !== "Deployment" || left?.spec === undefined) return left;
  const { strategy: _, ...spec } = left.spec;
  return { ...left, spec };
}

function subtract(stored: unknown, given: unknown): unknown {
  if (given === undefined) return stored;
  if (!isMap(stored) || !isMap(given)) return undefined;
  const left: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(stored)) {
    const rest = subtract(value, given[key]);
    if (rest !== undefined) left[key] = rest;
  }
  return Object.keys(left).length === 0 ? undefined : left;
}

/** Where the change is that a problem is about. A problem with the spec at large is about each field that causes it alone. */
function blamed(problem: Problem, old: Subject, next: unknown): readonly Path[] {
  const from = old.object as unknown;
  const status = assumedStatus(old);
  const to = admitUpdate(old.value, next, old.target, status).object as unknown;
  if (problem.at.length !== 1 || problem.at[0] !== "spec") return [narrow(from, to, problem.at)];
  const [before, after] = [childOf(from, "spec"), childOf(to, "spec")];
  if (!isMap(before) || !isMap(after)) return [problem.at];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => {
    if (semanticEqual(before[key], after[key])) return false;
    const alone = { ...(from as object), spec: { ...before, [key]: after[key] } };
    return admitUpdate(from, alone, old.target, status).problems.some((one) => one.code === problem.code);
  });
  return keys.length === 0 ? [problem.at] : keys.map((key) => narrow(from, to, ["spec", key]));
}

/** From a changed field to the one thing in it that changed, if it is one. */
function narrow(from: unknown, to: unknown, at: Path): Path {
  let path = at;
  let before = at.reduce<unknown>(childOf, from);
  let after = at.reduce<unknown>(childOf, to);
  for (;;) {
    if (typeof before !== "object" || typeof after !== "object" || before === null || after === null) return path;
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = keys.filter((key) => !semanticEqual(childOf(before, key), childOf(after, key)));
    const [key] = changed;
    if (changed.length !== 1 || key === undefined) return path;
    // What is gone can only be marked where it was.
    if (childOf(after, key) === undefined) return path;
    path = [...path, Array.isArray(after) ? Number(key) : key];
    before = childOf(before, key);
    after = childOf(after, key);
  }
}

function childOf(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(at: Path): string {
  return at
    .reduce<string>((text, step) => (typeof step === "number" ? `${text}[${step}]` : `${text}.${step}`), "")
    .slice(1);
}
