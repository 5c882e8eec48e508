/** Where an object carries pod specs. */
import { asObject, type JsonObject, listAt, objectAt } from "../../simulator/api/json.ts";
import type { Json } from "../../simulator/api/objects.ts";
import { podTemplateOf, templatePath } from "../../simulator/api/pod-template.ts";
import type { Path } from "../../simulator/api/problem.ts";

/** The pod spec of an object and where it is; null when it has none. */
export function podSpecOf(kind: string, object: unknown): { readonly spec: JsonObject; readonly path: Path } | null {
  const path = templatePath(kind);
  const spec = objectAt(podTemplateOf(kind, object), "spec");
  return path === null || spec === undefined ? null : { spec, path: [...path, "spec"] };
}

/** All containers with where they are; init containers last. */
export function containersOf(pod: {
  readonly spec: JsonObject;
  readonly path: Path;
}): readonly { readonly container: JsonObject; readonly path: Path }[] {
  return ["containers", "initContainers"].flatMap((list) =>
    listAt(pod.spec, list).map((container: Json, index) => ({
      container: asObject(container),
      path: [...pod.path, list, index],
    })),
  );
}
