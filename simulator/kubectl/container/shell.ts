/** Runs a script in a simulated container. */
import type { Effect } from "../command/command.ts";
import { countOf } from "./filters.ts";
import type { Inside, Run } from "./inside.ts";
import { runProgram } from "./programs.ts";
import { parseScript, type Script, ScriptError, substitution, type Word } from "./script.ts";

/** A loop lets at least so much time pass at each turn, so that one that does nothing ends with the time. */
const turn = 10;

interface Shell {
  readonly inside: Inside;
  readonly variables: Map<string, string>;
  code: number;
  /** The script has said `exit`. */
  isOver: boolean;
}

/** What a command line comes to in a container: its words are a program and what it is given. */
export function* runCommand(inside: Inside, words: readonly string[], input = ""): Run {
  const [program = "", ...args] = words;
  const name = program.slice(program.lastIndexOf("/") + 1);
  if (["sh", "bash", "ash"].includes(name)) return yield* runShell(inside, args);
  return yield* runProgram(inside, name, args, input);
}

function* runShell(inside: Inside, args: readonly string[]): Run {
  const at = args.findIndex((one) => /^-[a-z]*c$/.test(one));
  const text = at < 0 ? undefined : args[at + 1];
  if (text === undefined) {
    yield { err: "sh: there is nobody to type here; say what to do: sh -c 'COMMAND'\n" };
    return 2;
  }
  const shell: Shell = { inside, variables: new Map(inside.variables), code: 0, isOver: false };
  try {
    yield* run(shell, parseScript(text));
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    yield { err: `sh: ${error.message}\n` };
    return 2;
  }
  return shell.code;
}

function* run(shell: Shell, script: Script, input = ""): Generator<Effect, void, string | undefined> {
  switch (script.is) {
    case "command":
      return yield* command(shell, script, input);
    case "pipe": {
      let text = input;
      for (const [index, part] of script.parts.entries()) {
        if (index === script.parts.length - 1) yield* run(shell, part, text);
        else text = yield* captured(run(shell, part, text), linesWanted(script.parts[index + 1]));
      }
      return;
    }
    case "list":
      for (const { script: part, when } of script.parts) {
        if (shell.isOver) return;
        if (when === ";" || (when === "&&") === (shell.code === 0)) yield* run(shell, part, input);
      }
      return;
    case "for": {
      const values = (yield* expanded(shell, script.words)).flat();
      for (const value of values) {
        if (shell.isOver) return;
        shell.variables.set(script.name, value);
        yield* run(shell, script.body);
      }
      return;
    }
    case "while":
      for (;;) {
        yield* run(shell, script.test);
        if ((shell.code === 0) === script.until || shell.isOver) break;
        yield* run(shell, script.body);
        if (shell.isOver) return;
        yield { pass: turn };
      }
      shell.code = 0;
      return;
    case "if":
      yield* run(shell, script.test);
      if (shell.code === 0) return yield* run(shell, script.then);
      shell.code = 0;
      if (script.other) yield* run(shell, script.other);
  }
}

/** How many lines the next part of a pipe takes before it ends. */
function linesWanted(next: Script | undefined): number {
  if (next?.is !== "command") return Number.POSITIVE_INFINITY;
  const [program = "", ...args] = next.words.map((word) => word.map(({ text }) => text).join(""));
  return program === "head" ? countOf(args) : Number.POSITIVE_INFINITY;
}

/** More is not kept of what goes through a pipe. */
const widest = 1_000_000;

/** What is printed on the way, as a text; all else goes on. It is ended when there are enough lines. */
function* captured(
  steps: Generator<Effect, void, string | undefined>,
  lines = Number.POSITIVE_INFINITY,
): Generator<Effect, string, string | undefined> {
  let text = "";
  let count = 0;
  for (let step = steps.next(); !step.done; step = steps.next()) {
    if (!("out" in step.value)) {
      yield step.value;
      continue;
    }
    text += step.value.out;
    count += step.value.out.split("\n").length - 1;
    if (text.length > widest) throw new ScriptError("more output than the simulated containers keep");
    if (count >= lines) {
      steps.return();
      break;
    }
  }
  return text;
}

const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=/;

function* command(
  shell: Shell,
  { words, silent, file }: Extract<Script, { readonly is: "command" }>,
  input: string,
): Generator<Effect, void, string | undefined> {
  const all = yield* expanded(shell, words);
  const first = all.findIndex((one, index) => {
    const [piece] = words[index] ?? [];
    return !(piece?.quote === "" && assignment.test(piece.text) && one.length === 1);
  });
  for (const [value = ""] of first < 0 ? all : all.slice(0, first)) {
    const name = assignment.exec(value)?.[1] ?? "";
    shell.variables.set(name, value.slice(name.length + 1));
  }
  const [program, ...args] = first < 0 ? [] : all.slice(first).flat();
  if (program === undefined) {
    shell.code = 0;
    return;
  }
  if (program === "exit") {
    shell.isOver = true;
    shell.code = args[0] === undefined ? shell.code : Number(args[0]) & 255;
    return;
  }
  if (program === "export" || program === "set" || program === "trap" || program === "cd") {
    for (const one of args) {
      const name = program === "export" ? assignment.exec(one)?.[1] : undefined;
      if (name !== undefined) shell.variables.set(name, one.slice(name.length + 1));
    }
    shell.code = 0;
    return;
  }
  const inside = { ...shell.inside, variables: shell.variables };
  const steps = runCommand(inside, [program, ...args], input);
  let text = "";
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    const effect = step.value;
    if ("out" in effect && file) text += effect.out;
    else if (!("out" in effect && silent.includes("out")) && !("err" in effect && silent.includes("err"))) yield effect;
  }
  shell.code = step.value;
  if (!file) return;
  const [name = ""] = (yield* expanded(shell, [file])).flat();
  if (name === "/dev/stdout" || name === "/proc/1/fd/1") yield { out: text };
  else if (name === "/dev/stderr") yield { err: text };
  else {
    yield { err: `sh: can't create ${name}: the simulated containers keep no files\n` };
    shell.code = 1;
  }
}

/** Each word as what it becomes: one text, several, or none. */
function* expanded(
  shell: Shell,
  words: readonly Word[],
): Generator<Effect, readonly (readonly string[])[], string | undefined> {
  const out: (readonly string[])[] = [];
  for (const word of words) out.push(yield* fields(shell, word));
  return out;
}

function* fields(shell: Shell, word: Word): Generator<Effect, readonly string[], string | undefined> {
  let parts = [""];
  let isQuoted = false;
  for (const { text, quote } of word) {
    const value = quote === "'" ? text : yield* filled(shell, text, quote === '"');
    isQuoted ||= quote !== "";
    if (quote !== "") {
      parts[parts.length - 1] += value;
      continue;
    }
    const pieces = value.split(/[ \t\n]+/);
    parts[parts.length - 1] += pieces[0] ?? "";
    parts = [...parts, ...pieces.slice(1)];
  }
  const some = parts.filter((one) => one !== "");
  return some.length === 0 && isQuoted ? [""] : some;
}

/** The text with variables and the output of commands filled in. */
function* filled(shell: Shell, text: string, isQuoted: boolean): Generator<Effect, string, string | undefined> {
  let out = "";
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const length = substitution(rest);
    const variable = /^\$(?:\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^}]*))?\}|([A-Za-z_][A-Za-z0-9_]*|[?$#]))/.exec(rest);
    if (length > 0) {
      out += (yield* captured(run(shell, parseScript(rest.slice(2, length - 1))))).replace(/\n+$/, "");
      at += length;
    } else if (variable) {
      const [whole, braced, otherwise = "", bare] = variable;
      const name = braced ?? bare ?? "";
      const value = name === "?" ? String(shell.code) : name === "$" ? "1" : shell.variables.get(name);
      out += value === undefined || (value === "" && whole.includes(":-")) ? otherwise : value;
      at += whole.length;
    } else if (isQuoted && /^\\[$"\\`]/.test(rest)) {
      out += rest[1] ?? "";
      at += 2;
    } else {
      out += text[at] ?? "";
      at++;
    }
  }
  return out;
}
