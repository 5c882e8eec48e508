/** Small tools on lines of text: `head`, `tail`, `wc`, `sort`, `uniq`, `cut`, `tr`. */
import { type Call, failed, type ShellCommand } from "../command.ts";
import type { Running, Steps } from "../effects.ts";
import { eachLine, readAll } from "../streams.ts";
import { inputs, type OptionTable, readOptions } from "./options.ts";

export const textCommands: readonly ShellCommand[] = [
  { name: "head", usage: "head [-n N] [FILE…]", says: "head", run: head },
  { name: "tail", usage: "tail [-n N | -n +N] [FILE…]", says: "tail", run: tail },
  { name: "wc", usage: "wc [-lwc] [FILE…]", says: "wc", run: wc },
  { name: "sort", usage: "sort [-nru] [-k N] [-t C] [FILE…]", says: "sort", run: sort },
  { name: "uniq", usage: "uniq [-cdu] [FILE]", says: "uniq", run: uniq },
  { name: "cut", usage: "cut -d C -f LIST | -c LIST [FILE…]", says: "cut", run: cut },
  { name: "tr", usage: "tr [-ds] SET [SET]", says: "tr", run: tr },
];

/** The lines of all files in order. */
export function* linesOf(
  call: Call,
  names: readonly string[],
): Steps<{ readonly lines: readonly string[]; readonly code: number }> {
  const lines: string[] = [];
  let code = 0;
  for (const one of yield* inputs(call, names)) {
    if ("missing" in one) code = yield* failed(call, one.missing);
    else {
      const text = yield* readAll(one.input);
      if (text !== "") lines.push(...text.replace(/\n$/, "").split("\n"));
    }
  }
  return { lines, code };
}

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

const counted: OptionTable = { takes: "nc", number: "n", long: { lines: "n" }, switches: "qvf" };

function* head(call: Call): Running {
  const options = readOptions(call.args, counted);
  if ("problem" in options) return yield* failed(call, options.problem);
  const given = options.values.get("n") ?? "10";
  const count = Number(given);
  if (!Number.isInteger(count)) return yield* failed(call, `invalid number of lines: '${given}'`);
  if (count < 0) {
    const { lines, code } = yield* linesOf(call, options.args);
    yield { out: joined(lines.slice(0, count)) };
    return code;
  }
  let code = 0;
  const files = yield* inputs(call, options.args);
  for (const one of files) {
    if ("missing" in one) {
      code = yield* failed(call, one.missing);
      continue;
    }
    if (files.length > 1) yield { out: `==> ${one.name} <==\n` };
    let left = count;
    if (left === 0) continue;
    yield* eachLine(one.input, function* (line) {
      yield { out: `${line}\n` };
      return --left > 0;
    });
  }
  return code;
}

function* tail(call: Call): Running {
  const options = readOptions(call.args, counted);
  if ("problem" in options) return yield* failed(call, options.problem);
  const given = options.values.get("n") ?? "10";
  const count = Number(given);
  if (!Number.isInteger(count)) return yield* failed(call, `invalid number of lines: '${given}'`);
  const { lines, code } = yield* linesOf(call, options.args);
  const from = given.startsWith("+") ? count - 1 : lines.length - Math.abs(count);
  yield { out: joined(lines.slice(Math.max(0, from))) };
  return code;
}

function* wc(call: Call): Running {
  const options = readOptions(call.args, { switches: "lwcm", long: { lines: "l", words: "w", bytes: "c" } });
  if ("problem" in options) return yield* failed(call, options.problem);
  const { on } = options;
  const wanted = on.size === 0 ? ["l", "w", "c"] : ["l", "w", "m", "c"].filter((one) => on.has(one));
  const files = yield* inputs(call, options.args);
  const rows: { readonly name: string; readonly counts: readonly number[] }[] = [];
  let code = 0;
  for (const one of files) {
    if ("missing" in one) {
      code = yield* failed(call, one.missing);
      continue;
    }
    const text = yield* readAll(one.input);
    const counts: Readonly<Record<string, number>> = {
      l: text.split("\n").length - 1,
      w: text.split(/\s+/).filter((word) => word !== "").length,
      m: [...text].length,
      c: new TextEncoder().encode(text).length,
    };
    rows.push({ name: one.name, counts: wanted.map((name) => counts[name] ?? 0) });
  }
  if (rows.length > 1) {
    rows.push({
      name: "total",
      counts: wanted.map((_, at) => rows.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0)),
    });
  }
  const isBare = wanted.length === 1 && files.length === 1;
  const width = isBare
    ? 0
    : Math.max(
        options.args.length === 0 ? 7 : 0,
        ...rows.flatMap(({ counts }) => counts.map((one) => String(one).length)),
      );
  for (const { name, counts } of rows) {
    yield { out: `${counts.map((one) => String(one).padStart(width)).join(" ")}${name === "" ? "" : ` ${name}`}\n` };
  }
  return code;
}

function* sort(call: Call): Running {
  const options = readOptions(call.args, {
    switches: "nruhVfb",
    takes: "kt",
    long: {
      "numeric-sort": "n",
      reverse: "r",
      unique: "u",
      key: "k",
      "field-separator": "t",
      "human-numeric-sort": "h",
    },
  });
  if ("problem" in options) return yield* failed(call, options.problem, 2);
  const { on, values } = options;
  const key = /^(\d+)(?:\.\d+)?([nrhV]*)(?:,(\d+)(?:\.\d+)?([nrhV]*))?$/.exec(values.get("k") ?? "1");
  if (!key)
    return yield* failed(call, `invalid number at field start: invalid count at start of '${values.get("k")}'`, 2);
  const flags = new Set([...on, ...(key[2] ?? ""), ...(key[4] ?? "")]);
  const [from, to] = [Number(key[1]) - 1, key[3] === undefined ? undefined : Number(key[3])];
  const separator = values.get("t");
  const { lines, code } = yield* linesOf(call, options.args);
  const keyOf = (line: string): string => {
    if (!values.has("k")) return line;
    const fields = separator === undefined ? line.trimStart().split(/\s+/) : line.split(separator);
    return fields.slice(from, to).join(separator ?? " ");
  };
  const isNumeric = flags.has("n") || flags.has("h");
  const compare = (one: string, other: string): number => {
    if (isNumeric) return numberIn(one) - numberIn(other);
    if (flags.has("V")) return one.localeCompare(other, "en", { numeric: true });
    const [a, b] = flags.has("f") ? [one.toUpperCase(), other.toUpperCase()] : [one, other];
    return a < b ? -1 : a > b ? 1 : 0;
  };
  const sorted = lines
    .map((line) => ({ line, key: keyOf(line) }))
    .sort(
      (a, b) =>
        (compare(a.key, b.key) || (on.has("u") ? 0 : a.line < b.line ? -1 : Number(a.line > b.line))) *
        (flags.has("r") ? -1 : 1),
    );
  const kept = on.has("u")
    ? sorted.filter(({ key: one }, at) => at === 0 || compare(one, sorted[at - 1]?.key ?? "") !== 0)
    : sorted;
  yield { out: joined(kept.map(({ line }) => line)) };
  return code;
}

const units: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** The number that a text begins with, with what stands for thousands behind it. */
function numberIn(text: string): number {
  const found = /^\s*(-?\d*\.?\d+)([KMGT]?)/i.exec(text);
  return found ? Number(found[1]) * (units[(found[2] ?? "").toUpperCase()] ?? 1) : 0;
}

function* uniq(call: Call): Running {
  const options = readOptions(call.args, { switches: "cdui", long: { count: "c", repeated: "d", unique: "u" } });
  if ("problem" in options) return yield* failed(call, options.problem);
  const { on } = options;
  const { lines, code } = yield* linesOf(call, options.args);
  const runs: { readonly line: string; count: number }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    const isSame = last && (on.has("i") ? last.line.toLowerCase() === line.toLowerCase() : last.line === line);
    if (last && isSame) last.count++;
    else runs.push({ line, count: 1 });
  }
  const shown = runs.filter(({ count }) => (on.has("d") ? count > 1 : !on.has("u") || count === 1));
  yield { out: joined(shown.map(({ line, count }) => (on.has("c") ? `${String(count).padStart(7)} ${line}` : line))) };
  return code;
}

function* cut(call: Call): Running {
  const options = readOptions(call.args, {
    switches: "s",
    takes: "dfcb",
    long: { delimiter: "d", fields: "f", characters: "c" },
  });
  if ("problem" in options) return yield* failed(call, options.problem);
  const { on, values } = options;
  const list = values.get("f") ?? values.get("c") ?? values.get("b");
  const ranges = list === undefined ? undefined : rangesOf(list);
  if (list === undefined) return yield* failed(call, "you must specify a list of bytes, characters, or fields");
  if (ranges === undefined) return yield* failed(call, `invalid field range '${list}'`);
  const isWanted = (at: number) => ranges.some(([from, to]) => at >= from && at <= to);
  const delimiter = values.get("d") ?? "\t";
  const { lines, code } = yield* linesOf(call, options.args);
  const shown = lines.flatMap((line) => {
    if (!values.has("f")) return [[...line].filter((_, at) => isWanted(at + 1)).join("")];
    const fields = line.split(delimiter);
    if (fields.length === 1) return on.has("s") ? [] : [line];
    return [fields.filter((_, at) => isWanted(at + 1)).join(delimiter)];
  });
  yield { out: joined(shown) };
  return code;
}

/** `1,3-5,7-` */
function rangesOf(list: string): readonly (readonly [number, number])[] | undefined {
  const ranges: (readonly [number, number])[] = [];
  for (const part of list.split(",")) {
    const found = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!found || part === "" || part === "-") return undefined;
    const from = found[1] === "" ? 1 : Number(found[1]);
    const to = found[2] === "" ? from : found[3] === "" ? Number.POSITIVE_INFINITY : Number(found[3]);
    if (from === 0) return undefined;
    ranges.push([from, to]);
  }
  return ranges;
}

function* tr(call: Call): Running {
  const options = readOptions(call.args, { switches: "ds" });
  if ("problem" in options) return yield* failed(call, options.problem);
  const { on, args } = options;
  const [from, to] = [setOf(args[0] ?? ""), setOf(args[1] ?? "")];
  if (args.length === 0 || (args.length === 1 && !on.has("d") && !on.has("s")))
    return yield* failed(call, "missing operand");
  const text = yield* readAll(call.input);
  let out = "";
  let last = "";
  for (const character of text) {
    const at = from.indexOf(character);
    if (on.has("d") && at >= 0) continue;
    const put = at < 0 || to.length === 0 || on.has("d") ? character : (to[Math.min(at, to.length - 1)] ?? character);
    if (on.has("s") && put === last && (at >= 0 || to.includes(put))) continue;
    out += put;
    last = put;
  }
  yield { out };
  return 0;
}

/** `a-z`, `\n`, `[:upper:]` as the characters that they stand for. */
function setOf(text: string): readonly string[] {
  const plain = text
    .replaceAll("[:upper:]", "A-Z")
    .replaceAll("[:lower:]", "a-z")
    .replaceAll("[:digit:]", "0-9")
    .replaceAll("[:space:]", " \\t\\n")
    .replaceAll("\\n", "\n")
    .replaceAll("\\t", "\t");
  return [...plain.matchAll(/([\s\S])-([\s\S])|[\s\S]/gu)].flatMap(([whole, first, last]) => {
    if (first === undefined || last === undefined) return [whole];
    const [a, b] = [first.codePointAt(0) ?? 0, last.codePointAt(0) ?? 0];
    return Array.from({ length: Math.max(0, Math.min(b - a + 1, 256)) }, (_, at) => String.fromCodePoint(a + at));
  });
}
