/**
 * How many of the placed pods count for topology spread: for the constraints of a pod, and for those that are built in. Models
 * plugins/podtopologyspread/common.go of pkg/scheduler/framework.
 */
import type { LabelMap, TopologySpreadConstraint } from "../../api/objects.ts";
import { type CountedPod, type Counter, createCounter, rememberingTest, tallySlot } from "./counters.ts";
import { asksForNone, defaultSelectors, type SpreadOwner } from "./default-selector.ts";
import { defaultSpread } from "./default-spread.ts";
import type { NodeTable } from "./node-table.ts";
import type { PlacedPod, Surroundings } from "./placed-pod.ts";
import { createSelectedPods, type Selected } from "./selected-pods.ts";
import { asksForNothing, countedSlots, type Spread, spreadTest } from "./topology.ts";

interface SpreadCounters {
  /** One pod more (1) or less (-1) on a slot. */
  count(pod: PlacedPod, slot: number, by: 1 | -1): void;
  /** The pod's own constraints that say so when they are not met: `DoNotSchedule` or `ScheduleAnyway`. */
  spreads(pod: PlacedPod, when: string): Spread[];
  /** The constraints that are only scored: the pod's own, or the built-in ones, which are lenient with nodes without the key. */
  softSpreads(pod: PlacedPod): { readonly spreads: readonly Spread[]; readonly lenient: boolean };
  /** The pods that the built-in spread keeps the pod apart from; null when nothing is spread. */
  defaultCounter(pod: PlacedPod): Counter | null;
  /** Services or controllers changed: what the built-in spread selects is looked up anew. */
  forgetSelectors(): void;
}

interface Watched {
  readonly test: (pod: CountedPod) => boolean;
  readonly counter: Counter;
}

/** What the built-in spread counts for pods of these labels and this owner; null: nothing is spread. */
interface DefaultSpread {
  readonly namespace: string;
  readonly owner: SpreadOwner | undefined;
  readonly selected: Selected | null;
}

/** Counters of the pods that take room on the nodes of the table. */
export function createSpreadCounters(table: NodeTable, surroundings: Surroundings): SpreadCounters {
  const { podsOn } = surroundings;
  const selectedPods = createSelectedPods(table, podsOn);
  let defaults = new WeakMap<LabelMap, DefaultSpread>();
  /** Owners of pods that nothing is asked for of, whatever their labels: those of an indexed Job all have labels of their own. */
  let unspread = new WeakSet<SpreadOwner>();
  const watched = new Map<TopologySpreadConstraint, Map<string, Watched>>();

  function count(pod: PlacedPod, slot: number, by: 1 | -1): void {
    selectedPods.tally(pod, slot, by);
    for (const perLabels of watched.values())
      for (const { test, counter } of perLabels.values()) if (test(pod)) tallySlot(counter, slot, by);
  }

  /** The counter of the pods that a constraint selects for this pod; made by one look at all pods, then kept. */
  function watch(constraint: TopologySpreadConstraint, pod: PlacedPod): Watched {
    let perLabels = watched.get(constraint);
    if (!perLabels) {
      perLabels = new Map();
      watched.set(constraint, perLabels);
    }
    const values = (constraint.matchLabelKeys ?? []).map((key) => pod.labels[key] ?? null);
    const key = JSON.stringify([pod.namespace, ...values]);
    let found = perLabels.get(key);
    if (!found) {
      const { namespace } = pod;
      const counts = asksForNothing(constraint, pod.labels) ? () => false : spreadTest(constraint, pod.labels);
      const test = rememberingTest((other) => other === namespace, counts);
      const counter = createCounter(table);
      found = { test, counter };
      table.nodes.forEach(({ name }, slot) => {
        for (const other of podsOn(name)) if (other.deleted === null && test(other)) tallySlot(counter, slot, 1);
      });
      perLabels.set(key, found);
    }
    return found;
  }

  function spreads(pod: PlacedPod, when: string): Spread[] {
    return (pod.spec.topologySpreadConstraints ?? [])
      .filter((one) => one.whenUnsatisfiable === when)
      .map((constraint) => {
        const { counter, test } = watch(constraint, pod);
        return {
          key: constraint.topologyKey,
          maxSkew: constraint.maxSkew,
          minDomains: constraint.minDomains ?? 1,
          self: test(pod) || asksForNothing(constraint, pod.labels) ? 1 : 0,
          counter,
          counted: countedSlots(pod.spec, constraint, table),
        };
      });
  }

  /** The pods that the built-in spread keeps the pod apart from; null when nothing is spread. Pods of one owner mostly share their labels. */
  function defaultCounter(pod: PlacedPod): Counter | null {
    const owner = pod.owners.find((one) => one.controller);
    if (owner && unspread.has(owner)) return null;
    let found = defaults.get(pod.labels);
    if (found?.owner !== owner || found?.namespace !== pod.namespace || found.selected?.live === false) {
      const { namespace } = pod;
      if (owner && asksForNone(namespace, owner, surroundings)) {
        unspread.add(owner);
        return null;
      }
      const selectors = defaultSelectors(pod, surroundings);
      found = { namespace, owner, selected: selectors && selectedPods.select(namespace, selectors) };
      defaults.set(pod.labels, found);
    }
    return found.selected?.counter ?? null;
  }

  function softSpreads(pod: PlacedPod): { readonly spreads: readonly Spread[]; readonly lenient: boolean } {
    if (pod.spec.topologySpreadConstraints?.length) return { spreads: spreads(pod, "ScheduleAnyway"), lenient: false };
    const counter = defaultCounter(pod);
    if (counter === null) return { spreads: [], lenient: true };
    const counted = countedSlots(pod.spec, {}, table);
    const shared = { counter, counted, minDomains: 1, self: 1 } as const;
    return { spreads: defaultSpread.map((one) => ({ ...one, ...shared })), lenient: true };
  }

  return {
    count,
    spreads,
    softSpreads,
    defaultCounter,
    forgetSelectors() {
      defaults = new WeakMap();
      unspread = new WeakSet();
    },
  };
}
