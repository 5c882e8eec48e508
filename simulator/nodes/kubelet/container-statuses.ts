/**
 * Statuses of containers as the API has them, from what the runtime has and what was written before. Models
 * convertToAPIContainerStatuses of pkg/kubelet/kubelet_pods.go.
 */
import type { Container, PodSpec } from "../../api/objects.ts";
import { restartsAll, shouldRestart } from "../../api/pod/restart-policy.ts";
import type { ContainerEnd, ContainerStatus } from "../../cluster/objects.ts";
import { newestOf, type PodRuntime, type RuntimeContainer } from "./runtime.ts";
import { containerCreating, killedCode, podInitializing, restartingAll, statusUnknown } from "./words.ts";

/** Why a container could not be started, as the kubelet remembers it. */
export interface StartFailure {
  readonly reason: string;
  readonly message: string;
}

interface StatusInput {
  readonly spec: PodSpec;
  /** Whether somebody has asked for the pod's deletion. */
  readonly deleting: boolean;
  readonly runtime: PodRuntime;
  /** What was written last, in the order of the spec. */
  readonly old: readonly ContainerStatus[];
  readonly failures: ReadonlyMap<string, StartFailure>;
  /** A restart of all containers has begun. */
  readonly restarting: boolean;
}

/** Whether all containers of the pod are to be restarted because of how one of them ended. */
export function allRestart({ spec, runtime, restarting }: Omit<StatusInput, "old" | "failures" | "deleting">): boolean {
  if (restarting) return true;
  return [...(spec.initContainers ?? []), ...spec.containers].some((container) => {
    const newest = newestOf(runtime, container.name);
    return newest?.state === "exited" && restartsAll(container, newest.exitCode);
  });
}

/** In the order of the spec, init containers first; `ready` and `started` are what was written before. */
export function containerStatuses(input: StatusInput): readonly ContainerStatus[] {
  const inits = input.spec.initContainers ?? [];
  const all = allRestart(input);
  return [...inits, ...input.spec.containers].map((container, index) =>
    withFailure(statusOf(container, input.old[index]!, input, all), container, input),
  );
}

function statusOf(container: Container, old: ContainerStatus, input: StatusInput, all: boolean): ContainerStatus {
  const runs = input.runtime.containers.filter((one) => one.spec.name === container.name);
  const [newest, before] = runs;
  if (!newest) return missing(old, input, all);
  const last = before ? endOf(before) : lastOf(newest, old);
  const restartCount = Math.max(newest.restartCount, old.restartCount);
  return { ...base(old), ...stateOf(newest), restartCount, id: newest.id, ...(last ? { last } : {}) };
}

function base({ name, role, ready }: ContainerStatus) {
  return { name, role, ready, started: false };
}

function endOf(run: RuntimeContainer): ContainerEnd {
  const { reason, exitCode, message, startedAt, finishedAt } = run;
  return { reason, exitCode, message, startedAt, finishedAt };
}

/** After a restart of all containers the runtime does not have the runs before any more. */
function lastOf(newest: RuntimeContainer, old: ContainerStatus): ContainerEnd | undefined {
  return old.id !== newest.id && old.state === "terminated" ? terminatedEnd(old) : old.last;
}

function terminatedEnd({ reason, exitCode, message = "", startedAt, finishedAt }: ContainerStatus): ContainerEnd {
  return { reason, exitCode: exitCode ?? 0, message, startedAt, finishedAt };
}

function stateOf(run: RuntimeContainer) {
  const { reason, message, exitCode, startedAt, finishedAt } = run;
  const nothing = { reason: "", startedAt: null, finishedAt: null, exitCode: null };
  switch (run.state) {
    case "created":
      return { ...nothing, state: "waiting" as const };
    case "running":
      return { ...nothing, state: "running" as const, startedAt };
    case "exited":
      return { state: "terminated" as const, reason, startedAt, finishedAt, exitCode, ...(message ? { message } : {}) };
  }
}

function waiting(old: ContainerStatus, reason: string, restartCount: number, last: ContainerEnd | undefined) {
  const nothing = { startedAt: null, finishedAt: null, exitCode: null };
  return { ...base(old), ...nothing, state: "waiting" as const, reason, restartCount, ...(last ? { last } : {}) };
}

/** The runtime has no such container: it was never made, or is gone. */
function missing(old: ContainerStatus, { spec, deleting }: StatusInput, all: boolean): ContainerStatus {
  if (all && old.state !== "waiting") {
    const message = "The container is removed because RestartAllContainers in place";
    const last = { reason: restartingAll, exitCode: killedCode, message, startedAt: null, finishedAt: null };
    return { ...waiting(old, restartingAll, old.restartCount + 1, last), message };
  }
  if (old.state === "terminated") return old;
  const reason = spec.initContainers?.length ? podInitializing : containerCreating;
  if (old.state === "waiting" || old.last) return waiting(old, reason, old.restartCount, old.last);
  const message = "The container could not be located when the pod was deleted.  The container used to be Running";
  const last = { reason: statusUnknown, exitCode: killedCode, message, startedAt: null, finishedAt: null };
  return waiting(old, reason, old.restartCount + (deleting ? 0 : 1), last);
}

/** A container that is to be started and could not be waits, with the reason. */
function withFailure(status: ContainerStatus, container: Container, input: StatusInput): ContainerStatus {
  const failure = input.failures.get(status.name);
  if (!failure || input.deleting) return status;
  const newest = newestOf(input.runtime, status.name);
  if (newest?.state === "running") return status;
  if (newest?.state === "exited") {
    if (status.role !== "regular" && newest.exitCode === 0) return status;
    if (!shouldRestart(container, input.spec, newest.exitCode)) return status;
  }
  const last = status.state === "terminated" ? terminatedEnd(status) : status.last;
  const { reason, message } = failure;
  const id = status.id === undefined ? {} : { id: status.id };
  return { ...waiting(status, reason, status.restartCount, last), ...id, ...(message ? { message } : {}) };
}
