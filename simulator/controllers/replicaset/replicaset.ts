/**
 * Keeps the number of pods at `spec.replicas`. Models pkg/controller/replicaset/replica_set.go. The counts come from the
 * store's pod group, so a look that has nothing to create or delete does not go through the pods.
 */

import { semanticEqual } from "../../api/equality.ts";
import { matchesSelector } from "../../api/label-selector.ts";
import type { LabelMap } from "../../api/objects.ts";
import { podRefusal, refusalText } from "../../api/pod-refusal.ts";
import { since } from "../../api/target.ts";
import { claim } from "../../cluster/claim.ts";
import { type ControllerFactory, keyOf, splitKey } from "../../cluster/controller.ts";
import {
  controllerOf,
  isPodActive,
  isPodTerminal,
  type Pod,
  type ReplicaSet,
  type ReplicaSetStatus,
  wholeSeconds,
} from "../../cluster/objects.ts";
import { podFieldBits } from "../../cluster/pod-fields.ts";
import { deletePod, podFromTemplate } from "../../cluster/pods.ts";
import { retryDelay } from "../retries.ts";
import { createAvailability } from "./availability.ts";
import { createCrowds } from "./crowd.ts";
import { withFailure } from "./failure.ts";

/** Most pods created or deleted in one look. */
const burst = 500;

/** What of a pod can change what its ReplicaSet does or says. */
const relevant = podFieldBits(["phase", "ready", "readyTime", "deleted", "labels", "owners"]);

export const replicaSetController: ControllerFactory = {
  name: "replicaset",
  create(context) {
    const { store, now, enqueue, enqueueAfter, event, random, target } = context;
    /** Owned pods whose labels were changed or which were adopted: the only ones that may not match. By owner. */
    const odd = new Map<string, Set<Pod>>();
    /** ReplicaSets whose template was changed in place: their pods may carry other labels. */
    const retemplated = new Set<string>();
    /** Looks in a row that failed. By ReplicaSet. */
    const failures = new Map<string, number>();

    const crowds = createCrowds(store, context.start);
    const availability = createAvailability(store, context.start);

    function noteOdd(pod: Pod): void {
      const uid = controllerOf(pod)?.uid;
      if (uid === undefined) return;
      const set = odd.get(uid);
      if (set) set.add(pod);
      else odd.set(uid, new Set([pod]));
    }

    function enqueueOwner(uid: string | undefined): void {
      const owner = uid === undefined ? undefined : store.byUid(uid);
      if (owner?.kind === "ReplicaSet") enqueue(keyOf(owner));
    }

    function enqueueMatching(namespace: string, labels: LabelMap): void {
      for (const one of store.all("ReplicaSet")) {
        if (one.namespace === namespace && matchesSelector(one.spec.selector, labels)) enqueue(keyOf(one));
      }
    }

    /** Lets go the pods that no longer match and takes those without a controller that do. */
    function claimPods(replicaSet: ReplicaSet): void {
      const { selector } = replicaSet.spec;
      for (const pod of odd.get(replicaSet.uid) ?? []) {
        if (isPodActive(pod)) claim(store, replicaSet, pod, matchesSelector(selector, pod.labels));
      }
      for (const pod of [...store.orphans()]) {
        if (!isPodActive(pod) || pod.namespace !== replicaSet.namespace) continue;
        claim(store, replicaSet, pod, matchesSelector(selector, pod.labels));
      }
    }

    /** Returns the answer of an API server that takes none of the pods: the slow start ends with the first of them. */
    function createPods(replicaSet: ReplicaSet, count: number): string | undefined {
      const { namespace, name } = replicaSet;
      const base = `${name}-`;
      for (let i = 0; i < count; i++) {
        const podName = store.freePodName(namespace, base, random);
        const problems = podRefusal(replicaSet.spec.template, podName, target);
        if (problems) {
          const error = refusalText(podName, problems);
          event(replicaSet, "Warning", "FailedCreate", `Error creating: ${error}`);
          return error;
        }
        const pod = context.create<"Pod">(podFromTemplate(namespace, podName, replicaSet.spec.template, replicaSet));
        if (typeof pod === "string") {
          event(replicaSet, "Warning", "FailedCreate", `Error creating: ${pod}`);
          return pod;
        }
        event(replicaSet, "Normal", "SuccessfulCreate", `Created pod: ${pod.name}`);
      }
      return undefined;
    }

    function deletePods(replicaSet: ReplicaSet, count: number): void {
      for (const pod of crowds.victims(replicaSet, count, now())) {
        deletePod(store, pod, now());
        event(replicaSet, "Normal", "SuccessfulDelete", `Deleted pod: ${pod.name}`);
      }
    }

    function fullyLabeled(replicaSet: ReplicaSet, active: number): number {
      const labels = Object.entries(replicaSet.spec.template.metadata?.labels ?? {});
      const lacks = (pod: Pod) => isPodActive(pod) && labels.some(([key, value]) => pod.labels[key] !== value);
      const suspects = retemplated.has(replicaSet.uid) ? store.pods(replicaSet.uid).pods : odd.get(replicaSet.uid);
      let missing = 0;
      for (const pod of suspects ?? []) if (lacks(pod)) missing++;
      return active - missing;
    }

    /** Terminating pods; those whose labels no longer match are not counted, although they keep their owner. */
    function terminating(replicaSet: ReplicaSet, all: number): number {
      let left = all;
      for (const pod of odd.get(replicaSet.uid) ?? []) {
        if (pod.deleted === null || isPodTerminal(pod)) continue;
        if (!matchesSelector(replicaSet.spec.selector, pod.labels)) left--;
      }
      return left;
    }

    /** Ready pods that have been ready long enough; asks for another look when the next one will be. */
    function available(replicaSet: ReplicaSet, ready: number): number {
      const { available, next } = availability.count(replicaSet, ready, now());
      if (next !== undefined) enqueueAfter(keyOf(replicaSet), next - now());
      return available;
    }

    function statusOf(replicaSet: ReplicaSet): ReplicaSetStatus {
      const group = store.pods(replicaSet.uid);
      return {
        observedGeneration: replicaSet.generation,
        replicas: group.active,
        fullyLabeledReplicas: fullyLabeled(replicaSet, group.active),
        readyReplicas: group.ready,
        availableReplicas: available(replicaSet, group.ready),
        terminatingReplicas: since(target, "1.35") ? terminating(replicaSet, group.terminating) : null,
        conditions: replicaSet.status.conditions,
      };
    }

    return {
      kinds: ["ReplicaSet", "Pod"],
      podOwner: "ReplicaSet",
      observe(change) {
        const { object } = change;
        crowds.observe(change);
        availability.observe(change);
        if (object.kind === "ReplicaSet") {
          if (change.type === "deleted") {
            odd.delete(object.uid);
            retemplated.delete(object.uid);
            failures.delete(object.uid);
            return;
          }
          if (change.type === "modified" && "spec" in change.previous) {
            const before = change.previous.spec as ReplicaSet["spec"];
            if (before.template !== object.spec.template) retemplated.add(object.uid);
          }
          enqueue(keyOf(object));
          return;
        }
        if (object.kind !== "Pod") return;
        const owner = controllerOf(object)?.uid;
        if (change.type !== "modified") {
          if (change.type === "deleted" && owner !== undefined) odd.get(owner)?.delete(object);
          if (owner !== undefined) enqueueOwner(owner);
          else if (change.type === "added") enqueueMatching(object.namespace, object.labels);
          return;
        }
        const previous = change.previous as Partial<Pod>;
        if (!(change.podFields & relevant)) return;
        if (previous.owners) {
          const before = previous.owners.find((one) => one.controller)?.uid;
          if (before !== undefined && before !== owner) odd.get(before)?.delete(object);
          enqueueOwner(before);
        }
        if (previous.owners || previous.labels) noteOdd(object);
        if (owner !== undefined) enqueueOwner(owner);
        else enqueueMatching(object.namespace, object.labels);
      },

      sync(key) {
        const replicaSet = store.get("ReplicaSet", ...splitKey(key));
        if (!replicaSet) return;
        claimPods(replicaSet);
        const { active } = store.pods(replicaSet.uid);
        const found = statusOf(replicaSet);
        let error: string | undefined;
        if (replicaSet.deleted === null) {
          const missing = replicaSet.spec.replicas - active;
          if (missing > 0) error = createPods(replicaSet, Math.min(missing, burst));
          else if (missing < 0) deletePods(replicaSet, Math.min(-missing, burst));
        }
        // The status is that of the pods as they were found; the next look sees what was just done.
        const conditions = withFailure(found.conditions, error, wholeSeconds(now(), context.start));
        const status = { ...found, conditions };
        if (!semanticEqual(status, replicaSet.status)) store.update(replicaSet, { status });
        if (error === undefined) failures.delete(replicaSet.uid);
        else {
          const before = failures.get(replicaSet.uid) ?? 0;
          failures.set(replicaSet.uid, before + 1);
          enqueueAfter(keyOf(replicaSet), retryDelay(before));
        }
      },
    };
  },
};
