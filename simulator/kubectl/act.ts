/** What a person can do to the cluster from outside. */

import { asObject, listAt } from "../api/json.ts";
import { resourceName } from "../api/kind.ts";
import { remove } from "../apiserver/delete.ts";
import { evict } from "../apiserver/eviction.ts";
import { patch as patchObject } from "../apiserver/patch.ts";
import { createApiServer } from "../apiserver/server.ts";
import type { ApiServer } from "../apiserver/types.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Propagation } from "../cluster/deletion.ts";
import { timeText } from "../cluster/time.ts";
import { loadOf } from "../scenario/load.ts";
import type { Action } from "../scenario/scenario.ts";
import { apply, patch } from "./apply.ts";
import { scale, setImage } from "./imperative.ts";
import { addNode, changeNode, removeNode } from "./nodes.ts";
import { refusedResult } from "./refusal.ts";
import { findTarget, isResult, type Target } from "./resources.ts";
import type { ActResult, Tell } from "./result.ts";
import { restart, setPaused } from "./rollout.ts";
import { undo } from "./undo.ts";

/** Actions that concern what runs on nodes and are carried out there. */
export type KubeletAction = Extract<
  Action,
  { do: "nodeLost" | "nodeBack" | "stopKubelet" | "startKubelet" | "fault" | "behave" }
>;
export type ClusterAction = Exclude<Action, KubeletAction | { do: "request" }>;

/**
 * Does one action at the present instant; the caller lets the controllers come to rest afterwards. Gives what kubectl
 * would print, or the problem (with the field of the action at fault) when nothing could be done. Never throws. What takes time
 * tells later what it prints then. It goes through `server`, by default one that takes for granted what objects name.
 */
export function act(
  cluster: Cluster,
  action: ClusterAction,
  tell: Tell = () => {},
  server: ApiServer = createApiServer(cluster),
): ActResult {
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
      return deleteTarget(server, action, action);
    case "deletePod":
      return ofPod(deleteTarget(server, { ...action, kind: "Pod", name: action.pod }, action));
    case "evict":
      return ofPod(evictTarget(server, action));
    case "setCondition":
      return ofPod(setCondition(server, action));
    case "load":
      server.cluster.metrics.add(loadOf(server.store, action.load));
      return {};
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
      return changeNode(server, action, tell);
  }
}

/** Problems of a pod's name are problems of the field `pod`. */
function ofPod(result: ActResult): ActResult {
  return result.problem ? { problem: { ...result.problem, path: "pod", at: ["pod"] } } : result;
}

interface Deletion {
  readonly cascade?: Propagation;
  readonly grace?: number;
}

function optionsOf({ cascade = "background", grace }: Deletion) {
  return { propagation: cascade, ...(grace === undefined ? {} : { gracePeriodSeconds: grace }) };
}

function deleteTarget(server: ApiServer, target: Target, deletion: Deletion): ActResult {
  const found = findTarget(server, target);
  if (isResult(found)) return found;
  const { place } = found;
  const removed = remove(server, place, optionsOf(deletion));
  return removed.ok
    ? { output: `${resourceName(place.row)} "${place.name}" deleted` }
    : refusedResult(removed, place, "name");
}

function evictTarget(server: ApiServer, action: Extract<Action, { do: "evict" }>): ActResult {
  const found = findTarget(server, { ...action, kind: "Pod", name: action.pod });
  if (isResult(found)) return found;
  const { place } = found;
  const evicted = evict(server, place, optionsOf(action));
  return evicted.ok ? { output: `pod/${place.name} evicted` } : refusedResult(evicted, place, "name");
}

/** A condition as a controller of somebody's own sets it: by a patch of the status. */
function setCondition(server: ApiServer, action: Extract<Action, { do: "setCondition" }>): ActResult {
  const found = findTarget(server, { ...action, kind: "Pod", name: action.pod });
  if (isResult(found)) return found;
  const { place, object } = found;
  const { type, status, reason } = action;
  const old = listAt(asObject(object["status"]), "conditions")
    .map(asObject)
    .find((one) => one["type"] === type);
  const lastTransitionTime =
    old?.["status"] === status ? old?.["lastTransitionTime"] : timeText(server.cluster.now(), server.start);
  const said = reason === undefined ? {} : { reason };
  const condition =
    status === null
      ? { type, $patch: "delete" }
      : { type, status, lastTransitionTime: lastTransitionTime ?? null, ...said };
  const patched = patchObject(server, place, { status: { conditions: [condition] } }, "strategic", {}, "status");
  return patched.ok ? { output: `pod/${place.name} patched` } : refusedResult(patched, place, "name");
}
