/** Which finished Jobs of a CronJob are deleted. */
import { jobsBeyondHistory } from "../../../simulator/controllers/cronjob/history.ts";
import { tableSuite } from "../suite.ts";

interface In {
  readonly successfulJobsHistoryLimit: number | null;
  readonly failedJobsHistoryLimit: number | null;
  readonly jobs: readonly {
    readonly name: string;
    readonly state: "active" | "complete" | "failed";
    readonly startTime: string | null;
  }[];
}

export const suite = tableSuite<In, unknown>("cron-history", (row) => {
  const jobs = (row.jobs ?? []).map((job) => ({
    ...job,
    startTime: job.startTime === null ? null : Date.parse(job.startTime),
  }));
  const deleted = jobsBeyondHistory(jobs, row.successfulJobsHistoryLimit, row.failedJobsHistoryLimit);
  const left = jobs.filter((job) => !deleted.includes(job));
  return { deleted: deleted.map((job) => job.name), left: left.map((job) => job.name).sort() };
});
