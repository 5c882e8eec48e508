/** The status of a pod as its kubelet reports it. Models pkg/kubelet/kubelet_pods.go and status/generate.go. */
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { qosClass } from "../../api/pod/qos.ts";
import { type ContainerStatus, isPodTerminal, type Pod } from "../../cluster/objects.ts";
import { timeText } from "../time.ts";
import type { Surroundings } from "../types.ts";
import { nodeAddress, podAddress } from "./addresses.ts";
import { containerStatusOut } from "./container-status.ts";

/** When the kubelet first saw the pod: as soon as it was bound. */
function startOf(pod: Pod): number {
  const bound = pod.conditions.find((one) => one.type === "PodScheduled" && one.status === "True");
  return bound?.lastTransitionTime ?? pod.created;
}

/** Whether the sandbox of the pod, and with it the network, is there. */
function hasSandbox({ containers }: Pod): boolean {
  return containers.some((one) => one.state !== "waiting" || one.finishedAt !== null || /Image/.test(one.reason));
}

const isThrough = (one: ContainerStatus): boolean =>
  one.role === "sidecar" ? one.state === "running" : one.state === "terminated" && one.exitCode === 0;

/** Once a regular container has started the pod counts as initialised, whatever becomes of its sidecars. */
export function isInitialized(pod: Pod): boolean {
  const regular = (one: ContainerStatus) => one.role === "regular";
  if (pod.containers.some((one) => regular(one) && (one.state !== "waiting" || one.finishedAt !== null))) return true;
  return pod.containers.every((one) => regular(one) || isThrough(one));
}

function initializedAt(pod: Pod): number {
  const ends = pod.containers.map((one) => (one.role === "init" ? (one.finishedAt ?? 0) : 0));
  return Math.max(startOf(pod), ...ends);
}

const names = (containers: readonly ContainerStatus[]) => containers.map((one) => one.name).join(" ");

function conditionsOut(pod: Pod, start: number): Json[] {
  const condition = (type: string, status: string, at: number, reason = "", message = ""): JsonObject => ({
    type,
    status,
    lastProbeTime: null,
    lastTransitionTime: timeText(at, start),
    ...(reason === "" ? {} : { reason }),
    ...(message === "" ? {} : { message }),
    ...(pod.node === "" ? {} : { observedGeneration: pod.generation }),
  });
  const own = pod.conditions.map((one) =>
    condition(one.type, one.status, one.lastTransitionTime, one.reason, one.message),
  );
  if (pod.node === "") return own;
  const began = startOf(pod);
  const sandbox = hasSandbox(pod) && !isPodTerminal(pod);
  const changed = pod.readyTime ?? began;
  const waiting = pod.containers.filter((one) => one.role !== "regular" && !isThrough(one));
  const initialized = isInitialized(pod);
  const unready = pod.containers.filter((one) => one.role !== "init" && !one.ready);
  const notReady = (): readonly [string, string] => {
    if (pod.phase === "Succeeded") return ["PodCompleted", ""];
    if (pod.phase === "Failed") return ["PodFailed", ""];
    return ["ContainersNotReady", `containers with unready status: [${names(unready)}]`];
  };
  const readiness = (type: string) =>
    pod.ready ? condition(type, "True", changed) : condition(type, "False", changed, ...notReady());
  const scheduled = own.some((one) => one["type"] === "PodScheduled");
  return [
    condition("PodReadyToStartContainers", sandbox ? "True" : "False", began),
    initialized
      ? condition("Initialized", "True", initializedAt(pod), pod.phase === "Succeeded" ? "PodCompleted" : "")
      : condition(
          "Initialized",
          "False",
          began,
          "ContainersNotInitialized",
          `containers with incomplete status: [${names(waiting)}]`,
        ),
    readiness("Ready"),
    readiness("ContainersReady"),
    ...(scheduled ? [] : [condition("PodScheduled", "True", began)]),
    ...own,
  ];
}

function addressesOut(pod: Pod, { store }: Surroundings): JsonObject {
  const node = store.get("Node", "", pod.node);
  if (!node) return {};
  const hostIP = nodeAddress(node);
  const podIP = pod.spec.hostNetwork === true ? hostIP : hasSandbox(pod) ? podAddress(pod) : undefined;
  return {
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(podIP === undefined ? {} : { podIP, podIPs: [{ ip: podIP }] }),
  };
}

/** The status of a live pod. */
export function podStatusOut(pod: Pod, surroundings: Surroundings): JsonObject {
  const { start } = surroundings;
  const conditions = conditionsOut(pod, start);
  const base = {
    phase: pod.phase,
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(pod.reason === "" ? {} : { reason: pod.reason }),
    ...(pod.message === "" ? {} : { message: pod.message }),
    ...(pod.nominatedNode === "" ? {} : { nominatedNodeName: pod.nominatedNode }),
    qosClass: qosClass(pod.spec),
    ...pod.kept?.status,
  };
  if (pod.node === "") return base;
  const containers = (isRegular: boolean) =>
    pod.containers
      .filter((one) => (one.role === "regular") === isRegular)
      .map((one) => containerStatusOut(pod, one, start, isInitialized(pod)));
  const init = containers(false);
  return {
    ...base,
    observedGeneration: pod.generation,
    startTime: timeText(startOf(pod), start),
    ...addressesOut(pod, surroundings),
    ...(init.length > 0 ? { initContainerStatuses: init } : {}),
    containerStatuses: containers(true),
  };
}
