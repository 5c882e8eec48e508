/** How many ready pods have been ready for long enough, without going through all of them at every look. */
import { controllerOf, isPodActive, type Pod, type ReplicaSet, wholeSeconds } from "../../cluster/objects.ts";
import type { Change, Store } from "../../cluster/store.ts";

/** The active, ready pods of one ReplicaSet that are not available yet, in the order in which they will be. */
interface Waiting {
  readonly millis: number;
  readonly pods: Set<Pod>;
}

interface Availability {
  /** Hears of every change of a pod or ReplicaSet. */
  observe(change: Change): void;
  /** Available pods of `ready` ones, and when the next one will be; undefined when none is waiting. */
  count(replicaSet: ReplicaSet, ready: number, now: number): { readonly available: number; readonly next?: number };
}

/** `start` is the wall-clock instant of time 0: Kubernetes keeps the time of readiness in whole seconds. */
export function createAvailability(store: Store, start: number): Availability {
  const waiting = new Map<string, Waiting>();

  function build(replicaSet: ReplicaSet, millis: number): Waiting {
    const pods = [...store.pods(replicaSet.uid).pods].filter((pod) => pod.ready && isPodActive(pod));
    pods.sort((a, b) => (a.readyTime ?? 0) - (b.readyTime ?? 0));
    return { millis, pods: new Set(pods) };
  }

  return {
    observe(change) {
      const { object } = change;
      if (object.kind === "ReplicaSet") {
        if (change.type === "deleted") waiting.delete(object.uid);
        return;
      }
      if (object.kind !== "Pod" || waiting.size === 0) return;
      const owner = controllerOf(object)?.uid;
      if (change.type === "modified" && "owners" in change.previous) {
        // A pod that comes or goes with an age of its own breaks the order: it is made anew at the next look.
        for (const one of change.previous.owners ?? []) waiting.delete(one.uid);
        if (owner !== undefined) waiting.delete(owner);
        return;
      }
      const list = owner === undefined ? undefined : waiting.get(owner);
      if (!list) return;
      if (change.type === "deleted" || !object.ready || !isPodActive(object)) list.pods.delete(object);
      else if (change.type === "added") waiting.delete(owner!);
      else if ("ready" in change.previous || "readyTime" in change.previous) {
        // Became ready just now, so it is the youngest.
        list.pods.delete(object);
        list.pods.add(object);
      }
    },
    count(replicaSet, ready, now) {
      const millis = (replicaSet.spec.minReadySeconds ?? 0) * 1000;
      if (millis === 0) return { available: ready };
      let list = waiting.get(replicaSet.uid);
      if (!list || list.millis !== millis) {
        list = build(replicaSet, millis);
        waiting.set(replicaSet.uid, list);
      }
      for (const pod of list.pods) {
        const at = wholeSeconds(pod.readyTime ?? now, start) + millis;
        if (at > now) return { available: ready - list.pods.size, next: at };
        list.pods.delete(pod);
      }
      return { available: ready };
    },
  };
}
