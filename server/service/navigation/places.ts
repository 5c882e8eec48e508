/** Places in a value, by patterns: keys with dots between them, `*` for every entry of a list or map. */
import type { Path } from "../../../simulator/api/problem.ts";

export interface Place {
  readonly at: Path;
  readonly value: unknown;
}

/** Everything that stands where the pattern says, in the order of the value; none where it does not fit. */
export function placesIn(value: unknown, pattern: string, root: Path = []): readonly Place[] {
  let found: Place[] = [{ at: root, value }];
  if (pattern === "") return found;
  for (const step of pattern.split(".")) {
    found = found.flatMap((place) => stepInto(place, step));
    if (found.length === 0) break;
  }
  return found;
}

function stepInto({ at, value }: Place, step: string): Place[] {
  if (typeof value !== "object" || value === null) return [];
  if (step === "*") {
    return Array.isArray(value)
      ? value.map((item, index) => ({ at: [...at, index], value: item }))
      : Object.entries(value).map(([key, item]) => ({ at: [...at, key], value: item }));
  }
  if (!Object.hasOwn(value, step)) return [];
  return [{ at: [...at, step], value: (value as Readonly<Record<string, unknown>>)[step] }];
}
