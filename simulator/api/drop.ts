/**
 * What the server takes out of an object because a version knows a field but has its feature gate off.
 * Models dropDisabledFields of pkg/api/pod/util.go and of the registry's strategies.
 */

import type { DroppedField } from "./decode.ts";
import { type Draft, draftAt, draftsAt } from "./defaults-pod.ts";
import type { Path } from "./problem.ts";
import { since, type Target } from "./target.ts";

/**
 * Takes the dropped fields out of an object that has its defaults, and gives where they stood; `template` is where its pod
 * template stands.
 */
export function dropFields(
  object: Draft,
  dropped: readonly DroppedField[],
  template: readonly string[] | undefined,
  target: Target,
): readonly Path[] {
  const gone: Path[] = dropped.map(({ path, field }) => [...path, field]);
  for (const { owner, field, path } of dropped) {
    delete owner[field];
    // A lifecycle goes with the last thing that it says.
    if (field === "stopSignal" && Object.keys(owner).length === 0) deleteAt(object, path);
  }
  if (template === undefined || since(target, "1.35")) return gone;
  const path = [...template, "spec"];
  const spec = path.reduce<Draft | undefined>((at, key) => draftAt(at, key), object);
  if (spec) dropOfOldPods(spec, path, gone);
  return gone;
}

function deleteAt(object: Draft, path: readonly (string | number)[]): void {
  const key = path.at(-1);
  let at: unknown = object;
  for (const step of path.slice(0, -1)) at = (at as { readonly [key: string | number]: unknown } | undefined)?.[step];
  if (typeof at === "object" && at !== null && key !== undefined) delete (at as Draft)[key];
}

const containerLists = ["initContainers", "containers", "ephemeralContainers"];

/** What 1.34 drops by more than a name: volumes of images with their mounts, restart policies but those of sidecars. */
function dropOfOldPods(spec: Draft, path: Path, gone: Path[]): void {
  const volumes = draftsAt(spec, "volumes");
  const images = new Set<unknown>();
  for (const [index, volume] of volumes.entries()) {
    if (draftAt(volume, "image") === undefined) continue;
    images.add(volume["name"]);
    gone.push([...path, "volumes", index, "image"]);
  }
  if (images.size > 0) keep(spec, "volumes", (volume) => draftAt(volume, "image") === undefined);
  for (const list of containerLists) {
    for (const [index, container] of draftsAt(spec, list).entries()) {
      if (images.size > 0) keep(container, "volumeMounts", (mount) => !images.has(mount["name"]));
      const isSidecar = list === "initContainers" && container["restartPolicy"] === "Always";
      if (isSidecar || container["restartPolicy"] === undefined) continue;
      delete container["restartPolicy"];
      gone.push([...path, list, index, "restartPolicy"]);
    }
  }
}

/** Keeps the entries of a list that pass; a list of none goes. */
function keep(owner: Draft, key: string, passes: (entry: Draft) => boolean): void {
  const kept = draftsAt(owner, key).filter(passes);
  if (kept.length > 0) owner[key] = kept;
  else delete owner[key];
}
