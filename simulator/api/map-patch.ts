/** Merge patches of labels and annotations. */
import type { LabelMap } from "./objects.ts";

/** What is to change of a map; null removes a key. */
export type MapPatch = Readonly<Record<string, string | null>>;

/** The map with a merge patch applied: null removes a key. */
export function mergeMap(map: LabelMap, patch: MapPatch): LabelMap {
  const merged: Record<string, string> = { ...map };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = value;
  }
  return merged;
}
