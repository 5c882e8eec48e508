/**
 * Takes pods off nodes with NoExecute taints that they do not bear, or bear only for a while.
 * Models pkg/controller/tainteviction/taint_eviction.go.
 */
import type { Taint, Toleration } from "../api/objects.ts";
import { tolerates } from "../api/tolerations.ts";
import type { ControllerFactory } from "../cluster/controller.ts";
import { isPodTerminal, type Pod } from "../cluster/objects.ts";
import { deletePod, withCondition } from "../cluster/pods.ts";

/**
 * How long (milliseconds) a pod may stay beside the taints: 0 = not at all, Infinity = for good. Of the tolerations that are used
 * the shortest `tolerationSeconds` counts; negative is 0. Only NoExecute taints are looked at.
 */
function toleratedFor(taints: readonly Taint[], tolerations: readonly Toleration[]): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    if (taint.effect !== "NoExecute") continue;
    const used = tolerations.find((one) => tolerates(one, taint));
    if (!used) return 0;
    if (used.tolerationSeconds !== undefined) shortest = Math.min(shortest, Math.max(0, used.tolerationSeconds) * 1000);
  }
  return shortest;
}

/** Taints that every pod bears for five minutes unless it says otherwise. Models plugin/pkg/admission/defaulttolerationseconds. */
const bornForAWhile: readonly Toleration[] = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].map(
  (key) => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }),
);

/** The pod's own tolerations and those that admission gives it. */
function admittedTolerations(own: readonly Toleration[] = []): readonly Toleration[] {
  const missing = bornForAWhile.filter(
    ({ key }) => !own.some((one) => (!one.key || one.key === key) && (!one.effect || one.effect === "NoExecute")),
  );
  return missing.length === 0 ? own : [...own, ...missing];
}

export const taintEvictionController: ControllerFactory = {
  name: "taint-eviction-controller",
  create({ store, now, enqueue, enqueueAfter, event }) {
    /** When each pod goes. A pod that waits keeps its time while the taints only change. */
    const since = new Map<string, number>();
    const taintedNodes = new Set<string>();

    function evict(pod: Pod): void {
      since.delete(pod.uid);
      event(pod, "Normal", "TaintManagerEviction", `Marking for deletion Pod ${pod.key}`);
      if (!isPodTerminal(pod)) {
        const condition = {
          type: "DisruptionTarget",
          status: "True",
          reason: "DeletionByTaintManager",
          message: "Taint manager: deleting due to NoExecute taint",
          lastTransitionTime: now(),
        } as const;
        store.update(pod, { conditions: withCondition(pod.conditions, condition) });
      }
      deletePod(store, pod, now());
    }

    return {
      kinds: ["Node", "Pod"],
      podFields: ["node"],
      observe(change) {
        const { object, type } = change;
        if (object.kind === "Node") {
          if (type !== "deleted" && object.taints.length > 0) taintedNodes.add(object.name);
          else taintedNodes.delete(object.name);
          if (type === "deleted" || (type === "modified" && !("taints" in change.previous))) return;
          for (const pod of store.podsOnNode(object.name)) enqueue(pod.uid);
        } else if (type === "deleted") {
          if (since.size > 0) since.delete(object.uid);
        } else if (object.kind === "Pod" && taintedNodes.has(object.node)) enqueue(object.uid);
      },
      sync(uid) {
        const pod = store.byUid(uid);
        if (pod?.kind !== "Pod" || pod.deleted !== null) return;
        const taints = store.get("Node", "", pod.node)?.taints ?? [];
        const stay = toleratedFor(taints, admittedTolerations(pod.spec.tolerations));
        if (stay === Number.POSITIVE_INFINITY) {
          if (since.delete(uid)) event(pod, "Normal", "TaintManagerEviction", `Cancelling deletion of Pod ${pod.key}`);
          return;
        }
        const start = since.get(uid) ?? now();
        since.set(uid, start);
        if (start + stay <= now()) evict(pod);
        else enqueueAfter(uid, start + stay - now());
      },
    };
  },
};
