/**
 * On which nodes a DaemonSet runs, and what its pods bear. Models pkg/controller/daemon/daemon_controller.go
 * (NodeShouldRunDaemonPod) and pkg/controller/daemon/util/daemonset_util.go.
 */
import { requiredNodeAffinityMatches, type SelectableNode } from "../../api/node-selector.ts";
import type { PodSpec, Taint, Toleration } from "../../api/objects.ts";
import { firstUntolerated } from "../../api/tolerations.ts";

/** As much of a node as placement looks at. `spec.unschedulable` and conditions play no part, only taints do. */
export interface PlacementNode extends SelectableNode {
  readonly taints: readonly Taint[];
}

export interface Placement {
  /** A pod is created here when there is none. */
  readonly shouldRun: boolean;
  /** A pod that is here may stay. */
  readonly shouldContinueRunning: boolean;
}

/** Why a node gets no pod; `params` of a sentence somebody else words. */
type PlacementReason =
  | { readonly type: "nodeName" }
  | { readonly type: "nodeAffinity" }
  | { readonly type: "taint"; readonly taint: Taint };

const automatic: readonly Toleration[] = [
  { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute" },
  { key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute" },
  { key: "node.kubernetes.io/disk-pressure", operator: "Exists", effect: "NoSchedule" },
  { key: "node.kubernetes.io/memory-pressure", operator: "Exists", effect: "NoSchedule" },
  { key: "node.kubernetes.io/pid-pressure", operator: "Exists", effect: "NoSchedule" },
  { key: "node.kubernetes.io/unschedulable", operator: "Exists", effect: "NoSchedule" },
];
const networkUnavailable: Toleration = {
  key: "node.kubernetes.io/network-unavailable",
  operator: "Exists",
  effect: "NoSchedule",
};

/** The tolerations that every daemon pod gets on top of its own; one more for pods on the host network. */
function automaticTolerations(hostNetwork: boolean): readonly Toleration[] {
  return hostNetwork ? [...automatic, networkUnavailable] : automatic;
}

function sameTarget(a: Toleration, b: Toleration): boolean {
  return (
    (a.key ?? "") === (b.key ?? "") &&
    (a.effect ?? "") === (b.effect ?? "") &&
    (a.operator ?? "") === (b.operator ?? "") &&
    (a.value ?? "") === (b.value ?? "")
  );
}

const derived = new WeakMap<PodSpec, readonly Toleration[]>();

/** A template's tolerations with the automatic ones, which replace own ones of equal key, effect, operator and value. */
export function daemonTolerations(spec: PodSpec): readonly Toleration[] {
  let tolerations = derived.get(spec);
  if (!tolerations) {
    const added = automaticTolerations(spec.hostNetwork === true);
    const own = spec.tolerations ?? [];
    tolerations = [
      ...own.map((one) => added.find((other) => sameTarget(one, other)) ?? one),
      ...added.filter((one) => !own.some((other) => sameTarget(one, other))),
    ];
    derived.set(spec, tolerations);
  }
  return tolerations;
}

/** Why the node gets no pod of this template; undefined when it does. */
function whyNotPlaced(node: PlacementNode, spec: PodSpec): PlacementReason | undefined {
  if (spec.nodeName && spec.nodeName !== node.name) return { type: "nodeName" };
  if (!requiredNodeAffinityMatches(node, spec).match) return { type: "nodeAffinity" };
  const taint = firstUntolerated(node.taints, daemonTolerations(spec), ["NoSchedule", "NoExecute"]);
  return taint && { type: "taint", taint };
}

/** Whether the node should get a pod of this template (the DaemonSet's, without automatic tolerations), and may keep one. */
export function placement(node: PlacementNode, spec: PodSpec): Placement {
  const reason = whyNotPlaced(node, spec);
  if (!reason) return { shouldRun: true, shouldContinueRunning: true };
  const stays = reason.type === "taint" && !firstUntolerated(node.taints, daemonTolerations(spec), ["NoExecute"]);
  return { shouldRun: false, shouldContinueRunning: stays };
}
