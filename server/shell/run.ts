/** Runs a line of the shell: a generator of what it does. Models the execution of a POSIX shell without jobs, functions and processes. */
import type { ShellWords } from "../messages/shell.ts";
import type { Call, ShellCommand } from "./command.ts";
import { type Running, readFile, type Steps, type World, writeFile } from "./effects.ts";
import { expandText, expandWords } from "./expand.ts";
import { parse } from "./parse.ts";
import { resolvePath } from "./paths.ts";
import type { ShellState } from "./state.ts";
import { captured, type Input, inputOf, noInput, piped, redirected, type Target } from "./streams.ts";
import type { Command, List, Pipeline, Redirect } from "./syntax.ts";

export interface Shell {
  readonly state: ShellState;
  readonly world: World;
  readonly commands: readonly ShellCommand[];
  readonly words: ShellWords;
}

/** How commands run at most within each other: aliases, `watch`, `$(…)`. */
const deepest = 40;

/** Runs a whole text; `incomplete` where it goes on in a line that is yet to come. */
export function runText(shell: Shell, text: string): Running | { readonly incomplete: true } {
  const parsed = parse(text, shell.state.aliases);
  if ("incomplete" in parsed) return parsed;
  if ("error" in parsed) return complain(shell, parsed.error);
  return tracked(shell, runList(shell, parsed.list, noInput, 0));
}

/** Runs the words of a command that somebody else has taken apart. */
export function runWords(shell: Shell, words: readonly string[], input: string | null): Running {
  return tracked(shell, call(shell, words, input === null ? noInput : inputOf(input), 0));
}

function* complain({ state }: Shell, error: string): Running {
  yield { err: `seatrial: ${error}\n` };
  state.last = 2;
  return 2;
}

/** The exit code of what was interrupted is known too. */
function* tracked({ state }: Shell, running: Running): Running {
  let code = 130;
  try {
    code = yield* running;
    return code;
  } finally {
    state.last = code;
  }
}

function* runList(shell: Shell, list: List, input: Input, depth: number): Running {
  if (depth > deepest) {
    yield { err: "seatrial: too many commands in each other\n" };
    return 2;
  }
  const { state } = shell;
  let code = 0;
  for (const { after, pipeline } of list) {
    if ((after === "success" && code !== 0) || (after === "failure" && code === 0)) continue;
    code = yield* runPipeline(shell, pipeline, input, depth);
    state.last = code;
  }
  return code;
}

function* runPipeline(shell: Shell, { negated, commands }: Pipeline, input: Input, depth: number): Running {
  const [first, ...rest] = commands;
  if (!first) return 0;
  const running = rest.reduce(
    (left, next) => piped(left, (read) => runCommand(shell, next, read, depth)),
    runCommand(shell, first, input, depth),
  );
  const code = yield* running;
  return negated ? Number(code === 0) : code;
}

function* runCommand(shell: Shell, command: Command, input: Input, depth: number): Running {
  const streams = yield* openStreams(shell, command.redirects, input, depth);
  if (streams === undefined) return 1;
  const { read, out, err } = streams;
  const running = runBare(shell, command, read, depth);
  if (out.is === "out" && err.is === "err") return yield* running;
  return yield* redirected(running, out, err);
}

function* runBare(shell: Shell, command: Command, input: Input, depth: number): Running {
  const { state } = shell;
  switch (command.is) {
    case "group": {
      const inner = command.apart ? { ...shell, state: copyOf(state) } : shell;
      return yield* runList(inner, command.list, input, depth + 1);
    }
    case "for": {
      let code = 0;
      for (const value of yield* expandWords(command.words, state, captureIn(shell, depth))) {
        yield { pass: 0 };
        state.variables.set(command.name, value);
        code = yield* runList(shell, command.body, input, depth + 1);
      }
      return code;
    }
    case "while": {
      let code = 0;
      for (;;) {
        // A turn for everything else, and for whoever interrupts: the loop may do nothing.
        yield { pass: 0 };
        const test = yield* runList(shell, command.test, input, depth + 1);
        if ((test === 0) === command.until) return code;
        code = yield* runList(shell, command.body, input, depth + 1);
      }
    }
    case "if":
      for (const { test, body } of command.branches) {
        if ((yield* runList(shell, test, input, depth + 1)) === 0) return yield* runList(shell, body, input, depth + 1);
      }
      return command.otherwise ? yield* runList(shell, command.otherwise, input, depth + 1) : 0;
    case "simple":
      return yield* runSimple(shell, command, input, depth);
  }
}

function* runSimple(
  shell: Shell,
  { assignments, words }: Extract<Command, { is: "simple" }>,
  input: Input,
  depth: number,
): Running {
  const { state } = shell;
  const capture = captureIn(shell, depth);
  const given: (readonly [string, string])[] = [];
  for (const { name, value } of assignments) given.push([name, yield* expandText(value, state, capture)]);
  const expanded = yield* expandWords(words, state, capture);
  if (expanded.length === 0) {
    for (const [name, value] of given) state.variables.set(name, value);
    return words.length === 0 && assignments.length > 0 ? lastOf(assignments, state) : 0;
  }
  if (given.length === 0) return yield* call(shell, expanded, input, depth);
  // Before a command they hold for it alone.
  const before = given.map(([name]) => [name, state.variables.get(name), state.exported.has(name)] as const);
  for (const [name, value] of given) {
    state.variables.set(name, value);
    state.exported.add(name);
  }
  try {
    return yield* call(shell, expanded, input, depth);
  } finally {
    for (const [name, value, exported] of before) {
      if (value === undefined) state.variables.delete(name);
      else state.variables.set(name, value);
      if (!exported) state.exported.delete(name);
    }
  }
}

/** `A=$(false)` ends as the command did. */
function lastOf(assignments: Extract<Command, { is: "simple" }>["assignments"], state: ShellState): number {
  return assignments.some(({ value }) => value.some((part) => part.is === "command")) ? state.last : 0;
}

function* call(shell: Shell, [name = "", ...args]: readonly string[], input: Input, depth: number): Running {
  if (depth > deepest) {
    yield { err: "seatrial: too many commands in each other\n" };
    return 2;
  }
  const command = shell.commands.find((one) => one.name === name);
  if (!command) {
    const { unknown } = shell.words;
    yield { err: `${unknown(name)}\n` };
    return 127;
  }
  const given: Call = {
    name,
    args,
    input,
    hasInput: input !== noInput,
    state: shell.state,
    world: shell.world,
    words: shell.words,
    commands: shell.commands,
    runWords: (words, read) => call(shell, words, read, depth + 1),
    runLine: (line) => runInner(shell, line, input, depth + 1),
  };
  return yield* command.run(given);
}

function* runInner(shell: Shell, line: string, input: Input, depth: number): Running {
  const parsed = parse(line, shell.state.aliases);
  if ("list" in parsed) return yield* runList(shell, parsed.list, input, depth);
  yield { err: `seatrial: ${"error" in parsed ? parsed.error : "unexpected end of line"}\n` };
  return 2;
}

function captureIn(shell: Shell, depth: number): (list: List) => Steps<string> {
  return function* (list) {
    const inner = { ...shell, state: copyOf(shell.state) };
    const { text, code } = yield* captured(runList(inner, list, noInput, depth + 1));
    shell.state.last = code;
    return text;
  };
}

function copyOf(state: ShellState): ShellState {
  const { variables, exported, aliases } = state;
  return { ...state, variables: new Map(variables), exported: new Set(exported), aliases: new Map(aliases) };
}

interface Streams {
  readonly read: Input;
  readonly out: Target;
  readonly err: Target;
}

/** Where a command reads and writes; undefined, with a word why, where that cannot be. */
function* openStreams(
  shell: Shell,
  redirects: readonly Redirect[],
  input: Input,
  depth: number,
): Steps<Streams | undefined> {
  const { state } = shell;
  let read = input;
  let out: Target = { is: "out" };
  let err: Target = { is: "err" };
  for (const redirect of redirects) {
    if (redirect.is === "same") {
      if (redirect.stream === 2) err = redirect.as === 1 ? out : err;
      else out = redirect.as === 2 ? err : out;
      continue;
    }
    const capture = captureIn(shell, depth);
    if (redirect.is === "here") {
      read = inputOf(yield* expandText(redirect.text, state, capture));
      continue;
    }
    const typed = yield* expandText(redirect.path, state, capture);
    const path = resolvePath(state.folder, typed);
    if (redirect.is === "from") {
      const text = path === "/dev/null" ? "" : yield* readFile(path);
      if (text === undefined) {
        yield { err: `seatrial: ${typed}: No such file or directory\n` };
        return undefined;
      }
      read = inputOf(text);
      continue;
    }
    const target: Target = path === "/dev/null" ? { is: "nowhere" } : { is: "file", path, text: "" };
    // The file is emptied before the command begins, as in every shell.
    const problem = target.is === "file" ? yield* writeFile(path, "", redirect.append) : undefined;
    if (problem !== undefined) {
      yield { err: `seatrial: ${typed}: ${problem}\n` };
      return undefined;
    }
    if (redirect.stream !== 2) out = target;
    if (redirect.stream !== 1) err = target;
  }
  return { read, out, err };
}
