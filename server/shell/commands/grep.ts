/** `grep`: the lines that a pattern is found in. */
import { type Call, failed, type ShellCommand } from "../command.ts";
import type { Running, Steps } from "../effects.ts";
import { eachLine } from "../streams.ts";
import { inputs, type Options, readOptions } from "./options.ts";
import { findAll, type Pattern, patternOf } from "./pattern.ts";

export const grep: ShellCommand = {
  name: "grep",
  usage: "grep [-ivcEnowqF] [-A N] [-B N] PATTERN [FILE…]",
  says: "grep",
  run,
};

const table = {
  switches: "ivcEnowxqFhHlGs",
  takes: "ABCem",
  long: {
    "ignore-case": "i",
    "invert-match": "v",
    count: "c",
    "extended-regexp": "E",
    "fixed-strings": "F",
    "line-number": "n",
    "only-matching": "o",
    "word-regexp": "w",
    "line-regexp": "x",
    quiet: "q",
    "after-context": "A",
    "before-context": "B",
    context: "C",
    "max-count": "m",
    regexp: "e",
    "no-filename": "h",
    color: "s",
  },
};

function* run(call: Call): Running {
  const options = readOptions(call.args, table);
  if ("problem" in options) return yield* failed(call, options.problem, 2);
  const given = options.values.get("e");
  const [first, ...names] = given === undefined ? options.args : [given, ...options.args];
  if (first === undefined) return yield* failed(call, `usage: ${grep.usage}`, 2);
  const pattern = patternOf(first, {
    kind: options.on.has("F") ? "fixed" : options.on.has("E") ? "extended" : "basic",
    ignoreCase: options.on.has("i"),
    whole: options.on.has("w") ? "word" : options.on.has("x") ? "line" : "none",
  });
  if (pattern === undefined) return yield* failed(call, "Invalid regular expression", 2);
  let code = 1;
  const isNamed = (names.length > 1 || options.on.has("H")) && !options.on.has("h");
  for (const one of yield* inputs(call, names)) {
    if ("missing" in one) {
      yield* failed(call, one.missing);
      code = 2;
      continue;
    }
    const found = yield* search(one, pattern, options, isNamed);
    if (found && code === 1) code = 0;
    if (found && options.on.has("q")) return 0;
  }
  return code;
}

interface Found {
  readonly name: string;
  readonly input: Parameters<typeof eachLine>[0];
}

/** Prints what is found in one file; whether anything is. */
function* search({ name, input }: Found, pattern: Pattern, { on, values }: Options, isNamed: boolean): Steps<boolean> {
  const around = Number(values.get("C") ?? 0) || 0;
  const after = Number(values.get("A") ?? around) || 0;
  const before = Number(values.get("B") ?? around) || 0;
  const most = values.has("m") ? Number(values.get("m")) : Number.POSITIVE_INFINITY;
  const quiet = on.has("q") || on.has("c") || on.has("l");
  const waiting: string[] = [];
  let number = 0;
  let count = 0;
  let owed = 0;
  let lastShown = 0;
  const shown = (line: string, at: number, sign: string) =>
    `${isNamed ? `${name}${sign}` : ""}${on.has("n") ? `${at}${sign}` : ""}${line}\n`;

  yield* eachLine(input, function* (line) {
    number++;
    const isFound = pattern.test(line) !== on.has("v");
    if (isFound) {
      count++;
      if (on.has("q") || on.has("l")) return false;
      if (!quiet && on.has("o") && !on.has("v")) {
        for (const { index, end } of findAll(pattern, line)) {
          if (end > index) yield { out: shown(line.slice(index, end), number, ":") };
        }
      } else if (!quiet) {
        const gap = lastShown > 0 && number - waiting.length > lastShown + 1 && after + before > 0;
        if (gap) yield { out: "--\n" };
        for (const [index, text] of waiting.entries()) yield { out: shown(text, number - waiting.length + index, "-") };
        yield { out: shown(line, number, ":") };
        lastShown = number;
      }
      waiting.length = 0;
      owed = after;
      return count < most;
    }
    if (quiet || on.has("o")) return true;
    if (owed > 0) {
      owed--;
      yield { out: shown(line, number, "-") };
      lastShown = number;
    } else if (before > 0) {
      waiting.push(line);
      if (waiting.length > before) waiting.shift();
    }
    return true;
  });
  if (on.has("c")) yield { out: `${isNamed ? `${name}:` : ""}${count}\n` };
  if (on.has("l") && count > 0) yield { out: `${name || "(standard input)"}\n` };
  return count > 0;
}
