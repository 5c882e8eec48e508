/** Where a field that stands one level too high or too low belongs. */
import { isObject } from "../../simulator/api/json.ts";
import type { Path } from "../../simulator/api/problem.ts";
import type { Target } from "../../simulator/api/target.ts";
import { type FieldType, fieldAt, fieldNamesAt } from "./fields.ts";
import { valueAt } from "./parse.ts";

export interface Placed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly value: unknown;
  readonly target: Target;
}

/** Objects that are looked at: more of them than this no person writes around a slip. */
const mostPlaces = 300;
/** Steps beyond which nobody meant to write it there. */
const farthest = 5;

/**
 * The nearest object that knows the unknown field at `at`, lacks it and could hold what is written; null when there is none.
 * Only objects that are written or often forgotten are looked at, and of lists only those with one entry: which one is
 * meant is clear then.
 */
export function levelOf({ apiVersion, kind, value, target }: Placed, at: Path): Path | null {
  const name = String(at.at(-1));
  const given = valueAt(value, at);
  const seen = new Set<string>();
  let row: Path[] = [at.slice(0, -1)];
  for (let distance = 0; distance <= farthest; distance++) {
    const next: Path[] = [];
    for (const place of row) {
      const key = place.join("/");
      if (seen.has(key)) continue;
      if (seen.size >= mostPlaces) return null;
      seen.add(key);
      if (distance > 0 && fits(place)) return place;
      if (place.length > 0) next.push(upFrom(place));
      const there = valueAt(value, place);
      next.push(...below(there, place), ...missing(there, place));
    }
    row = next;
  }
  // Where it is given already, it still belongs there.
  return ancestors(at).find((place) => fieldNamesAt(apiVersion, kind, place, target).includes(name)) ?? null;

  function missing(there: unknown, place: Path): readonly Path[] {
    const known = fieldNamesAt(apiVersion, kind, place, target);
    return often
      .filter((key) => known.includes(key) && valueAt(there, [key]) === undefined)
      .map((key) => [...place, key]);
  }

  function fits(place: Path): boolean {
    const there = valueAt(value, place);
    if (there !== undefined && (!isObject(there as never) || Object.hasOwn(there as object, name))) return false;
    if (!fieldNamesAt(apiVersion, kind, place, target).includes(name)) return false;
    const type = fieldAt(apiVersion, kind, [...place, name])?.type;
    return type !== undefined && holds(type, given);
  }
}

/** Levels that are left out. */
const often = ["template", "spec"];

function ancestors(at: Path): readonly Path[] {
  return at
    .map((_, depth) => at.slice(0, depth))
    .reverse()
    .slice(1);
}

/** From an entry of a list to the object that holds the list. */
function upFrom(place: Path): Path {
  const up = place.slice(0, -1);
  return typeof place.at(-1) === "number" ? up.slice(0, -1) : up;
}

function below(value: unknown, place: Path): readonly Path[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]): Path[] => {
    if (Array.isArray(item)) return item.length === 1 && isObject(item[0]) ? [[...place, key, 0]] : [];
    return isObject(item as never) ? [[...place, key]] : [];
  });
}

function holds({ kind }: FieldType, given: unknown): boolean {
  switch (kind) {
    case "list":
      return Array.isArray(given);
    case "map":
    case "object":
      return isObject(given as never);
    default:
      return typeof given !== "object" && given !== undefined;
  }
}
