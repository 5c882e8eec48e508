/** Which scheduled time is due now, and when the controller looks again. */
import { parseSchedule } from "../../../simulator/api/schedule/grammar.ts";
import { jobNameFor, mostRecentScheduleTime, requeueAfter } from "../../../simulator/controllers/cronjob/missed.ts";
import { tableSuite } from "../suite.ts";

interface In {
  readonly schedule: string;
  readonly timeZone: string | null;
  readonly creationTimestamp: string;
  readonly lastScheduleTime: string | null;
  readonly now: string;
  readonly startingDeadlineSeconds: number | null;
}

/** RFC 3339 with as many digits of a second as are needed. */
function instant(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString().replace(/\.?0*Z$/, "Z");
}

export const suite = tableSuite<In, unknown>("cron-missed", (row) => {
  const { schedule } = parseSchedule(row.schedule);
  if (!schedule) return null;
  const timetable = { schedule, zone: row.timeZone };
  const clock = {
    created: Date.parse(row.creationTimestamp),
    lastScheduleTime: row.lastScheduleTime === null ? null : Date.parse(row.lastScheduleTime),
    startingDeadlineSeconds: row.startingDeadlineSeconds,
    now: Date.parse(row.now),
  };
  const recent = mostRecentScheduleTime(timetable, clock, true);
  const error = recent.impossible ? "time difference between two schedules is less than 1 second" : null;
  return {
    earliest: instant(recent.earliest),
    mostRecent: instant(recent.time),
    missed: recent.missed,
    error,
    nextScheduleTime: instant(recent.time),
    nextScheduleError: error,
    tooManyMissedEvent: recent.time !== null && recent.missed === "many",
    jobName: recent.time === null ? null : jobNameFor("cj", recent.time),
    requeueAfterMs: requeueAfter(timetable, clock),
  };
});
