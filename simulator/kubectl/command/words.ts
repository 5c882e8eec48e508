/** The words of a command line as arguments and flags. Models spf13/pflag. */
import { goQuote } from "../../api/schedule/error-text.ts";
import type { Flag, FlagType } from "./flag.ts";

export interface Words {
  /** The command itself: `kubectl create job`. */
  readonly path: string;
  /** What is no flag; without what stands behind `--`. */
  readonly args: readonly string[];
  /** What stands behind `--`. */
  readonly rest: readonly string[];
  readonly hasRest: boolean;
  /** The values that were given, in order. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** What stands for a flag that was not given. */
  readonly defaults: ReadonlyMap<string, string>;
}

export type Parsed = { readonly words: Words } | { readonly help: true } | { readonly error: string };

/** Takes flags and arguments apart, or says what is wrong with a flag as pflag does. */
export function parseWords(path: string, line: readonly string[], flags: readonly Flag[]): Parsed {
  const byName = new Map(flags.map((one) => [one.name, one]));
  const byShort = new Map(flags.flatMap((one) => (one.short ? [[one.short, one] as const] : [])));
  const given = new Map<string, string[]>();
  const args: string[] = [];
  let at = 0;

  function take(flag: Flag, value: string): string | undefined {
    const error = faultOf(flag.type, value);
    if (error !== undefined) return `invalid argument ${goQuote(value)} for ${goQuote(spelt(flag))} flag: ${error}`;
    const values = flag.type === "list" ? split(value) : [value];
    given.set(flag.name, [...(given.get(flag.name) ?? []), ...values]);
    return undefined;
  }

  function long(word: string): string | undefined {
    const equals = word.indexOf("=");
    const typed = equals < 0 ? word.slice(2) : word.slice(2, equals);
    if (typed === "" || typed.startsWith("-")) return `bad flag syntax: ${word}`;
    const flag = byName.get(typed.replaceAll("_", "-"));
    if (!flag) return typed === "help" ? help : `unknown flag: --${typed}`;
    if (equals >= 0) return take(flag, word.slice(equals + 1));
    if (flag.bare !== undefined) return take(flag, flag.bare);
    const next = line[at];
    if (next === undefined) return `flag needs an argument: --${flag.name}`;
    at++;
    return take(flag, next);
  }

  function short(word: string): string | undefined {
    for (let letters = word.slice(1); letters !== ""; ) {
      const [letter = ""] = letters;
      const rest = letters.slice(letter.length);
      const flag = byShort.get(letter);
      if (!flag) return letter === "h" ? help : `unknown shorthand flag: '${letter}' in -${letters}`;
      if (rest.length > 1 && rest.startsWith("=")) return take(flag, rest.slice(1));
      if (flag.bare === undefined) {
        if (rest !== "") return take(flag, rest);
        const next = line[at];
        if (next === undefined) return `flag needs an argument: '${letter}' in -${letters}`;
        at++;
        return take(flag, next);
      }
      const error = take(flag, flag.bare);
      if (error !== undefined) return error;
      letters = rest;
    }
    return undefined;
  }

  while (at < line.length) {
    const word = line[at++]!;
    if (word === "--") break;
    if (!word.startsWith("-") || word === "-") {
      args.push(word);
      continue;
    }
    const error = word.startsWith("--") ? long(word) : short(word);
    if (error === help) return { help: true };
    if (error !== undefined) return { error };
  }
  const hasRest = line[at - 1] === "--";
  const defaults = new Map(flags.map((one) => [one.name, one.value]));
  return { words: { path, args, rest: line.slice(at), hasRest, given, defaults } };
}

const help = "help requested";

function spelt({ name, short }: Flag): string {
  return short === undefined ? `--${name}` : `-${short}, --${name}`;
}

/** Values between commas, of which some may be quoted. Models encoding/csv as pflag reads a list. */
function split(value: string): readonly string[] {
  if (value === "") return [];
  const parts = value.match(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g) ?? [];
  return parts.map((one, index) => {
    const part = index === 0 ? one : one.slice(1);
    return part.startsWith('"') && part.endsWith('"') && part.length > 1
      ? part.slice(1, -1).replaceAll('""', '"')
      : part;
  });
}

const truth: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(["1", "t", "T", "true", "TRUE", "True"].map((one) => [one, true])),
  ...Object.fromEntries(["0", "f", "F", "false", "FALSE", "False"].map((one) => [one, false])),
};

function faultOf(type: FlagType, value: string): string | undefined {
  const parsing = (by: string, why: string) => `strconv.${by}: parsing ${goQuote(value)}: ${why}`;
  switch (type) {
    case "switch":
      return Object.hasOwn(truth, value) ? undefined : parsing("ParseBool", "invalid syntax");
    case "count":
      if (!/^[+-]?[0-9]+$/.test(value)) return parsing("ParseInt", "invalid syntax");
      return Number.isSafeInteger(Number(value)) ? undefined : parsing("ParseInt", "value out of range");
    case "duration":
      return milliseconds(value) === undefined ? durationFault(value) : undefined;
    default:
      return undefined;
  }
}

const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** A length of time as Go writes it, in milliseconds; undefined for what is none. */
export function milliseconds(value: string): number | undefined {
  if (/^[+-]?0$/.test(value)) return 0;
  const match = /^([+-]?)((?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|ms|s|m|h))+)$/.exec(value);
  if (!match) return undefined;
  let total = 0;
  for (const [, number, unit] of match[2]!.matchAll(/([0-9.]+)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(number) * units[unit!]!;
  }
  return match[1] === "-" ? -total : total;
}

function durationFault(value: string): string {
  if (/^[+-]?[0-9.]*[0-9][0-9.]*$/.test(value)) return `time: missing unit in duration ${goQuote(value)}`;
  return `time: invalid duration ${goQuote(value)}`;
}

/** Whether a flag stands on the command line. */
export function wasGiven({ given }: Words, name: string): boolean {
  return given.has(name);
}

/** The last value of a flag, or its default. */
export function flag({ given, defaults }: Words, name: string): string {
  return given.get(name)?.at(-1) ?? defaults.get(name) ?? "";
}

/** All values of a list. */
export function values({ given, defaults }: Words, name: string): readonly string[] {
  const value = defaults.get(name) ?? "";
  return given.get(name) ?? (value === "" ? [] : [value]);
}

/** Whether a switch is on. */
export function isOn(words: Words, name: string): boolean {
  return truth[flag(words, name)] === true;
}

/** The whole number of a flag. */
export function numberOf(words: Words, name: string): number {
  return Number(flag(words, name));
}

/** The length of time of a flag, in milliseconds. */
export function durationOf(words: Words, name: string): number {
  return milliseconds(flag(words, name)) ?? 0;
}

export type DryRun = "none" | "client" | "server";

/** What `--dry-run` asks for; `run.ts` has refused any other word. */
export function dryRunOf(words: Words): DryRun {
  const value = flag(words, "dry-run");
  return value === "client" || value === "server" ? value : "none";
}
