/** The labels that a pod has once it is on a node. Models plugin/pkg/admission/podtopologylabels/admission.go. */
import type { LabelMap } from "../objects.ts";
import { since, type Target } from "../target.ts";

const zoneKey = "topology.kubernetes.io/zone";
const regionKey = "topology.kubernetes.io/region";

/** What pods take over from a node, as text. */
const taken = new WeakMap<LabelMap, string>();

function takenFrom(node: LabelMap): string {
  let text = taken.get(node);
  if (text === undefined) {
    text = JSON.stringify(moreOf(node));
    taken.set(node, text);
  }
  return text;
}

function moreOf(node: LabelMap): LabelMap {
  const keys = [zoneKey, regionKey].filter((key) => Object.hasOwn(node, key));
  return Object.fromEntries(keys.map((key) => [key, node[key]!]));
}

/** Results by the labels of the pod and what it takes over, so that pods that shared their labels still share them. */
const known = new WeakMap<LabelMap, Map<string, LabelMap>>();

/** The labels that others came from by nothing but additions. */
const extended = new WeakMap<LabelMap, LabelMap>();

/** Whether `bound` are the labels with what a node adds to them, and none of them was overruled. */
export function isExtended(labels: LabelMap, bound: LabelMap): boolean {
  return extended.get(bound) === labels;
}

/** The pod's labels with zone and region of its node, as servers since 1.35 have it. */
export function boundLabels(labels: LabelMap, node: LabelMap, target: Target): LabelMap {
  if (!since(target, "1.35")) return labels;
  const text = takenFrom(node);
  if (text === "{}") return labels;
  let perNode = known.get(labels);
  if (!perNode) {
    perNode = new Map();
    known.set(labels, perNode);
  }
  let result = perNode.get(text);
  if (!result) {
    const more = moreOf(node);
    const keys = Object.keys(more);
    result = keys.every((key) => labels[key] === more[key]) ? labels : { ...labels, ...more };
    perNode.set(text, result);
    if (result !== labels && keys.every((key) => labels[key] === undefined)) extended.set(result, labels);
  }
  return result;
}
