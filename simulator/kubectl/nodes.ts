/** Node actions: add, remove, cordon, drain, taint, label. */
import { asObject, listAt } from "../api/json.ts";
import type { Json, Taint } from "../api/objects.ts";
import { create } from "../apiserver/create.ts";
import { remove } from "../apiserver/delete.ts";
import { patch } from "../apiserver/patch.ts";
import type { ApiServer } from "../apiserver/types.ts";
import type { Action, ScenarioNode } from "../scenario/scenario.ts";
import { cordon } from "./cordon.ts";
import { startDrain } from "./drain.ts";
import { fullDrain } from "./drain-options.ts";
import { refusedResult } from "./refusal.ts";
import { type Found, findTarget, isResult, named, placeOf } from "./resources.ts";
import { type ActResult, actionProblem, type Tell } from "./result.ts";

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
  const patched = patch(server, place, value, "merge", { fieldManager: "kubectl", answer: "unmanaged" });
  return patched.ok ? { output: `${named(place)} ${done}` } : refusedResult(patched, place, "name");
}

/** Actions that change a node which is there; a drain goes on and tells later what kubectl prints then. */
export function changeNode(server: ApiServer, action: NodeAction, tell: Tell): ActResult {
  const found = findTarget(server, { kind: "Node", name: action.name });
  if (isResult(found)) return found;
  switch (action.do) {
    case "cordon":
    case "uncordon":
      return cordon(server, found, action.do === "cordon");
    case "drain":
      return drain(server, found, action, tell);
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

/** Cordons the node and drives away all of its pods but those of DaemonSets. */
function drain(
  server: ApiServer,
  found: Found,
  { timeout, grace, podSelector }: Extract<Action, { do: "drain" }>,
  tell: Tell,
): ActResult {
  const options = {
    ...fullDrain,
    ...(timeout === undefined ? {} : { timeout }),
    ...(grace === undefined ? {} : { gracePeriod: grace }),
    ...(podSelector === undefined ? {} : { podSelector }),
  };
  let begun = false;
  let printed = "";
  startDrain(server, found, options, (lines) => {
    const output = lines.join("\n");
    // What only says the same again, every five seconds, was said.
    if (begun && output !== printed) tell(output);
    printed = output;
  });
  begun = true;
  return { output: printed };
}
