/** What a person can do to the cluster from outside. */
import { resourceName } from "../api/kind.ts";
import { remove } from "../apiserver/delete.ts";
import { createApiServer } from "../apiserver/server.ts";
import type { ApiServer } from "../apiserver/types.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Propagation } from "../cluster/deletion.ts";
import type { Action } from "../scenario/scenario.ts";
import { apply, patch } from "./apply.ts";
import { scale, setImage } from "./imperative.ts";
import { addNode, changeNode, removeNode } from "./nodes.ts";
import { refusedResult } from "./refusal.ts";
import { findTarget, isResult, type Target } from "./resources.ts";
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
  const server = createApiServer(cluster);
  switch (action.do) {
    case "apply":
      return apply(server, action.object);
    case "patch":
      return patch(server, action);
    case "scale":
      return scale(server, action);
    case "setImage":
      return setImage(server, action);
    case "undo":
      return undo(server, action);
    case "restart":
      return restart(server, action);
    case "pause":
    case "resume":
      return setPaused(server, action);
    case "delete":
      return deleteTarget(server, action, action.cascade);
    case "deletePod": {
      const result = deleteTarget(server, { ...action, kind: "Pod", name: action.pod });
      return result.problem ? { problem: { ...result.problem, path: "pod", at: ["pod"] } } : result;
    }
    case "addNode":
      return addNode(server, action.node);
    case "removeNode":
      return removeNode(server, action.name);
    case "cordon":
    case "uncordon":
    case "drain":
    case "taint":
    case "untaint":
    case "labelNode":
      return changeNode(server, action);
  }
}

function deleteTarget(server: ApiServer, target: Target, propagation: Propagation = "background"): ActResult {
  const found = findTarget(server, target);
  if (isResult(found)) return found;
  const { place } = found;
  const removed = remove(server, place, { propagation });
  return removed.ok
    ? { output: `${resourceName(place.row)} "${place.name}" deleted` }
    : refusedResult(removed, place, "name");
}
