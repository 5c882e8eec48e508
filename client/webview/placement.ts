/** Why a node has no pod of a workload: the scheduler's and the DaemonSet controller's own tests, asked node by node. */
import { requiredNodeAffinityMatches } from "../../simulator/api/node-selector.ts";
import type { PodSpec } from "../../simulator/api/objects.ts";
import { podTemplateOf } from "../../simulator/api/pod-template.ts";
import { firstUntolerated } from "../../simulator/api/tolerations.ts";
import { daemonTolerations } from "../../simulator/controllers/daemonset/placement.ts";
import type { NodeState } from "../../simulator/trace.ts";
import type { DocumentObject } from "../protocol.ts";
import { say } from "./messages/words.ts";

/** The pod template's spec of an admitted workload; null without one. */
export function podSpecOf({ kind, object }: DocumentObject): PodSpec | null {
  return (podTemplateOf(kind, object)?.["spec"] as PodSpec | undefined) ?? null;
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
