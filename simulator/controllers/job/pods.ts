/** A Job's pods: what is told from them, and which of them go first. Models pkg/controller/job/{job_controller,indexed_job_utils}.go. */
import type { Job, Pod } from "../../cluster/objects.ts";
import { isPodTerminal, wholeSeconds } from "../../cluster/objects.ts";
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

const phaseOrder = { Pending: 0, Unknown: 1, Running: 2, Succeeded: 3, Failed: 3 } as const;

function mostRestarts(pod: Pod, role: "regular" | "sidecar"): number {
  return pod.containers.reduce((most, one) => (one.role === role ? Math.max(most, one.restartCount) : most), 0);
}

/** Younger goes first; without a time even before that. */
function younger(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return b - a;
}

/** The plain order of deletion: no costs, ranks or buckets. Models ActivePods of pkg/controller/controller_utils.go. */
function plainOrder(start: number): (a: Pod, b: Pod) => number {
  const seconds = (time: number | null) => (time === null ? null : wholeSeconds(time, start));
  return (a, b) => {
    if ((a.node === "") !== (b.node === "")) return a.node === "" ? -1 : 1;
    if (phaseOrder[a.phase] !== phaseOrder[b.phase]) return phaseOrder[a.phase] - phaseOrder[b.phase];
    if (a.ready !== b.ready) return a.ready ? 1 : -1;
    const readiness = a.ready ? younger(seconds(a.readyTime), seconds(b.readyTime)) : 0;
    if (readiness !== 0) return readiness;
    const restarts = (role: "regular" | "sidecar") => mostRestarts(b, role) - mostRestarts(a, role);
    return restarts("regular") || restarts("sidecar") || younger(seconds(a.created), seconds(b.created));
  };
}

/** The active pods that go when at least `count` have to; of an indexed Job repeated and superfluous indexes always do. */
export function podsToRemove(job: Job, active: readonly Pod[], count: number, start: number): readonly Pod[] {
  const order = plainOrder(start);
  const removed: Pod[] = [];
  let left: Pod[] = [];
  if (isIndexed(job)) {
    const byIndex = new Map<number, Pod[]>();
    for (const pod of active) {
      const index = completionIndex(pod);
      const same = byIndex.get(index);
      if (same) same.push(pod);
      else byIndex.set(index, [pod]);
    }
    for (const [index, pods] of [...byIndex].sort(([a], [b]) => a - b)) {
      if (index === unknownIndex || index >= (job.spec.completions ?? 0)) removed.push(...pods);
      else {
        pods.sort(order);
        removed.push(...pods.slice(0, -1));
        left.push(...pods.slice(-1));
      }
    }
  } else left = [...active];
  if (removed.length < count) removed.push(...left.sort(order).slice(0, count - removed.length));
  return removed;
}
