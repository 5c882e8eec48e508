/** Whether a path of an object leads to a value. Models JSONPathWait of kubectl/pkg/cmd/wait/json.go. */
import { isObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { valueText } from "../describe/writer.ts";

type Holds = (object: Json) => boolean | string;

/** The values that a plain path leads to: `{.status.conditions[0].type}`, `.items[*].name`. */
export function valuesAt(object: Json, path: string): readonly Json[] {
  let values: readonly Json[] = [object];
  for (const [, key, index, quoted] of path.matchAll(/\.([^.[\]]+)|\[(-?\d+|\*)\]|\['([^']*)'\]/g)) {
    values = values.flatMap((value) => below(value, index ?? key ?? quoted ?? "", index !== undefined));
  }
  return values;
}

function below(value: Json, step: string, isIndex: boolean): readonly Json[] {
  if (step === "*") return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  if (isIndex) {
    const found = Array.isArray(value) ? (value as readonly Json[]).at(Number(step)) : undefined;
    return found === undefined ? [] : [found];
  }
  const found = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return found === undefined ? [] : [found];
}

/** A test whether the path leads to the value (any value, when none is wanted), or what is wrong with the path. */
export function pathWait(given: string, wanted: string | undefined): Holds | { readonly error: string } {
  if (given === "") return { error: "jsonpath expression cannot be empty" };
  const plain = /^\{?(.*?)\}?$/s.exec(given)?.[1] ?? "";
  const path = plain.startsWith(".") || plain.startsWith("[") ? plain : `.${plain}`;
  return (object) => {
    const found = valuesAt(object, path.replaceAll("\\.", "\u0000")).map((one) => one);
    if (found.length === 0) return false;
    if (found.length > 1) return "given jsonpath expression matches more than one value";
    if (wanted === undefined) return true;
    const [value] = found;
    if (typeof value === "object" && value !== null) {
      return "jsonpath leads to a nested object or list which is not supported";
    }
    return valueText(value, "<nil>").trim() === wanted.trim();
  };
}
