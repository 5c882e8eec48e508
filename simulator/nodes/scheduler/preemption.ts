/**
 * Whom a pod that fits nowhere may drive away. Models framework/preemption/preemption.go and
 * framework/plugins/defaultpreemption/default_preemption.go of pkg/scheduler.
 */
import { matchesSelector } from "../../api/label-selector.ts";
import type { LabelMap, LabelSelector, PodSpec } from "../../api/objects.ts";
import { requestsOf } from "../../api/pod/requests.ts";
import { countedSpec } from "../../cluster/resizing.ts";
import type { Random } from "../../engine/random.ts";
import type { PlacedPod } from "./placed-pod.ts";
import type { Placement } from "./placement.ts";
import { noVictims, preemptionSentence, type Rejection } from "./reasons.ts";
import { changeRoom, hasRoom } from "./room.ts";

/** A PodDisruptionBudget as preemption looks at it. */
export interface Budget {
  readonly namespace: string;
  readonly selector: LabelSelector | undefined;
  readonly disruptionsAllowed: number;
  /** Names of pods whose eviction is already counted. */
  readonly disrupted: readonly string[];
}

export interface Standing extends PlacedPod {
  readonly name: string;
  readonly sequence: number;
}

/** What preemption asks about the cluster. */
export interface PreemptionSurroundings<P extends Standing> {
  podsOn(node: string): Iterable<P>;
  budgets(): readonly Budget[];
  /** When the pod was started, in whole seconds; Infinity for one that was not yet. */
  startOf(pod: P): number;
}

export type Preemption<P> =
  | { readonly slot: number; readonly victims: readonly P[] }
  /** Nobody can make room: why, in the scheduler's words. */
  | { readonly sentence: string };

interface Candidate<P> {
  readonly slot: number;
  /** The most important first; at least one. */
  readonly victims: readonly P[];
  readonly violations: number;
}

/** The priority that admission gave a pod; without one it is 0. */
export function priorityOf({ spec }: { readonly spec: PodSpec }): number {
  return spec.priority ?? 0;
}

/** The pods on a node, the most important first; `version` tells whether they are the same as when it was last asked. */
export type Ranking<P> = (node: string, version: number) => readonly P[];

/** Ranks the pods of nodes as they are at one instant: the higher priority first, then who was started earlier. */
export function createRanking<P extends Standing>({ podsOn, startOf }: PreemptionSurroundings<P>): Ranking<P> {
  const known = new Map<string, { readonly version: number; readonly pods: readonly P[] }>();
  return (node, version) => {
    const last = known.get(node);
    if (last?.version === version) return last.pods;
    const keyed = Array.from(podsOn(node), (pod) => ({ pod, priority: priorityOf(pod), start: startOf(pod) }));
    keyed.sort((a, b) => b.priority - a.priority || difference(a.start, b.start) || a.pod.sequence - b.pod.sequence);
    const pods = keyed.map(({ pod }) => pod);
    known.set(node, { version, pods });
    return pods;
  };
}

/** So many candidates are enough: a tenth of the nodes, at least 100. */
function enoughCandidates(nodes: number): number {
  return Math.min(nodes, Math.max(100, Math.trunc(nodes / 10)));
}

/** The pods, those first whose eviction would break a budget. Budgets are used up in the order given. */
function splitByBudgets<P extends Standing>(pods: readonly P[], budgets: readonly Budget[]): [P[], P[]] {
  if (budgets.length === 0) return [[], [...pods]];
  const allowed = budgets.map(({ disruptionsAllowed }) => disruptionsAllowed);
  const guarded: P[] = [];
  const free: P[] = [];
  for (const pod of pods) {
    let violates = false;
    budgets.forEach(({ namespace, selector, disrupted }, index) => {
      if (namespace !== pod.namespace || isEmpty(pod.labels) || !asks(selector)) return;
      if (!matchesSelector(selector, pod.labels) || disrupted.includes(pod.name)) return;
      allowed[index]!--;
      if (allowed[index]! < 0) violates = true;
    });
    (violates ? guarded : free).push(pod);
  }
  return [guarded, free];
}

const isEmpty = (labels: LabelMap) => Object.keys(labels).length === 0;

function asks(selector: LabelSelector | undefined): boolean {
  return (
    selector !== undefined && (!isEmpty(selector.matchLabels ?? {}) || (selector.matchExpressions ?? []).length > 0)
  );
}

/** The room that could be made for a pod that was kept out everywhere; `rejected` by slot. */
export function preempt<P extends Standing>(
  pod: P,
  rejected: readonly Rejection[],
  placement: Placement,
  surroundings: PreemptionSurroundings<P>,
  random: Random,
  ranking: Ranking<P> = createRanking(surroundings),
): Preemption<P> {
  const priority = priorityOf(pod);
  const slots = rejected.flatMap(({ resolvable }, slot) => (resolvable ? [slot] : []));
  const found = new Map<number, readonly string[]>();
  if (slots.length === 0 || placement.lowestPriority() >= priority)
    return { sentence: preemptionSentence(rejected, found) };

  const { startOf } = surroundings;
  const { table } = placement;
  const budgets = surroundings.budgets();
  const requests = requestsOf(pod.spec);
  const room = placement.room(pod);

  /** The same as `tryOn` where only sums decide; null where more does, or where not even all of them are enough. */
  function trySums(slot: number, lower: readonly P[]): Candidate<P> | null {
    const free = room?.(slot);
    if (!free) return null;
    for (const one of lower) changeRoom(free, requestsOf(countedSpec(one)), 1);
    if (!hasRoom(free, requests)) return null;
    const [guarded, others] = splitByBudgets(lower, budgets);
    const away = new Set<P>();
    let violations = 0;
    for (const list of [guarded, others]) {
      for (const one of list) {
        changeRoom(free, requestsOf(countedSpec(one)), -1);
        if (hasRoom(free, requests)) continue;
        changeRoom(free, requestsOf(countedSpec(one)), 1);
        away.add(one);
        if (list === guarded) violations++;
      }
    }
    return away.size === 0 ? null : { slot, victims: lower.filter((one) => away.has(one)), violations };
  }

  /** The fewest and least important pods whose leaving lets the pod in; or why none would. */
  function tryOn(slot: number): Candidate<P> | readonly string[] {
    const node = table.nodes[slot]!.name;
    const lower = ranking(node, table.version[slot]!).filter((one) => priorityOf(one) < priority);
    if (lower.length === 0) return [noVictims];
    const quick = trySums(slot, lower);
    if (quick) return quick;
    const away = new Set(lower);
    for (const one of lower) placement.remove(one, node, one.deleted === null);
    const kept = placement.rejectionAt(pod, slot);
    const victims = new Set<P>();
    let violations = 0;
    if (!kept) {
      const [guarded, free] = splitByBudgets(lower, budgets);
      for (const one of [...guarded, ...free]) {
        placement.add(one, node);
        away.delete(one);
        if (!placement.rejectionAt(pod, slot)) continue;
        placement.remove(one, node, one.deleted === null);
        away.add(one);
        victims.add(one);
        if (guarded.includes(one)) violations++;
      }
    }
    for (const one of away) placement.add(one, node);
    if (kept) return kept.reasons;
    if (victims.size === 0) return [noVictims];
    return { slot, victims: lower.filter((one) => victims.has(one)), violations };
  }

  const candidates: Candidate<P>[] = [];
  const enough = enoughCandidates(slots.length);
  const offset = enough < slots.length ? random.below(slots.length) : 0;
  for (let i = 0; i < slots.length; i++) {
    if (candidates.length >= enough && candidates.some(({ violations }) => violations === 0)) break;
    const slot = slots[(offset + i) % slots.length]!;
    const result = tryOn(slot);
    if ("slot" in result) candidates.push(result);
    else found.set(slot, result);
  }
  if (candidates.length === 0) return { sentence: preemptionSentence(rejected, found) };
  return choose(candidates, startOf, random);
}

const difference = (a: number, b: number) => (a === b ? 0 : a - b);

/** The candidate that does the least harm, by one measure after the other; what is equal by all is left to chance. */
function choose<P extends Standing>(
  candidates: readonly Candidate<P>[],
  startOf: (pod: P) => number,
  random: Random,
): Candidate<P> {
  // So that fewer victims of negative priority are not worth more than many.
  const raised = 2 ** 31;
  const measures: readonly ((one: Candidate<P>) => number)[] = [
    ({ violations }) => violations,
    ({ victims }) => priorityOf(victims[0]!),
    ({ victims }) => victims.reduce((sum, one) => sum + priorityOf(one) + raised, 0),
    ({ victims }) => victims.length,
    ({ victims }) => {
      const highest = priorityOf(victims[0]!);
      return -Math.min(...victims.filter((one) => priorityOf(one) === highest).map(startOf));
    },
  ];
  let left = candidates;
  for (const measure of measures) {
    if (left.length === 1) break;
    const values = left.map(measure);
    const least = Math.min(...values);
    left = left.filter((_, index) => values[index] === least);
  }
  return left[left.length === 1 ? 0 : random.below(left.length)]!;
}
