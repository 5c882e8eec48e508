/** Words for people, chosen once by the language of the page. */
import type { Problem } from "../../../simulator/api/problem.ts";
import { zoneOf } from "../../../simulator/api/schedule/zones.ts";
import { en, type Words } from "./en.ts";
import { ko } from "./ko.ts";
import { problemsEn } from "./problems.en.ts";
import { problemsKo } from "./problems.ko.ts";
import { problemSentence } from "./problems.ts";

const minute = 60_000;
const day = 1440 * minute;

const korean = document.documentElement.lang.startsWith("ko");
const words: Words = korean ? ko : en;

/** The sentence of a key with `{0}`, `{1}` … filled in. */
export function say(key: keyof Words, ...values: readonly (string | number)[]): string {
  return words[key].replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ""));
}

/** Why a run, or a step of it, cannot be. */
export const sayProblem = (problem: Problem): string => problemSentence(problem, korean ? problemsKo : problemsEn);

/** `Wed, Jan 7, 02:00 UTC` for milliseconds since 1970 in an IANA zone; without one that of the control plane, UTC. */
export function clock(instant: number, zone: string): string {
  const parts = { weekday: "short", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  const options = { ...parts, hourCycle: "h23", timeZone: zone || "UTC", timeZoneName: "short" } as const;
  try {
    return new Intl.DateTimeFormat(korean ? "ko" : "en", options).format(instant);
  } catch {
    // A zone that the API server knows and this browser does not.
    return clock(instant, "UTC");
  }
}

/**
 * `Jan 7`, `02:00` or `02:00:30` for milliseconds since 1970 in an IANA zone (empty: UTC), as marks of an axis need it that are
 * `step` milliseconds apart.
 */
export function clockMark(instant: number, zone: string, step: number): string {
  const offset = zoneOf(zone).offsetAt(instant);
  const local = new Date(instant + offset);
  const isMidnight = (instant + offset) % day === 0;
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  if (step < minute) time.second = "2-digit";
  const parts = step >= day || isMidnight ? ({ month: "short", day: "numeric" } as const) : time;
  return new Intl.DateTimeFormat(korean ? "ko" : "en", { ...parts, hourCycle: "h23", timeZone: "UTC" }).format(local);
}

/** `95 s`, `3 min 20 s`, `2 h 5 min`, `1 d 2 h` for milliseconds. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 100) / 10;
  if (seconds < 120) return `${seconds} s`;
  const units = [
    ["d", 86_400],
    ["h", 3_600],
    ["min", 60],
    ["s", 1],
  ] as const;
  let rest = Math.round(seconds);
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(" ");
}
