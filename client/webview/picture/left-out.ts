/** Which nodes have no pod of a workload, and why: the scheduler's and the DaemonSet controller's own tests, node by node. */
import { requiredNodeAffinityMatches } from "../../../simulator/api/node-selector.ts";
import type { ManifestObject, PodSpec, Taint } from "../../../simulator/api/objects.ts";
import { firstUntolerated } from "../../../simulator/api/tolerations.ts";
import { daemonTolerations } from "../../../simulator/controllers/daemonset/placement.ts";
import type { NodeState, Trace } from "../../../simulator/trace.ts";
import { view, type WorkloadName } from "../../../simulator/view.ts";

export interface LeftOut {
  readonly node: string;
  readonly why: "taint" | "affinity" | "name";
  /** The taint that is not tolerated. */
  readonly taint: Taint | null;
}

const inside = (value: unknown, key: string): unknown => (value as Record<string, unknown> | null | undefined)?.[key];

/** The pod template's spec of a workload; null without one. */
export function podSpecOf({ kind, spec }: ManifestObject): PodSpec | null {
  const job = kind === "CronJob" ? inside(inside(spec, "jobTemplate"), "spec") : spec;
  return (inside(inside(job, "template"), "spec") as PodSpec | undefined) ?? null;
}

/** The reason, or null when nothing keeps the workload's pods from this node. */
export function whyLeftOut(kind: string, spec: PodSpec, name: string, node: NodeState): LeftOut | null {
  if (spec.nodeName && spec.nodeName !== name) return { node: name, why: "name", taint: null };
  if (!requiredNodeAffinityMatches({ name, labels: node.labels }, spec).match)
    return { node: name, why: "affinity", taint: null };
  const tolerations = kind === "DaemonSet" ? daemonTolerations(spec) : (spec.tolerations ?? []);
  const taint = firstUntolerated(node.taints, tolerations, ["NoSchedule", "NoExecute"]);
  return taint ? { node: name, why: "taint", taint } : null;
}

/** The nodes that are left out at a time of the scenario. */
export function leftOutNodes(
  trace: Trace,
  at: number,
  { kind }: WorkloadName,
  object: ManifestObject,
): readonly LeftOut[] {
  const spec = podSpecOf(object);
  if (!spec) return [];
  return view(trace, at).Node.flatMap(({ name, state }) => whyLeftOut(kind, spec, name, state) ?? []);
}

/** `nvidia.com/gpu=present:NoSchedule` */
export const taintText = ({ key, value, effect }: Taint): string => `${key}${value ? `=${value}` : ""}:${effect}`;
