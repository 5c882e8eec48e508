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
import { type ByName, createByName } from "./by-name.ts";
import { type DaemonView, type UpdateState, updateNode, type Yardstick } from "./decide.ts";
import { surgeOf } from "./limits.ts";
import { type Placement, placement } from "./placement.ts";
import { noSums, one, retally, type Sums, sums } from "./sums.ts";
import { generationLabel, type Version } from "./template.ts";
import { createWaiting, type Waiting } from "./waiting.ts";

/** One node, there or gone, with the set's pods that are meant for it. */
export interface Entry {
  readonly name: string;
  exists: boolean;
  readonly pods: Set<Pod>;
  /** Whether a pod belongs here; null until it is worked out for the node and the template as they are now. */
  placement: Placement | null;
  state: UpdateState | undefined;
  /** What the entry adds to the sums: a bit for each, as it adds one or nothing. */
  tally: number;
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
  readonly totals: Sums;
  /** Nodes that have to get a pod, the new ones beside old ones aside. */
  readonly creates: ByName<Entry>;
  readonly steps: {
    readonly replace: Set<Entry>;
    readonly candidate: ByName<Entry>;
    readonly sunset: ByName<Entry>;
    readonly lost: Set<Entry>;
  };
  readonly waiting: Waiting;
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
    totals: noSums(),
    creates: createByName(),
    steps: { replace: new Set(), candidate: createByName(), sunset: createByName(), lost: new Set() },
    waiting: createWaiting(),
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
    entry = { name, exists: false, pods: new Set(), placement: null, state: undefined, tally: 0 };
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

/** What one look at the set goes by. `start` is the wall-clock instant of time 0. */
export function yardstickOf(set: DaemonSet, { hash, generation }: Version, now: number, start: number): Yardstick {
  const minReady = set.spec.minReadySeconds ?? 0;
  const hasHash = (pod: Pod) => pod.labels[revisionLabel] === hash;
  return {
    surge: surgeOf(set, 1) > 0,
    hasHash,
    isUpdated: (pod) => hasHash(pod) || pod.labels[generationLabel] === generation,
    isAvailable: (pod) => availableFrom(pod, minReady, start) <= now,
  };
}

const ofNoNode: Placement = { shouldRun: false, shouldContinueRunning: true };

/** The node as the decisions see it. `start` is the wall-clock instant of time 0. */
export function viewOf(store: Store, set: DaemonSet, entry: Entry, start: number): DaemonView {
  const node = store.get("Node", "", entry.name);
  entry.placement ??= node ? placement(node, set.spec.template.spec) : ofNoNode;
  const pods: Pod[] = [];
  for (const pod of entry.pods) if (pod.deleted === null || !isPodTerminal(pod)) pods.push(pod);
  if (pods.length > 1) pods.sort((a, b) => inOrder(a, b, start));
  return { placement: entry.placement, exists: node !== undefined, pods };
}

/** Brings the sums up to date with one node and forgets nodes that are gone. */
export function account(state: SetState, entry: Entry, view: DaemonView, yardstick: Yardstick): void {
  const { pods } = view;
  const { shouldRun } = view.placement;
  const [oldest] = pods;
  const known = entry.exists || entry.pods.size > 0;
  const update = known && (shouldRun || pods.length > 0) ? updateNode(view, yardstick) : undefined;
  let tally = 0;
  if (entry.exists && shouldRun) {
    tally |= one("desired") | one("current", oldest !== undefined);
    if (oldest) {
      tally |= one("ready", oldest.ready);
      tally |= one("available", yardstick.isAvailable(oldest));
      tally |= one("updated", yardstick.isUpdated(oldest));
    }
  } else if (entry.exists && oldest) tally |= one("misscheduled");
  if (update) {
    tally |= one("unavailable", update.unavailable);
    tally |= one("surging", update.surging);
    tally |= one("stillAvailable", update.available);
  }
  retally(state.totals, entry.tally, tally);
  if (entry.state && entry.state.step !== "none") state.steps[entry.state.step].delete(entry);
  if (update && update.step !== "none") state.steps[update.step].add(entry);
  entry.tally = tally;
  entry.state = update;
  if (known) return;
  state.creates.delete(entry);
  state.entries.delete(entry.name);
}

/** The status that the sums give. */
export function statusOf(set: DaemonSet, { totals }: SetState, collisionCount: number): DaemonSet["status"] {
  const of = (sum: keyof typeof sums) => totals[sums[sum]]!;
  return {
    observedGeneration: set.generation,
    desiredNumberScheduled: of("desired"),
    currentNumberScheduled: of("current"),
    numberMisscheduled: of("misscheduled"),
    numberReady: of("ready"),
    updatedNumberScheduled: of("updated"),
    numberAvailable: of("available"),
    numberUnavailable: of("desired") - of("available"),
    collisionCount,
  };
}
