/** Instants as people read them on a calendar, in an IANA zone (empty: that of the control plane, UTC). */
import { zoneOf } from "../../../simulator/api/schedule/zones.ts";
import { language, say } from "./words.ts";

const day = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The instant as that of UTC that shows the same wall clock: a browser need not know the zone. */
const local = (instant: number, zone: string): number => instant + zoneOf(zone === "" ? null : zone).offsetAt(instant);

function formatted(wall: number, options: Intl.DateTimeFormatOptions): string {
  const key = `${language()} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    const tag = language() === "ko" ? "ko" : "en-GB";
    format = new Intl.DateTimeFormat(tag, { ...options, hourCycle: "h23", timeZone: "UTC" });
    formats.set(key, format);
  }
  return format.format(wall);
}

const time = { hour: "2-digit", minute: "2-digit" } as const;

/** Midnight of the day that the instant falls on, as wall clock; equal for all instants of one day. */
export const dayOf = (instant: number, zone: string): number => Math.floor(local(instant, zone) / day) * day;
/** Hours since that midnight by the clock. */
export const hourOf = (instant: number, zone: string): number => (local(instant, zone) % day) / 3_600_000;

/** `10:30`; `near`: with the day, today and tomorrow by name: `today at 10:30`, `Fri 18:30`. */
export function formatInstant(instant: number, zone: string, how: "time" | "near", now = instant): string {
  const wall = local(instant, zone);
  const text = formatted(wall, time);
  if (how === "time") return text;
  const days = (dayOf(instant, zone) - dayOf(now, zone)) / day;
  if (days === 0) return say("todayAt", { time: text });
  if (days === 1) return say("tomorrowAt", { time: text });
  if (days < 7) return `${formatted(wall, { weekday: "short" })} ${text}`;
  return `${formatted(wall, { weekday: "short", day: "numeric", month: "short" })} ${text}`;
}

/** `Fri 18:30` */
export function weekdayTime(instant: number, zone: string): string {
  const wall = local(instant, zone);
  return `${formatted(wall, { weekday: "short" })} ${formatted(wall, time)}`;
}

/** The parts of a day's name: `Thu`, `25 Mar`. `wall` is a midnight as `dayOf` gives it. */
export function dayNames(wall: number): { readonly weekday: string; readonly date: string; readonly long: string } {
  return {
    weekday: formatted(wall, { weekday: "short" }),
    date: formatted(wall, { day: "numeric", month: "short" }),
    long: formatted(wall, { weekday: "long" }),
  };
}

/** Difference between two zones at an instant, in hours: Seoul is 8 ahead of Berlin in winter. */
export function hoursAhead(instant: number, zone: string, than: string): number {
  return (local(instant, zone) - local(instant, than)) / 3_600_000;
}
