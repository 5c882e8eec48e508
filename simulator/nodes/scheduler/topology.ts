/** Topology spread of one incoming pod. Models plugins/podtopologyspread/{filtering,scoring,common}.go of pkg/scheduler/framework. */
import { selectorTest } from "../../api/label-selector.ts";
import { requiredNodeAffinityMatches } from "../../api/node-selector.ts";
import type { LabelMap, PodSpec, TopologySpreadConstraint } from "../../api/objects.ts";
import { firstUntolerated } from "../../api/tolerations.ts";
import { type CountedPod, type Counter, domainCounts } from "./counters.ts";
import type { NodeTable } from "./node-table.ts";
import { type Rejection, reasons, rejection } from "./reasons.ts";

/** A constraint with the counter of the pods that it selects. */
export interface Spread {
  readonly key: string;
  readonly maxSkew: number;
  readonly counter: Counter;
  readonly minDomains: number;
  /** The incoming pod counts itself. */
  readonly self: 0 | 1;
  /** 1 for slots whose pods count; null when all do. */
  readonly counted: Uint8Array | null;
}

const hostnameKey = "kubernetes.io/hostname";

/** The selector of a constraint with `matchLabelKeys` filled in from the pod. */
export function spreadTest(constraint: TopologySpreadConstraint, labels: LabelMap): (labels: LabelMap) => boolean {
  const base = selectorTest(constraint.labelSelector);
  const keys = (constraint.matchLabelKeys ?? []).filter((key) => Object.hasOwn(labels, key));
  const wanted = keys.map((key) => [key, labels[key]] as const);
  return (other) => base(other) && wanted.every(([key, value]) => other[key] === value);
}

/** A selector that asks for nothing takes every pod, but the scheduler counts none for it except the incoming one. */
export function asksForNothing({ labelSelector, matchLabelKeys }: TopologySpreadConstraint, labels: LabelMap): boolean {
  if (!labelSelector || (matchLabelKeys ?? []).some((key) => Object.hasOwn(labels, key))) return false;
  const { matchLabels = {}, matchExpressions = [] } = labelSelector;
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** The slots that count for a constraint by its node inclusion policies. */
export function countedSlots(
  spec: PodSpec,
  constraint: Pick<TopologySpreadConstraint, "nodeAffinityPolicy" | "nodeTaintsPolicy">,
  table: NodeTable,
): Uint8Array | null {
  const byAffinity =
    constraint.nodeAffinityPolicy !== "Ignore" && Boolean(spec.nodeSelector ?? spec.affinity?.nodeAffinity);
  const byTaints = constraint.nodeTaintsPolicy === "Honor";
  if (!byAffinity && !byTaints) return null;
  return Uint8Array.from(table.nodes, (node) => {
    if (byAffinity && !requiredNodeAffinityMatches(node, spec).match) return 0;
    return byTaints && firstUntolerated(node.taints, spec.tolerations ?? [], ["NoSchedule", "NoExecute"]) ? 0 : 1;
  });
}

/** A test of a slot against the hard constraints; built once per pod. */
export function hardSpreadTest(table: NodeTable, constraints: readonly Spread[]): (slot: number) => Rejection | null {
  const size = table.nodes.length;
  const domains = constraints.map(({ key }) => table.domains(key));
  const checks = constraints.map((constraint, index) => {
    const { of, names } = domains[index]!;
    const sums = new Float64Array(names.length).fill(-1);
    for (let slot = 0; slot < size; slot++) {
      if (constraint.counted && constraint.counted[slot] === 0) continue;
      if (domains.some((one) => one.of[slot]! < 0)) continue;
      const domain = of[slot]!;
      sums[domain] = Math.max(0, sums[domain]!) + constraint.counter.counts[slot]!;
    }
    const present = sums.filter((sum) => sum >= 0);
    let least = present.length === 0 ? 0 : present[0]!;
    for (const sum of present) if (sum < least) least = sum;
    if (present.length < constraint.minDomains) least = 0;
    return { constraint, of, sums, least };
  });
  return (slot) => {
    for (const { constraint, of, sums, least } of checks) {
      const domain = of[slot]!;
      if (domain < 0) return rejection(reasons.spreadLabel, false);
      if (Math.max(0, sums[domain]!) + constraint.self - least > constraint.maxSkew)
        return rejection(reasons.spread, true);
    }
    return null;
  };
}

/**
 * Scores 0..100 of the candidates (slots) for soft constraints. `lenient`: the built-in default constraints, where a node
 * without the key just goes without that part.
 */
export function softSpreadScores(
  table: NodeTable,
  constraints: readonly Spread[],
  candidates: Int32Array,
  count: number,
  lenient: boolean,
  into: Float64Array,
): void {
  const ignored: boolean[] = [];
  let usable = count;
  if (!lenient) {
    for (let i = 0; i < count; i++) {
      ignored[i] = constraints.some(({ key }) => table.domains(key).of[candidates[i]!]! < 0);
      if (ignored[i]) usable--;
    }
  }
  // Pods on nodes that lack one of the keys are not counted for the others either.
  const partial = lenient ? [] : constraints.map(({ key }) => table.domains(key)).filter(({ of }) => of.includes(-1));
  const isWhole = partial.length > 0 ? (slot: number) => partial.every(({ of }) => of[slot]! >= 0) : null;
  constraints.forEach((constraint, index) => {
    const { of, names } = table.domains(constraint.key);
    const perHost = constraint.key === hostnameKey;
    const counts = perHost ? constraint.counter.counts : sumsOf(table, constraint, isWhole);
    const weight = Math.log((perHost ? usable : domainsAmong(of, names.length, candidates, count, ignored)) + 2);
    const base = constraint.maxSkew - 1;
    for (let i = 0; i < count; i++) {
      const slot = candidates[i]!;
      const domain = of[slot]!;
      const cost = domain < 0 ? 0 : counts[perHost ? slot : domain]! * weight + base;
      into[i] = index === 0 ? cost : into[i]! + cost;
    }
  });
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    if (ignored.length > 0 && ignored[i]) continue;
    const score = Math.floor(into[i]! + 0.5);
    into[i] = score;
    if (score > most) most = score;
    if (score < least) least = score;
  }
  const sum = most + least;
  for (let i = 0; i < count; i++) {
    if (ignored.length > 0 && ignored[i]) into[i] = 0;
    else into[i] = most === 0 ? 100 : Math.floor((100 * (sum - into[i]!)) / most);
  }
}

function sumsOf(
  table: NodeTable,
  { key, counter, counted }: Spread,
  isWhole: ((slot: number) => boolean) | null,
): Int32Array {
  if (!counted && !isWhole) return domainCounts(table, counter, key);
  const { of, names } = table.domains(key);
  const sums = new Int32Array(names.length);
  for (let slot = 0; slot < of.length; slot++) {
    if (counted?.[slot] === 0 || isWhole?.(slot) === false) continue;
    if (of[slot]! >= 0) sums[of[slot]!]! += counter.counts[slot]!;
  }
  return sums;
}

function domainsAmong(
  of: Int32Array,
  size: number,
  candidates: Int32Array,
  count: number,
  ignored: readonly boolean[],
): number {
  const seen = new Uint8Array(size + 1);
  let found = 0;
  for (let i = 0; i < count && found <= size; i++) {
    // Nodes without the key are one domain more; constraints of the pod's own have none such left.
    const domain = of[candidates[i]!]! + 1;
    if ((ignored.length > 0 && ignored[i]) || seen[domain] === 1) continue;
    seen[domain] = 1;
    found++;
  }
  return found;
}

/** Whether the constraint's selector takes the pod itself. */
export function selects(test: (labels: LabelMap) => boolean, pod: CountedPod): 0 | 1 {
  return test(pod.labels) ? 1 : 0;
}
