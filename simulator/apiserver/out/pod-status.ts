/** The status of a pod as its kubelet reports it. Models pkg/kubelet/kubelet_pods.go and status/generate.go. */
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { qosClass } from "../../api/pod/qos.ts";
import type { Pod, PodCondition } from "../../cluster/objects.ts";
import { podConditions } from "../../cluster/pod-conditions.ts";
import { timeText } from "../../cluster/time.ts";
import type { Surroundings } from "../types.ts";
import { nodeAddress, podAddress } from "./addresses.ts";
import { containerStatusOut } from "./container-status.ts";

/** When the kubelet first saw the pod: as soon as it was bound. */
function startOf(pod: Pod): number {
  const bound = pod.conditions.find((one) => one.type === "PodScheduled" && one.status === "True");
  return bound?.lastTransitionTime ?? pod.created;
}

/** The kubelet's conditions come first, in its order. */
const order = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"];
const rank = ({ type }: PodCondition) => (order.includes(type) ? order.indexOf(type) : order.length);

function conditionsOut(pod: Pod, start: number): Json[] {
  return podConditions(pod)
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ type, status, lastTransitionTime, reason, message }) => ({
      type,
      status,
      lastProbeTime: null,
      lastTransitionTime: timeText(lastTransitionTime, start),
      ...(reason === "" ? {} : { reason }),
      ...(message === "" ? {} : { message }),
      ...(pod.node === "" ? {} : { observedGeneration: pod.generation }),
    }));
}

/** Whether the pod has got its network. */
function hasSandbox(pod: Pod): boolean {
  const isReady = ({ type, status }: PodCondition) => type === "PodReadyToStartContainers" && status === "True";
  return podConditions(pod).some(isReady) || pod.containers.some((one) => one.state !== "waiting" || one.last);
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

const nameOf = (status: Json): string => (status as { readonly name: string }).name;

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
      .map((one) => containerStatusOut(pod, one, start));
  const init = containers(false);
  return {
    ...base,
    observedGeneration: pod.generation,
    startTime: timeText(startOf(pod), start),
    ...addressesOut(pod, surroundings),
    ...(init.length > 0 ? { initContainerStatuses: init } : {}),
    // A kubelet sorts them.
    containerStatuses: containers(true).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
  };
}
