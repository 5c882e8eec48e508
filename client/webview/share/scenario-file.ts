/** What is played as a scenario's file holds it (`server/scenario/file.ts` reads it). Pure. */
import type { JsonObject } from "../../../simulator/api/json.ts";
import type { Play } from "../../../simulator/played.ts";
import { durationText } from "../../../simulator/scenario/duration-text.ts";

/** The file of a play with one manifest, beside that; `committed`: what is before the change is the manifest at HEAD. */
export function scenarioFile(play: Play, manifest: string, committed: boolean): JsonObject {
  const { mode, before, target, seed, kubernetes, length, nodes, timings, faults, behaviours, elsewhere, steps } = play;
  const lengths = Object.entries(timings ?? {}).map(([name, time]) => [
    name,
    typeof time === "number" ? durationText(time) : time,
  ]);
  const file = {
    manifests: [manifest],
    mode,
    ...(mode === "change" ? { before: committed ? "HEAD" : before } : {}),
    ...(mode === "restart" && target ? { restart: `${target.namespace}/${target.kind}/${target.name}` } : {}),
    seed,
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(length === undefined ? {} : { for: durationText(length) }),
    ...(lengths.length > 0 ? { timings: Object.fromEntries(lengths) } : {}),
    ...(nodes ? { nodes } : {}),
    ...(faults.length > 0 ? { faults } : {}),
    ...(behaviours ? { behaviours } : {}),
    ...(elsewhere ? { elsewhere } : {}),
    ...(steps.length > 0 ? { steps: steps.map(({ at, action }) => ({ at: durationText(at), ...action })) } : {}),
  };
  return JSON.parse(JSON.stringify(file)) as JsonObject;
}
