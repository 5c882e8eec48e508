/** What a schedule that is none was surely meant to be: each mistake as people make it, put right. */
import { parseSchedule } from "../../simulator/api/schedule/grammar.ts";
import { nearest } from "./suggest.ts";

const descriptors = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The lowest and highest number of a field, and the names of its numbers. */
interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}
const fields: readonly Bounds[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: months },
  { min: 0, max: 6, names: days },
];

/** The text as it has to be, in the quotes that it is written in; none where that is not clear. */
export function scheduleFixes(written: string): readonly string[] {
  const quote = /^["']/.exec(written)?.[0] ?? "";
  const text = written.slice(quote.length, written.length - quote.length).trim();
  const fixed = text.startsWith("@") ? nearest(text, descriptors) : repaired(text.split(/\s+/));
  if (fixed === null || fixed === text || parseSchedule(fixed).schedule === undefined) return [];
  return [`${quote}${fixed}${quote}`];
}

function repaired(words: readonly string[]): string | null {
  // Others have seconds before, and a year behind.
  const five = words.length === 6 ? words.slice(1) : words.length === 7 ? words.slice(1, 6) : words;
  if (five.length !== 5) return null;
  return five.map((word, index) => field(word, fields[index] as Bounds, index === 4)).join(" ");
}

function field(word: string, bounds: Bounds, isWeek: boolean): string {
  const items = word.split(",").flatMap((item) => repairedItem(item, bounds, isWeek));
  return [...new Set(items)].join(",");
}

function repairedItem(item: string, bounds: Bounds, isWeek: boolean): readonly string[] {
  const [range = "", step, ...steps] = item.split("/");
  const every = step === undefined || /^0+$/.test(step) ? "" : `/${step}`;
  const ends = range.split("-").map((end) => shortened(end, bounds));
  if (steps.length > 0 || ends.length > 2) return [item];
  if (ends.length === 1) return [`${isWeek && ends[0] === "7" ? "0" : around(ends[0] as string, bounds)}${every}`];
  const [from = "", to = ""] = ends[0] === "" ? [around(ends[1] as string, bounds)] : ends;
  if (to === "") return [`${from}${every}`];
  const [first, last] = [from, to].map((end) => numberOf(end, bounds)) as [number, number];
  // Sunday closes the week.
  if (isWeek && to === "7") return first === 0 || first === 1 ? [`0-6${every}`] : [`${from}-6${every}`, "0"];
  if (!(first > last) || every !== "") return [`${from}-${to}${every}`];
  const behind = last === bounds.min ? `${bounds.min}` : `${bounds.min}-${last}`;
  return [first === bounds.max ? from : `${first}-${bounds.max}`, behind];
}

/** `MONDAY` is `MON`. */
function shortened(end: string, { names }: Bounds): string {
  const three = end.slice(0, 3);
  return /^[A-Za-z]{4,}$/.test(end) && names.includes(three.toLowerCase()) ? three : end;
}

/** Hour 24 is hour 0, and so on; there is no day 0. */
function around(end: string, { min, max }: Bounds): string {
  if (end === String(max + 1) && min === 0) return "0";
  return end === "0" && min === 1 ? "1" : end;
}

function numberOf(end: string, { min, names }: Bounds): number {
  const named = names.indexOf(end.toLowerCase());
  return named < 0 ? Number(end) : named + min;
}
