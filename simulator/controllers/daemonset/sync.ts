/** The DaemonSet controller: what it hears of, and a look at one set. Models pkg/controller/daemon/daemon_controller.go. */
import { matchesSelector } from "../../api/label-selector.ts";
import type { LabelMap } from "../../api/objects.ts";
import {
  type Controller,
  type ControllerContext,
  type ControllerFactory,
  keyOf,
  splitKey,
} from "../../cluster/controller.ts";
import { controllerOf, type DaemonSet, type LiveObject, type Node, type Pod } from "../../cluster/objects.ts";
import { controllerReference } from "../../cluster/pods.ts";
import type { Change } from "../../cluster/store.ts";
import { adoptRevisions, revisionHash } from "../history.ts";
import { retryDelay } from "../retries.ts";
import { cleanupHistory, constructHistory } from "./history.ts";
import { manage, wakeWaiting } from "./manage.ts";
import { placement } from "./placement.ts";
import { createState, place, type SetState, statusOf, touch } from "./state.ts";
import { firstTemplateGeneration, nextTemplateGeneration } from "./template.ts";
import { rollingUpdate } from "./update.ts";

export const daemonSetController: ControllerFactory = { name: "daemonset", create: createController };

function createController(context: ControllerContext): Controller {
  const { store, enqueue, enqueueAfter } = context;
  const states = new Map<string, SetState>();
  /** The number of each set's present template, as the API server counts. */
  const templateGenerations = new Map<string, number>();

  function stateOf(set: DaemonSet): SetState {
    let state = states.get(set.uid);
    if (!state) {
      state = createState(store, set);
      states.set(set.uid, state);
    }
    return state;
  }

  function claim(set: DaemonSet, state: SetState): void {
    state.claims = false;
    adoptRevisions(store, set, state.matches);
    for (const pod of [...store.pods(set.uid).pods]) {
      if (!state.matches(pod.labels)) store.update(pod, { owners: pod.owners.filter((one) => one.uid !== set.uid) });
    }
    for (const pod of [...store.orphans()]) {
      if (pod.namespace === set.namespace && pod.deleted === null && state.matches(pod.labels)) {
        store.update(pod, { owners: [...pod.owners, controllerReference(set)] });
      }
    }
  }

  function writeStatus(set: DaemonSet, state: SetState, collisionCount: number): void {
    const status = statusOf(set, state, collisionCount);
    const same = (Object.keys(status) as (keyof typeof status)[]).every((key) => status[key] === set.status[key]);
    if (!same) store.update(set, { status });
  }

  /** Something without a controller: the sets that select it may want it. */
  function observeOrphan(namespace: string, labels: LabelMap): void {
    for (const set of store.all("DaemonSet")) {
      if (set.namespace !== namespace || !matchesSelector(set.spec.selector, labels)) continue;
      const state = states.get(set.uid);
      if (state) state.claims = true;
      enqueue(keyOf(set));
    }
  }

  function observePod(pod: Pod, previous: Partial<Pod>, present: boolean): void {
    const owner = controllerOf(pod);
    if (previous.owners) {
      const before = previous.owners.find((one) => one.controller);
      const state = before && before.uid !== owner?.uid ? states.get(before.uid) : undefined;
      if (before && state) {
        place(state, pod, false);
        enqueue(`${pod.namespace}/${before.name}`);
      }
    }
    if (owner) {
      if (owner.kind !== "DaemonSet") return;
      const state = states.get(owner.uid);
      if (state) {
        place(state, pod, present);
        if (previous.labels && !state.matches(pod.labels)) state.claims = true;
      }
      enqueue(`${pod.namespace}/${owner.name}`);
    } else if (previous.labels || previous.owners) observeOrphan(pod.namespace, pod.labels);
  }

  /** A changed node makes a set look again only if a pod is missing there, has to go, or pods are where they should not be. */
  function observeNode(node: Node, type: Change["type"], relevant: boolean): void {
    for (const set of store.all("DaemonSet")) {
      const state = states.get(set.uid);
      if (!state) continue;
      const entry = touch(state, node.name);
      entry.exists = type !== "deleted";
      if (relevant || type === "deleted") entry.placement = null;
      if (type === "deleted" || !relevant) continue;
      const { shouldRun, shouldContinueRunning } = placement(node, set.spec.template.spec);
      let bound = false;
      for (const pod of entry.pods) bound ||= pod.node !== "";
      if (type === "added") {
        if (shouldRun) enqueue(keyOf(set));
      } else if (bound ? !shouldContinueRunning || set.status.numberMisscheduled > 0 : shouldRun) enqueue(keyOf(set));
    }
  }

  function observeRevision(object: LiveObject, type: Change["type"]): void {
    const owner = controllerOf(object);
    const state = owner && states.get(owner.uid);
    // It may be the one of an earlier set of the same name, which goes after a new set has found it.
    for (const one of states.values()) if (one.history?.update === object) one.history = undefined;
    if (state) {
      state.history = undefined;
      if (type !== "added") enqueue(`${object.namespace}/${owner.name}`);
    } else if (!owner && type !== "deleted") observeOrphan(object.namespace, object.labels);
  }

  function observeSet(set: DaemonSet, previous: Partial<DaemonSet>): void {
    const { spec, status } = previous;
    const generation = templateGenerations.get(set.uid);
    if (generation === undefined) templateGenerations.set(set.uid, firstTemplateGeneration(set));
    else if (spec) {
      const next = nextTemplateGeneration(generation, spec.template, set.spec.template);
      templateGenerations.set(set.uid, next);
    }
    // Of the status only the generation is read back: with it the back-off of failed pods begins anew.
    const onlyCounts =
      status?.observedGeneration === set.status.observedGeneration && Object.keys(previous).length === 1;
    if (!onlyCounts) enqueue(keyOf(set));
  }

  return {
    kinds: ["DaemonSet", "Pod", "Node", "ControllerRevision"],
    podOwner: "DaemonSet",
    observe(change) {
      const { object, type } = change;
      const present = type !== "deleted";
      const previous = type === "modified" ? change.previous : object;
      if (object.kind === "Pod") observePod(object, present ? (previous as Partial<Pod>) : {}, present);
      else if (object.kind === "Node") observeNode(object, type, "labels" in previous || "taints" in previous);
      else if (object.kind === "ControllerRevision") observeRevision(object, type);
      else if (object.kind === "DaemonSet") {
        if (present) observeSet(object, previous as Partial<DaemonSet>);
        else {
          states.delete(object.uid);
          templateGenerations.delete(object.uid);
        }
      }
    },
    sync(key) {
      const set = store.get("DaemonSet", ...splitKey(key));
      if (!set || set.deleted !== null) return;
      const state = stateOf(set);
      if (state.claims) claim(set, state);
      if (state.generation !== set.generation) {
        state.generation = set.generation;
        state.history = undefined;
        state.waiting.clear();
        for (const [name, entry] of state.entries) {
          entry.placement = null;
          state.dirty.add(name);
        }
      }
      wakeWaiting(context, set, state);
      if (!state.history) {
        state.history = constructHistory(store, set);
        state.daemonTemplate = undefined;
      }
      const history = state.history;
      const version = {
        hash: revisionHash(history.update),
        generation: String(templateGenerations.get(set.uid) ?? 1),
      };
      const managed = manage(context, set, state, version);
      const updates = managed === "idle" && set.spec.updateStrategy.type === "RollingUpdate";
      const done = managed !== "failed" && (!updates || rollingUpdate(context, set, state, version));
      if (done) cleanupHistory(store, set, history);
      const statusBefore = set.status;
      writeStatus(set, state, history.collisionCount);
      if (done) state.failures = 0;
      else {
        // A status that was written brings another look, which tries again at once.
        if (set.status !== statusBefore) enqueue(keyOf(set));
        enqueueAfter(keyOf(set), retryDelay(state.failures++));
      }
    },
  };
}
