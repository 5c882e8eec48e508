/** Where room is being made for which pods. Models pkg/scheduler/backend/queue/nominator.go. */
import type { Pod } from "../../cluster/objects.ts";

interface Nominations {
  readonly byNode: ReadonlyMap<string, ReadonlySet<Pod>>;
  /** A pod's nominated node changed; `""` stands for none. */
  move(pod: Pod, from: string, to: string): void;
}

export function createNominations(): Nominations {
  const byNode = new Map<string, Set<Pod>>();
  return {
    byNode,
    move(pod, from, to) {
      const before = byNode.get(from);
      if (before?.delete(pod) && before.size === 0) byNode.delete(from);
      if (to === "" || pod.node !== "") return;
      const pods = byNode.get(to) ?? new Set();
      byNode.set(to, pods.add(pod));
    },
  };
}
