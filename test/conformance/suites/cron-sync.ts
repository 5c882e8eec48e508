/** One whole decision of the CronJob controller. */
import { decideCronJob } from "../../../simulator/controllers/cronjob/decide.ts";
import { tableSuite } from "../suite.ts";

interface In {
  readonly schedule: string;
  readonly timeZone: string | null;
  readonly creationTimestamp: string;
  readonly lastScheduleTime: string | null;
  readonly now: string;
  readonly startingDeadlineSeconds: number | null;
  readonly concurrencyPolicy: string;
  readonly suspend: boolean;
  readonly jobs: readonly {
    readonly name: string;
    readonly state: "active" | "complete" | "failed" | "missing";
    readonly inStatusActive: boolean;
    readonly completionTime?: string | null;
  }[];
}

const instant = (text: string | null | undefined) => (text ? Date.parse(text) : null);
const text = (time: number | null) => (time === null ? null : new Date(time).toISOString().replace(".000Z", "Z"));

export const suite = tableSuite<In, unknown>("cron-sync", (row) => {
  const cronJob = {
    ...row,
    name: "cj",
    created: Date.parse(row.creationTimestamp),
    deleting: false,
    lastScheduleTime: instant(row.lastScheduleTime),
    lastSuccessfulTime: null,
    active: row.jobs.filter((job) => job.inStatusActive).map(({ name }) => ({ name, uid: name })),
  };
  const jobs = row.jobs.flatMap(({ name, state, completionTime }) =>
    state === "missing" ? [] : [{ name, uid: name, state, completionTime: instant(completionTime) }],
  );
  const decision = decideCronJob(cronJob, jobs, Date.parse(row.now));
  const { create } = decision;
  return {
    events: [
      ...decision.events.map(({ level, reason, message }) => `${level} ${reason} ${message}`),
      ...(create ? [`Normal SuccessfulCreate Created job ${create.name}`] : []),
    ],
    created: create ? [create.name] : [],
    deleted: decision.replaced.map((job) => job.name),
    active: [...decision.active.map((job) => job.name), ...(create ? [create.name] : [])],
    lastScheduleTime: text(decision.lastScheduleTime),
    lastSuccessfulTime: text(decision.lastSuccessfulTime),
    updateStatus: decision.updateStatus,
    requeueAfterMs: decision.requeueAfter,
    scheduledTimestampAnnotation: create?.timestamp ?? null,
    error: null,
  };
});
