/** Other resources for running containers. Models pkg/kubelet/allocation and the resizing in pkg/kubelet/kuberuntime. */

import { semanticEqual } from "../../api/equality.ts";
import type { Container, PodSpec, ResourceRequirements } from "../../api/objects.ts";
import type { Pod } from "../../cluster/objects.ts";
import { shortage } from "../../cluster/room.ts";
import { type Machine, tell } from "./machine.ts";
import { newestOf } from "./runtime.ts";

type Allocated = ReadonlyMap<string, ResourceRequirements | undefined>;

/** The spec with the resources that the kubelet has granted. */
export function allocatedSpec({ pod, memory }: Machine): PodSpec {
  const { allocated } = memory;
  if (!allocated) return pod.spec;
  return { ...pod.spec, containers: pod.spec.containers.map((one) => withResources(one, allocated.get(one.name))) };
}

function withResources(container: Container, resources: ResourceRequirements | undefined): Container {
  const { resources: _, ...rest } = container;
  return resources ? { ...rest, resources } : rest;
}

/**
 * Takes note of resources that are to change, at the beginning of a sync; what is returned is to be called when the sync has
 * carried it out.
 */
export function resize(machine: Machine): (() => void) | null {
  const { env, pod, memory, runtime } = machine;
  const changed = pod.spec.containers.filter((one) => {
    const newest = newestOf(memory.seen, one.name);
    return newest?.state === "running" && !semanticEqual(newest.spec.resources ?? {}, one.resources ?? {});
  });
  env.waitingForRoom.delete(machine);
  if (changed.length === 0 || pod.deleted !== null) {
    memory.resize = "none";
    memory.allocated = null;
    return null;
  }
  const what = changed.map(({ name, resources }) => ({ name, resources }));
  const missing = shortage(env.store, pod, pod.spec, true);
  if (missing) {
    if (memory.resize !== "pending") {
      const error = `Node didn't have enough resource: ${missing}`;
      const detail = JSON.stringify({ containers: what, generation: pod.generation, error });
      tell(machine, "Warning", "ResizeDeferred", `Pod resize OutOf${missing}: ${detail}`);
    }
    memory.resize = "pending";
    env.waitingForRoom.add(machine);
    memory.allocated = before(pod, memory.seen.containers);
    return null;
  }
  memory.allocated = null;
  const detail = JSON.stringify({ containers: what, generation: pod.generation });
  if (memory.resize !== "going") tell(machine, "Normal", "ResizeStarted", `Pod resize started: ${detail}`);
  memory.resize = "going";
  return () => {
    for (const { name, resources } of changed) {
      const newest = newestOf(runtime.look(), name);
      if (newest?.state === "running") runtime.resize(newest.id, resources);
    }
    tell(machine, "Normal", "ResizeCompleted", `Pod resize completed: ${detail}`);
    memory.seen = {
      ...memory.seen,
      containers: memory.seen.containers.map((one) => runtime.look().containers.find(({ id }) => id === one.id) ?? one),
    };
    machine.wake();
  };
}

/** What is written of it in the status: the containers that have other resources than the spec asks for. */
export function resizingOf({ pod, memory }: Machine): Pod["resizing"] {
  if (memory.resize === "none") return null;
  const odd = pod.spec.containers.flatMap(({ name, resources: wanted = {} }) => {
    const newest = newestOf(memory.seen, name);
    const { resources = {} } = newest?.spec ?? {};
    if (newest?.state !== "running" || semanticEqual(resources, wanted)) return [];
    const granted = memory.allocated ? memory.allocated.get(name) : wanted;
    return [[name, { resources, allocatedResources: granted?.requests ?? {} }] as const];
  });
  return odd.length === 0 ? null : Object.fromEntries(odd);
}

function before(pod: Pod, made: readonly { readonly spec: Container }[]): Allocated {
  return new Map(
    pod.spec.containers.map(({ name }) => [name, made.find((one) => one.spec.name === name)?.spec.resources]),
  );
}
