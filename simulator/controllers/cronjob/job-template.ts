/** The Job that a CronJob creates. Models `getJobFromTemplate2` of pkg/controller/cronjob/utils.go. */
import type { CronJobSpec, JobSpec } from "../../api/objects.ts";
import { newWorkload } from "../../cluster/initial.ts";
import type { CronJob } from "../../cluster/objects.ts";
import { controllerReference } from "../../cluster/pods.ts";
import type { Creation } from "../../cluster/store.ts";

/** Annotation of a Job: when it was due. */
export const scheduledTimestamp = "batch.kubernetes.io/cronjob-scheduled-timestamp";
const completed = new WeakMap<CronJobSpec, JobSpec>();

/**
 * The spec of the Jobs, with what the API server fills in when a Job is created (a CronJob's template goes without);
 * the same value for every Job of one CronJob spec. Models `SetDefaults_Job` of pkg/apis/batch/v1/defaults.go.
 */
function jobSpecOf(spec: CronJobSpec): JobSpec {
  let known = completed.get(spec);
  if (!known) {
    const given = spec.jobTemplate.spec;
    known = {
      ...(given.completions === undefined && given.parallelism === undefined ? { completions: 1 } : {}),
      parallelism: 1,
      backoffLimit: given.backoffLimitPerIndex === undefined ? 6 : 2_147_483_647,
      completionMode: "NonIndexed",
      suspend: false,
      manualSelector: false,
      podReplacementPolicy: given.podFailurePolicy === undefined ? "TerminatingOrFailed" : "Failed",
      ...given,
    };
    completed.set(spec, known);
  }
  return known;
}

/** The Job called `name` for a scheduled time, whose text is kept in an annotation. */
export function jobFromTemplate(cronJob: CronJob, name: string, timestamp: string): Creation<"Job"> {
  const { metadata } = cronJob.spec.jobTemplate;
  return newWorkload("Job", cronJob.namespace, name, jobSpecOf(cronJob.spec), {
    labels: metadata?.labels ?? {},
    annotations: { ...metadata?.annotations, [scheduledTimestamp]: timestamp },
    owners: [controllerReference(cronJob)],
  });
}
