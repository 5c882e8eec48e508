/**
 * When a schedule fires next. Models `Next` of github.com/robfig/cron/v3 (spec.go, constantdelay.go) with Go's rules for
 * turning a wall-clock reading into an instant, because what happens where clocks change follows from both.
 */
import { dayMatches } from "./calendar.ts";
import type { CalendarSchedule, Field, Schedule } from "./schedule.ts";
import { type Zone, zoneOf } from "./zones.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** The search gives up in the sixth year after the one it began in. */
const yearsAhead = 5;

/**
 * The first firing strictly after `from` (milliseconds since 1970), or null when there is none within five years.
 * `zone` is the CronJob's time zone, null for the controller's own (UTC); a `TZ=` prefix in the schedule comes first.
 */
export function nextFiring(schedule: Schedule, zone: string | null, from: number): number | null {
  if (schedule.kind === "interval") return Math.floor(from / second) * second + schedule.seconds * second;
  const place = zoneOf(schedule.zone === null || schedule.zone === "Local" ? zone : schedule.zone);
  if (neverMatches(schedule)) return null;
  // For a few historic zones whose clocks change just after midnight the original can answer an instant that has passed.
  for (let start = from; ; start += hour) {
    const found = search(schedule, place, start);
    if (found === null || found > from) return found;
  }
}

/** The next `count` firings strictly after `from`; fewer when the schedule does not fire that often any more. */
export function nextRuns(schedule: Schedule, zone: string | null, from: number, count: number): readonly number[] {
  const runs: number[] = [];
  for (let at = nextFiring(schedule, zone, from); at !== null && runs.length < count; ) {
    runs.push(at);
    at = nextFiring(schedule, zone, at);
  }
  return runs;
}

function neverMatches({ minute, hour, month }: CalendarSchedule): boolean {
  return minute.values.length === 0 || hour.values.length === 0 || month.values.length === 0;
}

interface Wall {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly date: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function wallOf(zone: Zone, instant: number): Wall {
  const local = new Date(instant + zone.offsetAt(instant));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    date: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
  };
}

/**
 * The instant of a wall-clock reading; parts may overflow (month 13 is January). Models time.Date of Go: the offset is
 * looked up as if the reading were UTC, and once more at the instant which that offset gives.
 */
function instantOf(zone: Zone, wall: Wall): number {
  const reading = Date.UTC(wall.year, wall.month - 1, wall.date, wall.hour, wall.minute, wall.second);
  return reading - zone.offsetAt(reading - zone.offsetAt(reading));
}

function matcher(field: Field): (value: number) => boolean {
  const values = new Set(field.values);
  return (value) => values.has(value);
}

interface Matchers {
  readonly month: (value: number) => boolean;
  readonly hour: (value: number) => boolean;
  readonly minute: (value: number) => boolean;
}
const matchers = new WeakMap<CalendarSchedule, Matchers>();

function matchersOf(schedule: CalendarSchedule): Matchers {
  let found = matchers.get(schedule);
  if (!found) {
    found = { month: matcher(schedule.month), hour: matcher(schedule.hour), minute: matcher(schedule.minute) };
    matchers.set(schedule, found);
  }
  return found;
}

function hourOf(zone: Zone, instant: number): number {
  return positiveModulo(Math.floor((instant + zone.offsetAt(instant)) / hour), 24);
}
function minuteOf(zone: Zone, instant: number): number {
  return positiveModulo(Math.floor((instant + zone.offsetAt(instant)) / minute), 60);
}
function secondOf(zone: Zone, instant: number): number {
  return positiveModulo(Math.floor((instant + zone.offsetAt(instant)) / second), 60);
}
function positiveModulo(value: number, by: number): number {
  const rest = value % by;
  return rest < 0 ? rest + by : rest;
}

function search(schedule: CalendarSchedule, zone: Zone, from: number): number | null {
  const matches = matchersOf(schedule);
  let at = Math.floor(from / second) * second + second;
  let wall = wallOf(zone, at);
  const lastYear = wall.year + yearsAhead;
  // Until the first field is advanced the smaller ones still hold the time of the start; then they begin at zero.
  let advanced = false;

  restart: for (;;) {
    wall = wallOf(zone, at);
    if (wall.year > lastYear) return null;

    while (!matches.month(wall.month)) {
      if (!advanced) {
        advanced = true;
        wall = { ...wall, date: 1, hour: 0, minute: 0, second: 0 };
      }
      at = instantOf(zone, { ...wall, month: wall.month + 1 });
      wall = wallOf(zone, at);
      if (wall.month === 1) continue restart;
    }

    while (!dayMatches(schedule, wall.year, wall.month, wall.date)) {
      if (!advanced) {
        advanced = true;
        at = instantOf(zone, { ...wall, hour: 0, minute: 0, second: 0 });
        wall = wallOf(zone, at);
      }
      at = nextDay(zone, wall, at);
      wall = wallOf(zone, at);
      if (wall.date === 1) continue restart;
    }

    for (let now = wall.hour; !matches.hour(now); ) {
      if (!advanced) {
        advanced = true;
        at = instantOf(zone, { ...wall, minute: 0, second: 0 });
      }
      at += hour;
      now = hourOf(zone, at);
      if (now === 0) continue restart;
    }

    for (let now = minuteOf(zone, at); !matches.minute(now); ) {
      if (!advanced) {
        advanced = true;
        at = Math.floor(at / minute) * minute;
      }
      at += minute;
      now = minuteOf(zone, at);
      if (now === 0) continue restart;
    }

    // The second is always zero; one minute's steps are taken at once.
    const rest = secondOf(zone, at);
    if (rest === 0) return at;
    advanced = true;
    at += minute - rest * second;
  }
}

/**
 * The start of the next day, where possible. If clocks jump over midnight Go's constructor answers an hour in the
 * evening or in the morning, and the whole hours to midnight are added or taken off again, ending up beside it.
 */
function nextDay(zone: Zone, wall: Wall, at: number): number {
  let next = instantOf(zone, { ...wall, date: wall.date + 1 });
  const shown = hourOf(zone, next);
  if (shown !== 0) next += shown > 12 ? (24 - shown) * hour : -shown * hour;
  // Where a zone skipped a whole day (Pacific/Apia, 2011-12-30) the original would stand still for ever.
  return next > at ? next : at + day;
}
