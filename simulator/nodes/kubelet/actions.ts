/**
 * What has to be done to the containers of a pod. Models computePodActions of pkg/kubelet/kuberuntime/kuberuntime_manager.go and
 * computeInitContainerActions of kuberuntime_container.go.
 */

import { semanticEqual } from "../../api/equality.ts";
import type { Container, PodSpec } from "../../api/objects.ts";
import { isSidecar, restartsAfterKill, shouldRestart } from "../../api/pod/restart-policy.ts";
import { type ContainerToKill, probeFailure } from "./failed-probe.ts";
import type { ProbeResults } from "./machine.ts";
import { newestOf, type PodRuntime, type RuntimeContainer } from "./runtime.ts";

interface PodActions {
  readonly createSandbox: boolean;
  /** All that runs is to be stopped, the sandbox too. */
  readonly killPod: boolean;
  readonly kill: readonly ContainerToKill[];
  /** Indexes of init containers and of containers, in the order of their start. */
  readonly startInits: readonly number[];
  readonly starts: readonly number[];
}

const nothing: PodActions = { createSandbox: false, killPod: false, kill: [], startInits: [], starts: [] };

/** `runtime` as the last relist found it. The pod is to run: nobody has asked for its deletion. */
export function podActions(spec: PodSpec, runtime: PodRuntime, results: ProbeResults): PodActions {
  if (runtime.sandbox !== "ready") return withNewSandbox(spec, runtime);
  const kill: ContainerToKill[] = [];
  const inits = initActions(spec, runtime, results, kill);
  if (inits.failed) return { ...nothing, killPod: true };
  if (!inits.initialized) return { ...nothing, kill, startInits: inits.starts };
  const starts: number[] = [];
  let kept = 0;
  for (const [index, container] of spec.containers.entries()) {
    const newest = newestOf(runtime, container.name);
    if (newest?.state !== "running") {
      if (!newest || newest.state === "created" || shouldRestart(container, spec, newest.exitCode)) starts.push(index);
      continue;
    }
    const reason = killReason(container, newest, results);
    if (!reason) {
      kept++;
      continue;
    }
    const restarts = reason.always || restartsAfterKill(container, spec);
    if (restarts) starts.push(index);
    kill.push({
      ...reason,
      id: newest.id,
      message: `${reason.message}${restarts && reason.says ? ", will be restarted" : ""}`,
    });
  }
  // Sidecars do not keep a pod alive whose work is done.
  if (kept === 0 && starts.length === 0) return { ...nothing, killPod: true };
  return { ...nothing, kill, startInits: inits.starts, starts };
}

function withNewSandbox(spec: PodSpec, runtime: PodRuntime): PodActions {
  const attempted = runtime.sandbox === "stopped";
  const never = spec.restartPolicy === "Never";
  if (attempted && never && runtime.containers.length > 0) return { ...nothing, killPod: true };
  const starts = [...spec.containers.keys()].filter((index) => {
    const container = spec.containers[index]!;
    const newest = newestOf(runtime, container.name);
    return newest?.state !== "exited" || shouldRestart(container, spec, newest.exitCode);
  });
  if (starts.length === 0) return { ...nothing, killPod: true };
  const first = spec.initContainers?.length ? { startInits: [0] } : { starts };
  return { ...nothing, createSandbox: true, ...first };
}

interface KillReason extends Omit<ContainerToKill, "id"> {
  /** It comes back whatever the policy. */
  readonly always: boolean;
  /** Whether the message says that it comes back. */
  readonly says: boolean;
}

/** Why a running container has to be killed. */
function killReason(container: Container, running: RuntimeContainer, results: ProbeResults): KillReason | null {
  const { name } = container;
  if (container.image !== running.spec.image)
    return { name, message: `Container ${name} definition changed`, probe: null, always: true, says: true };
  const probe = probeFailure(results, running.id);
  if (probe) return { name, message: `Container ${name} failed ${probe} probe`, probe, always: false, says: true };
  if (needsRestart(container, running))
    return { name, message: `Container ${name} resize requires restart`, probe: null, always: true, says: false };
  return null;
}

/** Whether the resources changed and the container says that it wants a restart for that. */
function needsRestart(container: Container, running: RuntimeContainer): boolean {
  return (container.resizePolicy ?? []).some(({ resourceName, restartPolicy }) => {
    if (restartPolicy !== "RestartContainer") return false;
    const amounts = ({ resources }: Container) => [
      resources?.requests?.[resourceName],
      resources?.limits?.[resourceName],
    ];
    return !semanticEqual(amounts(container), amounts(running.spec));
  });
}

interface InitActions {
  readonly starts: readonly number[];
  readonly initialized: boolean;
  /** An init container has failed for good. */
  readonly failed: boolean;
}

function initActions(spec: PodSpec, runtime: PodRuntime, results: ProbeResults, kill: ContainerToKill[]): InitActions {
  const inits = spec.initContainers ?? [];
  if (inits.length === 0) return { starts: [], initialized: true, failed: false };
  let initialized = spec.containers.some((one) => newestOf(runtime, one.name) !== undefined);
  // Of those before the last one that was started only sidecars are still of interest.
  let passed = initialized;
  const starts: number[] = [];
  const through = (index: number) => {
    if (index === inits.length - 1) initialized = true;
    else if (!passed) starts.push(index + 1);
  };
  for (let index = inits.length - 1; index >= 0; index--) {
    const container = inits[index]!;
    const newest = newestOf(runtime, container.name);
    const sidecar = isSidecar(container);
    if (!newest) {
      if (passed && sidecar) starts.push(index);
      continue;
    }
    if (passed && !sidecar) continue;
    if (newest.state === "created" || (sidecar && newest.state === "exited")) starts.push(index);
    else if (newest.state === "running") {
      if (sidecar && watchSidecar(container, newest, results, kill, () => through(index))) starts.push(index);
    } else if (newest.exitCode === 0) through(index);
    else if (shouldRestart(container, spec, newest.exitCode)) starts.push(index);
    else return { starts: [], initialized: false, failed: true };
    passed = true;
  }
  if (!passed) starts.push(0);
  return { starts: starts.reverse(), initialized, failed: false };
}

/** Whether a running sidecar has to be killed and started again. `through` is called when it has started. */
function watchSidecar(
  container: Container,
  { id }: RuntimeContainer,
  results: ProbeResults,
  kill: ContainerToKill[],
  through: () => void,
): boolean {
  const { name } = container;
  const fails = (probe: "startup" | "liveness") => {
    kill.push({ id, name, message: `Init container ${name} failed ${probe} probe`, probe });
    return true;
  };
  if (container.startupProbe && results.startup.get(id) !== true)
    return results.startup.get(id) === false ? fails("startup") : false;
  through();
  return results.liveness.get(id) === false ? fails("liveness") : false;
}
