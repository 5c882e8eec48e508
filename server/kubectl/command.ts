/** `seatrial kubectl`: one command, a script on standard input, or a prompt, on a trial that a file keeps. */
import { shellEn } from "../messages/shell.en.ts";
import { shellKo } from "../messages/shell.ko.ts";
import type { ShellWords } from "../messages/shell.ts";
import { pathsIn } from "../shell/commands/kubectl.ts";
import { advance, drive } from "../shell/drive.ts";
import { runText, runWords } from "../shell/run.ts";
import { createTrial, emptyScenario, type KeptTrial, type Trial } from "../shell/trial.ts";
import { type KubectlCommand, readArguments } from "./arguments.ts";
import { prompt } from "./prompt.ts";
import { shellPath, surfaceOf } from "./surface.ts";
import { readTrial, writeTrial } from "./trial-file.ts";

export interface KubectlSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readStandardInput(): string;
}

/** Does what the words ask for, and gives the exit code: that of the command, or 2 where the trial cannot be begun or kept. */
export async function runKubectlCommand(argv: readonly string[], around: KubectlSurroundings): Promise<number> {
  const command = readArguments(argv, around.environment);
  if ("misuse" in command) return fail(`${command.misuse}\nTry \`seatrial --help\`.`);
  const words = command.language === "ko" ? shellKo : shellEn;
  const isPrompt = command.line === null && command.words.length === 0 && process.stdin.isTTY === true;
  const trial = await begin(command, words, isPrompt);
  if (typeof trial === "string") return fail(trial);
  let failure: string | undefined;
  const keep = (): void => {
    if (command.trial !== null) failure = writeTrial(command.trial, trial);
  };
  const code = isPrompt ? await prompt(trial, keep) : await once(trial, command, around);
  keep();
  return failure === undefined ? code : fail(words.notKept(command.trial ?? "", failure));
}

function fail(why: string): number {
  process.stderr.write(`seatrial: ${why}\n`);
  return 2;
}

/** The trial that the file keeps, or a new one; a text says why there is none. */
async function begin(command: KubectlCommand, words: ShellWords, isPrompt: boolean): Promise<Trial | string> {
  const { trial: path, seed, target } = command;
  const found = path === null ? null : readTrial(path);
  if (found && "unreadable" in found) return words.notRead(path ?? "", found.unreadable);
  const fresh: KeptTrial = { version: 1, scenario: { ...emptyScenario(seed, target), horizon: 0 } };
  const made = createTrial({ ...(found ?? fresh), speed: isPrompt ? 1 : "pause" }, words, []);
  if ("problems" in made) return words.notRead(path ?? "", made.problems.map(({ code }) => code).join(", "));
  const { trial, present } = made;
  await advance(trial.session, present, surfaceOf({ aborted: false }, false));
  trial.shell.state.folder = shellPath(process.cwd());
  return trial;
}

async function once(trial: Trial, command: KubectlCommand, around: KubectlSurroundings): Promise<number> {
  const signal = { aborted: false };
  process.once("SIGINT", () => {
    signal.aborted = true;
  });
  const surface = surfaceOf(signal, false);
  const { words, line } = command;
  if (words.length > 0) {
    const input = pathsIn(words).includes("-") ? around.readStandardInput() : null;
    return (await drive(trial, runWords(trial.shell, ["kubectl", ...words], input), surface)).code;
  }
  const running = runText(trial.shell, line ?? around.readStandardInput());
  if ("incomplete" in running) return fail(trial.shell.words.incomplete);
  return (await drive(trial, running, surface)).code;
}
