/** The status of one container of a pod, out and in. Models ContainerStatus of core/v1 and pkg/kubelet/kubelet_pods.go. */
import type { JsonObject } from "../../api/json.ts";
import type { Container, Json } from "../../api/objects.ts";
import type { ContainerStatus, Pod } from "../../cluster/objects.ts";
import { fnv32a } from "../../engine/random.ts";
import { timeText } from "../time.ts";
import { completedSpec } from "./pod-spec.ts";

function containerOf(pod: Pod, { role, name }: ContainerStatus): Container | undefined {
  const spec = completedSpec(pod.spec);
  const list = (role === "regular"
    ? spec["containers"]
    : (spec["initContainers"] ?? [])) as unknown as readonly Container[];
  return list.find((one) => one.name === name);
}

/** A text of hexadecimal digits that stands for a digest: the same for the same text. */
function digest(text: string): string {
  let digits = "";
  for (let part = 0; part < 8; part++) digits += fnv32a(`${part}/${text}`).toString(16).padStart(8, "0");
  return digits;
}

function stateOut(pod: Pod, one: ContainerStatus, start: number, initialized: boolean): JsonObject {
  switch (one.state) {
    case "running":
      return { running: { startedAt: timeText(one.startedAt ?? pod.created, start) } };
    case "terminated":
      return { terminated: terminationOut(pod, one, start, one.reason) };
    case "waiting": {
      const waits = one.role === "regular" && !initialized && one.reason === "ContainerCreating";
      return { waiting: { reason: waits ? "PodInitializing" : one.reason } };
    }
  }
}

function terminationOut(pod: Pod, one: ContainerStatus, start: number, reason: string): JsonObject {
  const finished = one.finishedAt ?? pod.created;
  return {
    exitCode: one.exitCode ?? 0,
    reason,
    startedAt: timeText(Math.min(one.startedAt ?? finished, finished), start),
    finishedAt: timeText(finished, start),
    containerID: idOf(pod, one, one.state === "terminated" ? one.restartCount : one.restartCount - 1),
  };
}

function idOf(pod: Pod, { name }: ContainerStatus, start: number): string {
  return `containerd://${digest(`${pod.uid}/${name}/${start}`)}`;
}

/** The end before the present start, if there was one. */
function lastStateOut(pod: Pod, one: ContainerStatus, start: number): JsonObject {
  if (one.state === "terminated" || one.finishedAt === null) return {};
  const code = one.exitCode ?? 0;
  return { terminated: terminationOut(pod, one, start, code === 0 ? "Completed" : "Error") };
}

/** The status of a container. `initialized`: whether the pod's init containers are through. */
export function containerStatusOut(pod: Pod, one: ContainerStatus, start: number, initialized: boolean): Json {
  const container = containerOf(pod, one);
  const image = container?.image ?? "";
  const ran = one.state !== "waiting" || one.finishedAt !== null;
  return {
    name: one.name,
    image,
    imageID: ran ? `${image.replace(/[:@].*$/, "")}@sha256:${digest(image)}` : "",
    ready: one.ready,
    restartCount: one.restartCount,
    started: one.state === "running" && (one.ready || container?.startupProbe === undefined),
    state: stateOut(pod, one, start, initialized),
    lastState: lastStateOut(pod, one, start),
    ...(ran ? { containerID: idOf(pod, one, one.restartCount) } : {}),
    ...(container?.resources && Object.keys(container.resources).length > 0
      ? { resources: container.resources as unknown as JsonObject }
      : {}),
  };
}
