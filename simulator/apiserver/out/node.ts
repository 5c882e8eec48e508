/** Nodes as API objects. Models Node of core/v1 and pkg/kubelet/nodestatus. */
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import type { Node } from "../../cluster/objects.ts";
import { timeText } from "../../cluster/time.ts";
import type { Surroundings } from "../types.ts";
import { nodeAddress } from "./addresses.ts";

/** What a node has that has room for everything. */
const plenty = { cpu: "1000", memory: "4000Gi", "ephemeral-storage": "4000Gi", pods: "5000" } as const;

const pressures = [
  ["MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"],
  ["DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"],
  ["PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"],
] as const;

function conditionsOut({ ready, created }: Node, start: number): Json[] {
  const at = timeText(created, start);
  const condition = (type: string, status: string, reason: string, message: string): Json => ({
    type,
    status,
    lastHeartbeatTime: at,
    lastTransitionTime: at,
    reason,
    message,
  });
  // A node that does not answer has nobody to report its pressures.
  if (!ready) {
    return ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"].map((type) =>
      condition(type, "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."),
    );
  }
  return [
    ...pressures.map(([type, reason, message]) => condition(type, "False", reason, message)),
    condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
  ];
}

/** Spec and status of a live node. */
export function nodeOut(node: Node, { start, target }: Surroundings): JsonObject {
  const resources = { ...(node.allocatable ?? plenty) };
  return {
    spec: {
      ...node.kept?.spec,
      ...(node.taints.length > 0 ? { taints: node.taints as unknown as Json } : {}),
      ...(node.unschedulable ? { unschedulable: true } : {}),
    },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: conditionsOut(node, start),
      addresses: [
        { type: "InternalIP", address: nodeAddress(node) },
        { type: "Hostname", address: node.name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        machineID: "",
        systemUUID: "",
        bootID: "",
        kernelVersion: "6.8.0",
        osImage: "Simulated",
        containerRuntimeVersion: "containerd://2.0.0",
        kubeletVersion: `v${target}.0`,
        kubeProxyVersion: "",
        operatingSystem: node.labels["kubernetes.io/os"] ?? "linux",
        architecture: node.labels["kubernetes.io/arch"] ?? "amd64",
      },
      ...(node.images ? { images: node.images as unknown as Json } : {}),
      ...node.kept?.status,
    },
  };
}
