/** Which pods are bound to which node. Most runs never ask, and then only the order in which pods were bound is noted. */
import type { Pod } from "./objects.ts";

interface NodeIndex {
  /** The pod was bound to its node. */
  place(pod: Pod): void;
  /** The pod is no longer on the node. */
  leave(pod: Pod, node: string): void;
  /** The pods of a node in the order in which they were bound. */
  on(node: string): ReadonlySet<Pod>;
}

const noPods: ReadonlySet<Pod> = new Set();

/** An index without pods. `all` gives the pods that there are, bound or not. */
export function createNodeIndex(all: () => Iterable<Pod>): NodeIndex {
  /** By the sequence number of the pod: the how-manieth to be bound it was. */
  const order: number[] = [];
  let bindings = 0;
  /** Made at the first question after a pod was bound. */
  let sets: Map<string, Set<Pod>> | null = null;

  function add(index: Map<string, Set<Pod>>, pod: Pod): void {
    const there = index.get(pod.node);
    if (there) there.add(pod);
    else index.set(pod.node, new Set([pod]));
  }

  function build(): Map<string, Set<Pod>> {
    const index = new Map<string, Set<Pod>>();
    const bound = [...all()].filter((pod) => pod.node !== "");
    bound.sort((a, b) => order[a.sequence]! - order[b.sequence]!);
    for (const pod of bound) add(index, pod);
    return index;
  }

  return {
    place(pod) {
      bindings++;
      if (sets) add(sets, pod);
      else order[pod.sequence] = bindings;
    },
    leave(pod, node) {
      sets?.get(node)?.delete(pod);
    },
    on(node) {
      if (bindings === 0) return noPods;
      sets ??= build();
      return sets.get(node) ?? noPods;
    },
  };
}
