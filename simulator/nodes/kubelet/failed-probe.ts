/** Containers that a failed probe or a change has killed. */
import type { ProbeResults } from "./machine.ts";

export interface ContainerToKill {
  readonly id: number;
  readonly name: string;
  /** Of the event. */
  readonly message: string;
  /** Which probe failed: it may have a grace period of its own. */
  readonly probe: "startup" | "liveness" | null;
}

/** The probe that has failed for good in the container. */
export function probeFailure(results: ProbeResults, id: number): ContainerToKill["probe"] {
  if (results.liveness.get(id) === false) return "liveness";
  return results.startup.get(id) === false ? "startup" : null;
}
