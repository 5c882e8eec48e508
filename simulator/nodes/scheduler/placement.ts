/**
 * Where the placed pods are, and where one more would go: filters, then scores, ties by chance.
 * Models schedulePod of pkg/scheduler/schedule_one.go.
 */
import type { PodSpec } from "../../api/objects.ts";
import { type Requests, requestsOf } from "../../api/pod/requests.ts";
import { countedSpec } from "../../cluster/resizing.ts";
import type { Random } from "../../engine/random.ts";
import { affinityOf, createAffinityIndex, type IncomingAffinity } from "./affinity.ts";
import type { Counter } from "./counters.ts";
import { bestSlot, classOf, createEvenSpread, type EvenSpread, width } from "./default-spread.ts";
import { createNodeTable, type NodeFacts, type NodeTable, useSlot } from "./node-table.ts";
import type { PlacedPod, Surroundings } from "./placed-pod.ts";
import { type Rejection, reasons, rejection } from "./reasons.ts";
import { fitRejection, fits, portRejection, resourceScore } from "./resources.ts";
import { changeRoom, type Room, roomOn } from "./room.ts";
import { resourceScorers, scorersOf, untainted } from "./scorers.ts";
import { createSlotClasses, type SlotClasses, setClass } from "./slot-classes.ts";
import { createSpreadCounters } from "./spread-counters.ts";
import { createSpecProfile, type SpecProfile } from "./static-filters.ts";
import { hardSpreadTest } from "./topology.ts";

/** What the plugins think of the feasible nodes. */
export interface Rating {
  /** In the order of `table.nodes`. */
  readonly feasible: readonly number[];
  /** By plugin the weighted score of each feasible node; empty where only one node is left, which is taken without. */
  readonly scores: Readonly<Record<string, readonly number[]>>;
}

/** Where a pod goes: a slot; or nowhere, with a rejection for each node, what stands against all, or an error of the scheduler's. */
export type Verdict =
  | { readonly refused: string }
  | { readonly slot: number }
  | { readonly rejected: readonly Rejection[] }
  | { readonly error: string };

export interface Placement {
  readonly table: NodeTable;
  /** Notes a pod on a node. */
  add(pod: PlacedPod, node: string): void;
  /** Takes away a pod that was noted; `active`: it was not being deleted. */
  remove(pod: PlacedPod, node: string, active: boolean): void;
  /** A pod that was noted is now being deleted. */
  retire(pod: PlacedPod, node: string): void;
  /** Services or controllers changed: what the built-in spread selects is looked up anew. */
  forgetSelectors(): void;
  /** Where the pod goes: to the node where room was made for it if that is so by now, else to the best. */
  place(pod: PlacedPod, nominatedNode?: string): Verdict;
  /** Why the pod cannot go to a slot as things are now; null when it can. */
  rejectionAt(pod: PlacedPod, slot: number): Rejection | null;
  /**
   * The room on slots without what is kept there for pods of its priority and above, for a pod that nothing but resources keeps
   * out; null for any other pod, or for a slot where more than sums decides.
   */
  room(pod: PlacedPod): ((slot: number) => Room | null) | null;
  /** The lowest priority of a pod that takes room; Infinity without any. */
  lowestPriority(): number;
  /** What every feasible node would be worth to the pod; an error of the scheduler's stands instead of scores. */
  rate(pod: PlacedPod): Rating | { readonly error: string };
  /** The first reason why the pod cannot go to each node, in the order of `table.nodes`; null where it can. */
  explain(pod: PlacedPod): readonly (Rejection | null)[];
}

/** What decides where a pod can go. */
interface Check {
  readonly profile: SpecProfile;
  readonly requests: Requests;
  readonly dynamic: readonly ((slot: number) => Rejection | null)[];
  readonly incoming: IncomingAffinity | null;
  /** What stands against every node. */
  readonly refused: string | null;
}

/** How many feasible nodes are enough: all below 100, then (50 - nodes/125) %, at least 5 % and at least 100. */
export function enoughNodes(nodes: number): number {
  if (nodes < 100) return nodes;
  const percent = Math.max(5, 50 - Math.trunc(nodes / 125));
  return Math.max(100, Math.trunc((nodes * percent) / 100));
}

/** Why the pod is kept out of a slot by others for which room is being made there; null when there are no such pods at all. */
type Reserved = ((slot: number) => Rejection | null) | null;

/** The nodes with the pods that take room on them. Among equally good nodes `random` chooses. */
export function createPlacement(nodes: readonly NodeFacts[], random: Random, surroundings: Surroundings): Placement {
  const { podsOn } = surroundings;
  const table = createNodeTable(nodes);
  const size = table.nodes.length;
  const enough = enoughNodes(size);
  const checks = new Map<PodSpec, Check>();
  const counters = createSpreadCounters(table, surroundings);
  const affinity = createAffinityIndex(table, surroundings);
  const candidates = new Int32Array(size);
  const totals = new Float64Array(size);
  const scratch = new Float64Array(size);
  const even = createEvenSpread(table);
  /** How many of the placed pods have each priority. */
  const priorities = new Map<number, number>();
  /** The slots that changed last, in a ring. */
  const changes = new Int32Array(size);
  let changed = 0;
  let start = 0;

  /** The check of pods for which it makes no difference where others are; the same for all of one spec. */
  function checkAlone(spec: PodSpec): Check {
    let check = checks.get(spec);
    if (!check) {
      check = {
        profile: createSpecProfile(spec, table),
        requests: requestsOf(spec),
        dynamic: [],
        incoming: null,
        refused: null,
      };
      checks.set(spec, check);
    }
    return check;
  }

  function prepare(pod: PlacedPod): Check {
    const alone = checkAlone(pod.spec);
    const hard = pod.spec.topologySpreadConstraints ? counters.spreads(pod, "DoNotSchedule") : [];
    const incoming = affinityOf(affinity, pod);
    const volumes = surroundings.volumes?.(pod) ?? null;
    if (hard.length === 0 && !incoming && !volumes) return alone;
    const dynamic: ((slot: number) => Rejection | null)[] = [];
    if (volumes && "reject" in volumes) dynamic.push((slot) => volumes.reject(table.nodes[slot]!));
    if (hard.length > 0) dynamic.push(hardSpreadTest(table, hard));
    if (incoming) dynamic.push(incoming.reject);
    const refused = volumes && "refused" in volumes ? volumes.refused : null;
    return { ...alone, dynamic, incoming, refused };
  }

  function dynamicRejection({ requests, dynamic }: Check, slot: number): Rejection | null {
    for (const test of dynamic) {
      const found = test(slot);
      if (found) return found;
    }
    return requests.ports.length > 0 ? portRejection(requests, table, slot) : null;
  }

  function reject(check: Check, pod: PlacedPod, slot: number): Rejection | null {
    if (pod.pinnedNode !== null && table.nodes[slot]!.name !== pod.pinnedNode)
      return rejection(reasons.otherNode, false);
    const fixed = check.profile.rejected[slot]!;
    if (fixed) return fixed;
    const ports = check.requests.ports.length > 0 ? portRejection(check.requests, table, slot) : null;
    return ports ?? fitRejection(check.requests, table, slot) ?? dynamicRejection(check, slot);
  }

  /** The slot's resource score, -1 where the pod cannot go whatever other pods are there; remembered while the slot stays as it is. */
  function scoreOf({ profile, requests }: Check, slot: number): number {
    const version = table.version[slot]!;
    if (profile.scoredVersion[slot] !== version) {
      profile.scoredVersion[slot] = version;
      const possible = profile.passes[slot] === 1 && fits(requests, table, slot);
      profile.resourceScore[slot] = possible ? resourceScore(requests, table, slot) : -1;
    }
    return profile.resourceScore[slot]!;
  }

  /**
   * Fills `candidates` with feasible slots and `totals` with their resource scores, going round from where the last look
   * ended; gives their number.
   */
  function collect(check: Check, pod: PlacedPod, reserved: Reserved): number {
    const free = check.dynamic.length === 0 && check.requests.ports.length === 0 && reserved === null;
    const kept = (slot: number) => reserved?.(slot) ?? dynamicRejection(check, slot);
    if (pod.pinnedNode !== null) {
      const slot = table.slots.get(pod.pinnedNode);
      if (slot === undefined || scoreOf(check, slot) < 0 || (!free && kept(slot))) return 0;
      candidates[0] = slot;
      return 1;
    }
    let found = 0;
    let slot = start;
    for (let looked = 0; looked < size && found < enough; looked++) {
      const score = scoreOf(check, slot);
      if (score >= 0 && (free || !kept(slot))) {
        candidates[found] = slot;
        totals[found++] = score;
      }
      if (++slot === size) slot = 0;
    }
    start = slot;
    return found;
  }

  /** Something about a slot changed: noted, so that classes can follow without comparing versions on every look. */
  function note(slot: number): void {
    changes[changed++ % size] = slot;
  }

  /**
   * The slots by class for pods of this profile and counter: pair and resource score in one number, -1 where the pod cannot
   * go. Only slots that changed since the last look are worked out anew.
   */
  function classesOf(check: Check, spread: EvenSpread, counter: Counter): SlotClasses {
    const { profile } = check;
    profile.classes ??= createSlotClasses(size);
    const { classes } = profile;
    const stale = profile.counter !== counter || changed - profile.current > size;
    const end = stale ? size : changed;
    for (let i = stale ? 0 : profile.current; i < end; i++) {
      const slot = stale ? i : changes[i % size]!;
      setClass(classes, slot, classOf(spread, slot, counter.counts[slot]!, scoreOf(check, slot)));
    }
    profile.counter = counter;
    profile.current = changed;
    return classes;
  }

  /** Collects and chooses in one for pods that only their resources and the built-in spread score; -1 when the pod fits nowhere. */
  function chooseEven(check: Check, spread: EvenSpread, counter: Counter): number {
    const classes = classesOf(check, spread, counter);
    const { looked, slot } = bestSlot(table, spread, counter, classes, start, enough, random);
    // Where none fits all were looked at, and the next look begins at the same slot.
    start = (start + looked) % size;
    return slot;
  }

  /** Adds to the resource scores in `totals` what the other plugins give. */
  function scoreAll({ profile, incoming }: Check, pod: PlacedPod, found: number): void {
    for (const { weight, score } of scorersOf({ table, profile, incoming, ...counters.softSpreads(pod) }))
      if (score(candidates, found, scratch)) for (let i = 0; i < found; i++) totals[i]! += weight * scratch[i]!;
  }

  /** Moves the candidates of the highest total to the front; gives their number. */
  function best(found: number): number {
    let highest = Number.NEGATIVE_INFINITY;
    let ties = 0;
    for (let i = 0; i < found; i++) {
      if (totals[i]! > highest) {
        highest = totals[i]!;
        ties = 0;
      }
      if (totals[i] === highest) candidates[ties++] = candidates[i]!;
    }
    return ties;
  }

  /** The counter for pods that only the built-in spread and their resources score; null for any other. */
  function plainCounter({ profile, requests, dynamic, incoming }: Check, pod: PlacedPod): Counter | null {
    const { spec } = pod;
    if (pod.pinnedNode !== null || incoming || dynamic.length > 0 || requests.ports.length > 0) return null;
    if (profile.softTaints || profile.preferred || profile.images || spec.topologySpreadConstraints?.length)
      return null;
    if (spec.nodeSelector || spec.affinity?.nodeAffinity) return null;
    return counters.defaultCounter(pod);
  }

  /** The slot that the pod goes to, -1 when it fits nowhere; or why there is no choice. */
  function choose(check: Check, pod: PlacedPod, reserved: Reserved): number | string {
    const counter = even && reserved === null ? plainCounter(check, pod) : null;
    if (even && counter && counter.peak < width) return chooseEven(check, even, counter);
    const found = collect(check, pod, reserved);
    if (found === 0) return -1;
    if (found === 1) return candidates[0]!;
    if (check.profile.preferenceProblem !== null) return check.profile.preferenceProblem;
    scoreAll(check, pod, found);
    const ties = best(found);
    return candidates[ties === 1 ? 0 : random.below(ties)]!;
  }

  function countPriority({ spec }: PlacedPod, by: 1 | -1): void {
    const priority = spec.priority ?? 0;
    const left = (priorities.get(priority) ?? 0) + by;
    if (left === 0) priorities.delete(priority);
    else priorities.set(priority, left);
  }

  function add(pod: PlacedPod, node: string): void {
    const slot = table.slots.get(node);
    if (slot === undefined) return;
    useSlot(table, slot, countedSpec(pod), 1);
    countPriority(pod, 1);
    affinity.tally(pod, slot, 1);
    if (pod.deleted === null) counters.count(pod, slot, 1);
    note(slot);
  }

  function remove(pod: PlacedPod, node: string, active: boolean): void {
    const slot = table.slots.get(node);
    if (slot === undefined) return;
    useSlot(table, slot, countedSpec(pod), -1);
    countPriority(pod, -1);
    affinity.tally(pod, slot, -1);
    if (active) counters.count(pod, slot, -1);
    note(slot);
  }

  /** Why the pod cannot go to the slot once the pods of its priority and above that have room made for them there are in it. */
  function reservedAt(pod: PlacedPod, slot: number): Rejection | null {
    const node = table.nodes[slot]!.name;
    const priority = pod.spec.priority ?? 0;
    const others = [...(surroundings.nominated.get(node) ?? [])].filter(
      (one) => one !== pod && (one.spec.priority ?? 0) >= priority,
    );
    if (others.length === 0) return null;
    for (const one of others) add(one, node);
    const found = reject(prepare(pod), pod, slot);
    for (const one of others) remove(one, node, one.deleted === null);
    return found;
  }

  function reservedFor(pod: PlacedPod): Reserved {
    return surroundings.nominated.size === 0 ? null : (slot) => reservedAt(pod, slot);
  }

  const rejectionAt = (pod: PlacedPod, slot: number) => reservedAt(pod, slot) ?? reject(prepare(pod), pod, slot);

  for (const { name } of table.nodes) for (const pod of podsOn(name)) add(pod, name);

  return {
    table,
    add,
    remove,
    rejectionAt,
    room(pod) {
      const { profile, requests, dynamic, refused } = prepare(pod);
      if (dynamic.length > 0 || refused !== null || requests.ports.length > 0 || requests.extended.length > 0)
        return null;
      const priority = pod.spec.priority ?? 0;
      return (slot) => {
        const { name } = table.nodes[slot]!;
        if (profile.passes[slot] !== 1 || (pod.pinnedNode !== null && pod.pinnedNode !== name)) return null;
        const room = roomOn(table, slot);
        for (const other of surroundings.nominated.get(name) ?? []) {
          if (other === pod || (other.spec.priority ?? 0) < priority) continue;
          if (other.spec.affinity) return null;
          changeRoom(room, requestsOf(other.spec), -1);
        }
        return room;
      };
    },
    lowestPriority: () => Math.min(...priorities.keys()),
    retire(pod, node) {
      const slot = table.slots.get(node);
      if (slot === undefined) return;
      counters.count(pod, slot, -1);
      note(slot);
    },
    forgetSelectors: counters.forgetSelectors,
    rate(pod) {
      const check = prepare(pod);
      const feasible = [...table.nodes.keys()].filter((slot) => reject(check, pod, slot) === null);
      const { profile, requests, incoming } = check;
      if (feasible.length < 2) return { feasible, scores: {} };
      if (profile.preferenceProblem !== null) return { error: profile.preferenceProblem };
      candidates.set(feasible);
      const scorers = scorersOf({ table, profile, incoming, ...counters.softSpreads(pod) });
      const base = profile.softTaints ? [] : [untainted];
      const scores: Record<string, readonly number[]> = {};
      for (const { plugin, weight, score } of [...base, ...resourceScorers(table, requests), ...scorers])
        if (score(candidates, feasible.length, scratch))
          scores[plugin] = Array.from(scratch.subarray(0, feasible.length), (one) => weight * one);
      return { feasible, scores };
    },
    place(pod, nominatedNode = "") {
      const room = table.slots.get(nominatedNode);
      if (room !== undefined && rejectionAt(pod, room) === null) return { slot: room };
      const reserved = reservedFor(pod);
      const check = prepare(pod);
      if (check.refused !== null) return { refused: check.refused };
      const slot = choose(check, pod, reserved);
      if (typeof slot === "string") return { error: slot };
      if (slot < 0) return { rejected: table.nodes.map((_, one) => reserved?.(one) ?? reject(check, pod, one)!) };
      return { slot };
    },
    explain(pod) {
      const check = prepare(pod);
      return table.nodes.map((_, slot) => reject(check, pod, slot));
    },
  };
}
