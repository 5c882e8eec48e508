/** What is in the shell itself: text, variables, aliases, tests. */
import { type Call, failed, type ShellCommand } from "../command.ts";
import { listFolder, type Running, readFile } from "../effects.ts";
import { resolvePath } from "../paths.ts";

export const variableCommands: readonly ShellCommand[] = [
  { name: "echo", usage: "echo [-n] [TEXT…]", says: "echo", run: echo },
  { name: "printf", usage: "printf FORMAT [TEXT…]", says: "printf", run: printf },
  { name: "export", usage: "export NAME[=VALUE]…", says: "export", run: exportNames },
  { name: "unset", usage: "unset NAME…", says: "unset", run: unset },
  { name: "env", usage: "env", says: "env", run: env },
  { name: "alias", usage: "alias [NAME=TEXT]…", says: "alias", run: alias },
  { name: "unalias", usage: "unalias NAME…", says: "unalias", run: unalias },
  { name: "seq", usage: "seq [FIRST] LAST", says: "seq", run: seq },
  { name: "test", usage: "test CONDITION, [ CONDITION ]", says: "test", run: test },
  { name: "[", usage: "[ CONDITION ]", says: "test", run: test },
  { name: "true", usage: "true", says: "true", run: () => ended(0) },
  { name: "false", usage: "false", says: "false", run: () => ended(1) },
  { name: ":", usage: ":", says: "true", run: () => ended(0) },
];

// biome-ignore lint/correctness/useYield: it does nothing but end
function* ended(code: number): Running {
  return code;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", "\\": "\\", r: "" };
const unescaped = (text: string): string =>
  text.replace(/\\([ntr\\])/g, (_, letter: string) => escapes[letter] ?? letter);

function* echo({ args }: Call): Running {
  let rest = args;
  let isEscaped = false;
  let end = "\n";
  while (/^-[neE]+$/.test(rest[0] ?? "")) {
    if (rest[0]?.includes("n")) end = "";
    if (rest[0]?.includes("e")) isEscaped = true;
    rest = rest.slice(1);
  }
  const text = rest.join(" ");
  yield { out: `${isEscaped ? unescaped(text) : text}${end}` };
  return 0;
}

/** The format is used again for as long as there are arguments, as in every shell. */
function* printf(call: Call): Running {
  const [format, ...args] = call.args;
  if (format === undefined) return yield* failed(call, "usage: printf FORMAT [TEXT…]", 2);
  let at = 0;
  let out = "";
  do {
    const before = at;
    out += unescaped(format).replace(/%(?:%|(-?)(\d*)([sd]))/g, (whole, left, width, letter) => {
      if (whole === "%%") return "%";
      const value = args[at++] ?? "";
      const text = letter === "d" ? String(Math.trunc(Number(value)) || 0) : value;
      const cells = Math.min(Number(width) || 0, 1000);
      return left === "-" ? text.padEnd(cells) : text.padStart(cells);
    });
    if (at === before) break;
  } while (at < args.length);
  yield { out };
  return 0;
}

function* exportNames(call: Call): Running {
  const { args, state } = call;
  if (args.length === 0 || args[0] === "-p") {
    for (const name of [...state.exported].sort()) {
      yield { out: `export ${name}=${quoted(state.variables.get(name) ?? "")}\n` };
    }
    return 0;
  }
  let code = 0;
  for (const arg of args) {
    const [name = "", value] = arg.split(/=(.*)/s);
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      code = yield* failed(call, `\`${arg}': not a valid identifier`);
      continue;
    }
    if (value !== undefined) state.variables.set(name, value);
    state.exported.add(name);
  }
  return code;
}

function quoted(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

// biome-ignore lint/correctness/useYield: it only forgets
function* unset({ args, state }: Call): Running {
  for (const name of args) {
    state.variables.delete(name);
    state.exported.delete(name);
  }
  return 0;
}

function* env({ state }: Call): Running {
  for (const name of [...state.exported].sort()) yield { out: `${name}=${state.variables.get(name) ?? ""}\n` };
  return 0;
}

function* alias(call: Call): Running {
  const { args, state } = call;
  if (args.length === 0) {
    for (const [name, text] of [...state.aliases].sort()) yield { out: `alias ${name}=${quoted(text)}\n` };
    return 0;
  }
  let code = 0;
  for (const arg of args) {
    const [name = "", text] = arg.split(/=(.*)/s);
    const known = state.aliases.get(name);
    if (text !== undefined && /^[\w.-]+$/.test(name)) state.aliases.set(name, text);
    else if (known === undefined) code = yield* failed(call, `${arg}: not found`);
    else yield { out: `alias ${name}=${quoted(known)}\n` };
  }
  return code;
}

function* unalias(call: Call): Running {
  let code = 0;
  for (const name of call.args) {
    if (!call.state.aliases.delete(name)) code = yield* failed(call, `${name}: not found`);
  }
  return code;
}

function* seq(call: Call): Running {
  const numbers = call.args.map(Number);
  const [first = 1, last = Number.NaN] = numbers.length === 1 ? [1, numbers[0] ?? 0] : numbers;
  if (!Number.isInteger(first) || !Number.isInteger(last)) return yield* failed(call, "whole numbers are expected");
  for (let at = first; at <= last && at < first + 10_000; at++) yield { out: `${at}\n` };
  return 0;
}

function* test(call: Call): Running {
  const { name, state } = call;
  let args = call.args;
  if (name === "[") {
    if (args.at(-1) !== "]") return yield* failed(call, "missing `]'", 2);
    args = args.slice(0, -1);
  }
  const isNegated = args[0] === "!";
  if (isNegated) args = args.slice(1);
  const [first = "", operator, second = ""] = args;
  let holds: boolean;
  if (args.length <= 1) holds = first !== "";
  else if (args.length === 2) {
    const path = resolvePath(state.folder, operator ?? "");
    if (first === "-z") holds = operator === "";
    else if (first === "-n") holds = operator !== "";
    else if (first === "-d") holds = (yield* listFolder(path)) !== undefined;
    else if (first === "-f" || first === "-e") holds = (yield* readFile(path)) !== undefined;
    else return yield* failed(call, `${first}: unary operator expected`, 2);
  } else {
    const compare = comparisons[operator ?? ""];
    if (!compare) return yield* failed(call, `${operator}: binary operator expected`, 2);
    holds = compare(first, second);
  }
  return holds === isNegated ? 1 : 0;
}

const comparisons: Readonly<Record<string, (one: string, other: string) => boolean>> = {
  "=": (one, other) => one === other,
  "==": (one, other) => one === other,
  "!=": (one, other) => one !== other,
  "-eq": (one, other) => Number(one) === Number(other),
  "-ne": (one, other) => Number(one) !== Number(other),
  "-lt": (one, other) => Number(one) < Number(other),
  "-le": (one, other) => Number(one) <= Number(other),
  "-gt": (one, other) => Number(one) > Number(other),
  "-ge": (one, other) => Number(one) >= Number(other),
};
