/** What a resize may change of a Pod: cpu and memory of what runs. Models ValidatePodResize of pkg/apis/core/validation. */
import { semanticEqual } from "./equality.ts";
import { FieldPath, forbidden, invalid } from "./field-path.ts";
import { asObject, type JsonObject, listAt, objectAt, stringAt, without } from "./json.ts";
import type { PodSpec } from "./objects.ts";
import { qosClass } from "./pod/qos.ts";
import type { Problem } from "./problem.ts";
import { specOf } from "./workload-checks.ts";

const specPath = FieldPath.root.child("spec");
const resizable = ["cpu", "memory"];

/** The problems of a resize, beside the rules that every Pod keeps. Containers of both Pods stand in the same order. */
export function podResizeChanges(old: JsonObject, next: JsonObject): Problem[] {
  const [from, to] = [specOf(old), specOf(next)];
  const found: Problem[] = [];
  for (const list of ["containers", "initContainers"]) {
    const [before, after] = [listAt(from, list), listAt(to, list)];
    const isSameList =
      before.length === after.length && before.every((one, at) => nameOf(one) === nameOf(after[at] ?? null));
    if (!isSameList) return [forbidden("containers-changed", specPath.child(list))];
  }
  if (qosClass(from as unknown as PodSpec) !== qosClass(to as unknown as PodSpec)) {
    found.push(invalid("qos-class-changed", specPath, { value: qosClass(to as unknown as PodSpec) }));
  }
  for (const [index, entry] of listAt(from, "initContainers").entries()) {
    const at = specPath.child("initContainers").index(index);
    const [before, after] = [asObject(entry), asObject(listAt(to, "initContainers")[index])];
    if (stringAt(before, "restartPolicy") === "Always") checkResize(before, after, at, found);
    else if (!semanticEqual(before, after)) found.push(forbidden("resize-not-allowed", specPath));
  }
  for (const [index, entry] of listAt(from, "containers").entries()) {
    const at = specPath.child("containers").index(index);
    checkResize(asObject(entry), asObject(listAt(to, "containers")[index]), at, found);
  }
  return found;
}

const nameOf = (container: JsonObject[string] | null) => stringAt(asObject(container ?? undefined), "name");

function checkResize(before: JsonObject, after: JsonObject, path: FieldPath, found: Problem[]): void {
  const [old, next] = [objectAt(before, "resources"), objectAt(after, "resources")];
  for (const key of ["requests", "limits"]) {
    const [had, has] = [objectAt(old, key) ?? {}, objectAt(next, key) ?? {}];
    if (resizable.some((name) => had[name] !== undefined && has[name] === undefined)) {
      found.push(forbidden("resize-removes", path.child("resources").child(key), { field: key }));
    }
  }
  if (!semanticEqual(fixed(before), fixed(after))) found.push(forbidden("resize-not-allowed", specPath));
}

/** What of a container may not change: all but cpu, memory and how they are changed. */
function fixed(container: JsonObject): JsonObject {
  const resources = objectAt(container, "resources") ?? {};
  const rest = (key: string) => without(objectAt(resources, key) ?? {}, resizable);
  return {
    ...without(container, ["resources", "resizePolicy"]),
    resources: { ...resources, requests: rest("requests"), limits: rest("limits") },
  };
}
