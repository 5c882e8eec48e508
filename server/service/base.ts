/** What becomes of the objects of a committed version when the text is brought to it. */

import { sameJson } from "../../simulator/api/equality.ts";
import { kinds } from "../../simulator/api/kinds.ts";
import type { Problem } from "../../simulator/api/problem.ts";
import type { Mode } from "../../simulator/kubectl/change/outcome.ts";
import { changeProblems } from "./change.ts";
import { checkSlice } from "./check.ts";
import { type Finding, finding } from "./finding.ts";
import type { Manifest, Slice } from "./manifest.ts";
import type { Subject } from "./subject.ts";

/** How the text is brought to the cluster. */
export type Way = Extract<Mode, "apply" | "replace" | "server-side">;

/** The readable objects of the version that is compared with, by kind, namespace and name. */
export interface Base {
  readonly objects: ReadonlyMap<string, Subject>;
  readonly way: Way;
}

const bases = new WeakMap<Manifest["slices"], Map<Way, Base>>();

/** What a manifest applies, to be compared with; what has no name cannot be found again. Read once for all who compare. */
export function readBase({ slices }: Pick<Manifest, "slices">, way: Way = "apply"): Base {
  const read = bases.get(slices) ?? new Map<Way, Base>();
  bases.set(slices, read);
  const known = read.get(way);
  if (known) return known;
  const objects = new Map<string, Subject>();
  for (const slice of slices) {
    for (const subject of checkSlice(slice).subjects) {
      if (subject.object !== null && subject.name !== "") objects.set(keyOf(subject), subject);
    }
  }
  const base = { objects, way };
  read.set(way, base);
  return base;
}

/** How an object is found again: its kind, namespace and name. */
export function keyOf({ apiVersion, kind, namespace, name }: Subject): string {
  const isNamespaced = kinds.serving(apiVersion, kind)?.namespaced ?? true;
  return `${kind}/${isNamespaced ? namespace || "default" : ""}/${name}`;
}

/** The object of the version that is compared with which has the same kind, namespace and name. */
export function counterpartOf(subject: Subject, { objects }: Base): Subject | undefined {
  return objects.get(keyOf(subject));
}

/** How many of the objects have a counterpart in the version that is compared with. */
export function counterparts(manifest: Manifest, base: Base): number {
  const subjects = manifest.slices.flatMap((slice) => checkSlice(slice).subjects);
  return subjects.filter((subject) => base.objects.has(keyOf(subject))).length;
}

export interface Comparison {
  /** What the server says of the changes, and what they do without a word. */
  readonly findings: readonly Finding[];
  /** The subjects that replace something: what would be said of them if they were new does not count. */
  readonly replacing: ReadonlySet<number>;
}

interface Answer extends Comparison {
  readonly base: Base;
  readonly old: readonly (Subject | undefined)[];
}

const memory = new WeakMap<Slice, Answer>();

/** The changes in a slice; asked again only when the slice or its counterparts differ. */
export function changesIn(slice: Slice, base: Base): Comparison {
  const known = memory.get(slice);
  if (known?.base === base) return known;
  const { subjects, parsed } = checkSlice(slice);
  const old = subjects.map((subject) => (subject.object === null ? undefined : base.objects.get(keyOf(subject))));
  if (known?.base.way === base.way && known.old.every((one, at) => one === old[at])) {
    const answer = { ...known, base };
    memory.set(slice, answer);
    return answer;
  }
  const replacing = new Set<number>();
  const findings = subjects.flatMap((subject, index) => {
    const before = old[index];
    const problems = before && problemsOf(before, subject, base.way);
    if (problems === undefined) return [];
    replacing.add(index);
    return problems.map((one) => finding(slice, parsed, one, index, subject.root));
  });
  const answer = { base, old, findings, replacing };
  memory.set(slice, answer);
  return answer;
}

/** Undefined where nothing changes, or where a change cannot be judged: then the text is judged by itself. */
function problemsOf(old: Subject, next: Subject, way: Way): readonly Problem[] | undefined {
  // Replacing a text by itself may still be refused: it takes away what the server chose.
  if (way !== "replace" && sameJson(old.value, next.value)) return undefined;
  try {
    return changeProblems(old, next, way);
  } catch {
    // One object that cannot be judged must not take the others with it.
    return undefined;
  }
}

/** Whether the server would say it of a new object only, and there is one already. */
export function isOfNewOnly({ problem, subject }: Finding, { replacing }: Comparison): boolean {
  if (!replacing.has(subject)) return false;
  return problem.reason.startsWith("FieldValue") || problem.reason === "Refused" || problem.reason === "Warning";
}
