/** Which finished Jobs are beyond the history limits. Models `cleanupFinishedJobs` of cronjob_controllerv2.go. */

interface FinishedJob {
  readonly name: string;
  readonly state: "active" | "complete" | "failed";
  readonly startTime: number | null;
}

/** The Jobs to delete: successful ones first, in each group those that started first; null limits keep all. */
export function jobsBeyondHistory<T extends FinishedJob>(
  jobs: readonly T[],
  successfulLimit: number | null,
  failedLimit: number | null,
): readonly T[] {
  return [...oldest(jobs, "complete", successfulLimit), ...oldest(jobs, "failed", failedLimit)];
}

function oldest<T extends FinishedJob>(jobs: readonly T[], state: T["state"], limit: number | null): readonly T[] {
  if (limit === null) return [];
  const finished = jobs.filter((job) => job.state === state);
  return finished.length <= limit ? [] : finished.sort(byStartTime).slice(0, finished.length - limit);
}

/** Earlier starts first, one without a start last, then by name. */
function byStartTime(a: FinishedJob, b: FinishedJob): number {
  const start = (a.startTime ?? Number.POSITIVE_INFINITY) - (b.startTime ?? Number.POSITIVE_INFINITY);
  if (start !== 0 && !Number.isNaN(start)) return start;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
