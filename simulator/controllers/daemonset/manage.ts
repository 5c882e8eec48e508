/** Puts a pod on every node that should have one. Models manage and syncNodes of pkg/controller/daemon/daemon_controller.go. */
import { podRefusal, refusalText } from "../../api/pod-refusal.ts";
import { type ControllerContext, keyOf } from "../../cluster/controller.ts";
import type { DaemonSet, Pod } from "../../cluster/objects.ts";
import { deletePod, podFromTemplate } from "../../cluster/pods.ts";
import { availableFrom } from "../readiness.ts";
import { type DaemonView, manageNode } from "./decide.ts";
import { account, type Entry, type SetState, viewOf, yardstickOf } from "./state.ts";
import type { Version } from "./template.ts";
import { daemonTemplate } from "./template.ts";

/** Most pods created, and most deleted, in one look. */
const burst = 250;
const firstBackOff = 1000;
const longestBackOff = 900_000;

/**
 * Creates and deletes, at most 250 of each, and asks for another look when that was not all. False when the API server takes
 * none of the pods: the slow start ends with the first of them.
 */
export function act(
  { store, now, random, target, event, enqueue, create }: ControllerContext,
  set: DaemonSet,
  state: SetState,
  version: Version,
  nodes: readonly string[],
  pods: readonly Pod[],
): boolean {
  let refused = false;
  for (const node of nodes.slice(0, burst)) {
    state.daemonTemplate ??= daemonTemplate(set, version);
    const name = store.freePodName(set.namespace, `${set.name}-`, random);
    const problems = podRefusal(state.daemonTemplate, name, target);
    if (problems) {
      event(set, "Warning", "FailedCreate", `Error creating: ${refusalText(name, problems)}`);
      refused = true;
      break;
    }
    const pod = create<"Pod">(podFromTemplate(set.namespace, name, state.daemonTemplate, set, { pinnedNode: node }));
    if (typeof pod === "string") {
      event(set, "Warning", "FailedCreate", `Error creating: ${pod}`);
      refused = true;
      break;
    }
    event(set, "Normal", "SuccessfulCreate", `Created pod: ${name}`);
  }
  for (const pod of pods.slice(0, burst)) {
    deletePod(store, pod, now());
    event(set, "Normal", "SuccessfulDelete", `Deleted pod: ${pod.name}`);
  }
  if (!refused && (nodes.length > burst || pods.length > burst)) enqueue(keyOf(set));
  return !refused;
}

/** Whether there was something to create or delete, and whether that could be done. */
export type Managed = "idle" | "acted" | "failed";

/**
 * Visits the changed nodes. Unless there was nothing to do an update waits for the next look, as behind expectations.
 */
export function manage(context: ControllerContext, set: DaemonSet, state: SetState, version: Version): Managed {
  const { store, now, start } = context;
  const { creates } = state;
  const yardstick = yardstickOf(set, version, now(), start);
  const deletes: Pod[] = [];
  const again = new Set<string>();
  for (const name of [...state.dirty].sort()) {
    const entry = state.entries.get(name);
    if (!entry) continue;
    const view = viewOf(store, set, entry, start);
    account(state, entry, view, yardstick);
    noteWaiting(context, set, state, entry, view);
    if (!entry.exists) {
      creates.delete(entry);
      // Nobody else would take a pod that waits for a node which is gone.
      deletes.push(...view.pods.filter((pod) => pod.node === "" && pod.deleted === null));
      continue;
    }
    const work = manageNode(view, yardstick);
    if (work.create) creates.add(entry);
    else creates.delete(entry);
    deletes.push(...work.remove);
    for (const pod of work.failed) {
      if (mayDeleteFailed(context, set, state, pod, name)) deletes.push(pod);
      else again.add(name);
    }
    for (const pod of work.succeeded) {
      const text = `Found succeeded daemon pod ${pod.namespace}/${pod.name} on node ${name}, will try to delete it`;
      context.event(set, "Normal", "SucceededDaemonPod", text);
      deletes.push(pod);
    }
  }
  state.dirty.clear();
  for (const name of again) state.dirty.add(name);
  for (const pod of deletes.slice(burst)) state.dirty.add(state.target.get(pod)?.name ?? "");
  if (creates.size() + deletes.length === 0) return "idle";
  const names = creates.first(burst + 1).map((entry) => entry.name);
  return act(context, set, state, version, names, deletes) ? "acted" : "failed";
}

/** Notes the pods that only time makes available, and asks for a look at that moment. */
function noteWaiting(
  { now, start, enqueueAfter }: ControllerContext,
  set: DaemonSet,
  state: SetState,
  entry: Entry,
  view: DaemonView,
): void {
  const minReady = set.spec.minReadySeconds ?? 0;
  for (const pod of view.pods) {
    const at = availableFrom(pod, minReady, start);
    if (at > now() && at < Number.POSITIVE_INFINITY) {
      state.waiting.add(pod, entry.name, at);
      enqueueAfter(keyOf(set), at - now());
    } else state.waiting.delete(pod);
  }
}

/** Marks the nodes of pods that became available by now, and asks for a look when the next one will be. */
export function wakeWaiting({ now, enqueueAfter }: ControllerContext, set: DaemonSet, state: SetState): void {
  const { waiting, dirty } = state;
  for (const name of waiting.due(now())) dirty.add(name);
  // Of all that was asked for only the earliest look was kept; the others are asked for again.
  const next = waiting.next(now());
  if (next !== Number.POSITIVE_INFINITY) enqueueAfter(keyOf(set), next - now());
}

/** Failed pods of one node and generation are deleted ever more slowly. */
function mayDeleteFailed(
  { now, event, enqueueAfter }: ControllerContext,
  set: DaemonSet,
  state: SetState,
  pod: Pod,
  node: string,
): boolean {
  const key = `${set.status.observedGeneration}/${node}`;
  const entry = state.backOff.get(key);
  const since = entry ? now() - entry.at : 0;
  const expired = !entry || since > longestBackOff * 2;
  if (!expired && since < entry.delay) {
    enqueueAfter(keyOf(set), entry.delay);
    return false;
  }
  const delay = expired ? firstBackOff : Math.min(entry.delay * 2, longestBackOff);
  state.backOff.set(key, { delay, at: now() });
  const text = `Found failed daemon pod ${pod.namespace}/${pod.name} on node ${node}, will try to kill it`;
  event(set, "Warning", "FailedDaemonPod", text);
  return true;
}
