/**
 * What the server takes out of an object because a version knows a field but has its feature gate off.
 * Models dropDisabledFields of pkg/api/pod/util.go and of the registry's strategies.
 */

import type { DroppedField } from "./decode.ts";
import { type Draft, draftAt, draftsAt } from "./defaults-pod.ts";
import { since, type Target } from "./target.ts";

/** Takes the dropped fields out of an object that has its defaults; `template` is where its pod template stands. */
export function dropFields(
  object: Draft,
  dropped: readonly DroppedField[],
  template: readonly string[] | undefined,
  target: Target,
): void {
  for (const { owner, field, path } of dropped) {
    delete owner[field];
    // A lifecycle goes with the last thing that it says.
    if (field === "stopSignal" && Object.keys(owner).length === 0) deleteAt(object, path);
  }
  if (template === undefined || since(target, "1.35")) return;
  const spec = [...template, "spec"].reduce<Draft | undefined>((at, key) => draftAt(at, key), object);
  if (spec) dropOfOldPods(spec);
}

function deleteAt(object: Draft, path: readonly (string | number)[]): void {
  const key = path.at(-1);
  let at: unknown = object;
  for (const step of path.slice(0, -1)) at = (at as { readonly [key: string | number]: unknown } | undefined)?.[step];
  if (typeof at === "object" && at !== null && key !== undefined) delete (at as Draft)[key];
}

const containerLists = ["initContainers", "containers", "ephemeralContainers"];

/** What 1.34 drops by more than a name: volumes of images with their mounts, restart policies but those of sidecars. */
function dropOfOldPods(spec: Draft): void {
  const volumes = draftsAt(spec, "volumes");
  const images = new Set(volumes.filter((volume) => draftAt(volume, "image")).map((volume) => volume["name"]));
  if (images.size > 0) keep(spec, "volumes", (volume) => draftAt(volume, "image") === undefined);
  for (const list of containerLists) {
    for (const container of draftsAt(spec, list)) {
      if (images.size > 0) keep(container, "volumeMounts", (mount) => !images.has(mount["name"]));
      if (list !== "initContainers" || container["restartPolicy"] !== "Always") delete container["restartPolicy"];
    }
  }
}

/** Keeps the entries of a list that pass; a list of none goes. */
function keep(owner: Draft, key: string, passes: (entry: Draft) => boolean): void {
  const kept = draftsAt(owner, key).filter(passes);
  if (kept.length > 0) owner[key] = kept;
  else delete owner[key];
}
