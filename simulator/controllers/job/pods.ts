/** A Job's pods: what is told from them. Models pkg/controller/job/{job_controller,indexed_job_utils}.go. */
import { isPodTerminal, type Job, type Pod, wholeSeconds } from "../../cluster/objects.ts";
import { graceOf } from "../../cluster/pods.ts";
import { failureCount, failuresWith } from "./backoff.ts";
import { finishTime, isPodFailed, onlyReplacesFailed } from "./counting.ts";
import { readIndex } from "./indexes.ts";
import { type FailureVerdict, matchPodFailurePolicy } from "./policies.ts";

export const trackingFinalizer = "batch.kubernetes.io/job-tracking";
export const indexAnnotation = "batch.kubernetes.io/job-completion-index";
export const failureCountAnnotation = "batch.kubernetes.io/job-index-failure-count";
export const ignoredCountAnnotation = "batch.kubernetes.io/job-index-ignored-failure-count";

/** No index, or none that can be read. */
export const unknownIndex = -1;

/** Whether the end of the pod has still to be counted. */
export function isTracked(pod: Pod): boolean {
  return pod.finalizers.includes(trackingFinalizer);
}

/** Whether each pod of the Job has an index of its own to work on. */
export function isIndexed(job: Job): boolean {
  return job.spec.completionMode === "Indexed";
}

/** The index that the pod works on. */
export function completionIndex(pod: Pod): number {
  const index = readIndex(pod.annotations[indexAnnotation] ?? "");
  return index !== undefined && index >= 0 ? index : unknownIndex;
}

/** Whether the pod counts as failed at this moment. */
export function hasFailed(job: Job, pod: Pod): boolean {
  return isPodFailed(pod.phase, pod.deleted !== null, onlyReplacesFailed(job.spec));
}

/** Being deleted and not ended yet. */
export function isTerminating(pod: Pod): boolean {
  return pod.deleted !== null && !isPodTerminal(pod);
}

/** What the Job's policy says of a failed pod; null without a policy. */
export function judge(job: Job, pod: Pod): FailureVerdict | null {
  const policy = job.spec.podFailurePolicy;
  if (!policy) return null;
  const exitCode = (one: Pod["containers"][number]) => (one.state === "terminated" ? one.exitCode : null);
  const byRole = (regular: boolean) => pod.containers.filter((one) => (one.role === "regular") === regular);
  return matchPodFailurePolicy(policy.rules, {
    namespace: pod.namespace,
    name: pod.name,
    containers: [...byRole(true), ...byRole(false)].map((one) => ({ name: one.name, exitCode: exitCode(one) })),
    conditions: pod.conditions,
  });
}

/** When the pod finished, in milliseconds since the start. */
export function finishedAt(pod: Pod, start: number): number {
  const ends = (role: "regular" | "sidecar") =>
    pod.containers
      .filter((one) => one.role === role)
      .map((one) =>
        one.state === "terminated" && one.finishedAt !== null ? wholeSeconds(one.finishedAt, start) : null,
      );
  return finishTime({
    containers: ends("regular"),
    sidecars: ends("sidecar"),
    notReadySince: pod.ready || pod.readyTime === null ? null : wholeSeconds(pod.readyTime, start),
    deletion: pod.deleted === null ? null : { at: wholeSeconds(pod.deleted, start), grace: graceOf(pod) },
    created: wholeSeconds(pod.created, start),
  });
}

/** How often the pod's index has failed, this pod included. */
export function failuresOfIndex(pod: Pod): number {
  const { counted, ignored } = failureCounts(pod);
  return failuresWith(counted, ignored);
}

/** How often the pod's index had failed before it: counted, and ignored by policy. */
export function failureCounts(pod: Pod): { readonly counted: number; readonly ignored: number } {
  return {
    counted: failureCount(pod.annotations[failureCountAnnotation]),
    ignored: failureCount(pod.annotations[ignoredCountAnnotation]),
  };
}

/** With backoffLimitPerIndex: does this pod's failure use up its index? */
export function failsIndex(job: Job, pod: Pod): boolean {
  if (!hasFailed(job, pod)) return false;
  const action = judge(job, pod)?.action;
  if (action === "Ignore") return false;
  if (action === "FailIndex") return true;
  return failureCounts(pod).counted >= (job.spec.backoffLimitPerIndex ?? Number.POSITIVE_INFINITY);
}
