/** What the server fills in where a text says nothing. */
import { isObject } from "../../../simulator/api/json.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import { valueAt } from "../parse.ts";
import type { Subject } from "../subject.ts";

export interface Filled {
  /** Of the map that is written. */
  readonly at: Path;
  /** `field: value`, as far as values are short. */
  readonly fields: readonly string[];
}

const notTold: ReadonlySet<string> = new Set(["status", "metadata"]);

/** For each map that is written: the fields with short values that it has by default, counted from the object. */
export function filledIn({ object, value }: Subject): readonly Filled[] {
  const found: Filled[] = [];
  const visit = (whole: unknown, written: unknown, at: Path): void => {
    if (Array.isArray(whole) && Array.isArray(written)) {
      for (const [index, item] of whole.entries()) visit(item, written[index], [...at, index]);
      return;
    }
    if (!isObject(whole) || !isObject(written)) return;
    const fields = Object.entries(whole).flatMap(([key, one]) =>
      Object.hasOwn(written, key) || notTold.has(key) || typeof one === "object" ? [] : [`${key}: ${String(one)}`],
    );
    if (fields.length > 0 && at.length > 0) found.push({ at, fields });
    for (const [key, one] of Object.entries(whole)) {
      if (!notTold.has(key)) visit(one, valueAt(written, [key]), [...at, key]);
    }
  };
  if (object !== null) visit(object, value, []);
  return found;
}
