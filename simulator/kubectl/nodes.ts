/** Node actions: add, remove, cordon, drain, taint, label. */
import { mergeMap } from "../api/map-patch.ts";
import type { Taint } from "../api/objects.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { cordonTaint, newNode } from "../cluster/initial.ts";
import { controllerOf, type Node, type Pod } from "../cluster/objects.ts";
import { deletePod } from "../cluster/pods.ts";
import type { Action, ScenarioNode } from "../scenario/scenario.ts";
import { type ActResult, actionProblem } from "./result.ts";

type NodeAction = Extract<Action, { do: "cordon" | "uncordon" | "drain" | "taint" | "untaint" | "labelNode" }>;

/** Adds a ready node. */
export function addNode(cluster: Cluster, node: ScenarioNode): ActResult {
  if (node.name === "") return actionProblem("name-required", "node.name", { kind: "Node" });
  if (cluster.store.get("Node", "", node.name)) {
    return actionProblem("already-exists", "node.name", { kind: "Node", name: node.name });
  }
  cluster.store.create<"Node">(newNode(node));
  return { output: `node/${node.name} created` };
}

/** Removes the node object; the pods on it stay until the pod garbage collector takes them. */
export function removeNode(cluster: Cluster, name: string): ActResult {
  const node = cluster.store.get("Node", "", name);
  if (!node) return noSuchNode(name);
  cluster.store.remove(node);
  return { output: `node "${name}" deleted` };
}

function noSuchNode(name: string): ActResult {
  return actionProblem("no-such-object", "name", { kind: "Node", name });
}

/** Actions that change a node which is there. */
export function changeNode(cluster: Cluster, action: NodeAction): ActResult {
  const node = cluster.store.get("Node", "", action.name);
  if (!node) return noSuchNode(action.name);
  switch (action.do) {
    case "cordon":
    case "uncordon":
      cordon(cluster, node, action.do === "cordon");
      return { output: `node/${node.name} ${action.do}ed` };
    case "drain":
      return drain(cluster, node);
    case "taint": {
      const taint: Taint = { key: action.key, effect: action.effect, ...optional(action.value) };
      const others = node.taints.filter((one) => one.key !== taint.key || one.effect !== taint.effect);
      cluster.store.update(node, { taints: [...others, taint] });
      return { output: `node/${node.name} tainted` };
    }
    case "untaint": {
      const taints = node.taints.filter((one) => one.key !== action.key);
      if (taints.length === node.taints.length) {
        return actionProblem("no-such-taint", "key", { node: node.name, key: action.key });
      }
      cluster.store.update(node, { taints });
      return { output: `node/${node.name} untainted` };
    }
    case "labelNode":
      cluster.store.update(node, { labels: mergeMap(node.labels, action.labels) });
      return { output: `node/${node.name} labeled` };
  }
}

function optional(value: string | undefined): { readonly value?: string } {
  return value === undefined ? {} : { value };
}

function cordon(cluster: Cluster, node: Node, unschedulable: boolean): void {
  if (node.unschedulable === unschedulable) return;
  const others = node.taints.filter((one) => one.key !== cordonTaint.key);
  cluster.store.update(node, { unschedulable, taints: unschedulable ? [...others, cordonTaint] : others });
}

/** Deletes a pod through the eviction API, which notes that the pod was disrupted. */
function evict({ store, now }: Cluster, pod: Pod): void {
  if (pod.deleted !== null) return;
  const condition = {
    type: "DisruptionTarget",
    status: "True",
    reason: "EvictionByEvictionAPI",
    message: "Eviction API: evicting",
    lastTransitionTime: now(),
  } as const;
  store.update(pod, { conditions: [...pod.conditions.filter((one) => one.type !== condition.type), condition] });
  deletePod(store, pod, now());
}

/** Cordons the node and evicts all its pods but those of DaemonSets, as `kubectl drain --ignore-daemonsets --force`. */
function drain(cluster: Cluster, node: Node): ActResult {
  cordon(cluster, node, true);
  for (const pod of [...cluster.store.podsOnNode(node.name)]) {
    if (controllerOf(pod)?.kind !== "DaemonSet") evict(cluster, pod);
  }
  return { output: `node/${node.name} drained` };
}
