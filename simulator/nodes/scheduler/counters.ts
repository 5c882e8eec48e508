/** Counts of placed pods per node, kept as pods come and go, for topology spread and inter-pod affinity. */
import type { LabelMap } from "../../api/objects.ts";
import type { NodeTable } from "./node-table.ts";

/** As much of a pod as selectors look at. */
export interface CountedPod {
  readonly namespace: string;
  readonly labels: LabelMap;
}

export interface Counter {
  /** Matching pods on each slot. */
  readonly counts: Int32Array;
  total: number;
  /** No slot ever had more. */
  peak: number;
  /** Counts per value of the topology keys that were asked for, and each slot's number of its value. */
  readonly byKey: Map<string, { readonly of: Int32Array; readonly sums: Int32Array }>;
}

export function createCounter(table: NodeTable): Counter {
  return { counts: new Int32Array(table.nodes.length), total: 0, peak: 0, byKey: new Map() };
}

/** One pod more (1) or less (-1) on a slot. */
export function tallySlot(counter: Counter, slot: number, by: 1 | -1): void {
  const count = counter.counts[slot]! + by;
  counter.counts[slot] = count;
  if (count > counter.peak) counter.peak = count;
  counter.total += by;
  for (const { of, sums } of counter.byKey.values()) {
    const domain = of[slot]!;
    if (domain >= 0) sums[domain]! += by;
  }
}

/** Matching pods per value of a topology key; kept up to date from now on. */
export function domainCounts(table: NodeTable, counter: Counter, key: string): Int32Array {
  let found = counter.byKey.get(key);
  if (!found) {
    const { of, names } = table.domains(key);
    const sums = new Int32Array(names.length);
    for (let slot = 0; slot < of.length; slot++) if (of[slot]! >= 0) sums[of[slot]!]! += counter.counts[slot]!;
    found = { of, sums };
    counter.byKey.set(key, found);
  }
  return found.sums;
}

/** A test of pods that remembers its answer per label map, since all pods of a template share theirs. */
export function rememberingTest(
  namespaces: (namespace: string) => boolean,
  labels: (labels: LabelMap) => boolean,
): (pod: CountedPod) => boolean {
  const answers = new WeakMap<LabelMap, boolean>();
  return (pod) => {
    let answer = answers.get(pod.labels);
    if (answer === undefined) {
      answer = labels(pod.labels);
      answers.set(pod.labels, answer);
    }
    return answer && namespaces(pod.namespace);
  };
}
