/**
 * What default admission makes of a Pod, plugin by plugin in the server's order. Limits come before, quotas after: they belong
 * to a namespace. Models AllOrderedPlugins of pkg/kubeapiserver/options/plugins.go.
 */
import { type Draft, ensure } from "../defaults-pod.ts";
import { asObject, type JsonObject, objectAt, stringAt } from "../json.ts";
import type { LabelMap } from "../objects.ts";
import type { Refused } from "../registry/answer.ts";
import type { Target } from "../target.ts";
import { metadataOf } from "../workload-checks.ts";
import type { ClusterFacts } from "./facts.ts";
import { admitPriority } from "./priority.ts";
import { admitRuntimeClass } from "./runtime-class.ts";
import { admitServiceAccount } from "./service-account.ts";
import { addDefaultTolerations } from "./tolerations.ts";
import { boundLabels } from "./topology-labels.ts";

/** Admits the spec of a new Pod, in place; the first plugin that objects is the answer. */
export function admitPodSpec(spec: Draft, namespace: string, cluster: ClusterFacts): Refused | undefined {
  const refused = admitServiceAccount(spec, namespace, cluster) ?? admitPriority(spec, cluster);
  if (refused) return refused;
  addDefaultTolerations(spec);
  return admitRuntimeClass(spec, cluster);
}

/** Admits a new Pod, in place. */
export function admitNewPod(pod: Draft, target: Target, cluster: ClusterFacts): Refused | undefined {
  const spec = ensure(pod, "spec");
  const refused = admitPodSpec(spec, stringAt(metadataOf(pod), "namespace") || "default", cluster);
  if (refused) return refused;
  const node = cluster.nodeLabels?.(stringAt(spec, "nodeName"));
  if (node) {
    const metadata = ensure(pod, "metadata");
    const labels = asObject(metadata["labels"]) as LabelMap;
    const bound = boundLabels(labels, node, target);
    if (bound !== labels) metadata["labels"] = { ...bound };
  }
  return undefined;
}

/** Gives a Pod that replaces another, in place, what admission had given to that one. */
export function admitChangedPod(pod: Draft, old: JsonObject): void {
  const spec = ensure(pod, "spec");
  const before = objectAt(old, "spec");
  for (const key of ["priority", "preemptionPolicy"]) {
    const value = before?.[key];
    if (spec[key] === undefined && value !== undefined) spec[key] = value;
  }
  addDefaultTolerations(spec);
}
