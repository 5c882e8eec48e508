/** When a pod counts as failed or finished, and when restarts are too many. Models pkg/controller/job/job_controller.go. */
import type { JobSpec } from "../../api/objects.ts";

/** A pod counts as failed in phase Failed, and while it is being deleted unless only failed pods are replaced. */
export function isPodFailed(phase: string, deleting: boolean, onlyReplaceFailed: boolean): boolean {
  return phase === "Failed" || (!onlyReplaceFailed && deleting && phase !== "Succeeded");
}

/** Whether a deleted pod is replaced only once it has failed; a pod failure policy needs the phase to judge it. */
export function onlyReplacesFailed(spec: Pick<JobSpec, "podReplacementPolicy" | "podFailurePolicy">): boolean {
  return spec.podReplacementPolicy === "Failed" || spec.podFailurePolicy !== undefined;
}

interface FinishTimes {
  /** When each regular container ended; null for one that has not. */
  readonly containers: readonly (number | null)[];
  /** The same of sidecars. */
  readonly sidecars: readonly (number | null)[];
  /** When the Ready condition became False; null if it is not False. */
  readonly notReadySince: number | null;
  /** Deletion timestamp and grace period in milliseconds. */
  readonly deletion: { readonly at: number; readonly grace: number } | null;
  readonly created: number;
}

/** When a pod finished, as well as can be told. */
export function finishTime({ containers, sidecars, notReadySince, deletion, created }: FinishTimes): number {
  // A regular container without an end discards the others, but not what the sidecars say.
  const ends = containers.includes(null) ? sidecars : [...containers, ...sidecars];
  if (ends.length > 0 && !sidecars.includes(null)) return Math.max(...ends.filter((end) => end !== null));
  if (notReadySince !== null) return notReadySince;
  return deletion === null ? created : deletion.at - deletion.grace;
}

/** The restarts of a pod's containers, as far as they count towards the limit: not any more once it has ended. */
export function countedRestarts({ phase, restarts }: { readonly phase: string; readonly restarts: number }): number {
  return phase === "Running" || phase === "Pending" ? restarts : 0;
}

/** With restartPolicy OnFailure: whether the counted restarts of all pods reach the limit. */
export function pastBackoffLimitOnFailure(restartPolicy: string, backoffLimit: number, restarts: number): boolean {
  if (restartPolicy !== "OnFailure") return false;
  return backoffLimit === 0 ? restarts > 0 : restarts >= backoffLimit;
}
