/**
 * Counts of the placed pods that sets of selectors take, for the built-in spread. Pods come by the hundred thousand and most
 * share their labels, so which counters a label map concerns is found once; counters are found by a label that they ask for.
 */
import { selectorTest } from "../../api/label-selector.ts";
import type { LabelMap, LabelSelector } from "../../api/objects.ts";
import { type CountedPod, type Counter, createCounter, tallySlot } from "./counters.ts";
import type { NodeTable } from "./node-table.ts";

/** The pods of a namespace that several selectors take together. */
export interface Selected {
  readonly counter: Counter;
  readonly test: (labels: LabelMap) => boolean;
  /** False as soon as it is not kept up to date any more. */
  live: boolean;
}

interface SelectedPods {
  /** The pods of the namespace that all selectors take: found by at most one look at all pods, then kept up to date. */
  select(namespace: string, selectors: readonly LabelSelector[]): Selected;
  /** One pod more (1) or less (-1) on a slot. */
  tally(pod: CountedPod, slot: number, by: 1 | -1): void;
}

/** The placed pods that share a label map, and what they are counted in, as of a version of the space. */
interface Alike {
  count: number;
  version: number;
  list: readonly Selected[];
}

interface Space {
  /** What matches none of these label maps needs no look at the pods. */
  readonly present: Map<LabelMap, Alike>;
  byText: Map<string, Selected>;
  /** Under one label that each of them asks for; under `""` those that ask for none by value. */
  byLabel: Map<string, Selected[]>;
  version: number;
  /** So many are held before those without pods are dropped. */
  most: number;
}

const fewest = 32;
const none: readonly Selected[] = [];
const pairText = (key: string, value: string) => `${key}=${value}`;

/** Counts over the pods that `podsOn` gives for each node, those that are being deleted left out. */
export function createSelectedPods(
  table: NodeTable,
  podsOn: (node: string) => Iterable<CountedPod & { readonly deleted: number | null }>,
): SelectedPods {
  const spaces = new Map<string, Space>();

  function spaceOf(namespace: string): Space {
    let space = spaces.get(namespace);
    if (!space) {
      space = { present: new Map(), byText: new Map(), byLabel: new Map(), version: 0, most: fewest };
      spaces.set(namespace, space);
    }
    return space;
  }

  function concernedBy({ byLabel }: Space, labels: LabelMap): readonly Selected[] {
    if (byLabel.size === 0) return none;
    const pairs = Object.entries(labels).map(([key, value]) => pairText(key, value));
    return ["", ...pairs].flatMap((pair) => byLabel.get(pair) ?? []).filter(({ test }) => test(labels));
  }

  function alikeIn(space: Space, labels: LabelMap): Alike {
    let alike = space.present.get(labels);
    if (!alike) {
      alike = { count: 0, version: -1, list: [] };
      space.present.set(labels, alike);
    }
    if (alike.version !== space.version) {
      alike.list = concernedBy(space, labels);
      alike.version = space.version;
    }
    return alike;
  }

  function file(space: Space, text: string, selectors: readonly LabelSelector[], selected: Selected): void {
    space.byText.set(text, selected);
    const pairs = selectors.flatMap(({ matchLabels = {} }) =>
      Object.entries(matchLabels).map(([key, value]) => pairText(key, value)),
    );
    const held = (pair: string) => space.byLabel.get(pair)?.length ?? 0;
    const pair = pairs.length === 0 ? "" : pairs.reduce((best, one) => (held(one) < held(best) ? one : best));
    space.byLabel.set(pair, [...(space.byLabel.get(pair) ?? []), selected]);
    space.version++;
  }

  /** Those that no pod is left in go, at most as often as their number doubles. */
  function drop(space: Space): void {
    for (const [text, selected] of space.byText) {
      if (selected.counter.total > 0) continue;
      selected.live = false;
      space.byText.delete(text);
    }
    for (const [pair, list] of space.byLabel) {
      const left = list.filter(({ live }) => live);
      if (left.length > 0) space.byLabel.set(pair, left);
      else space.byLabel.delete(pair);
    }
    space.version++;
    space.most = Math.max(fewest, 2 * space.byText.size);
  }

  function countAll(namespace: string, test: Selected["test"]): Counter {
    const counter = createCounter(table);
    if (![...spaceOf(namespace).present.keys()].some(test)) return counter;
    table.nodes.forEach(({ name }, slot) => {
      for (const pod of podsOn(name))
        if (pod.deleted === null && pod.namespace === namespace && test(pod.labels)) tallySlot(counter, slot, 1);
    });
    return counter;
  }

  return {
    select(namespace, selectors) {
      const space = spaceOf(namespace);
      const text = JSON.stringify(selectors);
      const found = space.byText.get(text);
      if (found) return found;
      if (space.byText.size >= space.most) drop(space);
      const tests = selectors.map(selectorTest);
      const test = (labels: LabelMap) => tests.every((one) => one(labels));
      const selected = { test, counter: countAll(namespace, test), live: true };
      file(space, text, selectors, selected);
      return selected;
    },
    tally(pod, slot, by) {
      const space = spaceOf(pod.namespace);
      const alike = alikeIn(space, pod.labels);
      alike.count += by;
      if (alike.count === 0) space.present.delete(pod.labels);
      for (const { counter } of alike.list) tallySlot(counter, slot, by);
    },
  };
}
