/** The ready pods that only time makes available: who they are, and when the next of them is. Times are milliseconds. */
import type { Pod } from "../../cluster/objects.ts";

export interface Waiting {
  /** The pod, meant for this node, becomes available at this time. */
  add(pod: Pod, node: string, at: number): void;
  /** Does nothing when the pod does not wait. */
  delete(pod: Pod): void;
  /** No pod waits any more. */
  clear(): void;
  /** The nodes of the pods that are available by now. */
  due(now: number): Iterable<string>;
  /** When the next pod after `now` is available; Infinity when none waits. */
  next(now: number): number;
}

/** Nobody waits. All that wait are only gone through when the next of them is due or has left. */
export function createWaiting(): Waiting {
  const pods = new Map<Pod, { readonly node: string; readonly at: number }>();
  /** The earliest time of all, as long as `known`. */
  let earliest = Number.POSITIVE_INFINITY;
  let known = true;

  function first(): number {
    if (!known) {
      earliest = Number.POSITIVE_INFINITY;
      for (const { at } of pods.values()) earliest = Math.min(earliest, at);
      known = true;
    }
    return earliest;
  }

  return {
    add(pod, node, at) {
      const before = pods.get(pod);
      if (before?.at === earliest && at > earliest) known = false;
      pods.set(pod, { node, at });
      earliest = Math.min(earliest, at);
    },
    delete(pod) {
      const before = pods.get(pod);
      if (!before) return;
      pods.delete(pod);
      if (before.at === earliest) known = false;
    },
    clear() {
      pods.clear();
      known = false;
    },
    *due(now) {
      if (first() > now) return;
      for (const { node, at } of pods.values()) if (at <= now) yield node;
    },
    next(now) {
      if (first() > now) return earliest;
      let next = Number.POSITIVE_INFINITY;
      for (const { at } of pods.values()) if (at > now) next = Math.min(next, at);
      return next;
    },
  };
}
