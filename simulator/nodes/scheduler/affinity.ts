/** Pod affinity and anti-affinity, both ways. Models plugins/interpodaffinity/{filtering,scoring}.go of pkg/scheduler/framework. */
import { selectorTest } from "../../api/label-selector.ts";
import type { LabelMap, PodAffinityTerm, PodSpec } from "../../api/objects.ts";
import { type CountedPod, type Counter, createCounter, domainCounts, rememberingTest, tallySlot } from "./counters.ts";
import type { NodeTable } from "./node-table.ts";
import { type Rejection, reasons, rejection } from "./reasons.ts";

type TestedPod = CountedPod & { readonly spec: PodSpec };

/** Pods of one spec and label map that carry terms of their own, and how many of them stand on each slot. */
interface Holder {
  readonly pod: TestedPod;
  readonly counter: Counter;
}

interface Watched {
  readonly test: (pod: CountedPod) => boolean;
  readonly counter: Counter;
}

interface AffinityIndex {
  readonly table: NodeTable;
  readonly holders: ReadonlyMap<PodSpec, readonly Holder[]>;
  tally(pod: TestedPod, slot: number, by: 1 | -1): void;
  /** The test of a term as `pod` means it, with the count of placed pods that it takes. */
  watch(term: PodAffinityTerm, pod: TestedPod): Watched;
  /** The same for pods that all the terms take together; required affinity counts no others. */
  watchAll(terms: readonly PodAffinityTerm[], pod: TestedPod): Watched;
  readonly testOf: TermTest;
}

/** The test of pods that a term means where `pod` carries it. */
export type TermTest = (term: PodAffinityTerm, pod: TestedPod) => (pod: CountedPod) => boolean;

export interface IncomingAffinity {
  reject(slot: number): Rejection | null;
  /** Fills scores 0..100 for the candidates; false when there is nothing to score. */
  score(candidates: Int32Array, count: number, into: Float64Array): boolean;
}

/** The weight of an existing pod's required affinity towards a newcomer (hardPodAffinityWeight). */
const hardAffinityWeight = 1;

const hasTerms = ({ affinity }: PodSpec) => Boolean(affinity?.podAffinity ?? affinity?.podAntiAffinity);

/** The terms that must hold. */
export function requiredTerms(
  { affinity }: PodSpec,
  of: "podAffinity" | "podAntiAffinity",
): readonly PodAffinityTerm[] {
  return affinity?.[of]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

const preferred = (spec: PodSpec, of: "podAffinity" | "podAntiAffinity") =>
  spec.affinity?.[of]?.preferredDuringSchedulingIgnoredDuringExecution ?? [];

/** What the index asks about the cluster. */
interface AffinitySurroundings {
  podsOn(node: string): Iterable<TestedPod>;
  namespaceLabels(namespace: string): LabelMap;
}

function namespaceTest(
  term: PodAffinityTerm,
  own: string,
  labelsOf: AffinitySurroundings["namespaceLabels"],
): (namespace: string) => boolean {
  const { namespaces = [], namespaceSelector } = term;
  if (namespaces.length === 0 && !namespaceSelector) return (namespace) => namespace === own;
  const selected = namespaceSelector ? selectorTest(namespaceSelector) : () => false;
  return (namespace) => namespaces.includes(namespace) || selected(labelsOf(namespace));
}

function labelTest(term: PodAffinityTerm, { labels }: CountedPod): (labels: CountedPod["labels"]) => boolean {
  const base = selectorTest(term.labelSelector);
  const same = (term.matchLabelKeys ?? []).filter((key) => Object.hasOwn(labels, key));
  const other = (term.mismatchLabelKeys ?? []).filter((key) => Object.hasOwn(labels, key));
  return (theirs) =>
    base(theirs) &&
    same.every((key) => theirs[key] === labels[key]) &&
    !other.some((key) => theirs[key] === labels[key]);
}

function variant(term: PodAffinityTerm, pod: TestedPod): string {
  const keys = [...(term.matchLabelKeys ?? []), ...(term.mismatchLabelKeys ?? [])];
  return JSON.stringify([pod.namespace, ...keys.map((key) => pod.labels[key] ?? null)]);
}

/** Tests of terms, each made once and kept as long as the labels of namespaces stay as they are. */
export function createTermTests(namespaceLabels: AffinitySurroundings["namespaceLabels"]): TermTest {
  const tests = new Map<PodAffinityTerm, Map<string, Watched["test"]>>();
  return (term, pod) => {
    const key = variant(term, pod);
    const perPod = tests.get(term) ?? new Map<string, Watched["test"]>();
    tests.set(term, perPod);
    let test = perPod.get(key);
    if (!test) {
      test = rememberingTest(namespaceTest(term, pod.namespace, namespaceLabels), labelTest(term, pod));
      perPod.set(key, test);
    }
    return test;
  };
}

/** An index over the pods that stand on nodes, kept up to date by `tally`. */
export function createAffinityIndex(
  table: NodeTable,
  { podsOn, namespaceLabels }: AffinitySurroundings,
): AffinityIndex {
  const holders = new Map<PodSpec, Holder[]>();
  const watched = new Map<PodAffinityTerm | readonly PodAffinityTerm[], Map<string, Watched>>();
  const testOf = createTermTests(namespaceLabels);

  function holderOf(pod: TestedPod): Holder {
    const list = holders.get(pod.spec) ?? [];
    holders.set(pod.spec, list);
    // Terms of a pod depend on its labels only where they name label keys; then each label map is a holder of its own.
    const own = list.find((one) => one.pod.namespace === pod.namespace && one.pod.labels === pod.labels);
    if (own) return own;
    const holder = { pod, counter: createCounter(table) };
    list.push(holder);
    return holder;
  }

  function watchOn(
    what: PodAffinityTerm | readonly PodAffinityTerm[],
    key: string,
    testFor: () => Watched["test"],
  ): Watched {
    const perPod = watched.get(what) ?? new Map<string, Watched>();
    watched.set(what, perPod);
    let found = perPod.get(key);
    if (!found) {
      const test = testFor();
      const counter = createCounter(table);
      table.nodes.forEach(({ name }, slot) => {
        for (const other of podsOn(name)) if (test(other)) tallySlot(counter, slot, 1);
      });
      found = { test, counter };
      perPod.set(key, found);
    }
    return found;
  }

  return {
    table,
    holders,
    testOf,
    tally(pod, slot, by) {
      if (hasTerms(pod.spec)) tallySlot(holderOf(pod).counter, slot, by);
      for (const perPod of watched.values())
        for (const { test, counter } of perPod.values()) if (test(pod)) tallySlot(counter, slot, by);
    },
    watch: (term, pod) => watchOn(term, variant(term, pod), () => testOf(term, pod)),
    watchAll(terms, pod) {
      const key = terms.map((term) => variant(term, pod)).join();
      return watchOn(terms, key, () => {
        const all = terms.map((term) => testOf(term, pod));
        return (other) => all.every((test) => test(other));
      });
    },
  };
}

/** The pods in the slot's domain of a topology key. */
function inDomain(table: NodeTable, counter: Counter, key: string, slot: number): number {
  const domain = table.domains(key).of[slot]!;
  return domain < 0 ? 0 : domainCounts(table, counter, key)[domain]!;
}

/** What inter-pod affinity has to say about one incoming pod; null when no term of it or of any placed pod is concerned. */
export function affinityOf(index: AffinityIndex, pod: TestedPod): IncomingAffinity | null {
  const { table } = index;
  if (!hasTerms(pod.spec) && index.holders.size === 0) return null;

  const terms = requiredTerms(pod.spec, "podAffinity");
  const company = terms.length > 0 ? index.watchAll(terms, pod) : null;
  const wants = company ? terms.map((term) => ({ key: term.topologyKey, counter: company.counter })) : [];
  const shuns = requiredTerms(pod.spec, "podAntiAffinity").map((term) => ({
    key: term.topologyKey,
    ...index.watch(term, pod),
  }));
  const first = company !== null && company.counter.total === 0 && company.test(pod);
  const shunnedBy: { readonly key: string; readonly counter: Counter }[] = [];
  const pulls: { readonly key: string; readonly counter: Counter; readonly weight: number }[] = [];

  for (const [of, sign] of [
    ["podAffinity", 1],
    ["podAntiAffinity", -1],
  ] as const) {
    for (const { weight, podAffinityTerm: term } of preferred(pod.spec, of))
      pulls.push({ key: term.topologyKey, counter: index.watch(term, pod).counter, weight: sign * weight });
  }
  for (const holders of index.holders.values()) {
    for (const { pod: holder, counter } of holders) {
      if (counter.total === 0) continue;
      for (const term of requiredTerms(holder.spec, "podAntiAffinity"))
        if (index.testOf(term, holder)(pod)) shunnedBy.push({ key: term.topologyKey, counter });
      for (const term of requiredTerms(holder.spec, "podAffinity"))
        if (index.testOf(term, holder)(pod)) pulls.push({ key: term.topologyKey, counter, weight: hardAffinityWeight });
      for (const [of, sign] of [
        ["podAffinity", 1],
        ["podAntiAffinity", -1],
      ] as const) {
        for (const { weight, podAffinityTerm: term } of preferred(holder.spec, of))
          if (index.testOf(term, holder)(pod)) pulls.push({ key: term.topologyKey, counter, weight: sign * weight });
      }
    }
  }

  return {
    reject(slot) {
      for (const { key, counter } of wants) {
        const hasKey = table.domains(key).of[slot]! >= 0;
        if (!hasKey || (!first && inDomain(table, counter, key, slot) === 0))
          return rejection(reasons.podAffinity, false);
      }
      for (const { key, counter } of shuns)
        if (inDomain(table, counter, key, slot) > 0) return rejection(reasons.podAntiAffinity, true);
      for (const { key, counter } of shunnedBy)
        if (inDomain(table, counter, key, slot) > 0) return rejection(reasons.existingAntiAffinity, true);
      return null;
    },
    score(candidates, count, into) {
      if (pulls.length === 0) return false;
      let most = Number.NEGATIVE_INFINITY;
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < count; i++) {
        let sum = 0;
        for (const { key, counter, weight } of pulls) sum += weight * inDomain(table, counter, key, candidates[i]!);
        into[i] = sum;
        most = Math.max(most, sum);
        least = Math.min(least, sum);
      }
      for (let i = 0; i < count; i++)
        into[i] = most === least ? 0 : Math.trunc(100 * ((into[i]! - least) / (most - least)));
      return true;
    },
  };
}
