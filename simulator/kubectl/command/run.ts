/** A kubectl command line: finds the command, reads its flags and runs it. Models cobra. */
import { asObject, listAt, stringAt } from "../../api/json.ts";
import { printerOf } from "../print/printer.ts";
import type { Command, Context, Environment, Running } from "./command.ts";
import { fail } from "./failure.ts";
import { globalFlags } from "./flag.ts";
import { helpText } from "./help.ts";
import { suggestions } from "./suggest.ts";
import { kubectl } from "./table.ts";
import { flag, isOn, parseWords, type Words, wasGiven } from "./words.ts";

interface Found {
  /** `kubectl create job`. */
  readonly path: string;
  readonly command: Command;
  /** The line without the words that named the command. */
  readonly rest: readonly string[];
}

/** What the words after `kubectl` do. */
export function* runKubectl(environment: Environment, line: readonly string[]): Running {
  if (line[0] === "help") return yield* help(line.slice(1));
  const { path, command, rest } = findCommand(line);
  const isRoot = command === kubectl;
  const flags = [
    ...(command.flags ?? []),
    ...globalFlags.filter(({ name }) => !command.flags?.some((one) => one.name === name)),
  ];
  const parsed = command.anyFlags ? { words: unread(path, rest) } : parseWords(path, rest, flags);
  if ("error" in parsed) return yield* fail(`${parsed.error}\nSee '${path} --help' for usage.`);
  if ("help" in parsed) {
    yield { out: helpText(path, command) };
    return 0;
  }
  const words = command.takesRest ? parsed.words : withRest(parsed.words);
  const [unknown] = words.args;
  if (isRoot && unknown !== undefined) return yield* fail(unknownCommand(unknown));
  if (!command.run) {
    if (unknown !== undefined && !isRoot)
      return yield* fail(`unknown command ${JSON.stringify(unknown)}\nSee '${path} -h' for help and examples`);
    yield { out: helpText(path, command) };
    return isRoot ? 0 : 1;
  }
  return yield* runFound(environment, command, words);
}

/** `kubectl help COMMAND`: the same as `kubectl COMMAND --help`. */
function* help(topic: readonly string[]): Running {
  const { path, command } = findCommand(topic);
  if (command === kubectl && topic.length > 0) {
    yield { err: `Unknown help topic [${topic.map((one) => `\`${one}\``).join(" ")}]\n\n${helpText(path, command)}` };
    return 0;
  }
  yield { out: helpText(path, command) };
  return 0;
}

function* runFound(environment: Environment, command: Command, words: Words): Running {
  for (const group of command.exclusive ?? []) {
    const given = group.filter((name) => wasGiven(words, name));
    if (given.length > 1) {
      const all = group.join(" ");
      return yield* fail(
        `if any flags in the group [${all}] are set none of the others can be; [${given.sort().join(" ")}] were all set`,
      );
    }
  }
  const validate = flag(words, "validate");
  if (!/^(?:|strict|true|warn|ignore|false)$/i.test(validate)) {
    return yield* fail(
      `invalid - validate option "${validate}"; must be one of: strict (or true), warn, ignore (or false)`,
    );
  }
  const missing = (command.flags ?? []).filter((one) => one.required && !wasGiven(words, one.name));
  if (missing.length > 0) {
    return yield* fail(`required flag(s) ${missing.map((one) => `"${one.name}"`).join(", ")} not set`);
  }
  const { words: read, notes, error } = readDryRun(words);
  for (const note of notes) yield { err: note };
  if (error !== undefined) return yield* fail(error);
  if (command.flags?.some(({ name }) => name === "allow-missing-template-keys") && !command.printsItself) {
    const printer = printerOf(read, environment.files);
    if (printer !== undefined && "error" in printer) return yield* fail(printer.error);
  }
  const context = contextOf(environment, read);
  if (typeof context === "string") return yield* fail(context);
  return yield* command.run!(context, read);
}

function findCommand(line: readonly string[]): Found {
  let found: Found = { path: "kubectl", command: kubectl, rest: line };
  for (;;) {
    const { path, command, rest } = found;
    const at = firstArgument(rest, command);
    const next = at === undefined ? undefined : below(command, rest[at]!);
    if (at === undefined || !next) return found;
    found = { path: `${path} ${next.name}`, command: next, rest: rest.toSpliced(at, 1) };
  }
}

function below({ commands = [] }: Command, name: string): Command | undefined {
  return commands.find((one) => one.name === name || one.aliases?.includes(name));
}

/** Where the first word stands that is neither a flag nor the value of one. Models stripFlags of cobra. */
function firstArgument(line: readonly string[], { flags = [] }: Command): number | undefined {
  const known = [...flags, ...globalFlags];
  for (let at = 0; at < line.length; at++) {
    const word = line[at]!;
    if (word === "--") return undefined;
    if (!word.startsWith("-") || word === "-") {
      if (word !== "") return at;
      continue;
    }
    if (word.includes("=")) continue;
    const isLong = word.startsWith("--");
    const row = known.find((one) => (isLong ? one.name === word.slice(2) : one.short === word.slice(1)));
    if ((isLong || word.length === 2) && row?.bare === undefined) at++;
  }
  return undefined;
}

function unread(path: string, args: readonly string[]): Words {
  return { path, args, rest: [], hasRest: false, given: new Map(), defaults: new Map([["request-timeout", "0"]]) };
}

function withRest(words: Words): Words {
  return { ...words, args: [...words.args, ...words.rest], rest: [] };
}

function unknownCommand(name: string): string {
  const near = suggestions(name, kubectl.commands ?? []);
  const also = near.length === 0 ? "" : `\n\nDid you mean this?\n${near.map((one) => `\t${one}\n`).join("")}`;
  return `unknown command ${JSON.stringify(name)} for "kubectl"${also}`;
}

interface DryRunRead {
  readonly words: Words;
  readonly notes: readonly string[];
  readonly error?: string;
}

/** `--dry-run` may still be a switch. */
function readDryRun(words: Words): DryRunRead {
  const value = flag(words, "dry-run");
  const as = (mode: string): Words => ({ ...words, given: new Map([...words.given, ["dry-run", [mode]]]) });
  switch (value) {
    case "":
    case "none":
    case "client":
    case "server":
      return { words, notes: [] };
    case "unchanged":
      return { words: as("client"), notes: ["W --dry-run is deprecated and can be replaced with --dry-run=client.\n"] };
    default: {
      const truth = /^(?:1|t|T|true|TRUE|True)$/.test(value)
        ? true
        : /^(?:0|f|F|false|FALSE|False)$/.test(value)
          ? false
          : undefined;
      if (truth === undefined) {
        return { words, notes: [], error: `Invalid dry-run value (${value}). Must be "none", "server", or "client".` };
      }
      const mode = truth ? "client" : "none";
      const note = `W --dry-run=${value} is deprecated (boolean value) and can be replaced with --dry-run=${mode}.\n`;
      return { words: as(mode), notes: [note] };
    }
  }
}

/** Where the command works, by its flags and the kubeconfig; or why that cannot be said. */
function contextOf(environment: Environment, words: Words): Context | string {
  const { config } = environment;
  const timeout = flag(words, "request-timeout");
  if (!/^(?:[0-9]+|(?:[0-9]+(?:\.[0-9]+)?(?:ns|us|µs|ms|s|m|h))+)$/.test(timeout)) {
    return "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)";
  }
  const name = flag(words, "context") || stringAt(config, "current-context");
  const found = listAt(config, "contexts")
    .map(asObject)
    .find((one) => one["name"] === name);
  if (!found && flag(words, "context") !== "") return `context "${name}" does not exist`;
  const given = flag(words, "namespace");
  const isNamespaceGiven = wasGiven(words, "namespace") && given !== "";
  const own = stringAt(asObject(found?.["context"]), "namespace") || "default";
  return {
    ...environment,
    namespace: isNamespaceGiven ? given : own,
    isNamespaceGiven,
    parts: isOn(words, "show-managed-fields") ? "all" : "unmanaged",
    warned: new Set(),
  };
}

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface Runner {
  /** Lets time pass until something changes, at most so many milliseconds; false when there is no more time. */
  pass(most: number): boolean;
  /** What becomes of a text in an editor; undefined when there is none. */
  edit?(name: string, text: string): string | undefined;
  config?(config: Environment["config"]): void;
}

/** Runs a command to its end and collects what it prints; where time runs out it ends as by an interrupt. */
export function runToEnd(running: Running, runner: Runner): Printed {
  let stdout = "";
  let stderr = "";
  let answer: string | undefined;
  for (;;) {
    const { done, value } = running.next(answer);
    if (done) return { stdout, stderr, exitCode: value };
    answer = undefined;
    if ("out" in value) stdout += value.out;
    else if ("err" in value) stderr += value.err;
    else if ("edit" in value) answer = runner.edit?.(value.edit.name, value.edit.text);
    else if ("config" in value) runner.config?.(value.config);
    else if (!runner.pass(value.pass)) {
      running.return(interrupted);
      return { stdout, stderr, exitCode: interrupted };
    }
  }
}

/** As a shell tells that a command was ended by Ctrl+C. */
export const interrupted = 130;
