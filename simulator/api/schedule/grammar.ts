/**
 * The grammar of schedules. Models `ParseStandard` of github.com/robfig/cron/v3 (parser.go), the parser of the API
 * server and of the CronJob controller: five fields or a descriptor, optionally after a zone prefix.
 */
import { parseGoDuration } from "./duration.ts";
import type { CalendarSchedule, Field, FieldName, Parsed, Place, ScheduleError } from "./schedule.ts";
import { isZoneName } from "./zone-names.ts";

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names: Readonly<Record<string, number>>;
}

function numbered(names: string, first: number): Readonly<Record<string, number>> {
  return Object.fromEntries(names.split(" ").map((name, index) => [name, first + index]));
}

/** The smallest and largest number of each field and the names it knows, in lower case. */
const fieldBounds: Readonly<Record<FieldName, Bounds>> = {
  minute: { min: 0, max: 59, names: {} },
  hour: { min: 0, max: 23, names: {} },
  dayOfMonth: { min: 1, max: 31, names: {} },
  month: { min: 1, max: 12, names: numbered("jan feb mar apr may jun jul aug sep oct nov dec", 1) },
  dayOfWeek: { min: 0, max: 6, names: numbered("sun mon tue wed thu fri sat", 0) },
};

/** The fields in the order in which they are written. */
const fieldOrder: readonly FieldName[] = ["minute", "hour", "dayOfMonth", "month", "dayOfWeek"];

/** Exact spellings only; each is short for five fields. */
export const descriptors: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

// Go's unicode.IsSpace; JavaScript's \s differs in U+0085 and U+FEFF.
const space = "[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const spaces = new RegExp(space, "u");
const leadingSpace = new RegExp(`^${space}`, "u");
const trailingSpace = new RegExp(`${space}$`, "u");

/** The white-space separated words of a schedule. */
export function scheduleWords(text: string): string[] {
  return text.split(spaces).filter((word) => word !== "");
}

/** Parses a schedule as the controller does, or says why it cannot be. */
export function parseSchedule(text: string): Parsed {
  if (text === "") return { error: { code: "empty" } };
  let zone: string | null = null;
  let rest = text;
  if (text.startsWith("TZ=") || text.startsWith("CRON_TZ=")) {
    const end = text.indexOf(" ");
    // Without a space Go slices out of bounds; Kubernetes catches the panic and refuses.
    if (end < 0) return { error: { code: "malformed-tz-prefix" } };
    zone = text.slice(text.indexOf("=") + 1, end);
    if (zone !== "" && zone !== "Local" && !isZoneName(zone)) return { error: { code: "bad-location", zone } };
    rest = text.slice(end).replace(leadingSpace, "").replace(trailingSpace, "");
  }
  if (rest.startsWith("@")) return parseDescriptor(rest, zone);
  return parseFields(rest, zone);
}

function parseDescriptor(text: string, zone: string | null): Parsed {
  const fields = Object.hasOwn(descriptors, text) ? descriptors[text] : undefined;
  if (fields !== undefined) return parseFields(fields, zone);
  const every = "@every ";
  if (!text.startsWith(every)) return { error: { code: "bad-descriptor", text } };
  const duration = parseGoDuration(text.slice(every.length));
  if ("error" in duration) return { error: { code: "bad-duration", text, reason: duration.error } };
  const seconds = duration.value / 1_000_000_000n;
  return { schedule: { kind: "interval", seconds: seconds < 1n ? 1 : Number(seconds) } };
}

function parseFields(text: string, zone: string | null): Parsed {
  const words = scheduleWords(text);
  if (words.length !== fieldOrder.length) return { error: { code: "field-count", fields: words } };
  const fields: Partial<Record<FieldName, Field>> = {};
  for (const [index, field] of fieldOrder.entries()) {
    const parsed = parseField(words[index] ?? "", { field, index });
    if ("code" in parsed) return { error: parsed };
    fields[field] = parsed;
  }
  return { schedule: { kind: "calendar", ...(fields as Required<typeof fields>), zone } satisfies CalendarSchedule };
}

function parseField(text: string, where: Place): Field | ScheduleError {
  const values = new Set<number>();
  let star = false;
  for (const item of text.split(",")) {
    // Empty items vanish: `1,,2` is `1,2` and a lone comma is a field that never matches.
    if (item === "") continue;
    const range = parseItem(item, where);
    if ("code" in range) return range;
    for (let value = range.start; value <= range.end; value += range.step) values.add(value);
    star ||= range.star;
  }
  return { values: [...values].sort((a, b) => a - b), star };
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly star: boolean;
}

function parseItem(item: string, where: Place): Range | ScheduleError {
  const { min, max, names } = fieldBounds[where.field];
  const [range = "", stepText, ...moreSteps] = item.split("/");
  const ends = range.split("-");
  const low = ends[0] ?? "";
  let star = low === "*" || low === "?";
  let start: bigint = BigInt(min);
  let end: bigint = BigInt(max);
  let step = 1n;
  // What follows the hyphen of `*-5` is never looked at.
  if (!star) {
    const first = parseNumber(low, names, where);
    if (typeof first !== "bigint") return first;
    start = first;
    end = first;
    if (ends.length > 2) return { code: "too-many-hyphens", item, where };
    if (ends.length === 2) {
      const last = parseNumber(ends[1] ?? "", names, where);
      if (typeof last !== "bigint") return last;
      end = last;
    }
  }
  if (moreSteps.length > 0) return { code: "too-many-slashes", item, where };
  if (stepText !== undefined) {
    const parsed = parseNumber(stepText, {}, where);
    if (typeof parsed !== "bigint") return parsed;
    step = parsed;
    if (ends.length === 1) end = BigInt(max);
    if (step > 1n) star = false;
  }
  if (start < BigInt(min)) return { code: "below-minimum", value: String(start), bound: min, item, where };
  if (end > BigInt(max)) return { code: "above-maximum", value: String(end), bound: max, item, where };
  if (start > end) return { code: "range-reversed", begin: String(start), end: String(end), item, where };
  if (step === 0n) return { code: "step-zero", item, where };
  return { start: Number(start), end: Number(end), step: Number(step), star };
}

const maxInt = 2n ** 63n - 1n;

/** Go's `strconv.Atoi`: a sign is allowed, and any number of leading zeros. */
function parseNumber(text: string, names: Bounds["names"], where: Place): bigint | ScheduleError {
  const name = text.toLowerCase();
  if (Object.hasOwn(names, name)) return BigInt(names[name] ?? 0);
  if (!/^[+-]?[0-9]+$/.test(text)) return { code: "bad-number", text, outOfRange: false, where };
  const digits = BigInt(text.replace(/^[+-]/, ""));
  const value = text.startsWith("-") ? -digits : digits;
  if (value > maxInt || value < -maxInt - 1n) return { code: "bad-number", text, outOfRange: true, where };
  if (value < 0n) return { code: "negative", value: String(value), text, where };
  return value;
}
