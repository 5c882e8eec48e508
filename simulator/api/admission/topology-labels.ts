/** The labels that a pod has once it is on a node. Models plugin/pkg/admission/podtopologylabels/admission.go. */
import type { LabelMap } from "../objects.ts";
import { since, type Target } from "../target.ts";

const copied = ["topology.kubernetes.io/zone", "topology.kubernetes.io/region"];

/** Results by the labels of the pod and the values of the node, so that pods that shared their labels still share them. */
const known = new WeakMap<LabelMap, Map<string, LabelMap>>();

/** The pod's labels with zone and region of its node, as servers since 1.35 have it. */
export function boundLabels(labels: LabelMap, node: LabelMap, target: Target): LabelMap {
  if (!since(target, "1.35")) return labels;
  const more = copied.filter((key) => Object.hasOwn(node, key) && labels[key] !== node[key]);
  if (more.length === 0) return labels;
  let perNode = known.get(labels);
  if (!perNode) {
    perNode = new Map();
    known.set(labels, perNode);
  }
  const values = more.map((key) => `${key}=${node[key]}`).join();
  let result = perNode.get(values);
  if (!result) {
    result = { ...labels, ...Object.fromEntries(more.map((key) => [key, node[key]!])) };
    perNode.set(values, result);
  }
  return result;
}
