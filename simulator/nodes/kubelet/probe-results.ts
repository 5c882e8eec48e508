/** What probes have found, and what follows from it for the statuses of containers. */
import type { PodSpec } from "../../api/objects.ts";
import type { ContainerStatus } from "../../cluster/objects.ts";
import type { Machine, ProbeType } from "./machine.ts";

export const probeFields = { startup: "startupProbe", liveness: "livenessProbe", readiness: "readinessProbe" } as const;

/**
 * The statuses with what the probes know: whether each container has started and is ready. Models UpdatePodStatus of
 * pkg/kubelet/prober/prober_manager.go.
 */
export function containersWithProbes(
  { memory, pod }: Machine,
  statuses: readonly ContainerStatus[],
): readonly ContainerStatus[] {
  return statuses.map((one) => {
    const isRunning = one.state === "running";
    if (one.role === "init") {
      const isDone = one.state === "terminated" && one.exitCode === 0;
      return { ...one, started: isRunning, ready: isDone || (one.ready && one.state === "waiting") };
    }
    const id = one.id ?? 0;
    const started = isRunning && (memory.results.startup.get(id) ?? !has(pod.spec, one.name, "startup"));
    const ready = started && (memory.results.readiness.get(id) ?? !has(pod.spec, one.name, "readiness"));
    return { ...one, started, ready };
  });
}

function has(spec: PodSpec, name: string, type: ProbeType): boolean {
  const container = [...(spec.initContainers ?? []), ...spec.containers].find((one) => one.name === name);
  return container?.[probeFields[type]] !== undefined;
}
