/** Whether a path of an object leads to a value. Models JSONPathWait of kubectl/pkg/cmd/wait/json.go. */
import { isObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { pathShape, relaxedPath } from "../print/columns.ts";
import { goText } from "../print/go-strings.ts";
import { evaluate } from "../print/jsonpath/evaluate.ts";
import { parseTemplate } from "../print/jsonpath/parse.ts";

type Holds = (object: Json) => boolean | string;

/** A test whether the path leads to the value (any value, when none is wanted), or what is wrong with the path. */
export function pathWait(given: string, wanted: string | undefined): Holds | { readonly error: string } {
  if (given === "") return { error: "jsonpath expression cannot be empty" };
  const relaxed = relaxedPath(given);
  if (relaxed === undefined) return { error: pathShape };
  const parsed = parseTemplate(relaxed);
  if ("error" in parsed) return parsed;
  return (object) => {
    const found = evaluate(parsed.nodes, object);
    if ("error" in found) return found.error;
    const [values = [], ...more] = found.results;
    const [value] = values;
    if (value === undefined) return false;
    if (more.length > 0) return "given jsonpath expression matches more than one list";
    if (values.length > 1) return "given jsonpath expression matches more than one value";
    if (wanted === undefined) return true;
    if (Array.isArray(value) || isObject(value)) {
      return "jsonpath leads to a nested object or list which is not supported";
    }
    return (value === null ? "<nil>" : goText(value)).trim() === wanted.trim();
  };
}
