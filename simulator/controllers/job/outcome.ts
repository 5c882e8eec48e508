/** Whether a Job has to end. Models the order of the checks in syncJob of pkg/controller/job/job_controller.go. */
import { type Job, jobCondition, type Pod, wholeSeconds } from "../../cluster/objects.ts";
import type { Outcome } from "./conditions.ts";
import { pastBackoffLimitOnFailure } from "./counting.ts";
import { countIndexes, type Intervals } from "./indexes.ts";
import { hasFailed, isIndexed, judge } from "./pods.ts";
import { matchSuccessPolicy } from "./policies.ts";

/** What the outcome depends on beside the Job itself. */
export interface Findings {
  /** Pods that have ended or are being deleted. */
  readonly leaving: readonly Pod[];
  /** Restarts of the containers of pods that have not ended. */
  readonly restarts: number;
  /** Failed pods that no earlier look has noted. */
  readonly newFailed: readonly Pod[];
  readonly uncountedFailed: number;
  readonly succeededIndexes: Intervals;
  /** Null without backoffLimitPerIndex. */
  readonly failedIndexes: Intervals | null;
}

function failure(reason: string, message: string): Outcome {
  return { type: "FailureTarget", reason, message };
}

/** Milliseconds until activeDeadlineSeconds are over; infinite when they do not run. */
export function deadlineIn({ spec, status }: Job, now: number, start: number): number {
  if (spec.activeDeadlineSeconds === undefined || spec.suspend) return Number.POSITIVE_INFINITY;
  return (status.startTime ?? wholeSeconds(now, start)) + spec.activeDeadlineSeconds * 1000 - now;
}

function isPastLimit({ spec, status }: Job, counted: number, restarts: number): boolean {
  const limit = spec.backoffLimit ?? 6;
  if (status.failed + counted > limit) return true;
  return pastBackoffLimitOnFailure(spec.template.spec.restartPolicy ?? "Always", limit, restarts);
}

/** The first reason to end; null when the Job goes on. Times are milliseconds since the start. */
export function decideOutcome(job: Job, found: Findings, now: number, start: number): Outcome | null {
  const met = jobCondition(job.status, "SuccessCriteriaMet");
  if (met) return met;
  const doomed = jobCondition(job.status, "FailureTarget");
  if (doomed) return { ...doomed, type: "Failed" };
  const { leaving, restarts, newFailed, uncountedFailed, succeededIndexes, failedIndexes } = found;
  const { spec } = job;
  if (spec.podFailurePolicy) {
    for (const pod of leaving) {
      const message = hasFailed(job, pod) ? judge(job, pod)?.message : undefined;
      if (message) return failure("PodFailurePolicy", message);
    }
  }
  const counted = spec.podFailurePolicy
    ? newFailed.filter((pod) => judge(job, pod)?.counted ?? true).length
    : newFailed.length;
  if (isPastLimit(job, counted + uncountedFailed, restarts)) {
    return failure("BackoffLimitExceeded", "Job has reached the specified backoff limit");
  }
  if (deadlineIn(job, now, start) <= 0) {
    return failure("DeadlineExceeded", "Job was active longer than specified deadline");
  }
  if (failedIndexes) {
    const failed = countIndexes(failedIndexes);
    if (spec.maxFailedIndexes !== undefined && failed > spec.maxFailedIndexes) {
      const message = "Job has exceeded the specified maximal number of failed indexes";
      return failure("MaxFailedIndexesExceeded", message);
    }
    if (failed > 0 && failed + countIndexes(succeededIndexes) >= (spec.completions ?? 0)) {
      return failure("FailedIndexes", "Job has failed indexes");
    }
  }
  if (!isIndexed(job) || !spec.successPolicy) return null;
  const message = matchSuccessPolicy(spec.successPolicy.rules, spec.completions ?? 0, succeededIndexes);
  return message === null ? null : { type: "SuccessCriteriaMet", reason: "SuccessPolicy", message };
}
