/**
 * What a DaemonSet does on one node, as pure decisions. Models podsShouldBeOnNode of pkg/controller/daemon/daemon_controller.go
 * and rollingUpdate of pkg/controller/daemon/update.go, node by node so that only changed nodes are looked at again.
 */
import { isPodActive, type Pod } from "../../cluster/objects.ts";
import type { Placement } from "./placement.ts";

export interface DaemonView {
  /** Whether a pod of the set belongs on the node. */
  readonly placement: Placement;
  /** False when only pods are left of the node. */
  readonly exists: boolean;
  /** Pods meant for the node, oldest first, without those that ended and are being deleted. */
  readonly pods: readonly Pod[];
}

/** What one look knows of the set: the same for all nodes. */
export interface Yardstick {
  /** The update strategy lets a new pod run beside the old one. */
  readonly surge: boolean;
  /** Made from the set's template, by the hash of its revision: what tells the new pod from the old one while both run. */
  readonly hasHash: (pod: Pod) => boolean;
  /** Made from the set's template, by the hash or by the template's number: what needs no update. */
  readonly isUpdated: (pod: Pod) => boolean;
  readonly isAvailable: (pod: Pod) => boolean;
}

interface NodeWork {
  readonly create: boolean;
  readonly remove: readonly Pod[];
  /** Ended pods: to be deleted too, the failed ones with back-off. */
  readonly failed: readonly Pod[];
  readonly succeeded: readonly Pod[];
}

const nothing: NodeWork = { create: false, remove: [], failed: [], succeeded: [] };

/** Creates and deletes of the manage loop on one node. */
export function manageNode({ pods, placement }: DaemonView, yardstick: Yardstick): NodeWork {
  const { shouldRun, shouldContinueRunning } = placement;
  if (shouldRun && pods.length === 0) return { ...nothing, create: true };
  // As nearly always: the one pod that has to be there.
  if (pods.length === 1 && shouldContinueRunning && isPodActive(pods[0]!)) return nothing;
  const live = pods.filter((pod) => pod.deleted === null);
  if (!shouldContinueRunning) return { ...nothing, remove: live };
  const failed = live.filter((pod) => pod.phase === "Failed");
  const succeeded = live.filter((pod) => pod.phase === "Succeeded");
  const running = live.filter(isPodActive);
  if (!yardstick.surge) return { create: false, remove: running.slice(1), failed, succeeded };
  if (running.length === 0) return { create: shouldRun, remove: [], failed, succeeded };
  return { create: false, remove: excessWhileSurging(running, yardstick), failed, succeeded };
}

/** While surging the oldest new and the oldest old pod stay, the old one only while it is ready and still needed. */
function excessWhileSurging(running: readonly Pod[], { hasHash, isAvailable }: Yardstick): readonly Pod[] {
  if (running.length <= 1) return [];
  const newest = running.find(hasHash);
  const old = running.find((pod) => !hasHash(pod));
  const replaced = newest && old && (!old.ready || isAvailable(newest));
  return running.filter((pod) => (pod !== newest && pod !== old) || (replaced && pod === old));
}

/** What a node means for a rolling update. */
export interface UpdateState {
  /** Counts against maxUnavailable. */
  readonly unavailable: boolean;
  /** Counts against maxSurge. */
  readonly surging: boolean;
  /** Has an available pod (the old one's availability decides while both are there). */
  readonly available: boolean;
  /**
   * `replace`: the old pod goes at once, without regard to limits; `candidate`: it may go (or get a new pod beside it) within
   * the limit; `sunset`: it goes once enough other nodes are available; `lost`: its node is gone, and the real controller
   * fails at looking that up, so that nothing is updated until the pod is gone too.
   */
  readonly step: "none" | "replace" | "candidate" | "sunset" | "lost";
  readonly old: Pod | undefined;
}

/** Looks at one node for a rolling update. */
export function updateNode({ exists, pods, placement }: DaemonView, yardstick: Yardstick): UpdateState {
  const { surge, isUpdated, isAvailable } = yardstick;
  let newest: Pod | undefined;
  let old: Pod | undefined;
  for (const pod of pods) {
    if (pod.deleted !== null) continue;
    const updated = isUpdated(pod);
    // Too many pods: the manage loop clears up first.
    if (updated ? newest : old) {
      return { unavailable: true, surging: true, available: false, step: "none", old: undefined };
    }
    if (updated) newest = pod;
    else old = pod;
  }
  const counted = old ?? newest;
  const available = counted !== undefined && isAvailable(counted);
  if (!surge) {
    const alone = (old === undefined) !== (newest === undefined);
    const step = alone && old ? (available ? "candidate" : "replace") : "none";
    return { unavailable: !alone || !available, surging: false, available, step, old };
  }
  if (!old) return { unavailable: false, surging: false, available, step: "none", old };
  if (newest) {
    const ready = isAvailable(newest);
    return { unavailable: false, surging: !ready, available, step: ready ? "replace" : "none", old };
  }
  if (!exists) return { unavailable: false, surging: false, available, step: "lost", old };
  const step = available ? (placement.shouldRun ? "candidate" : "sunset") : "replace";
  return { unavailable: false, surging: false, available, step, old };
}
