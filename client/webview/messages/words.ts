/** Words, numbers and times for people, in the language that `speak` chose for the page. */
import type { Problem } from "../../../simulator/api/problem.ts";
import { en } from "./en.ts";
import { ko } from "./ko.ts";
import { problemsEn } from "./problems.en.ts";
import { problemsKo } from "./problems.ko.ts";
import { problemSentence } from "./problems.ts";

export type WordKey = keyof typeof en;
export type Words = { readonly [K in WordKey]: string };
export type Values = Readonly<Record<string, string | number>>;

let korean = false;

/** Chooses the language by its tag: Korean for `ko` and `ko-KR`, English for all else. */
export function speak(tag: string): void {
  korean = tag.startsWith("ko");
}

/** `en` or `ko`, for what formats by language itself. */
export const language = (): "en" | "ko" => (korean ? "ko" : "en");

/** The sentence of a key with `{name}` filled in. A backtick in a value would end the code it stands in, so it becomes a quote. */
export function say(key: WordKey, values: Values = {}): string {
  const text = (korean ? ko : en)[key];
  return text.replace(/\{(\w+)\}/g, (_: string, name: string) => String(values[name] ?? "").replaceAll("`", "'"));
}

/** Why a run, or a step of it, cannot be. */
export const sayProblem = (problem: Problem): string => problemSentence(problem, korean ? problemsKo : problemsEn);

/** `a, b and c` */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(korean ? "ko" : "en-GB", { type: "conjunction" }).format(names);
}

/** Keeps number and unit on one line. */
const space = "\u00a0";
const unit = (name: "s" | "min" | "h" | "d"): string => (korean ? say(name) : `${space}${say(name)}`);
const tenths = (milliseconds: number): number => Math.round(milliseconds / 100 + 1e-6) / 10;

/** For sentences: `20.1 s`, `2 min 31 s`, `1 h 5 min`, `2 d 3 h`. */
export function duration(milliseconds: number): string {
  const short = tenths(milliseconds);
  if (short < 60) return `${Number.isInteger(short) ? short : short.toFixed(1)}${unit("s")}`;
  const units = [
    ["d", 86_400],
    ["h", 3_600],
    ["min", 60],
    ["s", 1],
  ] as const;
  let rest = Math.round(milliseconds / 1000);
  const parts: string[] = [];
  for (const [name, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit(name)}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(space);
}

/** For narrow places: `9.1 s`, `5:29`, `2:05:00`, `3 d 4:00`. */
export function clock(milliseconds: number): string {
  if (milliseconds < 0) return `-${clock(-milliseconds)}`;
  if (milliseconds < 59_950) return duration(milliseconds);
  const all = Math.round(milliseconds / 1000);
  const two = (count: number) => String(count).padStart(2, "0");
  const days = Math.floor(all / 86_400);
  const hours = Math.floor(all / 3_600) % 24;
  const minutes = Math.floor(all / 60) % 60;
  if (days > 0) return `${days}${unit("d")}${space}${hours}:${two(minutes)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
}

/** A figure and its unit apart: `20.1` and `s`, `2:31` and `min`, `1:05` and `h`. */
export function figure(milliseconds: number): { readonly value: string; readonly unit: string } {
  const short = tenths(milliseconds);
  if (short < 60) return { value: Number.isInteger(short) ? String(short) : short.toFixed(1), unit: say("s") };
  const all = Math.round(milliseconds / 1000);
  const two = (count: number) => String(count).padStart(2, "0");
  if (all < 3_600) return { value: `${Math.floor(all / 60)}:${two(all % 60)}`, unit: say("min") };
  if (all < 86_400) return { value: `${Math.floor(all / 3_600)}:${two(Math.floor(all / 60) % 60)}`, unit: say("h") };
  return { value: String(Math.round(all / 8_640) / 10), unit: say("d") };
}

/** Millicores as CPU: `+750m`, `+1.5`, `0`. */
export function cpu(milli: number, sign = ""): string {
  if (milli === 0) return "0";
  return milli < 1000 ? `${sign}${milli}m` : `${sign}${Math.round(milli / 10) / 100}`;
}

/** Bytes in the largest binary unit in which they are a number of few digits: `192Mi`, `1.5Gi`. */
export function bytes(count: number, sign = ""): string {
  if (count === 0) return "0";
  const units = ["", "Ki", "Mi", "Gi", "Ti"] as const;
  let size = count;
  let step = 0;
  while (size >= 1024 && step < units.length - 1) {
    size /= 1024;
    step++;
  }
  return `${sign}${Math.round(size * 10) / 10}${units[step]}`;
}
