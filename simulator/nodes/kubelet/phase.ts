/** The phase of a pod from what its containers do. Models getPhase of pkg/kubelet/kubelet_pods.go. */
import type { PodSpec } from "../../api/objects.ts";
import type { ContainerStatus, Pod } from "../../cluster/objects.ts";

/** Will this container be started again after ending with `code`? */
export function restarts(spec: PodSpec, status: ContainerStatus, code: number): boolean {
  if (status.role === "sidecar") return true;
  const list = status.role === "init" ? spec.initContainers : spec.containers;
  const own = list?.find((one) => one.name === status.name)?.restartPolicy;
  const policy = own ?? spec.restartPolicy ?? "Always";
  if (policy === "Never") return false;
  // An init container that succeeded is done, whatever the policy.
  if (status.role === "init" || policy === "OnFailure") return code !== 0;
  return true;
}

/** Pending until every container has started once; ended when none runs and none will be started again. */
export function podPhase(spec: PodSpec, containers: readonly ContainerStatus[]): Pod["phase"] {
  let running = false;
  let failed = false;
  for (const one of containers) {
    if (one.role === "sidecar") continue;
    if (one.role === "init") {
      if (one.state === "terminated" && one.exitCode === 0) continue;
      if (one.state === "terminated" && !restarts(spec, one, one.exitCode ?? 1)) return "Failed";
      return "Pending";
    }
    if (one.state === "waiting" && one.finishedAt === null) return "Pending";
    if (one.state !== "terminated" || restarts(spec, one, one.exitCode ?? 0)) running = true;
    else if (one.exitCode !== 0) failed = true;
  }
  if (running) return "Running";
  return failed ? "Failed" : "Succeeded";
}

/** Ready: running, and every regular container and sidecar is ready. */
export function podReady(phase: Pod["phase"], containers: readonly ContainerStatus[]): boolean {
  return phase === "Running" && containers.every((one) => one.role === "init" || one.ready);
}
