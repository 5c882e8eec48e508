/**
 * Mistakes that an older server let in and that are borne with as long as the old object has them.
 * Models the validation options that the registry takes from old objects (pkg/api/pod/util.go and others).
 */

import { sameJson } from "../equality.ts";
import { isObject } from "../json.ts";
import type { Json } from "../objects.ts";
import type { Path, Problem } from "../problem.ts";

export interface Tolerance {
  /** Which problems: by the server's spelling of the field, and by code where not all are meant. */
  readonly path: RegExp;
  readonly codes?: readonly string[];
  /** `sort`: borne with if the old object has any such mistake. `value`: only where the old object has the same value. */
  readonly scope: "sort" | "value";
}

/** The problems but for those that are borne with; `oldProblems` is asked only when there is something to bear with. */
export function intolerable(
  problems: readonly Problem[],
  tolerances: readonly Tolerance[],
  next: Json,
  old: Json,
  oldProblems: () => readonly Problem[],
): readonly Problem[] {
  const isMeant = (one: Problem, { path, codes }: Tolerance) =>
    path.test(one.path) && (codes?.includes(one.code) ?? true);
  return problems.filter((one) => {
    const tolerance = tolerances.find((each) => isMeant(one, each));
    if (tolerance === undefined) return true;
    if (tolerance.scope === "sort") return !oldProblems().some((other) => isMeant(other, tolerance));
    const [value] = valuesAt(next, one.at);
    return value === undefined || !valuesAt(old, one.at.map(anyIndex)).some((other) => sameJson(other, value));
  });
}

const anyIndex = (step: string | number) => (typeof step === "number" ? "*" : step);

/** The values at a path, where `*` stands for every entry of a list. */
function valuesAt(value: Json | undefined, [step, ...rest]: Path): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (step === undefined) return [value];
  if (Array.isArray(value)) {
    const entries = step === "*" ? value : [value[Number(step)]];
    return entries.flatMap((entry) => valuesAt(entry, rest));
  }
  return isObject(value) ? valuesAt(value[String(step)], rest) : [];
}
