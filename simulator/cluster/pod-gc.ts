/** Takes the pods of nodes that are gone. Models pkg/controller/podgc/gc_controller.go (gcOrphaned). */
import type { ControllerFactory } from "./controller.ts";
import { isPodTerminal, type Pod } from "./objects.ts";
import { withCondition } from "./pods.ts";

/** Looks every 20 s, quarantines a missing node for 40 s and looks again: 40 to 80 s, here the middle. */
const delay = 60_000;

export const podGarbageCollector: ControllerFactory = {
  name: "pod-garbage-collector",
  create({ store, now, enqueueAfter, enqueue }) {
    /** Kept because every pod that is bound is looked at. */
    const nodes = new Set<string>();

    function collect(pod: Pod): void {
      if (!isPodTerminal(pod) && pod.node === "") store.update(pod, { phase: "Failed" });
      else if (!isPodTerminal(pod)) {
        const condition = {
          type: "DisruptionTarget",
          status: "True",
          reason: "DeletionByPodGC",
          message: "PodGC: node no longer exists",
          lastTransitionTime: now(),
        } as const;
        store.update(pod, { phase: "Failed", conditions: withCondition(pod.conditions, condition) });
      }
      if (pod.finalizers.length === 0) store.remove(pod);
      else store.update(pod, { deleted: pod.deleted ?? now() });
    }

    return {
      kinds: ["Node", "Pod"],
      podFields: ["node", "deleted", "finalizers"],
      observe(change) {
        const { type, object } = change;
        if (object.kind === "Node") {
          if (type === "deleted") nodes.delete(object.name);
          else nodes.add(object.name);
          if (type === "deleted" && store.podsOnNode(object.name).size > 0) enqueueAfter(object.name, delay);
        } else if (object.kind === "Pod") {
          const bound = object.node !== "" && (type === "added" || (type === "modified" && "node" in change.previous));
          if (bound && !nodes.has(object.node)) enqueueAfter(object.node, delay);
          // A pod that was never bound needs nobody to stop it.
          else if (type === "modified" && object.node === "" && object.deleted !== null) enqueue(`pod/${object.uid}`);
        }
      },
      sync(key) {
        if (key.startsWith("pod/")) {
          const pod = store.byUid(key.slice(4));
          if (pod?.kind === "Pod" && pod.node === "" && pod.deleted !== null) collect(pod);
          return;
        }
        if (store.get("Node", "", key)) return;
        for (const pod of [...store.podsOnNode(key)]) collect(pod);
      },
    };
  },
};
