/**
 * Which pods are a Job's: it lets go those whose labels no longer match and takes those without a controller that do.
 * Models `getPodsForJob` of pkg/controller/job/job_controller.go.
 */
import { selectorTest } from "../../api/label-selector.ts";
import type { LabelMap } from "../../api/objects.ts";
import { controllerOf, type Job, type Pod } from "../../cluster/objects.ts";
import { controllerReference, removeFinalizer } from "../../cluster/pods.ts";
import type { Change, Store } from "../../cluster/store.ts";
import { trackingFinalizer } from "./pods.ts";

const controllerUid = "batch.kubernetes.io/controller-uid";

const generated = new WeakMap<Job, LabelMap>();
const none: LabelMap = {};

/** The labels that the server puts into a Job's template, unless the Job's selector is written by hand. The same for all its pods. */
export function generatedLabels(job: Job): LabelMap {
  if (job.spec.manualSelector === true) return none;
  let labels = generated.get(job);
  if (!labels) {
    labels = {
      [controllerUid]: job.uid,
      "batch.kubernetes.io/job-name": job.name,
      "controller-uid": job.uid,
      "job-name": job.name,
    };
    generated.set(job, labels);
  }
  return labels;
}

/** A test of pods' labels: the selector of the Job, which names its uid unless it is written by hand. */
function selects(job: Job): (labels: LabelMap) => boolean {
  const { selector, manualSelector } = job.spec;
  if (manualSelector === true) return selectorTest(selector);
  return selectorTest({ ...selector, matchLabels: { ...selector?.matchLabels, [controllerUid]: job.uid } });
}

export interface Claims {
  /** Takes note of a change of a pod; Jobs that it may concern are woken. */
  observe(change: Change, pod: Pod): void;
  /** Lets go and takes what the Job has to. A Job that is being deleted does neither. */
  claim(job: Job): void;
}

/** Keeps an eye on pods that may change hands. `wake` asks for a look at a Job. */
export function createClaims(store: Store, wake: (job: Job) => void): Claims {
  /** Owned pods whose labels were changed: the only ones that may not match. */
  const relabelled = new Set<Pod>();

  function release(job: Job, pod: Pod): void {
    store.update(pod, { owners: pod.owners.filter((one) => one.uid !== job.uid) });
    removeFinalizer(store, pod, trackingFinalizer);
  }

  function adopt(job: Job, pod: Pod): void {
    const others = pod.finalizers.filter((one) => one !== trackingFinalizer);
    const owners = [...pod.owners, controllerReference(job)];
    store.update(pod, { owners, finalizers: [...others, trackingFinalizer] });
  }

  return {
    observe(change, pod) {
      if (change.type === "deleted") {
        relabelled.delete(pod);
        return;
      }
      const previous = change.type === "modified" ? (change.previous as Partial<Pod>) : undefined;
      if (previous && !previous.labels && !previous.owners) return;
      const owner = controllerOf(pod);
      for (const { uid, controller } of previous?.owners ?? []) {
        const before = controller && uid !== owner?.uid ? store.byUid(uid) : undefined;
        if (before?.kind === "Job") wake(before);
      }
      if (owner) {
        if (owner.kind === "Job" && previous) relabelled.add(pod);
        return;
      }
      for (const job of store.all("Job")) if (job.namespace === pod.namespace && selects(job)(pod.labels)) wake(job);
    },

    claim(job) {
      if (job.deleted !== null) return;
      // Most looks find nothing to judge, and need no test.
      let test: ((labels: LabelMap) => boolean) | undefined;
      const matches = (labels: LabelMap) => {
        test ??= selects(job);
        return test(labels);
      };
      for (const pod of relabelled) {
        if (controllerOf(pod)?.uid !== job.uid) continue;
        relabelled.delete(pod);
        if (!matches(pod.labels)) release(job, pod);
      }
      for (const pod of [...store.orphans()]) {
        if (pod.namespace === job.namespace && pod.deleted === null && matches(pod.labels)) adopt(job, pod);
      }
    },
  };
}
