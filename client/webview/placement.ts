/** Why a node has no pod of a workload: the scheduler's and the DaemonSet controller's own tests, asked node by node. */
import { requiredNodeAffinityMatches } from "../../simulator/api/node-selector.ts";
import type { PodSpec } from "../../simulator/api/objects.ts";
import { firstUntolerated } from "../../simulator/api/tolerations.ts";
import { daemonTolerations } from "../../simulator/controllers/daemonset/placement.ts";
import type { NodeState } from "../../simulator/trace.ts";
import type { DocumentObject } from "../protocol.ts";
import { say } from "./messages/words.ts";

const inside = (value: unknown, key: string): unknown => (value as Record<string, unknown> | null | undefined)?.[key];

/** The pod template's spec of an admitted workload; null without one. */
export function podSpecOf({ kind, object }: DocumentObject): PodSpec | null {
  const spec = inside(object, "spec");
  const job = kind === "CronJob" ? inside(inside(spec, "jobTemplate"), "spec") : spec;
  return (inside(inside(job, "template"), "spec") as PodSpec | undefined) ?? null;
}

/** The reason in words, or null when nothing keeps the workload's pods from this node. */
export function whyLeftOut(kind: string, spec: PodSpec, name: string, node: NodeState): string | null {
  if (spec.nodeName && spec.nodeName !== name) return say("byName");
  if (!requiredNodeAffinityMatches({ name, labels: node.labels }, spec).match) return say("byAffinity");
  const tolerations = kind === "DaemonSet" ? daemonTolerations(spec) : (spec.tolerations ?? []);
  const taint = firstUntolerated(node.taints, tolerations, ["NoSchedule", "NoExecute"]);
  if (!taint) return null;
  return say("byTaint", `${taint.key}${taint.value ? `=${taint.value}` : ""}:${taint.effect}`);
}
