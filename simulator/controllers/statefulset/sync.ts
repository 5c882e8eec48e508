/** The StatefulSet controller. Models pkg/controller/statefulset/{stateful_set,stateful_set_control,stateful_pod_control}.go. */
import { matchesSelector, selectorTest } from "../../api/label-selector.ts";
import { since } from "../../api/target.ts";
import {
  type Controller,
  type ControllerContext,
  type ControllerFactory,
  keyOf,
  splitKey,
} from "../../cluster/controller.ts";
import {
  controllerOf,
  type LiveObject,
  type OwnerReference,
  type Pod,
  type StatefulSet,
} from "../../cluster/objects.ts";
import { controllerReference } from "../../cluster/pods.ts";
import type { Change } from "../../cluster/store.ts";
import { adoptRevisions, type History, revisionLabel, syncHistory, trimHistory } from "../history.ts";
import { availableFrom } from "../readiness.ts";
import { retryDelay } from "../retries.ts";
import { decide, isUpdateComplete, mostUnavailable, type StatefulCounts } from "./decide.ts";
import { inOrdinalRange, parsePodName, podNameOf, startOrdinal } from "./identity.ts";
import { createPodControl, type PodControl } from "./pod-control.ts";
import type { SetPod, SetState } from "./state.ts";

const ordinals = new WeakMap<Pod, number>();

/** The ordinal in a pod's name; -1 without one. A pod's name never changes, so it is parsed once. */
function ordinalOf(pod: Pod): number {
  let ordinal = ordinals.get(pod);
  if (ordinal === undefined) {
    ordinal = parsePodName(pod.name).ordinal;
    ordinals.set(pod, ordinal);
  }
  return ordinal;
}

const defaultHistoryLimit = 10;

export const statefulSetController: ControllerFactory = { name: "statefulset", create: createController };

function createController(context: ControllerContext): Controller {
  const { store, now, start, target, enqueue, enqueueAfter } = context;
  const states = new Map<string, SetState>();
  const control = createPodControl(context);

  function stateOf(set: StatefulSet): SetState {
    let state = states.get(set.uid);
    if (!state) {
      state = {
        uid: set.uid,
        matches: selectorTest(set.spec.selector),
        claimPods: true,
        history: undefined,
        settled: new Set(),
        generation: set.generation,
        failures: 0,
      };
      states.set(set.uid, state);
      adoptRevisions(store, set, state.matches);
    }
    return state;
  }

  /** Adopts pods of the set's names that nobody controls and releases those that the selector no longer matches. */
  function claimPods(set: StatefulSet, state: SetState): void {
    state.claimPods = false;
    if (set.deleted !== null) return;
    for (const pod of [...store.pods(set.uid).pods]) {
      if (!state.matches(pod.labels)) {
        store.update(pod, { owners: pod.owners.filter((one) => one.uid !== set.uid) });
      }
    }
    for (const pod of [...store.orphans()]) {
      if (pod.namespace !== set.namespace || pod.deleted !== null) continue;
      if (parsePodName(pod.name).parent === set.name && state.matches(pod.labels)) {
        store.update(pod, { owners: [...pod.owners, controllerReference(set)] });
      }
    }
  }

  function podsOf(set: StatefulSet, { matches }: SetState): readonly SetPod[] {
    const minReadySeconds = set.spec.minReadySeconds ?? 0;
    const pods: SetPod[] = [];
    for (const live of store.pods(set.uid).pods) {
      // A set that is being deleted releases nothing any more, but passes over what its selector does not match.
      if (set.deleted !== null && !matches(live.labels)) continue;
      const ordinal = ordinalOf(live);
      if (ordinal < 0) continue;
      pods.push({
        live,
        ordinal,
        revision: live.labels[revisionLabel] ?? "",
        phase: live.phase,
        ready: live.ready,
        available: availableFrom(live, minReadySeconds, start) <= now(),
        terminating: live.deleted !== null,
      });
    }
    return pods;
  }

  function update(set: StatefulSet, state: SetState): void {
    state.history ??= syncHistory(store, set);
    const history = state.history;
    const current = history.revisions.find((one) => one.name === set.status.currentRevision) ?? history.update;
    const first = startOrdinal(set.spec);
    const { replicas, updateStrategy } = set.spec;
    const inRange = (pod: SetPod) => inOrdinalRange(pod.ordinal, first, replicas);
    const pods = podsOf(set, state);
    const view = {
      replicas,
      start: first,
      parallel: set.spec.podManagementPolicy === "Parallel",
      onDelete: updateStrategy.type === "OnDelete",
      partition: updateStrategy.rollingUpdate ? (updateStrategy.rollingUpdate.partition ?? 0) : null,
      maxUnavailable: since(target, "1.37") ? mostUnavailable(updateStrategy.rollingUpdate, replicas) : null,
      deleting: set.deleted !== null,
      currentRevision: current.name,
      updateRevision: history.update.name,
      statusCurrentReplicas: set.status.currentReplicas,
      pods,
      claimIsStale: (ordinal: number) => control.claimIsStale(set, ordinal),
      needsRepair: (pod: SetPod) => control.needsRepair(set, state, pod, true),
      claimsNeedOwners: (pod: SetPod) => control.needsRepair(set, state, pod, false),
    };
    const decision = decide(view);
    const statusBefore = set.status;
    let failedStep = Number.POSITIVE_INFINITY;
    for (const action of decision.actions) {
      if (action.step > failedStep) break;
      if (!carryOut(control, action, set, state, history, inRange)) failedStep = action.step;
    }
    const cutShort = failedStep < (decision.actions.at(-1)?.step ?? 0);
    const counts = cutShort ? decision.countsOnFailure : decision.counts;
    // The API server refuses a negative counter, and with it the status. What was deleted brings the next look.
    if (counts.currentReplicas >= 0) {
      writeStatus(set, history, current.name, counts, isUpdateComplete(view, counts, target));
    }
    trim(set, history, current.name, pods);
    if (failedStep === Number.POSITIVE_INFINITY) state.failures = 0;
    else {
      // A status that was written brings another look, which tries again at once.
      if (set.status !== statusBefore) enqueue(keyOf(set));
      enqueueAfter(keyOf(set), retryDelay(state.failures++));
    }
    wakeWhenAvailable(set, pods);
  }

  /** Keeps the revisions of all pods that were there when the look began. */
  function trim(
    set: StatefulSet,
    { revisions, update: { name } }: History,
    current: string,
    pods: readonly SetPod[],
  ): void {
    const limit = set.spec.revisionHistoryLimit ?? defaultHistoryLimit;
    if (limit < 0 || revisions.length <= limit) return;
    const live = new Set([name, current, ...pods.map((pod) => pod.revision)]);
    const past = revisions.filter((one) => !live.has(one.name));
    trimHistory(store, past, () => false, past.length - limit);
  }

  function writeStatus(
    set: StatefulSet,
    history: History,
    current: string,
    counts: StatefulCounts,
    complete: boolean,
  ): void {
    const status: StatefulSet["status"] = {
      observedGeneration: set.generation,
      ...counts,
      currentReplicas: complete ? counts.updatedReplicas : counts.currentReplicas,
      currentRevision: complete ? history.update.name : current,
      updateRevision: history.update.name,
      collisionCount: history.collisionCount,
    };
    const before = set.status;
    const same = (Object.keys(status) as (keyof typeof status)[]).every((key) => status[key] === before[key]);
    if (!same) store.update(set, { status });
  }

  /** Looks again at the moment when the next ready pod has been ready for minReadySeconds. */
  function wakeWhenAvailable(set: StatefulSet, pods: readonly SetPod[]): void {
    if ((set.spec.minReadySeconds ?? 0) === 0) return;
    let next = Number.POSITIVE_INFINITY;
    for (const { live, available } of pods) {
      if (!available) next = Math.min(next, availableFrom(live, set.spec.minReadySeconds ?? 0, start));
    }
    if (next !== Number.POSITIVE_INFINITY) enqueueAfter(keyOf(set), next - now());
  }

  function setOf(owner: OwnerReference | undefined): StatefulSet | undefined {
    if (owner?.kind !== "StatefulSet") return undefined;
    const set = store.byUid(owner.uid);
    return set?.kind === "StatefulSet" ? set : undefined;
  }

  function observePod(pod: Pod, previous: Partial<Pod>): void {
    const owner = controllerOf(pod);
    if ("owners" in previous) {
      const before = setOf(previous.owners?.find((one) => one.controller));
      if (before) enqueue(keyOf(before));
    }
    if (owner) {
      const set = setOf(owner);
      if (!set) return;
      const state = states.get(set.uid);
      if (state && ("labels" in previous || "owners" in previous)) {
        state.claimPods ||= !state.matches(pod.labels);
        state.settled.delete(ordinalOf(pod));
      }
      enqueue(keyOf(set));
      return;
    }
    if (!("labels" in previous || "owners" in previous)) return;
    for (const set of store.all("StatefulSet")) {
      if (set.namespace !== pod.namespace || !matchesSelector(set.spec.selector, pod.labels)) continue;
      const state = states.get(set.uid);
      if (state) state.claimPods = true;
      enqueue(keyOf(set));
    }
  }

  /** The controller does not watch claims: what became of one it finds out at its next look, whatever that is for. */
  function observeClaim(change: Change): void {
    // Claims are named after their pod, so the ordinal says whose it may be. Sets whose names end alike look once too often.
    const { ordinal } = parsePodName(change.object.name);
    for (const state of states.values()) state.settled.delete(ordinal);
  }

  function observeRevision(owner: OwnerReference | undefined, object: LiveObject): void {
    // It may be the one of an earlier set of the same name, which goes after a new set has found it.
    for (const state of states.values()) if (state.history?.update === object) state.history = undefined;
    if (owner) {
      const state = states.get(owner.uid);
      if (state) state.history = undefined;
      return;
    }
    for (const set of store.all("StatefulSet")) {
      const state = states.get(set.uid);
      if (state?.matches(object.labels)) {
        state.history = undefined;
        state.claimPods = true;
      }
    }
  }

  return {
    kinds: ["StatefulSet", "Pod", "ControllerRevision", "PersistentVolumeClaim"],
    podOwner: "StatefulSet",
    observe(change) {
      const { object } = change;
      const previous = change.type === "modified" ? change.previous : object;
      if (object.kind === "Pod") observePod(object, change.type === "deleted" ? {} : (previous as Partial<Pod>));
      else if (object.kind === "PersistentVolumeClaim") observeClaim(change);
      else if (object.kind === "ControllerRevision") observeRevision(controllerOf(object), object);
      else if (object.kind === "StatefulSet") {
        if (change.type === "deleted") {
          states.delete(object.uid);
          return;
        }
        const state = states.get(object.uid);
        const before = previous as Partial<StatefulSet>;
        if (state && before.spec && before.spec.template !== object.spec.template) state.history = undefined;
        // Of the status only these two are read back; a look for the other counters would find nothing to do.
        const { status } = before;
        const statusOnly = change.type === "modified" && status !== undefined && Object.keys(before).length === 1;
        const matters =
          status?.currentRevision !== object.status.currentRevision ||
          status.currentReplicas !== object.status.currentReplicas;
        if (!statusOnly || matters) enqueue(keyOf(object));
      }
    },
    sync(key) {
      const set = store.get("StatefulSet", ...splitKey(key));
      if (!set) return;
      const state = stateOf(set);
      if (state.generation !== set.generation) {
        state.generation = set.generation;
        state.settled.clear();
      }
      if (state.claimPods) {
        adoptRevisions(store, set, state.matches);
        claimPods(set, state);
      }
      update(set, state);
    },
  };
}

/** False when it failed. */
function carryOut(
  control: PodControl,
  action: ReturnType<typeof decide<SetPod>>["actions"][number],
  set: StatefulSet,
  state: SetState,
  { revisions, update }: History,
  inRange: (pod: SetPod) => boolean,
): boolean {
  switch (action.type) {
    case "create": {
      const revision = revisions.find((one) => one.name === action.revision) ?? update;
      return control.create(set, action.ordinal, revision);
    }
    case "claims":
      if (!control.createMissingClaims(set, state, action.pod)) return false;
      return !action.repair || !control.needsRepair(set, state, action.pod, true) || control.repair(set, action.pod);
    case "repair":
      return control.repair(set, action.pod);
    case "claimOwners":
      control.updateClaimOwners(set, action.pod.live, action.pod.ordinal, inRange(action.pod));
      return true;
    case "delete":
      return control.remove(set, action.pod.live.name);
    case "deleteNew":
      return control.remove(set, podNameOf(set.name, action.ordinal));
  }
}
