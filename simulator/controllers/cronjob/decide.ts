/**
 * One whole decision about a CronJob. Models `syncCronJob` of pkg/controller/cronjob/cronjob_controllerv2.go.
 * All instants are milliseconds since 1970.
 */
import { goQuote, scheduleErrorText, zoneErrorText } from "../../api/schedule/error-text.ts";
import { parseSchedule } from "../../api/schedule/grammar.ts";
import type { Parsed } from "../../api/schedule/schedule.ts";
import { isZoneName } from "../../api/schedule/zone-names.ts";
import { formatInZone, zoneOf } from "../../api/schedule/zones.ts";
import { type Clock, jobNameFor, mostRecentScheduleTime, requeueAfter, type Timetable } from "./missed.ts";

export interface ChildJob {
  readonly name: string;
  readonly uid: string;
  readonly state: "active" | "complete" | "failed";
  readonly completionTime: number | null;
}
interface JobReference {
  readonly name: string;
  readonly uid: string;
}

export interface CronJobView {
  readonly name: string;
  readonly schedule: string;
  readonly timeZone: string | null;
  readonly suspend: boolean;
  readonly concurrencyPolicy: string;
  readonly startingDeadlineSeconds: number | null;
  readonly created: number;
  readonly deleting: boolean;
  /** From the status. */
  readonly active: readonly JobReference[];
  readonly lastScheduleTime: number | null;
  readonly lastSuccessfulTime: number | null;
}

interface CronJobEvent {
  readonly level: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
}

export interface Decision {
  /** In the order in which they are recorded; that of the created Job comes only after it was made. */
  readonly events: readonly CronJobEvent[];
  /** Running Jobs that make room (policy Replace). */
  readonly replaced: readonly JobReference[];
  readonly create: { readonly name: string; readonly timestamp: string } | null;
  /** The references that stay in the status; a created Job is appended by the caller. */
  readonly active: readonly JobReference[];
  readonly lastScheduleTime: number | null;
  readonly lastSuccessfulTime: number | null;
  /** Whether anything of the status changes. */
  readonly updateStatus: boolean;
  /** Milliseconds until the next look; null when only a change of the CronJob or its Jobs brings one. */
  readonly requeueAfter: number | null;
}

const parsed = new Map<string, Parsed>();
const parsedLimit = 1000;

function parse(text: string): Parsed {
  let known = parsed.get(text);
  if (!known) {
    // The same few schedules are asked for again and again; parsing is pure, so forgetting them changes nothing.
    if (parsed.size >= parsedLimit) parsed.clear();
    known = parseSchedule(text);
    parsed.set(text, known);
  }
  return known;
}

/** The schedule and zone of a CronJob, or the Event that says why it has none. */
export function timetableOf(cronJob: Pick<CronJobView, "schedule" | "timeZone">): Timetable | CronJobEvent {
  const { timeZone } = cronJob;
  if (timeZone !== null && timeZone !== "" && timeZone !== "Local" && !isZoneName(timeZone)) {
    const message = `invalid timeZone: ${goQuote(timeZone)}: ${zoneErrorText(timeZone)}`;
    return { level: "Warning", reason: "UnknownTimeZone", message };
  }
  const { schedule, error } = parse(cronJob.schedule);
  if (error) {
    const message = `unparseable schedule: ${goQuote(cronJob.schedule)} : ${scheduleErrorText(error)}`;
    return { level: "Warning", reason: "UnparseableSchedule", message };
  }
  return { schedule, zone: timeZone === "" || timeZone === "Local" ? null : timeZone };
}

/** The Job that has a name. */
export interface Holder {
  readonly uid: string;
  /** It is the CronJob's own. */
  readonly owned: boolean;
}

/**
 * What the controller does about a CronJob now, given all Jobs that it owned when the look began. `holderOf` says which Job
 * has a name by now: of those that it owned some may have been deleted as beyond the history limits.
 */
export function decideCronJob(
  cronJob: CronJobView,
  jobs: readonly ChildJob[],
  now: number,
  holderOf: (name: string) => Holder | undefined = (name) => ownHolder(jobs, name),
): Decision {
  const events: CronJobEvent[] = [];
  const say = (level: CronJobEvent["level"], reason: string, message: string) =>
    events.push({ level, reason, message });
  let { active, lastSuccessfulTime } = cronJob;
  let updateStatus = false;

  const isListed = amongUids(active);
  const isOwned = amongUids(jobs);
  const ended: JobReference[] = [];
  for (const job of jobs) {
    const listed = isListed(job.uid);
    if (!listed && job.state === "active") {
      say("Warning", "UnexpectedJob", `Saw a job that the controller did not create or forgot: ${job.name}`);
    } else if (listed && job.state !== "active") {
      ended.push(job);
      const condition = job.state === "complete" ? "Complete" : "Failed";
      say("Normal", "SawCompletedJob", `Saw completed job: ${job.name}, condition: ${condition}`);
      updateStatus = true;
    }
    if (job.state === "complete" && job.completionTime !== null) {
      if (lastSuccessfulTime === null || job.completionTime > lastSuccessfulTime) {
        lastSuccessfulTime = job.completionTime;
        updateStatus = true;
      }
    }
  }
  for (const reference of active) {
    // It is asked for by its name: another Job called so keeps the reference alive.
    if (isOwned(reference.uid) || holderOf(reference.name)) continue;
    say("Normal", "MissingJob", `Active job went missing: ${reference.name}`);
    ended.push(reference);
    updateStatus = true;
  }
  if (ended.length > 0) {
    const hasEnded = amongUids(ended);
    active = active.filter((one) => !hasEnded(one.uid));
  }

  const done = (after: number | null, more: Partial<Decision> = {}): Decision => ({
    events,
    replaced: [],
    create: null,
    active,
    lastScheduleTime: cronJob.lastScheduleTime,
    lastSuccessfulTime,
    updateStatus,
    requeueAfter: after,
    ...more,
  });

  if (cronJob.deleting) return done(null);
  const timetable = timetableOf(cronJob);
  if ("reason" in timetable && timetable.reason === "UnknownTimeZone") {
    events.push(timetable);
    return done(null);
  }
  if (cronJob.suspend) return done(null);
  if ("reason" in timetable) {
    events.push(timetable);
    return done(null);
  }

  const clock: Clock = { ...cronJob, now };
  const due = mostRecentScheduleTime(timetable, clock, true);
  if (due.impossible) {
    const reason = "time difference between two schedules is less than 1 second";
    say("Warning", "InvalidSchedule", `invalid schedule: ${cronJob.schedule} : ${reason}`);
    return done(null);
  }
  const wait = () => requeueAfter(timetable, clock);
  if (due.time === null) return done(wait());
  if (due.missed === "many") {
    const advice = "Set or decrease .spec.startingDeadlineSeconds or check clock skew";
    say("Warning", "TooManyMissedTimes", `too many missed start times. ${advice}`);
  }
  const { startingDeadlineSeconds } = cronJob;
  if (startingDeadlineSeconds !== null && due.time + startingDeadlineSeconds * 1000 < now) {
    say("Warning", "MissSchedule", `Missed scheduled time to start a job: ${rfc1123(due.time)}`);
    return done(wait());
  }
  const name = jobNameFor(cronJob.name, due.time);
  if (active.some((one) => one.name === name) || cronJob.lastScheduleTime === due.time) return done(wait());
  if (cronJob.concurrencyPolicy === "Forbid" && active.length > 0) {
    const message = "Not starting job because prior execution is running and concurrency policy is Forbid";
    say("Normal", "JobAlreadyActive", message);
    return done(wait());
  }
  let replaced: readonly JobReference[] = [];
  if (cronJob.concurrencyPolicy === "Replace") {
    replaced = active;
    for (const one of active) say("Normal", "SuccessfulDelete", `Deleted job ${one.name}`);
    active = [];
  }
  updateStatus ||= replaced.length > 0;
  const existing = holderOf(name);
  if (existing && (!existing.owned || active.some((one) => one.uid === existing.uid))) return done(null, { replaced });
  updateStatus = true;
  // A Job that was made before, but did not get into the status, is noted there now.
  if (existing) active = [...active, { name, uid: existing.uid }];
  const timestamp = formatInZone(due.time, zoneOf(timetable.zone));
  return done(requeueAfter(timetable, { ...clock, lastScheduleTime: due.time }), {
    replaced,
    create: existing ? null : { name, timestamp },
    lastScheduleTime: due.time,
  });
}

function ownHolder(jobs: readonly ChildJob[], name: string): Holder | undefined {
  const job = jobs.find((one) => one.name === name);
  return job && { uid: job.uid, owned: true };
}

/** A test for the UIDs in a list. Most lists have a few entries, those of Jobs that never end have thousands. */
function amongUids(list: readonly { readonly uid: string }[]): (uid: string) => boolean {
  if (list.length <= 8) return (uid) => list.some((one) => one.uid === uid);
  const uids = new Set(list.map((one) => one.uid));
  return (uid) => uids.has(uid);
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function rfc1123(instant: number): string {
  const date = new Date(instant);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const day = `${weekdays[date.getUTCDay()]}, ${two(date.getUTCDate())} ${months[date.getUTCMonth()]}`;
  return `${day} ${date.getUTCFullYear()} ${time} +0000`;
}
