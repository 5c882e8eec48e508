/**
 * Takes the pods of nodes that are gone, and those that nobody stops on nodes that are said to be out of service. Models
 * pkg/controller/podgc/gc_controller.go (gcOrphaned, gcTerminating, gcUnscheduledTerminating).
 */
import type { ControllerFactory } from "./controller.ts";
import { isPodTerminal, type Node, type Pod } from "./objects.ts";
import { withCondition } from "./pods.ts";

/** Looks every 20 s, quarantines a missing node for 40 s and looks again: 40 to 80 s, here the middle. */
const delay = 60_000;
/** Of a node that is out of service nothing is quarantined: 0 to 20 s, here the middle. */
const shortDelay = 10_000;

const outOfServiceTaint = "node.kubernetes.io/out-of-service";

/** Whether nothing on the node runs any more, as somebody who knows has said. */
function isOutOfService({ ready, taints }: Node): boolean {
  return !ready && taints.some(({ key }) => key === outOfServiceTaint);
}

export const podGarbageCollector: ControllerFactory = {
  name: "pod-garbage-collector",
  create({ store, now, enqueueAfter, enqueue }) {
    /** Kept because every pod that is bound is looked at. */
    const nodes = new Set<string>();
    const outOfService = new Set<string>();

    function remove(pod: Pod): void {
      if (pod.finalizers.length === 0) store.remove(pod);
      else store.update(pod, { deleted: pod.deleted ?? now() });
    }

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
      remove(pod);
    }

    function observeNode(node: Node, type: string): void {
      const { name } = node;
      if (type === "deleted") nodes.delete(name);
      else nodes.add(name);
      if (type !== "deleted" && isOutOfService(node)) outOfService.add(name);
      else outOfService.delete(name);
      if (store.podsOnNode(name).size === 0) return;
      if (type === "deleted") enqueueAfter(name, delay);
      else if (outOfService.has(name)) enqueueAfter(name, shortDelay);
    }

    return {
      kinds: ["Node", "Pod"],
      podFields: ["node", "deleted", "finalizers"],
      observe(change) {
        const { type, object } = change;
        if (object.kind === "Node") observeNode(object, type);
        else if (object.kind === "Pod") {
          const bound = object.node !== "" && (type === "added" || (type === "modified" && "node" in change.previous));
          if (bound && !nodes.has(object.node)) enqueueAfter(object.node, delay);
          if (type !== "modified" || object.deleted === null) return;
          // A pod that was never bound needs nobody to stop it.
          if (object.node === "") enqueue(`pod/${object.uid}`);
          else if ("deleted" in change.previous && outOfService.has(object.node)) enqueueAfter(object.node, shortDelay);
        }
      },
      sync(key) {
        if (key.startsWith("pod/")) {
          const pod = store.byUid(key.slice(4));
          if (pod?.kind === "Pod" && pod.node === "" && pod.deleted !== null) collect(pod);
          return;
        }
        const node = store.get("Node", "", key);
        if (node && !isOutOfService(node)) return;
        for (const pod of [...store.podsOnNode(key)]) {
          if (!node) collect(pod);
          else if (pod.deleted !== null) {
            if (!isPodTerminal(pod)) store.update(pod, { phase: "Failed" });
            remove(pod);
          }
        }
      },
    };
  },
};
