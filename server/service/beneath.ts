/** What is said of an object beside what cannot be read of it, so that findings do not come in layers. */
import { isObject } from "../../simulator/api/json.ts";
import type { Path, Problem } from "../../simulator/api/problem.ts";
import type { Judgement } from "./judge.ts";
import { valueAt } from "./parse.ts";

export interface Beneath extends Judgement {
  /** Whether nothing is wrong but fields that are written wrongly: then the object is judged as if they were put right. */
  readonly sound: boolean;
}

interface Repair {
  readonly from: Path;
  /** Where it was meant to be; null: it is left out. */
  readonly to: Path | null;
}

/** What is wrong shows at once as a rule; a decoder that stops at the first type is asked again. */
const mostRounds = 5;
/** A text with more mistakes than these is no slip of a hand. */
const mostRepairs = 30;
const unreadable: ReadonlySet<Problem["reason"]> = new Set(["UnknownField", "Malformed"]);

/** Judges the object and, where a part of it cannot be read, all else. `meant` says where an unknown field was meant to be. */
export function judgeBeneath(
  value: unknown,
  judge: (value: unknown) => Judgement,
  meant: (value: unknown, problem: Problem) => Path | null,
): Beneath {
  const first = judge(value);
  const isError = ({ severity }: Problem) => severity === "error";
  const errors = first.problems.filter(isError);
  if (errors.length === 0) return { ...first, sound: first.object !== null };
  const nothing = { ...first, sound: false };
  const shape: Problem[] = [];
  const repairs: Repair[] = [];
  let known = value;
  let judgement = first;
  for (let round = 0; round < mostRounds; round++) {
    const found = judgement.problems.filter((one) => isError(one) && unreadable.has(one.reason));
    if (found.length === 0) break;
    if (found.length > mostRepairs) return nothing;
    for (const one of found) {
      if (one.at.length < 2 && one.reason === "Malformed") return nothing;
      shape.push({ ...one, at: writtenAt(repairs, one.at) });
      const to = one.reason === "UnknownField" ? meant(known, one) : null;
      const repaired = repair(known, one.at, to);
      if (repaired === null) return nothing;
      known = repaired;
      repairs.push({ from: one.at, to });
    }
    judgement = judge(known);
  }
  if (shape.length === 0 || judgement.problems.some((one) => isError(one) && unreadable.has(one.reason)))
    return nothing;
  const left = shape.filter(({ reason }) => reason === "Malformed").map(({ at }) => at);
  const rest = judgement.problems
    .filter((one) => isSure(one, known, left))
    .map((one) => ({ ...one, at: writtenAt(repairs, one.at) }));
  const sound = judgement.object !== null && !judgement.problems.some(isError);
  return {
    object: sound ? judgement.object : null,
    problems: [...shape, ...rest],
    dropped: judgement.dropped,
    sound: sound && shape.every(({ reason }) => reason === "UnknownField"),
  };
}

/** Where in the text is what a repaired object holds at `at`. */
function writtenAt(repairs: readonly Repair[], at: Path): Path {
  return repairs.reduceRight<Path>(
    (place, { from, to }) => (to !== null && isWithin(place, to) ? [...from, ...place.slice(to.length)] : place),
    at,
  );
}

/** The value with what stands at a place moved, or taken away; null where that cannot be done. */
function repair(value: unknown, from: Path, to: Path | null): unknown {
  const moved = valueAt(value, from);
  const without = changed(value, from, undefined);
  if (without === null) return null;
  return to === null || moved === undefined ? without : changed(without, to, moved);
}

/** A copy with another value at a place; undefined takes a field away. Null where no field can be there. */
function changed(value: unknown, [step, ...rest]: Path, to: unknown): unknown {
  if (step === undefined) return to;
  if (Array.isArray(value)) {
    if (rest.length === 0) return null;
    const item: unknown = changed(value[Number(step)], rest, to);
    return item === null ? null : value.map((one, index) => (index === step ? item : one));
  }
  if (!isObject(value as never)) return null;
  const fields = value as Record<string, unknown>;
  if (rest.length === 0 && to === undefined) {
    const { [step]: _, ...others } = fields;
    return others;
  }
  const item = changed(fields[step], rest, to);
  return item === null ? null : { ...fields, [step]: item };
}

/** Whether a problem would be there whatever is to be made of what was left out. */
function isSure({ code, reason, at }: Problem, value: unknown, left: readonly Path[]): boolean {
  if (left.length === 0) return true;
  if (code === "selector-mismatch") return !left.some((one) => one.includes("selector") || one.includes("labels"));
  if (left.some((one) => isWithin(at, one) || isWithin(one, at))) return false;
  switch (reason) {
    case "FieldValueInvalid":
    case "FieldValueNotSupported":
    case "FieldValueTooLong":
    case "Warning": {
      const there = valueAt(value, at);
      return there !== undefined && there !== null && typeof there !== "object";
    }
    case "FieldValueNotFound":
      return !left.some((one) => one.includes("volumes"));
    case "FieldValueDuplicate": {
      // Only what says the same in another entry matters.
      const list = at.slice(
        0,
        at.findLastIndex((step) => typeof step === "number"),
      );
      const field = at[list.length + 1];
      return !left.some(
        (one) => isWithin(one, list) && (one.length < list.length + 2 || one[list.length + 1] === field),
      );
    }
    case "FieldValueRequired":
      return !left.some((one) => isWithin(one, at.slice(0, -1)));
    default:
      return false;
  }
}

function isWithin(at: Path, outer: Path): boolean {
  return outer.length <= at.length && outer.every((step, index) => at[index] === step);
}
