/**
 * Which days of the calendar a schedule means. The day rule is Kubernetes' (the star bit); once it is resolved to plain
 * lists of numbers, the package `cron-parser` walks the days, in UTC, where it and Kubernetes agree.
 */
import { CronExpressionParser } from "cron-parser";
import type { CalendarSchedule } from "./schedule.ts";

/** Two lists for cron-parser, or the two answers that need no calendar. */
type DayRule = "every" | "none" | { readonly dayOfMonth: string; readonly dayOfWeek: string };

/**
 * Models `dayMatches` of github.com/robfig/cron/v3/spec.go: if day of month or day of week has the star bit both must
 * match, otherwise either may. A field with the star bit holds every number, so "both" means the other field alone.
 */
function dayRule({ dayOfMonth, dayOfWeek }: CalendarSchedule): DayRule {
  const anyDate = dayOfMonth.values.length === 31;
  const anyWeekday = dayOfWeek.values.length === 7;
  const dates = dayOfMonth.values.join(",");
  const weekdays = dayOfWeek.values.join(",");
  if (dayOfMonth.star || dayOfWeek.star) {
    if (dates === "" || weekdays === "") return "none";
    if (anyDate && anyWeekday) return "every";
    return anyDate ? { dayOfMonth: "*", dayOfWeek: weekdays } : { dayOfMonth: dates, dayOfWeek: "*" };
  }
  if (anyDate || anyWeekday) return "every";
  if (dates === "" && weekdays === "") return "none";
  // Of two restricted fields cron-parser takes either too; an empty one must not be written at all.
  return { dayOfMonth: dates || "*", dayOfWeek: weekdays || "*" };
}

interface Days {
  readonly rule: DayRule;
  /** For `year * 12 + month`: bit `1 << date` is set when the date matches. */
  readonly months: Map<number, number>;
}

const known = new WeakMap<CalendarSchedule, Days>();

/** Whether the day fields match a date (month 1 to 12); the month field is not looked at. */
export function dayMatches(schedule: CalendarSchedule, year: number, month: number, date: number): boolean {
  let days = known.get(schedule);
  if (!days) {
    days = { rule: dayRule(schedule), months: new Map() };
    known.set(schedule, days);
  }
  if (days.rule === "every") return true;
  if (days.rule === "none") return false;
  const key = year * 12 + month;
  let mask = days.months.get(key);
  if (mask === undefined) {
    mask = walkMonth(days.rule, year, month);
    days.months.set(key, mask);
  }
  return (mask & (1 << date)) !== 0;
}

function walkMonth(rule: Exclude<DayRule, string>, year: number, month: number): number {
  const start = Date.UTC(year, month - 1, 1);
  const end = Date.UTC(year, month, 1);
  // The search is over all months, so it always finds a next day: any date or weekday comes again within two months.
  const expression = CronExpressionParser.parse(`0 0 0 ${rule.dayOfMonth} * ${rule.dayOfWeek}`, {
    currentDate: start - 1000,
    tz: "UTC",
  });
  let mask = 0;
  for (let next = expression.next().getTime(); next < end; next = expression.next().getTime()) {
    mask |= 1 << ((next - start) / 86_400_000 + 1);
  }
  return mask;
}
