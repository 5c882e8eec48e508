/**
 * Which scheduled time is due, if any, and when to look again. Models pkg/controller/cronjob/utils.go.
 * All instants are milliseconds since 1970.
 */
import { nextFiring as search } from "../../api/schedule/next.ts";
import type { Schedule } from "../../api/schedule/schedule.ts";

export interface Timetable {
  readonly schedule: Schedule;
  /** IANA name, null for the controller's own zone (UTC). */
  readonly zone: string | null;
}

export interface Clock {
  readonly created: number;
  readonly lastScheduleTime: number | null;
  readonly startingDeadlineSeconds: number | null;
  readonly now: number;
}

interface MostRecent {
  /** Where the search starts. */
  readonly earliest: number;
  /** The latest firing up to now, null when nothing is due. */
  readonly time: number | null;
  readonly missed: "none" | "few" | "many";
  /** The schedule is one that never fires. */
  readonly impossible: boolean;
}

interface Answer {
  readonly zone: string | null;
  readonly from: number;
  readonly next: number | null;
}
const answers = new WeakMap<Schedule, Answer[]>();
const answersKept = 4;

/** The controller asks for the same few firings at every look; the last answers are kept. */
function nextFiring(schedule: Schedule, zone: string | null, from: number): number | null {
  let kept = answers.get(schedule);
  if (!kept) {
    kept = [];
    answers.set(schedule, kept);
  }
  for (const answer of kept) if (answer.from === from && answer.zone === zone) return answer.next;
  const next = search(schedule, zone, from);
  if (kept.length === answersKept) kept.shift();
  kept.push({ zone, from, next });
  return next;
}

/** More missed starts than this are worth a warning. */
const manyMissed = 100;
/** The controller looks this long after a firing, so that its clock has surely passed it. */
export const nextScheduleDelta = 100;
/** Go's least duration in milliseconds, which the distance to "never" comes to. */
const leastDuration = -9_223_372_036_854;

/**
 * The most recent firing that is due. The number of missed starts is an estimate from the distance of the first two, and
 * for irregular schedules it may jump past the last one: then nothing is due although starts were missed.
 */
export function mostRecentScheduleTime({ schedule, zone }: Timetable, clock: Clock, withDeadline: boolean): MostRecent {
  const { now } = clock;
  let earliest = clock.lastScheduleTime ?? clock.created;
  if (withDeadline && clock.startingDeadlineSeconds !== null) {
    earliest = Math.max(earliest, now - clock.startingDeadlineSeconds * 1000);
  }
  const found = (time: number | null, missed: MostRecent["missed"] = "none", impossible = false): MostRecent => ({
    earliest,
    time,
    missed,
    impossible,
  });
  const first = nextFiring(schedule, zone, earliest);
  if (first === null) return found(null, "none", true);
  if (now < first) return found(null);
  const second = nextFiring(schedule, zone, first);
  if (second === null) return found(null, "none", true);
  if (now < second) return found(first);
  const between = Math.round((second - first) / 1000);
  const number = Math.floor(Math.floor((now - first) / 1000) / between) + 1;
  // One step before the estimate; for `@every` this keeps the phase.
  let time: number | null = null;
  let at = nextFiring(schedule, zone, first + (number - 2) * between * 1000);
  while (at !== null && at <= now) {
    time = at;
    at = nextFiring(schedule, zone, at);
  }
  return found(time, number > manyMissed ? "many" : "few");
}

/** Milliseconds until the controller looks again; in the past when the schedule never fires again. */
export function requeueAfter(timetable: Timetable, clock: Clock): number {
  const recent = mostRecentScheduleTime(timetable, clock, false);
  const from = recent.time ?? (recent.missed === "none" && !recent.impossible ? recent.earliest : clock.now);
  const next = nextFiring(timetable.schedule, timetable.zone, from);
  return next === null ? leastDuration : next + nextScheduleDelta - clock.now;
}

/** The name of the Job for a scheduled time: the minutes since 1970 keep two Jobs for one time apart. */
export function jobNameFor(cronJob: string, scheduled: number): string {
  return `${cronJob}-${Math.floor(scheduled / 60_000)}`;
}
