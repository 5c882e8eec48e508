/** Where an object carries pod specs. */
import { asObject, isObject, type JsonObject, listAt, objectAt } from "../../simulator/api/json.ts";
import type { Json } from "../../simulator/api/objects.ts";
import type { Path } from "../../simulator/api/problem.ts";

const templates: Readonly<Record<string, Path>> = {
  ReplicaSet: ["spec", "template"],
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  Pod: [],
};

/** The path of the pod template (of the pod itself for a Pod); null for kinds without one. */
export function templatePath(kind: string): Path | null {
  return Object.hasOwn(templates, kind) ? (templates[kind] as Path) : null;
}

/** The pod spec of an object and where it is; null when it has none. */
export function podSpecOf(kind: string, object: unknown): { readonly spec: JsonObject; readonly path: Path } | null {
  const template = templatePath(kind);
  if (template === null || !isObject(object)) return null;
  const path = [...template, "spec"];
  let spec: JsonObject | undefined = object;
  for (const step of path) spec = objectAt(spec, String(step));
  return spec === undefined ? null : { spec, path };
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
