/**
 * The pods that wait for the scheduler: those to be looked at, in their order, and those that fitted nowhere, until an event may
 * let them in. Models pkg/scheduler/backend/queue/scheduling_queue.go.
 */
import type { Pod } from "../../cluster/objects.ts";
import { priorityOf } from "./preemption.ts";
import type { Plugin } from "./reasons.ts";

/** A pod that fitted nowhere when last looked at. */
export interface Refused {
  /** The filters that kept it out; null when any event may let it in. */
  readonly plugins: ReadonlySet<Plugin> | null;
  readonly attempts: number;
  /** When it was looked at. */
  readonly time: number;
}

const firstBackoff = 1000;
const longestBackoff = 10_000;
/** A pod is looked at again after so long whatever the events say. */
export const longestWait = 5 * 60_000;

interface Queue {
  /** The pods to be looked at now, the first one first. */
  take(now: number): readonly Pod[];
  readonly isEmpty: () => boolean;
  push(pods: readonly Pod[]): void;
  refuse(pod: Pod, plugins: Refused["plugins"], now: number): void;
  /** Forgets a pod that is gone or bound. */
  drop(pod: Pod): void;
  /** Takes out the pods that fitted nowhere and may fit now. */
  release(mayHelp: (pod: Pod, refused: Refused) => boolean): readonly Pod[];
  readonly refusedCount: () => number;
}

/** When a pod that was refused so often stops backing off. */
function backoffEnd({ attempts, time }: Refused): number {
  return time + Math.min(longestBackoff, firstBackoff * 2 ** (attempts - 1));
}

export function createQueue(): Queue {
  let ready: Pod[] = [];
  const refused = new Map<Pod, Refused>();
  /** How often pods that are looked at again were refused before, and when last. */
  const history = new Map<Pod, Refused>();

  return {
    isEmpty: () => ready.length === 0,
    push(pods) {
      // Not by spreading: there may be more pods than a call takes arguments.
      ready = ready.length === 0 ? [...pods] : ready.concat(pods);
    },
    take(now) {
      const pods = ready;
      ready = [];
      // Pods that back off are looked at as soon as no other is left. Higher priority first, then the order of creation.
      const backsOff = (pod: Pod) => {
        const last = history.size === 0 ? undefined : history.get(pod);
        return last !== undefined && backoffEnd(last) > now ? 1 : 0;
      };
      const waits = new Map(history.size === 0 ? [] : pods.map((pod) => [pod, backsOff(pod)]));
      return pods.sort(
        (a, b) => (waits.get(a) ?? 0) - (waits.get(b) ?? 0) || priorityOf(b) - priorityOf(a) || a.sequence - b.sequence,
      );
    },
    refuse(pod, plugins, now) {
      const attempts = (history.get(pod)?.attempts ?? 0) + 1;
      const entry = { plugins, attempts, time: now };
      refused.set(pod, entry);
      history.set(pod, entry);
    },
    drop(pod) {
      refused.delete(pod);
      history.delete(pod);
    },
    release(mayHelp) {
      if (refused.size === 0) return [];
      const pods: Pod[] = [];
      for (const [pod, entry] of refused) if (mayHelp(pod, entry)) pods.push(pod);
      for (const pod of pods) refused.delete(pod);
      return pods;
    },
    refusedCount: () => refused.size,
  };
}
