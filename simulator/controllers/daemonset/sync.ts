/**
 * The DaemonSet controller. Models pkg/controller/daemon/{daemon_controller,update}.go. What it knows of each node is kept between
 * looks; a look visits the nodes that changed. Where the real one takes update candidates in random order, this takes them by name.
 */
import { matchesSelector, selectorTest } from "../../api/label-selector.ts";
import type { LabelMap, PodTemplateSpec } from "../../api/objects.ts";
import {
  type Controller,
  type ControllerContext,
  type ControllerFactory,
  keyOf,
  splitKey,
} from "../../cluster/controller.ts";
import { generateName } from "../../cluster/names.ts";
import {
  controllerOf,
  type DaemonSet,
  isPodAvailable,
  isPodTerminal,
  type Node,
  type Pod,
} from "../../cluster/objects.ts";
import { controllerReference, deletePod, podFromTemplate } from "../../cluster/pods.ts";
import { adoptRevisions, type History, revisionHash, revisionLabel, syncHistory, trimHistory } from "../history.ts";
import { type DaemonView, manageNode, type UpdateState, updateNode } from "./decide.ts";
import { daemonTolerations, placement } from "./placement.ts";

const burst = 250;
const firstBackOff = 1000;
const longestBackOff = 900_000;
const defaultHistoryLimit = 10;

interface Entry {
  readonly name: string;
  exists: boolean;
  readonly pods: Set<Pod>;
  shouldRun: boolean;
  state: UpdateState | undefined;
  /** What the entry adds to the status counters. */
  tally: readonly number[];
}

interface State {
  readonly matches: (labels: LabelMap | undefined) => boolean;
  readonly entries: Map<string, Entry>;
  readonly target: Map<Pod, Entry>;
  readonly dirty: Set<string>;
  readonly backOff: Map<string, { delay: number; at: number }>;
  /** desired, current, misscheduled, ready, available, updated, unavailable for updates, surging, available for updates. */
  readonly sums: number[];
  readonly steps: { readonly replace: Set<Entry>; readonly candidate: Set<Entry>; readonly sunset: Set<Entry> };
  readonly waiting: Map<Pod, string>;
  history: History | undefined;
  template: PodTemplateSpec | undefined;
  daemonTemplate: PodTemplateSpec | undefined;
  generation: number;
  claimPods: boolean;
}

export const daemonSetController: ControllerFactory = { name: "daemonset", create: createController };

function resolve(value: number | string | undefined, total: number): number {
  if (value === undefined) return 0;
  return typeof value === "number" ? value : Math.ceil((total * Number.parseInt(value, 10)) / 100);
}

function surgeOf(set: DaemonSet, desired: number): number {
  const { type, rollingUpdate } = set.spec.updateStrategy;
  return type === "RollingUpdate" ? resolve(rollingUpdate?.maxSurge, desired) : 0;
}

function createController(context: ControllerContext): Controller {
  const { store, now, enqueue, enqueueAfter, event, random } = context;
  const states = new Map<string, State>();

  function touch(state: State, name: string): Entry {
    let entry = state.entries.get(name);
    if (!entry) {
      entry = { name, exists: false, pods: new Set(), shouldRun: false, state: undefined, tally: [] };
      state.entries.set(name, entry);
    }
    state.dirty.add(name);
    return entry;
  }

  function place(state: State, pod: Pod, present: boolean): void {
    const before = state.target.get(pod);
    const name = pod.node || pod.pinnedNode || "";
    if (before && (!present || before.name !== name)) {
      before.pods.delete(pod);
      state.target.delete(pod);
      state.waiting.delete(pod);
      state.dirty.add(before.name);
    }
    if (!present || name === "") return;
    const entry = touch(state, name);
    entry.pods.add(pod);
    state.target.set(pod, entry);
  }

  function stateOf(set: DaemonSet): State {
    let state = states.get(set.uid);
    if (state) return state;
    state = {
      matches: selectorTest(set.spec.selector),
      entries: new Map(),
      target: new Map(),
      dirty: new Set(),
      backOff: new Map(),
      sums: [0, 0, 0, 0, 0, 0, 0, 0, 0],
      steps: { replace: new Set(), candidate: new Set(), sunset: new Set() },
      waiting: new Map(),
      history: undefined,
      template: undefined,
      daemonTemplate: undefined,
      generation: -1,
      claimPods: true,
    };
    states.set(set.uid, state);
    for (const node of store.all("Node")) touch(state, node.name).exists = true;
    for (const pod of store.pods(set.uid).pods) place(state, pod, true);
    return state;
  }

  function claimPods(set: DaemonSet, state: State): void {
    state.claimPods = false;
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

  function viewOf(set: DaemonSet, entry: Entry, hash: string): DaemonView {
    const node = store.get("Node", "", entry.name);
    const fits = node ? placement(node, set.spec.template.spec) : { shouldRun: false, shouldContinueRunning: true };
    const minReady = set.spec.minReadySeconds ?? 0;
    const pods = [...entry.pods].filter((pod) => !(pod.deleted !== null && isPodTerminal(pod)));
    // Bound pods first, then the oldest.
    pods.sort(
      (a, b) => Number(a.node === "") - Number(b.node === "") || a.created - b.created || a.sequence - b.sequence,
    );
    return {
      ...fits,
      pods,
      surge: surgeOf(set, 1) > 0,
      isNew: (pod) => pod.labels[revisionLabel] === hash,
      isAvailable: (pod) => isPodAvailable(pod, minReady, now()),
    };
  }

  /** Brings the sums up to date with one node and forgets nodes that are gone. */
  function account(set: DaemonSet, state: State, entry: Entry, view: DaemonView): void {
    const { pods, shouldRun } = view;
    const [oldest] = pods;
    const here = oldest ? 1 : 0;
    const known = entry.exists || entry.pods.size > 0;
    const update = known && (shouldRun || pods.length > 0) ? updateNode(view) : undefined;
    const on = (condition: boolean | undefined) => (entry.exists && shouldRun && condition ? 1 : 0);
    const tally = [
      on(true),
      on(here === 1),
      entry.exists && !shouldRun ? here : 0,
      on(oldest?.ready),
      on(oldest && view.isAvailable(oldest)),
      on(oldest && view.isNew(oldest)),
      update?.unavailable ? 1 : 0,
      update?.surging ? 1 : 0,
      update?.available ? 1 : 0,
    ];
    for (let i = 0; i < tally.length; i++) state.sums[i]! += tally[i]! - (entry.tally[i] ?? 0);
    if (entry.state && entry.state.step !== "none") state.steps[entry.state.step].delete(entry);
    if (update && update.step !== "none") state.steps[update.step].add(entry);
    entry.tally = tally;
    entry.shouldRun = shouldRun;
    entry.state = update;
    wakeWhenAvailable(set, state, entry, view);
    if (!known) state.entries.delete(entry.name);
  }

  function wakeWhenAvailable(set: DaemonSet, state: State, entry: Entry, view: DaemonView): void {
    const minReady = (set.spec.minReadySeconds ?? 0) * 1000;
    for (const pod of view.pods) {
      if (minReady > 0 && pod.ready && pod.readyTime !== null && !view.isAvailable(pod)) {
        state.waiting.set(pod, entry.name);
        enqueueAfter(keyOf(set), pod.readyTime + minReady - now());
      } else state.waiting.delete(pod);
    }
  }

  function mayDeleteFailed(set: DaemonSet, state: State, pod: Pod, node: string): boolean {
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

  /** The template with the automatic tolerations and the revision label, one object for all pods of a revision. */
  function daemonTemplate(set: DaemonSet, state: State, hash: string): PodTemplateSpec {
    if (!state.daemonTemplate || state.template !== set.spec.template) {
      const { metadata, spec } = set.spec.template;
      state.template = set.spec.template;
      state.daemonTemplate = {
        metadata: { ...metadata, labels: { ...metadata?.labels, [revisionLabel]: hash } },
        spec: { ...spec, tolerations: daemonTolerations(spec) },
      };
    }
    return state.daemonTemplate;
  }

  /** Creates and deletes, at most 250 of each; true when all was done. */
  function act(set: DaemonSet, state: State, hash: string, nodes: readonly string[], pods: readonly Pod[]): boolean {
    for (const node of nodes.slice(0, burst)) {
      const template = daemonTemplate(set, state, hash);
      let name = generateName(`${set.name}-`, random);
      // Among thousands of pods a name comes up twice; the API server draws again as well.
      while (store.get("Pod", set.namespace, name)) name = generateName(`${set.name}-`, random);
      store.create<"Pod">(podFromTemplate(set.namespace, name, template, set, { pinnedNode: node }));
      event(set, "Normal", "SuccessfulCreate", `Created pod: ${name}`);
    }
    for (const pod of pods.slice(0, burst)) {
      deletePod(store, pod, now());
      event(set, "Normal", "SuccessfulDelete", `Deleted pod: ${pod.name}`);
    }
    return nodes.length <= burst && pods.length <= burst;
  }

  /** True when something was created or deleted: the update then waits for the next look, as behind expectations. */
  function manage(set: DaemonSet, state: State, hash: string): boolean {
    const names = [...state.dirty].sort();
    const creates: string[] = [];
    const deletes: Pod[] = [];
    const again = new Set<string>();
    for (const name of names) {
      const entry = state.entries.get(name);
      if (!entry) continue;
      const view = viewOf(set, entry, hash);
      account(set, state, entry, view);
      if (!entry.exists) {
        // Nobody else would take a pod that waits for a node which is gone.
        deletes.push(...view.pods.filter((pod) => pod.node === "" && pod.deleted === null));
        continue;
      }
      const work = manageNode(view);
      if (work.create) creates.push(name);
      deletes.push(...work.remove);
      for (const pod of work.failed) {
        if (mayDeleteFailed(set, state, pod, name)) deletes.push(pod);
        else again.add(name);
      }
      for (const pod of work.succeeded) {
        const text = `Found succeeded daemon pod ${pod.namespace}/${pod.name} on node ${name}, will try to delete it`;
        event(set, "Normal", "SucceededDaemonPod", text);
        deletes.push(pod);
      }
    }
    state.dirty.clear();
    for (const name of again) state.dirty.add(name);
    for (const name of creates.slice(burst)) state.dirty.add(name);
    for (const pod of deletes.slice(burst)) state.dirty.add(state.target.get(pod)?.name ?? "");
    if (creates.length + deletes.length === 0) return false;
    if (!act(set, state, hash, creates, deletes)) enqueue(keyOf(set));
    return true;
  }

  function firstByName(entries: ReadonlySet<Entry>, count: number): readonly Entry[] {
    if (count <= 0) return [];
    return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, count);
  }

  function rollingUpdate(set: DaemonSet, state: State, hash: string): void {
    const [desired = 0, , , , , , unavailable = 0, surging = 0, available = 0] = state.sums;
    const { replace, candidate, sunset } = state.steps;
    const maxSurge = surgeOf(set, desired);
    const rolling = set.spec.updateStrategy.rollingUpdate;
    let maxUnavailable = resolve(rolling?.maxUnavailable, desired);
    if (desired > 0 && maxUnavailable === 0 && maxSurge === 0) maxUnavailable = 1;
    const oldOf = (entry: Entry) => entry.state!.old!;
    if (maxSurge === 0) {
      const taken = [...replace, ...firstByName(candidate, maxUnavailable - unavailable)].map(oldOf);
      if (taken.length > 0 && !act(set, state, hash, [], taken)) enqueue(keyOf(set));
      return;
    }
    const creates: string[] = [];
    const deletes: Pod[] = [];
    for (const entry of replace) {
      const newIsThere = [...entry.pods].some((pod) => pod.deleted === null && pod !== oldOf(entry));
      if (newIsThere || !entry.shouldRun) deletes.push(oldOf(entry));
      else creates.push(entry.name);
    }
    deletes.push(...firstByName(sunset, available - desired).map(oldOf));
    creates.push(...firstByName(candidate, maxSurge - surging).map((entry) => entry.name));
    if (creates.length + deletes.length > 0 && !act(set, state, hash, creates, deletes)) enqueue(keyOf(set));
  }

  function cleanupHistory(set: DaemonSet, { revisions, update }: History): void {
    const old = revisions.filter((one) => one !== update);
    const excess = old.length - (set.spec.revisionHistoryLimit ?? defaultHistoryLimit);
    if (excess <= 0) return;
    const live = new Set<string | undefined>();
    for (const pod of store.pods(set.uid).pods) live.add(pod.labels[revisionLabel]);
    trimHistory(store, old, (one) => live.has(revisionHash(one)), excess);
  }

  function writeStatus(set: DaemonSet, state: State, collisionCount: number): void {
    const [desired = 0, current = 0, misscheduled = 0, ready = 0, available = 0, updated = 0] = state.sums;
    const status: DaemonSet["status"] = {
      observedGeneration: set.generation,
      desiredNumberScheduled: desired,
      currentNumberScheduled: current,
      numberMisscheduled: misscheduled,
      numberReady: ready,
      updatedNumberScheduled: updated,
      numberAvailable: available,
      numberUnavailable: desired - available,
      collisionCount,
    };
    const same = (Object.keys(status) as (keyof typeof status)[]).every((key) => status[key] === set.status[key]);
    if (!same) store.update(set, { status });
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
        if (previous.labels && !state.matches(pod.labels)) state.claimPods = true;
      }
      enqueue(`${pod.namespace}/${owner.name}`);
    } else if (previous.labels || previous.owners) {
      for (const set of store.all("DaemonSet")) {
        if (set.namespace !== pod.namespace || !matchesSelector(set.spec.selector, pod.labels)) continue;
        const state = states.get(set.uid);
        if (state) state.claimPods = true;
        enqueue(keyOf(set));
      }
    }
  }

  /** A changed node makes a set look again only if a pod is missing there, has to go, or pods are where they should not be. */
  function observeNode(node: Node, type: "added" | "modified" | "deleted", relevant: boolean): void {
    for (const set of store.all("DaemonSet")) {
      const state = states.get(set.uid);
      if (!state) continue;
      const entry = touch(state, node.name);
      entry.exists = type !== "deleted";
      if (type === "deleted" || !relevant) continue;
      const { shouldRun, shouldContinueRunning } = placement(node, set.spec.template.spec);
      const here = entry.pods.size > 0;
      if (type === "added") {
        if (shouldRun) enqueue(keyOf(set));
      } else if (here ? !shouldContinueRunning || set.status.numberMisscheduled > 0 : shouldRun) enqueue(keyOf(set));
    }
  }

  return {
    kinds: ["DaemonSet", "Pod", "Node", "ControllerRevision"],
    observe(change) {
      const { object, type } = change;
      const previous = type === "modified" ? change.previous : object;
      if (object.kind === "Pod")
        observePod(object, type === "deleted" ? {} : (previous as Partial<Pod>), type !== "deleted");
      else if (object.kind === "Node") observeNode(object, type, "labels" in previous || "taints" in previous);
      else if (object.kind === "ControllerRevision") {
        const owner = controllerOf(object);
        const state = owner && states.get(owner.uid);
        if (state) state.history = undefined;
      } else if (object.kind === "DaemonSet") {
        if (type === "deleted") states.delete(object.uid);
        else if (type === "added" || Object.keys(previous).some((key) => key !== "status")) enqueue(keyOf(object));
      }
    },
    sync(key) {
      const set = store.get("DaemonSet", ...splitKey(key));
      if (!set || set.deleted !== null) return;
      const state = stateOf(set);
      if (state.claimPods) claimPods(set, state);
      if (state.generation !== set.generation) {
        state.generation = set.generation;
        state.history = undefined;
        state.daemonTemplate = undefined;
        for (const name of state.entries.keys()) state.dirty.add(name);
      }
      const minReady = set.spec.minReadySeconds ?? 0;
      let nextAvailable = Number.POSITIVE_INFINITY;
      for (const [pod, name] of state.waiting) {
        if (isPodAvailable(pod, minReady, now())) state.dirty.add(name);
        else nextAvailable = Math.min(nextAvailable, (pod.readyTime ?? now()) + minReady * 1000);
      }
      // Of all that was asked for only the earliest look was kept; the others are asked for again.
      if (nextAvailable !== Number.POSITIVE_INFINITY) enqueueAfter(key, nextAvailable - now());
      state.history ??= syncHistory(store, set);
      const history = state.history;
      const hash = revisionHash(history.update);
      const acted = manage(set, state, hash);
      if (!acted && set.spec.updateStrategy.type === "RollingUpdate") rollingUpdate(set, state, hash);
      cleanupHistory(set, history);
      writeStatus(set, state, history.collisionCount);
    },
  };
}
