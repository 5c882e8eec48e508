/** The coming days of a CronJob: rows of 24 hours in the schedule's zone with the runs on them. */
import type { CronJobSpec } from "../../../simulator/api/objects.ts";
import { parseSchedule } from "../../../simulator/api/schedule/grammar.ts";
import { nextFiring } from "../../../simulator/api/schedule/next.ts";
import { clockChanges } from "../../../simulator/api/schedule/overlap.ts";
import { zoneOf } from "../../../simulator/api/schedule/zones.ts";
import type { CronRun, CronRuns } from "../../../simulator/insight/cron-runs.ts";
import { dayNames, dayOf, hourOf } from "../messages/calendar-words.ts";

const hour = 3_600_000;
const day = 24 * hour;

export interface CronCalendar extends CronRuns {
  readonly now: number;
  /** The next ten, however far away. */
  readonly coming: readonly CronRun[];
  /** Of the schedule; empty for that of the control plane. */
  readonly zone: string;
  readonly policy: string;
  /** Days on which a time of the schedule does not exist. */
  readonly missing: readonly { readonly day: string; readonly time: string }[];
}

/** The runs of the next days with what is needed to speak of them. */
export function calendarOf(
  { runs, next, suspended }: CronRuns,
  spec: CronJobSpec,
  now: number,
  days: number,
): CronCalendar {
  const zone = spec.timeZone ?? "";
  const last = dayOf(now, zone) + days * day;
  const coming = runs.filter((run) => run.due > now).slice(0, 10);
  const shown = runs.filter((run) => run.due > now && dayOf(run.due, zone) < last);
  return {
    runs: shown,
    coming,
    next,
    suspended,
    now,
    zone,
    policy: spec.concurrencyPolicy ?? "Allow",
    missing: missingTimes(spec, zone, now, days),
  };
}

/** Times of the schedule that a change of the clocks leaves out, by day. */
function missingTimes(spec: CronJobSpec, zone: string, now: number, days: number): CronCalendar["missing"] {
  const parsed = parseSchedule(spec.schedule);
  if ("error" in parsed || parsed.schedule.kind !== "calendar" || zone === "") return [];
  const { schedule } = parsed;
  return clockChanges(schedule, zone, now, now + days * day).flatMap(({ at, shift }) => {
    if (shift <= 0) return [];
    // The local times that the clocks jump over, read as if there were no jump.
    const from = at + zoneOf(zone).offsetAt(at) - shift;
    const lost = nextFiring(schedule, "UTC", from - 1);
    if (lost === null || lost >= from + shift) return [];
    return [{ day: dayNames(Math.floor(lost / day) * day).long, time: new Date(lost).toISOString().slice(11, 16) }];
  });
}

/** A stretch of a day's row, in percent of 24 hours. */
export interface RunBar {
  readonly run: CronRun;
  readonly left: number;
  readonly width: number;
  /** It began on the day before, or goes on in the next. */
  readonly carried: boolean;
  readonly goesOn: boolean;
}

export interface DayRow {
  /** The midnight it begins at, as wall clock. */
  readonly wall: number;
  /** The instant of that midnight. */
  readonly begins: number;
  readonly weekday: string;
  readonly date: string;
  readonly isToday: boolean;
  readonly bars: readonly RunBar[];
  /** Runs that never were, and where they would have begun, in percent. */
  readonly skips: readonly { readonly run: CronRun; readonly x: number }[];
  readonly due: number;
  readonly skipped: number;
  readonly late: number;
  readonly failed: number;
  /** Hours of the day: 23 and 25 where clocks change. */
  readonly hours: number;
  /** The hour that does not exist, in percent; null on other days. */
  readonly gap: { readonly left: number; readonly width: number } | null;
}

/** The rows of so many days from today on. */
export function dayRows({ runs, now, zone }: CronCalendar, days: number): readonly DayRow[] {
  const today = dayOf(now, zone);
  const reader = zoneOf(zone === "" ? null : zone);
  return Array.from({ length: days }, (_, index): DayRow => {
    const wall = today + index * day;
    const begins = instantOf(wall, reader);
    const ends = instantOf(wall + day, reader);
    const mine = runs.filter((run) => run.due >= begins && run.due < ends);
    const bars = runs.flatMap((run) => barOf(run, wall, begins, ends, zone));
    const shift = reader.offsetAt(ends) - reader.offsetAt(begins);
    return {
      wall,
      begins,
      ...dayNames(wall),
      isToday: index === 0,
      bars,
      skips: mine
        .filter((run) => run.outcome === "skipped")
        .map((run) => ({ run, x: (hourOf(run.due, zone) / 24) * 100 })),
      due: mine.length,
      skipped: mine.filter((run) => run.outcome === "skipped").length,
      late: mine.filter((run) => run.late > 0).length,
      failed: mine.filter((run) => run.outcome === "failed").length,
      hours: Math.round((ends - begins) / hour),
      gap: shift > 0 ? gapOf(wall, begins, ends, shift, reader) : null,
    };
  });
}

type Reader = ReturnType<typeof zoneOf>;

/** The instant at which the wall clock shows this. */
function instantOf(wall: number, reader: Reader): number {
  const guess = wall - reader.offsetAt(wall);
  return wall - reader.offsetAt(guess);
}

function gapOf(wall: number, begins: number, ends: number, shift: number, reader: Reader): DayRow["gap"] {
  for (let at = begins; at < ends; at += hour / 2) {
    if (reader.offsetAt(at + hour / 2) === reader.offsetAt(at)) continue;
    const left = at + hour / 2 + reader.offsetAt(begins) - wall;
    return { left: (left / day) * 100, width: (shift / day) * 100 };
  }
  return null;
}

function barOf(run: CronRun, _wall: number, begins: number, ends: number, zone: string): readonly RunBar[] {
  if (run.outcome === "skipped") return [];
  const from = run.started ?? run.due;
  const to = run.ended ?? (run.outcome === "planned" ? from : Math.max(from, ends));
  if (from >= ends || to < begins || (to === begins && from < begins)) return [];
  const x = (instant: number) => (instant <= begins ? 0 : instant >= ends ? 100 : (hourOf(instant, zone) / 24) * 100);
  const left = x(from);
  return [{ run, left, width: Math.max(0, x(to) - left), carried: from < begins, goesOn: to > ends }];
}
