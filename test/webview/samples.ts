/** The samples of the workspace as the panel plays them. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openManifest } from "../../server/service/manifest.ts";
import { documentObjects } from "../../server/service/objects.ts";
import type { ManifestObject } from "../../simulator/api/objects.ts";
import { type Mode, type Play, runPlay } from "../../simulator/played.ts";
import type { WorkloadName } from "../../simulator/view.ts";

const folder = new URL("../workspace/", import.meta.url);

/** The text of a sample. */
export const sample = (name: string): string => readFileSync(fileURLToPath(new URL(name, folder)), "utf8");

/** The objects of a text that the server would take. */
export function objectsIn(text: string): readonly ManifestObject[] {
  const found = documentObjects(openManifest("file:///sample.yaml", "yaml", text), []);
  return found.flatMap(({ object }) => (object ? [object as unknown as ManifestObject] : []));
}

/** The workload of a sample. */
export const named = (kind: string, name: string): WorkloadName => ({ kind, namespace: "default", name });

/** A play of a change from one text to another, or of a creation where there is no earlier one. */
export function playOfTexts(
  before: string | null,
  after: string,
  target: WorkloadName,
  more: Partial<Play> = {},
): Play {
  const mode: Mode = before === null ? "create" : "change";
  return {
    mode,
    before: before === null ? [] : objectsIn(before),
    after: objectsIn(after),
    target,
    seed: 1,
    faults: [],
    steps: [],
    ...more,
  };
}

/** The trace of a play, and when in it the change begins. */
export function played(play: Play) {
  const result = runPlay(play);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result;
}
