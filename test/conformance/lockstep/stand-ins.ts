/** What the recorded runs had around the controllers: a scheduler that binds at once, and volumes for every claim. */
import { requiredNodeAffinityMatches } from "../../../simulator/api/node-selector.ts";
import { firstUntolerated } from "../../../simulator/api/tolerations.ts";
import type { ControllerFactory } from "../../../simulator/cluster/controller.ts";
import { keyOf, splitKey } from "../../../simulator/cluster/controller.ts";
import type { Node, Pod } from "../../../simulator/cluster/objects.ts";

function fits(pod: Pod, node: Node): boolean {
  if (pod.pinnedNode !== null && pod.pinnedNode !== node.name) return false;
  if (firstUntolerated(node.taints, pod.spec.tolerations ?? [], ["NoSchedule", "NoExecute"])) return false;
  return pod.pinnedNode !== null || requiredNodeAffinityMatches(node, pod.spec).match;
}

/** Binds every pod to the emptiest node that fits, in no time. */
export const immediateScheduler: ControllerFactory = {
  name: "scheduler",
  create({ store, enqueue }) {
    const waiting = new Set<string>();
    return {
      kinds: ["Pod", "Node"],
      observe({ type, object }) {
        if (object.kind === "Node") {
          for (const key of waiting) enqueue(key);
        } else if (object.kind === "Pod") {
          if (type === "deleted" || object.node !== "") waiting.delete(keyOf(object));
          else if (type === "added") {
            waiting.add(keyOf(object));
            enqueue(keyOf(object));
          }
        }
      },
      sync(key) {
        const pod = store.get("Pod", ...splitKey(key));
        if (pod?.node !== "" || pod.deleted !== null) return;
        let best: Node | undefined;
        for (const node of store.all("Node")) {
          if (!fits(pod, node)) continue;
          if (!best || store.podsOnNode(node.name).size < store.podsOnNode(best.name).size) best = node;
        }
        if (best) store.update(pod, { node: best.name });
      },
    };
  },
};

/** Binds every claim at once. */
export const immediateBinder: ControllerFactory = {
  name: "volume-binder",
  create: ({ store, enqueue }) => ({
    kinds: ["PersistentVolumeClaim"],
    observe({ type, object }) {
      if (type === "added") enqueue(keyOf(object));
    },
    sync(key) {
      const claim = store.get("PersistentVolumeClaim", ...splitKey(key));
      if (claim) store.update(claim, { phase: "Bound" });
    },
  }),
};
