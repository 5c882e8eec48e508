/** The resize subresource of a Pod: only the resources of its containers change. Models podResizeStrategy of pkg/registry/core/pod. */
import { type Draft, draftAt, draftsAt, ensure } from "../defaults-pod.ts";
import { asObject, type JsonObject, stringAt } from "../json.ts";
import type { KindRow } from "../kind.ts";
import { podResizeChanges } from "../update-pod-resize.ts";
import { metadataOf } from "../workload-checks.ts";
import { type Answer, refusal } from "./answer.ts";
import { copy, readObject } from "./read.ts";
import type { Surroundings } from "./surroundings.ts";
import { updatedObject } from "./update.ts";

const lists = ["containers", "initContainers"];

/** The Pod after `value` was put to the subresource: everything but resources and their policy stays as it was. */
export function resized(live: JsonObject, value: JsonObject, row: KindRow, surroundings: Surroundings): Answer {
  const { object, problems } = readObject(value, row, surroundings.target);
  if (problems.length > 0) return refusal("BadRequest", problems);
  const next = onlyResources(object, live);
  const found = podResizeChanges(live, next ?? object);
  if (found.length > 0 || next === undefined) return refusal("Invalid", found);
  const free: KindRow = { ...row, changes: () => [] };
  return updatedObject(live, next, free, surroundings);
}

/** The live Pod with the resources of the text; undefined when the containers are not the same. */
function onlyResources(object: Draft, live: JsonObject): JsonObject | undefined {
  const next = copy(live);
  const spec = ensure(next, "spec");
  const given = draftAt(object, "spec");
  for (const list of lists) {
    const [ours, theirs] = [draftsAt(spec, list), draftsAt(given, list)];
    if (ours.length !== theirs.length) return undefined;
    for (const [index, container] of ours.entries()) {
      const other = theirs[index] ?? {};
      if (container["name"] !== other["name"]) return undefined;
      for (const key of ["resources", "resizePolicy"]) {
        if (other[key] === undefined) delete container[key];
        else container[key] = other[key];
      }
    }
  }
  if (given?.["resources"] === undefined) delete spec["resources"];
  else spec["resources"] = given["resources"];
  const version = stringAt(asObject(object["metadata"]), "resourceVersion");
  if (version !== "") next["metadata"] = { ...asObject(metadataOf(live)), resourceVersion: version };
  return next;
}
