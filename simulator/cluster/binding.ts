/** What binding changes of a pod. Models BindingREST of pkg/registry/core/pod/storage. */
import { boundLabels } from "../api/admission/topology-labels.ts";
import type { Target } from "../api/target.ts";
import type { Pod } from "./objects.ts";
import type { Store } from "./store.ts";

/** The fields of a pod that is bound to a node: the node, and what its labels take over from it. */
export function bindingOf(store: Store, pod: Pod, node: string, target: Target): Pick<Pod, "node" | "labels"> {
  const labels = boundLabels(pod.labels, store.get("Node", "", node)?.labels ?? {}, target);
  return { node, labels };
}
