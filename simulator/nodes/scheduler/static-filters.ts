/**
 * The filters whose answer depends only on the pod's spec and the node, not on other pods; remembered per spec, as equal pods
 * come by the thousand. Models plugins/{nodeunschedulable,nodename,tainttoleration,nodeaffinity} of pkg/scheduler/framework.
 */

import { preferredNodeAffinityScore, requiredNodeAffinityMatches } from "../../api/node-selector.ts";
import type { PodSpec, Taint } from "../../api/objects.ts";
import { firstUntolerated, tolerates } from "../../api/tolerations.ts";
import type { Counter } from "./counters.ts";
import { imageScores } from "./images.ts";
import type { NodeFacts, NodeTable } from "./node-table.ts";
import { preferenceProblem } from "./preference-problem.ts";
import { type Rejection, reasons, rejection } from "./reasons.ts";
import type { SlotClasses } from "./slot-classes.ts";

export const hardEffects = ["NoSchedule", "NoExecute"];
const unschedulableTaint: Taint = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" };

/**
 * The nodes that every required term of the spec names, which alone are looked at; null when there is a term that names none.
 * Empty when the terms contradict themselves.
 */
function namedNodes({ affinity }: PodSpec): ReadonlySet<string> | null {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  if (terms.length === 0) return null;
  const found = new Set<string>();
  for (const { matchFields = [] } of terms) {
    const lists = matchFields
      .filter(({ key, operator }) => key === "metadata.name" && operator === "In")
      .map(({ values = [] }) => values);
    if (lists.length === 0) return null;
    for (const name of lists[0]!) if (lists.every((list) => list.includes(name))) found.add(name);
  }
  return found;
}

/** The first static reason why pods of the spec cannot go to the node; null when there is none. */
function staticRejection(spec: PodSpec, named: ReadonlySet<string> | null, node: NodeFacts): Rejection | null {
  if (named && !named.has(node.name)) return rejection(reasons.otherNode, false);
  const tolerations = spec.tolerations ?? [];
  if (node.unschedulable && !tolerations.some((one) => tolerates(one, unschedulableTaint)))
    return rejection(reasons.unschedulable, false);
  if (spec.nodeName && spec.nodeName !== node.name) return rejection(reasons.nodeName, false);
  if (firstUntolerated(node.taints, tolerations, hardEffects)) return rejection(reasons.taint, false);
  if (!requiredNodeAffinityMatches(node, spec).match) return rejection(reasons.affinity, false);
  return null;
}

export interface SpecProfile {
  readonly spec: PodSpec;
  /** Per slot: null passes. */
  readonly rejected: readonly (Rejection | null)[];
  /** 1 where the slot passes. */
  readonly passes: Uint8Array;
  /** Per slot: intolerable PreferNoSchedule taints; null when no node has any. */
  readonly softTaints: Int32Array | null;
  /** Per slot: sum of matching preferred node affinity; null when the spec prefers nothing. */
  readonly preferred: Int32Array | null;
  /** Why preferred node affinity cannot be scored at all; null when it can. */
  readonly preferenceProblem: string | null;
  /** Per slot: 0..100 for images that are there already; null when no node has any of them. */
  readonly images: Int32Array | null;
  /** Resource score with the pod added, -1 where it does not fit or a static filter rejects; and the version of the slot it stands for. */
  readonly resourceScore: Int32Array;
  readonly scoredVersion: Int32Array;
  /** Per slot the class that the built-in spread gives it, as of so many changes of slots and for this counter. */
  classes: SlotClasses | null;
  current: number;
  counter: Counter | null;
}

function softTaints(spec: PodSpec, table: NodeTable): Int32Array | null {
  if (table.nodes.every(({ taints }) => taints.length === 0)) return null;
  const tolerations = (spec.tolerations ?? []).filter((one) => !one.effect || one.effect === "PreferNoSchedule");
  const counts = Int32Array.from(
    table.nodes,
    (node) =>
      node.taints.filter(
        (taint) => taint.effect === "PreferNoSchedule" && !tolerations.some((one) => tolerates(one, taint)),
      ).length,
  );
  return counts.some((count) => count > 0) ? counts : null;
}

export function createSpecProfile(spec: PodSpec, table: NodeTable): SpecProfile {
  const named = namedNodes(spec);
  const rejected = table.nodes.map((node) => staticRejection(spec, named, node));
  const terms = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
  return {
    spec,
    rejected,
    passes: Uint8Array.from(rejected, (one) => (one === null ? 1 : 0)),
    softTaints: softTaints(spec, table),
    preferred: terms?.length
      ? Int32Array.from(table.nodes, (node) => preferredNodeAffinityScore(node, terms) ?? 0)
      : null,
    preferenceProblem: terms ? preferenceProblem(terms) : null,
    images: imageScores(spec, table.nodes),
    resourceScore: new Int32Array(table.nodes.length),
    scoredVersion: new Int32Array(table.nodes.length).fill(-1),
    classes: null,
    current: 0,
    counter: null,
  };
}
