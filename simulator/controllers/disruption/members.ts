/** The pods of each budget, counted as they change: a look does not go through them. */
import { budgetSpec } from "../../api/budget.ts";
import { selectorTest } from "../../api/label-selector.ts";
import type { LabelSelector } from "../../api/objects.ts";
import { controllerOf, type Pod, type Stored } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";
import type { Found } from "./decide.ts";
import type { OwnedPod } from "./scale.ts";

/** As what a pod is counted. */
interface Counted {
  readonly healthy: boolean;
  /** Of its controller; empty without one. */
  readonly owner: string;
}

export interface Members {
  readonly budget: Stored;
  readonly selector: LabelSelector | undefined;
  readonly matches: (pod: Pod) => boolean;
  readonly found: Found;
  /** Pods without a controller. */
  readonly unmanaged: number;
  owners(): Iterable<OwnedPod>;
  /** The pod came, went, or changed. */
  note(pod: Pod, isThere: boolean): void;
}

/** The pods that the budget selects, as they are now. */
export function createMembers(store: Store, budget: Stored): Members {
  const { selector } = budgetSpec(budget.content);
  const test = selectorTest(selector);
  const counted = new Map<Pod, Counted>();
  const byOwner = new Map<string, Set<Pod>>();
  let healthy = 0;

  function forget(pod: Pod): void {
    const before = counted.get(pod);
    if (!before) return;
    counted.delete(pod);
    if (before.healthy) healthy--;
    const pods = byOwner.get(before.owner);
    pods?.delete(pod);
    if (pods?.size === 0) byOwner.delete(before.owner);
  }

  function count(pod: Pod): void {
    const now = { healthy: pod.ready && pod.deleted === null, owner: controllerOf(pod)?.uid ?? "" };
    counted.set(pod, now);
    if (now.healthy) healthy++;
    const pods = byOwner.get(now.owner);
    if (pods) pods.add(pod);
    else byOwner.set(now.owner, new Set([pod]));
  }

  const matches = (pod: Pod) => pod.namespace === budget.namespace && test(pod.labels);
  for (const pod of store.all("Pod")) if (matches(pod)) count(pod);

  return {
    budget,
    selector,
    matches,
    get found() {
      return { pods: counted.size, healthy };
    },
    get unmanaged() {
      return byOwner.get("")?.size ?? 0;
    },
    *owners() {
      for (const [uid, pods] of byOwner) {
        if (uid === "") continue;
        const pod = pods.values().next().value!;
        yield { owner: controllerOf(pod)!, pod: pod.name };
      }
    },
    note(pod, isThere) {
      forget(pod);
      if (isThere && matches(pod)) count(pod);
    },
  };
}
