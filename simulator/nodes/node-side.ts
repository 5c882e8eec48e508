/**
 * Everything that happens on and to nodes: the scheduler, the kubelets, and nodes that stop answering.
 * Models the node lifecycle controller (pkg/controller/nodelifecycle) with the defaults of kube-controller-manager.
 */
import type { Taint } from "../api/objects.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { isPodTerminal, type Node } from "../cluster/objects.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { createKubelet, type Kubelet } from "./kubelet/kubelet.ts";
import { readyNow } from "./kubelet/status-manager.ts";

/** How long a node may be silent before it counts as not ready (node-monitor-grace-period). */
const nodeGracePeriod = 50_000;

/** Every so often the node lifecycle controller looks whether NoExecute taints can go; here the middle. */
const taintPass = 2500;

const unreachable = "node.kubernetes.io/unreachable";

interface NodeSide {
  readonly kubelet: Kubelet;
  /** False when there is no such node. */
  lose(cluster: Cluster, name: string): boolean;
  /** False when there is no such node. */
  bringBack(cluster: Cluster, name: string): boolean;
  /** The kubelet's process begins anew: it needs a moment, and remembers nothing. False when there is no such node. */
  startKubelet(cluster: Cluster, name: string): boolean;
}

/** From its start until a kubelet looks at its pods. */
const kubeletStart = 1500;

type NodeSideOptions = Pick<Scenario, "timings" | "faults" | "behaviours" | "elsewhere">;

/** Parts of a cluster that carry out the timings and faults of the scenario. */
export function createNodeSide(options: NodeSideOptions): NodeSide {
  const kubelet = createKubelet(options);
  const cancels = new Map<string, () => void>();

  /** Another node may have come under the name meanwhile. */
  function markUnreachable(cluster: Cluster, node: Node): void {
    const { store } = cluster;
    const { name } = node;
    if (store.get("Node", "", name) !== node) return;
    const taints: Taint[] = ["NoSchedule", "NoExecute"].map((effect) => ({ key: unreachable, effect }));
    for (const pod of store.podsOnNode(name)) {
      if (isPodTerminal(pod)) continue;
      cluster.event(pod, "Warning", "NodeNotReady", "Node is not ready");
      if (pod.ready) store.update(pod, { ready: false, readyTime: cluster.now() });
    }
    const others = node.taints.filter((one) => one.key !== unreachable);
    store.update(node, { ready: false, taints: [...others, ...taints] });
  }

  function bringBack(cluster: Cluster, name: string, forgetful: boolean): boolean {
    const { store } = cluster;
    const node = store.get("Node", "", name);
    if (!node) return false;
    cancels.get(name)?.();
    cancels.delete(name);
    store.update(node, { ready: true, taints: withoutUnreachable(node, "NoSchedule") });
    if (node.taints.some((one) => one.key === unreachable)) {
      const later = cluster.after(taintPass, () => {
        cancels.delete(name);
        store.update(node, { taints: withoutUnreachable(node, "NoExecute") });
      });
      cancels.set(name, later);
    }
    for (const pod of store.podsOnNode(name)) {
      if (!pod.ready && pod.phase === "Running" && pod.deleted === null && readyNow(pod))
        store.update(pod, { ready: true, readyTime: cluster.now() });
    }
    kubelet.returnNode(name, forgetful);
    return true;
  }

  return {
    kubelet,
    lose(cluster, name) {
      const node = cluster.store.get("Node", "", name);
      if (!node) return false;
      kubelet.loseNode(name);
      cancels.get(name)?.();
      cancels.set(
        name,
        cluster.after(nodeGracePeriod, () => markUnreachable(cluster, node)),
      );
      return true;
    },
    bringBack: (cluster, name) => bringBack(cluster, name, false),
    startKubelet(cluster, name) {
      if (!cluster.store.get("Node", "", name)) return false;
      cluster.after(kubeletStart, () => bringBack(cluster, name, true));
      return true;
    },
  };
}

function withoutUnreachable(node: Node, effect: string): readonly Taint[] {
  const taints = node.taints.filter((one) => one.key !== unreachable || one.effect !== effect);
  return taints.length === node.taints.length ? node.taints : taints;
}
