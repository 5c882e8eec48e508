/** What a person can do to the cluster from outside. */
import type { Cluster } from "../cluster/cluster.ts";
import { deleteObject } from "../cluster/deletion.ts";
import type { Action } from "../scenario/scenario.ts";
import { apply, patch } from "./apply.ts";
import { scale, setImage } from "./imperative.ts";
import { addNode, changeNode, removeNode } from "./nodes.ts";
import { findTarget, isResult, resourceNames } from "./resources.ts";
import type { ActResult } from "./result.ts";
import { restart, setPaused } from "./rollout.ts";
import { undo } from "./undo.ts";

/** Actions that concern what runs on nodes and are carried out there. */
export type KubeletAction = Extract<Action, { do: "nodeLost" | "nodeBack" | "fault" }>;
export type ClusterAction = Exclude<Action, KubeletAction>;

/**
 * Does one action at the present instant; the caller lets the controllers come to rest afterwards. Gives what kubectl
 * would print, or the problem (with the field of the action at fault) when nothing could be done. Never throws.
 */
export function act(cluster: Cluster, action: ClusterAction): ActResult {
  switch (action.do) {
    case "apply":
      return apply(cluster, action.object);
    case "patch":
      return patch(cluster, action);
    case "scale":
      return scale(cluster, action);
    case "setImage":
      return setImage(cluster, action);
    case "undo":
      return undo(cluster, action);
    case "restart":
      return restart(cluster, action);
    case "pause":
    case "resume":
      return setPaused(cluster, action);
    case "delete": {
      const object = findTarget(cluster, action);
      if (isResult(object)) return object;
      deleteObject(cluster.store, object, cluster.now(), action.cascade);
      return { output: `${resourceNames[object.kind]} "${object.name}" deleted` };
    }
    case "deletePod": {
      const pod = findTarget(cluster, { ...action, kind: "Pod", name: action.pod });
      if (isResult(pod)) return pod.problem ? { problem: { ...pod.problem, path: "pod", at: ["pod"] } } : pod;
      deleteObject(cluster.store, pod, cluster.now());
      return { output: `pod "${pod.name}" deleted` };
    }
    case "addNode":
      return addNode(cluster, action.node);
    case "removeNode":
      return removeNode(cluster, action.name);
    case "cordon":
    case "uncordon":
    case "drain":
    case "taint":
    case "untaint":
    case "labelNode":
      return changeNode(cluster, action);
  }
}
