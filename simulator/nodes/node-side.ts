/**
 * Everything that happens on and to nodes: the scheduler, the kubelets, and nodes that stop answering.
 * Models the node lifecycle controller (pkg/controller/nodelifecycle) with the defaults of kube-controller-manager.
 */
import type { Taint } from "../api/objects.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { isPodTerminal, type Node } from "../cluster/objects.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { createKubelet, type Kubelet } from "./kubelet/kubelet.ts";
import { podPhase, podReady } from "./kubelet/phase.ts";

/** How long a node may be silent before it counts as not ready (node-monitor-grace-period). */
export const nodeGracePeriod = 50_000;

const unreachable = "node.kubernetes.io/unreachable";

export interface NodeSide {
  readonly kubelet: Kubelet;
  /** False when there is no such node. */
  lose(cluster: Cluster, name: string): boolean;
  /** False when there is no such node. */
  bringBack(cluster: Cluster, name: string): boolean;
}

/** Parts of a cluster that carry out the timings and faults of the scenario. */
export function createNodeSide(scenario: Pick<Scenario, "timings" | "faults">): NodeSide {
  const kubelet = createKubelet(scenario);
  const cancels = new Map<string, () => void>();

  /** Another node may have come under the name meanwhile. */
  function markUnreachable(cluster: Cluster, node: Node): void {
    const { store } = cluster;
    const { name } = node;
    if (store.get("Node", "", name) !== node) return;
    const taints: Taint[] = ["NoSchedule", "NoExecute"].map((effect) => ({ key: unreachable, effect }));
    for (const pod of store.podsOnNode(name)) {
      if (pod.ready) store.update(pod, { ready: false, readyTime: cluster.now() });
    }
    store.update(node, { ready: false, taints: [...withoutUnreachable(node), ...taints] });
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
    bringBack(cluster, name) {
      const { store } = cluster;
      const node = store.get("Node", "", name);
      if (!node) return false;
      cancels.get(name)?.();
      cancels.delete(name);
      store.update(node, { ready: true, taints: withoutUnreachable(node) });
      for (const pod of store.podsOnNode(name)) {
        const ready =
          !isPodTerminal(pod) && pod.deleted === null && podReady(podPhase(pod.spec, pod.containers), pod.containers);
        if (ready && !pod.ready) store.update(pod, { ready, readyTime: cluster.now() });
      }
      kubelet.returnNode(name);
      return true;
    },
  };
}

function withoutUnreachable(node: Node): readonly Taint[] {
  const taints = node.taints.filter((one) => one.key !== unreachable);
  return taints.length === node.taints.length ? node.taints : taints;
}
