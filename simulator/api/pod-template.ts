/** Where objects have their pod template, by the table of kinds. */
import { isObject, type JsonObject, objectAt } from "./json.ts";
import { kinds } from "./kinds.ts";
import type { Path } from "./problem.ts";

/** The path of the pod template (empty for a Pod, which is one); null for kinds without one. */
export function templatePath(kind: string): Path | null {
  return kinds.named(kind)?.template ?? null;
}

/** The pod template of an object, a Pod itself; undefined when it has none. */
export function podTemplateOf(kind: string, object: unknown): JsonObject | undefined {
  const path = templatePath(kind);
  if (path === null || !isObject(object)) return undefined;
  return path.reduce<JsonObject | undefined>((at, step) => objectAt(at, String(step)), object);
}
