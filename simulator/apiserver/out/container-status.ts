/** The status of one container of a pod, out and in. Models ContainerStatus of core/v1 and pkg/kubelet/kubelet_pods.go. */
import type { JsonObject } from "../../api/json.ts";
import type { Container, Json } from "../../api/objects.ts";
import type { ContainerEnd, ContainerStatus, Pod, ResizedContainer } from "../../cluster/objects.ts";
import { timeText } from "../../cluster/time.ts";
import { fnv32a } from "../../engine/random.ts";
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

function stateOut(pod: Pod, one: ContainerStatus, start: number): JsonObject {
  switch (one.state) {
    case "running":
      return { running: { startedAt: timeText(one.startedAt ?? pod.created, start) } };
    case "terminated": {
      const { reason, message = "", startedAt, finishedAt } = one;
      const end = { reason, message, startedAt, finishedAt, exitCode: one.exitCode ?? 0 };
      return { terminated: endOut(pod, one, end, start, one.restartCount) };
    }
    case "waiting":
      return { waiting: { reason: one.reason, ...(one.message ? { message: one.message } : {}) } };
  }
}

function endOut(pod: Pod, one: ContainerStatus, end: ContainerEnd, start: number, run: number): JsonObject {
  const { exitCode, reason, message } = end;
  const said = { exitCode, reason, ...(message ? { message } : {}) };
  // Of a container that was lost nothing else is known.
  if (end.finishedAt === null) return { ...said, startedAt: null, finishedAt: null };
  return {
    ...said,
    startedAt: timeText(Math.min(end.startedAt ?? end.finishedAt, end.finishedAt), start),
    finishedAt: timeText(end.finishedAt, start),
    containerID: idOf(pod, one, run),
  };
}

function idOf(pod: Pod, { name }: ContainerStatus, start: number): string {
  return `containerd://${digest(`${pod.uid}/${name}/${start}`)}`;
}

function resourcesOut(container: Container | undefined, has: ResizedContainer | undefined): JsonObject {
  const { resources = {}, allocatedResources } = has ?? { resources: container?.resources };
  return {
    ...(allocatedResources ? { allocatedResources } : {}),
    ...(Object.keys(resources).length > 0 ? { resources: resources as unknown as JsonObject } : {}),
  };
}

/** The status of a container. */
export function containerStatusOut(pod: Pod, one: ContainerStatus, start: number): Json {
  const container = containerOf(pod, one);
  const image = container?.image ?? "";
  const ran = one.state !== "waiting" || one.last !== undefined;
  return {
    name: one.name,
    image,
    imageID: ran ? `${image.replace(/[:@].*$/, "")}@sha256:${digest(image)}` : "",
    ready: one.ready,
    restartCount: one.restartCount,
    started: one.state === "running" && one.started !== false,
    state: stateOut(pod, one, start),
    lastState: one.last ? { terminated: endOut(pod, one, one.last, start, one.restartCount - 1) } : {},
    ...(ran ? { containerID: idOf(pod, one, one.restartCount) } : {}),
    ...resourcesOut(container, pod.resizing?.[one.name]),
  };
}
