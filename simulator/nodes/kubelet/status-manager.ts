/**
 * What the kubelet says of a pod, and what of it gets to the API server. Models pkg/kubelet/status/status_manager.go and
 * generateAPIPodStatus of pkg/kubelet/kubelet_pods.go.
 */
import { semanticEqual } from "../../api/equality.ts";
import { type ContainerStatus, isPodTerminal, type Pod, type PodCondition } from "../../cluster/objects.ts";
import { kubeletConditions, ready, withTimes } from "../../cluster/pod-conditions.ts";
import { allRestart, containerStatuses } from "./container-statuses.ts";
import { type KubeletStatus, type Machine, tell } from "./machine.ts";
import { podPhase } from "./phase.ts";
import { containersWithProbes } from "./probe-results.ts";
import { resizingOf } from "./resize.ts";
import type { PodRuntime } from "./runtime.ts";
import { killedCode, statusUnknown } from "./words.ts";

/** Types of conditions that are the kubelet's own. */
const own = new Set([
  "PodReadyToStartContainers",
  "Initialized",
  "Ready",
  "ContainersReady",
  "AllContainersRestarting",
  "PodResizePending",
  "PodResizeInProgress",
]);

/** The status that was written last: by this kubelet, else what the API has. */
export function lastStatus({ pod, memory }: Machine): KubeletStatus {
  return memory.status ?? { ...pod, conditions: pod.conditions.filter((one) => own.has(one.type)) };
}

/** The status that follows from what the runtime was found to be. `terminal`: nothing of the pod will run again. */
export function generateStatus(machine: Machine, runtime: PodRuntime, terminal: boolean): KubeletStatus {
  const { env, pod, memory } = machine;
  const { spec } = pod;
  const old = lastStatus(machine);
  const input = { spec, deleting: pod.deleted !== null, runtime, restarting: memory.restartingAll };
  const statuses = containerStatuses({ ...input, old: old.containers, failures: memory.failures });
  const initialized = spec.containers.some((one) => runtime.containers.some((made) => made.spec.name === one.name));
  let phase = podPhase(spec, statuses, terminal, initialized);
  let { reason, message } = old;
  if (isPodTerminal(old) && !isPodTerminal({ phase })) phase = old.phase;
  if (phase !== old.phase) {
    reason = "";
    message = "";
  }
  if (isPastDeadline(machine)) {
    phase = "Failed";
    reason = "DeadlineExceeded";
    message = "Pod was active on the node longer than the specified deadline";
    tell(machine, "Normal", reason, message);
  }
  // Once ended a pod stays so.
  if (isPodTerminal(pod)) ({ phase } = pod);
  const containers = containersWithProbes(machine, statuses);
  const others = pod.conditions.filter((one) => !own.has(one.type));
  const sandbox = runtime.sandbox === "ready";
  const verdicts = kubeletConditions({
    spec,
    phase,
    containers,
    others,
    sandbox,
    restartingAll: allRestart(input) && runtime.containers.length > 0,
  });
  const conditions = [...withTimes([...verdicts, ...resizeConditions(machine, terminal)], old.conditions, env.now())];
  return { phase, reason, message, containers, conditions };
}

/** Whether the pod has been on its node for longer than it says. */
export function isPastDeadline({ env, pod, startTime }: Machine): boolean {
  const { activeDeadlineSeconds } = pod.spec;
  return activeDeadlineSeconds !== undefined && env.now() - startTime >= activeDeadlineSeconds * 1000;
}

function resizeConditions({ memory }: Machine, terminal: boolean) {
  if (terminal || memory.resize === "none") return [];
  const message = "";
  if (memory.resize === "going") return [{ type: "PodResizeInProgress", status: "True" as const, reason: "", message }];
  return [{ type: "PodResizePending", status: "True" as const, reason: "Deferred", message }];
}

/** Writes a status: the phase of a pod that may still have running containers does not become final. */
export function setStatus(machine: Machine, status: KubeletStatus): void {
  const { env, pod, memory } = machine;
  memory.status = status;
  const held = isPodTerminal(status) && !isPodTerminal(pod) && !memory.stopped;
  const { phase, reason, message } = held ? pod : status;
  const next = merged(pod.conditions, status.conditions);
  const isReady = status.conditions.some((one) => one.type === "Ready" && one.status === "True");
  env.write(pod, {
    phase,
    reason,
    message,
    containers: same(pod.containers, status.containers),
    conditions: same(pod.conditions, next),
    resizing: same(pod.resizing, resizingOf(machine)),
    ...(isReady === pod.ready ? {} : { ready: isReady, readyTime: env.now() }),
  });
}

/** The conditions of a pod with those of its kubelet: each stays in its place. */
function merged(before: readonly PodCondition[], mine: readonly PodCondition[]): readonly PodCondition[] {
  const kept = before.flatMap((one) => (own.has(one.type) ? (mine.find(({ type }) => type === one.type) ?? []) : one));
  return [...kept, ...mine.filter(({ type }) => !before.some((one) => one.type === type))];
}

/** The old value if both say the same, so that nobody hears of a change that is none. */
function same<T>(old: T, next: T): T {
  return semanticEqual(old, next) ? old : next;
}

/** A readiness probe has a result: written at once. Models SetContainerReadiness. */
export function setReadiness(machine: Machine, id: number, isReady: boolean): void {
  patchContainer(machine, id, (one) => (one.state === "running" ? { ...one, ready: isReady } : one));
}

/** A startup probe has a result. Models SetContainerStartup. */
export function setStarted(machine: Machine, id: number, started: boolean): void {
  patchContainer(machine, id, (one) => ({ ...one, started }));
}

function patchContainer(machine: Machine, id: number, change: (one: ContainerStatus) => ContainerStatus): void {
  const { env, pod, memory } = machine;
  const { status } = memory;
  const index = status?.containers.findIndex((one) => one.id === id) ?? -1;
  if (!status || index < 0) return;
  const containers = status.containers.with(index, change(status.containers[index]!));
  const others = pod.conditions.filter((one) => !own.has(one.type));
  const input = { spec: pod.spec, phase: status.phase, containers, others, sandbox: true, restartingAll: false };
  const verdicts = kubeletConditions(input).filter(({ type }) => type === "Ready" || type === "ContainersReady");
  const changed = withTimes(verdicts, status.conditions, env.now());
  const conditions = status.conditions.map((one) => changed.find(({ type }) => type === one.type) ?? one);
  setStatus(machine, { ...status, containers, conditions });
}

/** The pod is over: what is not known to have ended has. Models TerminatePod. */
export function finalStatus(status: KubeletStatus): KubeletStatus {
  const { containers } = status;
  const inits = containers.filter((one) => one.role !== "regular");
  const initialized = isInitialized(containers);
  let attempted = 1;
  for (const [index, one] of inits.entries()) if (one.state !== "waiting" || one.last) attempted = index + 1;
  const ended = containers.map((one, index): ContainerStatus => {
    const isKnown = one.role === "regular" ? !initialized : index >= attempted;
    if (one.state === "terminated" || isKnown) return one;
    const message = "The container could not be located when the pod was terminated";
    const nothing = { startedAt: null, finishedAt: null };
    const end = { state: "terminated" as const, reason: statusUnknown, message, exitCode: killedCode };
    return { ...one, ...nothing, ...end, ready: false, started: false };
  });
  return { ...status, containers: ended, phase: isPodTerminal(status) ? status.phase : "Failed" };
}

/** Whether the init containers are behind a pod. */
function isInitialized(containers: readonly ContainerStatus[]): boolean {
  const last = containers.filter((one) => one.role !== "regular").at(-1);
  if (!last) return true;
  if (containers.some((one) => one.role === "regular" && (one.state !== "waiting" || one.last))) return true;
  return last.role === "sidecar" ? last.started === true : last.state === "terminated" && last.exitCode === 0;
}

/** A gate or another condition of somebody else changed: Ready follows. */
export function readyNow(pod: Pod): boolean {
  const { spec, phase, containers } = pod;
  return ready({ spec, phase, containers, others: pod.conditions as readonly PodCondition[] }).status === "True";
}
