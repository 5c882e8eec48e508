/** What a container will do once it is started: when it gets ready, when and how it ends by itself or is killed. */
import type { Container } from "../../api/objects.ts";
import type { ContainerStatus } from "../../cluster/objects.ts";
import type { Duration, Timings } from "../../scenario/scenario.ts";
import type { FaultKind } from "./faults.ts";
import { probeOutcome } from "./probes.ts";

export interface Ending {
  /** Milliseconds after the start. */
  readonly after: number;
  readonly code: number;
  /** The probe whose failures had it killed. */
  readonly probe?: "startup" | "liveness";
}

export interface Plan {
  /** Milliseconds after the start; null: not in this life. */
  readonly ready: number | null;
  readonly end: Ending | null;
}

/** `finite`: the container does its work and ends, as those of a Job do; any other runs until it is stopped. */
export function planContainer(
  container: Container,
  role: ContainerStatus["role"],
  finite: boolean,
  faults: readonly FaultKind[],
  timings: Timings,
  sample: (duration: Duration) => number,
): Plan {
  let warmUp = sample(timings.warmUp);
  let never = false;
  let end: Ending | null = null;
  if (role === "init") end = { after: sample(timings.init), code: 0 };
  else if (finite && role === "regular") end = { after: sample(timings.work), code: 0 };
  for (const fault of faults) {
    if (fault.type === "slowStart") warmUp = Math.round(warmUp * fault.factor);
    else if (fault.type === "neverReady") never = true;
    else if (role === "regular" && fault.type === "crash")
      end = { after: sample(fault.after), code: fault.exitCode ?? 1 };
    else if (role === "regular" && fault.type === "exit") {
      const after = fault.after === undefined ? (end?.after ?? sample(timings.work)) : sample(fault.after);
      end = { after, code: fault.code };
    }
  }
  if (role === "init") return { ready: null, end };
  const { ready, killed } = probeOutcome(container, { answersFrom: warmUp, readyFrom: never ? null : warmUp });
  if (killed && (!end || killed.at <= end.after)) end = { after: killed.at, code: 137, probe: killed.probe };
  return { ready: ready !== null && (!end || ready < end.after) ? ready : null, end };
}
