/** Node actions: add, remove, cordon, drain, taint, label. */
import { asObject, isTrue, listAt } from "../api/json.ts";
import type { Json, Taint } from "../api/objects.ts";
import { create } from "../apiserver/create.ts";
import { remove } from "../apiserver/delete.ts";
import { evict } from "../apiserver/eviction.ts";
import { patch } from "../apiserver/patch.ts";
import { list } from "../apiserver/read.ts";
import type { ApiObject, ApiServer } from "../apiserver/types.ts";
import { cordonTaint } from "../cluster/initial.ts";
import type { Action, ScenarioNode } from "../scenario/scenario.ts";
import { refusedResult } from "./refusal.ts";
import { type Found, findTarget, isResult, named, placeOf } from "./resources.ts";
import { type ActResult, actionProblem } from "./result.ts";

type NodeAction = Extract<Action, { do: "cordon" | "uncordon" | "drain" | "taint" | "untaint" | "labelNode" }>;

const nodeRow = (server: ApiServer) => server.kinds.named("Node")!;

/** Adds a ready node. */
export function addNode(server: ApiServer, node: ScenarioNode): ActResult {
  const { name, labels, taints = [], unschedulable = false, allocatable } = node;
  if (name === "") return actionProblem("name-required", "node.name", { kind: "Node" });
  const place = placeOf(nodeRow(server), name, undefined);
  const created = create(server, place, {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, ...(labels ? { labels } : {}) },
    spec: { taints, ...(unschedulable ? { unschedulable } : {}) },
    ...(allocatable ? { status: { allocatable } } : {}),
  });
  return created.ok ? { output: `${named(place)} created` } : refusedResult(created, place, "node.name");
}

/** Removes the node object; the pods on it stay until the pod garbage collector takes them. */
export function removeNode(server: ApiServer, name: string): ActResult {
  const place = placeOf(nodeRow(server), name, undefined);
  const removed = remove(server, place);
  return removed.ok ? { output: `node "${name}" deleted` } : refusedResult(removed, place, "name");
}

const taintsOf = ({ object }: Found) => listAt(asObject(object["spec"]), "taints") as unknown as readonly Taint[];

/** Changes the spec or the labels of a node, and says what kubectl says then. */
function change(server: ApiServer, { place }: Found, value: Json, done: string): ActResult {
  const patched = patch(server, place, value, "merge", { fieldManager: "kubectl" });
  return patched.ok ? { output: `${named(place)} ${done}` } : refusedResult(patched, place, "name");
}

/** Actions that change a node which is there. */
export function changeNode(server: ApiServer, action: NodeAction): ActResult {
  const found = findTarget(server, { kind: "Node", name: action.name });
  if (isResult(found)) return found;
  switch (action.do) {
    case "cordon":
    case "uncordon":
      return cordon(server, found, action.do === "cordon");
    case "drain":
      return drain(server, found);
    case "taint": {
      const { key, effect, value } = action;
      const taint: Taint = { key, effect, ...(value === undefined ? {} : { value }) };
      const others = taintsOf(found).filter((one) => one.key !== key || one.effect !== effect);
      return change(server, found, { spec: { taints: [...others, taint] as unknown as Json } }, "tainted");
    }
    case "untaint": {
      const all = taintsOf(found);
      const taints = all.filter((one) => one.key !== action.key);
      if (taints.length === all.length) {
        return actionProblem("no-such-taint", "key", { node: action.name, key: action.key });
      }
      return change(server, found, { spec: { taints: taints as unknown as Json } }, "untainted");
    }
    case "labelNode":
      return change(server, found, { metadata: { labels: action.labels } }, "labeled");
  }
}

/** Sets or removes `spec.unschedulable`, and the taint with which the node controller follows. */
function cordon(server: ApiServer, found: Found, unschedulable: boolean): ActResult {
  const word = unschedulable ? "cordoned" : "uncordoned";
  if (isTrue(asObject(found.object["spec"]), "unschedulable") === unschedulable) {
    return { output: `${named(found.place)} ${word}` };
  }
  const others = taintsOf(found).filter((one) => one.key !== cordonTaint.key);
  const taints = (unschedulable ? [...others, cordonTaint] : others) as unknown as Json;
  return change(server, found, { spec: { unschedulable: unschedulable || null, taints } }, word);
}

function isDaemon({ metadata }: ApiObject): boolean {
  return listAt(metadata, "ownerReferences")
    .map(asObject)
    .some((owner) => owner["controller"] === true && owner["kind"] === "DaemonSet");
}

/** Cordons the node and evicts all its pods but those of DaemonSets, as `kubectl drain --ignore-daemonsets --force`. */
function drain(server: ApiServer, found: Found): ActResult {
  cordon(server, found, true);
  const row = server.kinds.named("Pod")!;
  const { name } = found.place;
  const pods = list(server, { row, namespace: "", name: "" }, { fieldSelector: `spec.nodeName=${name}` });
  if (!pods.ok) return refusedResult(pods, found.place, "name");
  for (const pod of pods.object.items) {
    if (!isDaemon(pod)) evict(server, placeOf(row, pod.metadata.name, pod.metadata.namespace));
  }
  return { output: `${named(found.place)} drained` };
}
