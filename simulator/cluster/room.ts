/** Room for pods on their nodes. */
import type { PodSpec } from "../api/objects.ts";
import { requestsOf } from "../api/pod/requests.ts";
import { milliValue, wholeValue } from "../api/quantity-number.ts";
import { isPodTerminal, type Pod } from "./objects.ts";
import { countedSpec } from "./resizing.ts";
import type { Store } from "./store.ts";

const readers = [
  ["cpu", milliValue],
  ["memory", wholeValue],
] as const;

/** Whether a node has too little of something for what the pod asks for, and of what; null when it all fits. */
export function shortage(store: Store, pod: Pod, spec: PodSpec, others: boolean): string | null {
  const allocatable = store.get("Node", "", pod.node)?.allocatable;
  if (!allocatable) return null;
  for (const [resource, read] of readers) {
    const text = allocatable[resource];
    if (text === undefined) continue;
    let left = read(text) - requestsOf(spec)[resource];
    if (others)
      for (const one of store.podsOnNode(pod.node))
        if (one !== pod && !isPodTerminal(one)) left -= requestsOf(countedSpec(one))[resource];
    if (left < 0) return resource;
  }
  return null;
}
