/** The phase of a pod from what its containers do. Models getPhase of pkg/kubelet/kubelet_pods.go. */
import type { Container, PodSpec } from "../../api/objects.ts";
import { shouldRestart } from "../../api/pod/restart-policy.ts";
import type { ContainerStatus, Pod } from "../../cluster/objects.ts";
import { restartingAll } from "./words.ts";

/** The code of the end that a status speaks of, the present one or the one before; null: there was none. */
function endOf(status: ContainerStatus): { readonly code: number; readonly reason: string } | null {
  if (status.state === "terminated") return { code: status.exitCode ?? 0, reason: status.reason };
  return status.last ? { code: status.last.exitCode, reason: status.last.reason } : null;
}

function isFinal(container: Container, spec: PodSpec, status: ContainerStatus): boolean {
  const end = endOf(status);
  return end !== null && end.reason !== restartingAll && !shouldRestart(container, spec, end.code);
}

/**
 * `terminal`: the pod was stopped and nothing of it will run again. `initialized`: a regular container is there. The
 * statuses are in the order of the spec, init containers first.
 */
export function podPhase(
  spec: PodSpec,
  statuses: readonly ContainerStatus[],
  terminal: boolean,
  initialized: boolean,
): Pod["phase"] {
  const inits = spec.initContainers ?? [];
  let pendingInits = 0;
  let pendingSidecars = 0;
  let running = 0;
  let waiting = 0;
  for (const [index, container] of inits.entries()) {
    const status = statuses[index]!;
    if (status.role === "sidecar") {
      if (status.state === "running") {
        running++;
        if (status.started === false) pendingSidecars++;
      } else if (status.state === "waiting" && !status.last) {
        pendingSidecars++;
        waiting++;
      }
      continue;
    }
    const end = status.state === "running" ? null : endOf(status);
    if (end === null) pendingInits++;
    else if (end.code !== 0 && isFinal(container, spec, status)) return "Failed";
  }
  let stopped = 0;
  let final = 0;
  let succeeded = 0;
  for (const [index, container] of spec.containers.entries()) {
    const status = statuses[inits.length + index]!;
    if (status.state === "running") running++;
    else if (endOf(status) === null) waiting++;
    else {
      stopped++;
      if (isFinal(container, spec, status)) final++;
      if (status.state === "terminated" && status.exitCode === 0) succeeded++;
    }
  }
  if (pendingInits > 0 || (pendingSidecars > 0 && !initialized) || waiting > 0) return "Pending";
  if (running > 0) return "Running";
  if (stopped === 0) return "Pending";
  if (!terminal && stopped !== final) return "Running";
  return stopped === succeeded ? "Succeeded" : "Failed";
}
