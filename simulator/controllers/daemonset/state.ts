/**
 * What the DaemonSet controller knows of each node between two looks: which pods are there, what they add to the status and
 * what they mean for an update. A look visits only the nodes that changed.
 */
import { selectorTest } from "../../api/label-selector.ts";
import type { LabelMap, PodTemplateSpec } from "../../api/objects.ts";
import { type DaemonSet, isPodTerminal, type Pod, wholeSeconds } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";
import { type History, revisionLabel } from "../history.ts";
import { availableFrom } from "../readiness.ts";
import { type DaemonView, type UpdateState, updateNode } from "./decide.ts";
import { surgeOf } from "./limits.ts";
import { placement } from "./placement.ts";
import { generationLabel, type Version } from "./template.ts";

/** One node, there or gone, with the set's pods that are meant for it. */
export interface Entry {
  readonly name: string;
  exists: boolean;
  readonly pods: Set<Pod>;
  shouldRun: boolean;
  state: UpdateState | undefined;
  /** What the entry adds to the sums. */
  tally: readonly number[];
}

/** Everything that is known of one set. */
export interface SetState {
  readonly matches: (labels: LabelMap | undefined) => boolean;
  readonly entries: Map<string, Entry>;
  readonly target: Map<Pod, Entry>;
  /** Names of the nodes to visit at the next look. */
  readonly dirty: Set<string>;
  /** By generation and node: when the next failed pod may be deleted. */
  readonly backOff: Map<string, { readonly delay: number; readonly at: number }>;
  /** desired, current, misscheduled, ready, available, updated, unavailable for updates, surging, available for updates. */
  readonly sums: number[];
  readonly steps: Readonly<Record<Exclude<UpdateState["step"], "none">, Set<Entry>>>;
  /** Ready pods that are not available yet, with the name of their node. */
  readonly waiting: Map<Pod, string>;
  history: History | undefined;
  daemonTemplate: PodTemplateSpec | undefined;
  /** The generation that the entries were last visited for. */
  generation: number;
  /** Pods or revisions may have to be adopted or released. */
  claims: boolean;
  /** Looks in a row that failed. */
  failures: number;
}

/** A set that was not looked at before: all nodes are to be visited. */
export function createState(store: Store, set: DaemonSet): SetState {
  const state: SetState = {
    matches: selectorTest(set.spec.selector),
    entries: new Map(),
    target: new Map(),
    dirty: new Set(),
    backOff: new Map(),
    sums: [0, 0, 0, 0, 0, 0, 0, 0, 0],
    steps: { replace: new Set(), candidate: new Set(), sunset: new Set(), lost: new Set() },
    waiting: new Map(),
    history: undefined,
    daemonTemplate: undefined,
    generation: -1,
    claims: true,
    failures: 0,
  };
  for (const node of store.all("Node")) touch(state, node.name).exists = true;
  for (const pod of store.pods(set.uid).pods) place(state, pod, true);
  return state;
}

/** The entry of a node, to be visited at the next look. */
export function touch(state: SetState, name: string): Entry {
  let entry = state.entries.get(name);
  if (!entry) {
    entry = { name, exists: false, pods: new Set(), shouldRun: false, state: undefined, tally: [] };
    state.entries.set(name, entry);
  }
  state.dirty.add(name);
  return entry;
}

/** Puts a pod of the set where it is or is meant to be; `present` is false when it is gone or no longer of the set. */
export function place(state: SetState, pod: Pod, present: boolean): void {
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

/** Bound pods first, then the oldest; of one second the first by name. */
function inOrder(a: Pod, b: Pod, start: number): number {
  return (
    Number(a.node === "") - Number(b.node === "") ||
    wholeSeconds(a.created, start) - wholeSeconds(b.created, start) ||
    (a.name < b.name ? -1 : 1)
  );
}

/** The node as the decisions see it. `start` is the wall-clock instant of time 0. */
export function viewOf(
  store: Store,
  set: DaemonSet,
  entry: Entry,
  version: Version,
  now: number,
  start: number,
): DaemonView {
  const node = store.get("Node", "", entry.name);
  const fits = node ? placement(node, set.spec.template.spec) : { shouldRun: false, shouldContinueRunning: true };
  const minReady = set.spec.minReadySeconds ?? 0;
  const pods = [...entry.pods].filter((pod) => !(pod.deleted !== null && isPodTerminal(pod)));
  if (pods.length > 1) pods.sort((a, b) => inOrder(a, b, start));
  const hasHash = (pod: Pod) => pod.labels[revisionLabel] === version.hash;
  return {
    ...fits,
    exists: node !== undefined,
    pods,
    surge: surgeOf(set, 1) > 0,
    hasHash,
    isUpdated: (pod) => hasHash(pod) || pod.labels[generationLabel] === version.generation,
    isAvailable: (pod) => availableFrom(pod, minReady, start) <= now,
  };
}

/** Brings the sums up to date with one node and forgets nodes that are gone. */
export function account(state: SetState, entry: Entry, view: DaemonView): void {
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
    on(oldest && view.isUpdated(oldest)),
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
  if (!known) state.entries.delete(entry.name);
}

/** The status that the sums give. */
export function statusOf(set: DaemonSet, state: SetState, collisionCount: number): DaemonSet["status"] {
  const [desired = 0, current = 0, misscheduled = 0, ready = 0, available = 0, updated = 0] = state.sums;
  return {
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
}
