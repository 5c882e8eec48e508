/** The command line as a function: words in, texts and an exit code out (0 clean, 1 problems, 2 could not run). */

import { targets } from "../../simulator/api/target.ts";
import { en } from "../messages/en.ts";
import { ko } from "../messages/ko.ts";
import { runWordsEn } from "../messages/run-words.en.ts";
import { runWordsKo } from "../messages/run-words.ko.ts";
import type { RunWords } from "../messages/run-words.ts";
import { scenarioFileWordsEn } from "../messages/scenario-file.en.ts";
import { scenarioFileWordsKo } from "../messages/scenario-file.ko.ts";
import type { ScenarioFileWords } from "../messages/scenario-file.ts";
import type { Words } from "../messages/words.ts";
import { isScenarioFile } from "../scenario/file.ts";
import { explain, explainedCodes } from "../service/explain.ts";
import type { Standing } from "../service/standing/decide.ts";
import { nearest } from "../service/suggest.ts";
import { type Command, type Language, parseArguments } from "./arguments.ts";
import { checkFiles, hasProblems, isTemplateFile, report } from "./check.ts";
import type { CheckedFile } from "./checked.ts";
import { type Input, readInputs } from "./files.ts";
import { help, helpKo } from "./help.ts";
import { renderInputs } from "./render.ts";
import { reportStandings } from "./report.ts";
import { simulateFile } from "./simulate.ts";
import { simulateScenario } from "./simulate-scenario.ts";
import type { Threads } from "./threads.ts";

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly now: number;
  readStandardInput(): string;
  /** Threads to check trees on; absent: there are none but this one. */
  readonly threads?: Threads;
}
export interface Result {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

/** Does what the words ask for. */
export function runCommand(argv: readonly string[], around: Surroundings): Result {
  const command = parseArguments(argv, around.environment);
  if ("misuse" in command) {
    return { code: 2, out: "", err: `seatrial: ${command.misuse}\nTry \`seatrial --help\`.\n` };
  }
  switch (command.do) {
    case "help":
      return { code: 0, out: command.language === "ko" ? helpKo : help, err: "" };
    case "version":
      return { code: 0, out: `seatrial ${around.version} (Kubernetes ${targets.join(", ")})\n`, err: "" };
    case "explain": {
      if (command.code === null) return { code: 0, out: explainedCodes().join("\n").concat("\n"), err: "" };
      const page = explain(command.code, wordsOf(command.language));
      if (page !== null) return { code: 0, out: page, err: "" };
      const meant = nearest(command.code, explainedCodes());
      return { code: 2, out: "", err: `seatrial: ${runWordsOf(command.language).noPage(command.code, meant)}\n` };
    }
    case "check": {
      const words = wordsOf(command.language);
      const say = runWordsOf(command.language);
      const { inputs, unreadable: notFound, notRendered } = read(command, command.inputs, around);
      const old = readOld(command, around, say);
      if ("err" in old) return old;
      const options = { target: command.target, language: command.language, now: around.now };
      const against = old.inputs && { inputs: old.inputs, way: command.way };
      const { threads: count } = command;
      const threads = around.threads && { ...around.threads, count: count ?? around.threads.count };
      const { files, passedOver, unreadable: notRead } = checkFiles(inputs, options, against, threads);
      const unreadable = [...notFound, ...notRead];
      const templates = files.filter(({ template }) => template === "named").map(({ name }) => name);
      const objects = files.reduce((sum, { documents }) => sum + documents.filter(({ kind }) => kind !== "").length, 0);
      const isCompared = command.against === null || objects === 0 || files.some(({ compared }) => compared > 0);
      const err =
        unreadable.map(({ name, why }) => line(name, say.unreadable(why))).join("") +
        notRendered.map((one) => line(one.name, say.notRendered(one, "check"))).join("") +
        templates.map((name) => line(name, say.template("check"))).join("") +
        (inputs.some(({ named }) => !named) ? `seatrial: ${say.documentsTaken(countsOf(files), passedOver)}\n` : "") +
        (isCompared ? "" : line(command.against ?? "", say.noCounterpart(objects)));
      const failed = unreadable.length + notRendered.length + templates.length > 0;
      // What a program reads is whole even when there is nothing to say; a person has been told why.
      const nothing = command.format === "text" && failed && files.length === templates.length;
      const explained = command.explainFiles ? reportStandings(files, say) : "";
      const out = nothing ? explained : explained + report(files, command.format, around.version, words, say);
      return { code: failed ? 2 : hasProblems(files) ? 1 : 0, out, err };
    }
    case "simulate": {
      const say = runWordsOf(command.language);
      const { inputs, unreadable, notRendered } = read(command, [command.input], around);
      const [input] = inputs;
      if (notRendered[0]) {
        return { code: 2, out: "", err: line(command.input, say.notRendered(notRendered[0], "simulate")) };
      }
      if (input === undefined || inputs.length > 1) {
        const why = unreadable[0] ? say.unreadable(unreadable[0].why) : say.oneFile;
        return { code: 2, out: "", err: line(command.input, why) };
      }
      if (isScenarioFile(input.name)) {
        const result = simulateScenario(input, command, say, scenarioFileWordsOf(command.language));
        if ("refused" in result) return { code: result.code, out: "", err: line(input.name, result.refused) };
        return { code: result.finished ? 0 : 1, out: result.output, err: "" };
      }
      const old = readOld(command, around, say);
      if ("err" in old) return old;
      const result = simulateFile(input, old.inputs, command, say);
      if ("template" in result) return { code: 2, out: "", err: line(input.name, say.template("simulate")) };
      if ("refused" in result) return { code: result.code, out: "", err: `seatrial: ${result.refused}\n` };
      return { code: result.finished ? 0 : 1, out: result.output, err: "" };
    }
  }
}

/** The texts that are named, or what the user's own tools make of them. */
function read(
  { render, target, stdinName }: Extract<Command, { do: "check" | "simulate" }>,
  names: readonly string[],
  around: Surroundings,
): ReturnType<typeof renderInputs> {
  if (render) return renderInputs(names, target);
  return { ...readInputs(names, around.readStandardInput, stdinName), notRendered: [] };
}

/** The texts that are compared with; null: none is asked for. */
function readOld(
  { do: command, against: name, target }: Extract<Command, { do: "check" | "simulate" }>,
  around: Surroundings,
  words: RunWords,
): { readonly inputs: readonly Input[] | null } | Result {
  if (name === null) return { inputs: null };
  const { inputs, unreadable } = readInputs([name], around.readStandardInput, "");
  const [first] = unreadable;
  if (first) return { code: 2, out: "", err: line(name, words.unreadable(first.why)) };
  const template = inputs.find((one) => one.named && isTemplateFile(one, target));
  return template ? { code: 2, out: "", err: line(template.name, words.template(command)) } : { inputs };
}

/** How many documents were taken for what. */
function countsOf(files: readonly CheckedFile[]): Readonly<Partial<Record<Standing, number>>> {
  const counts: Partial<Record<Standing, number>> = {};
  for (const { documents } of files) {
    for (const { decision } of documents) counts[decision.standing] = (counts[decision.standing] ?? 0) + 1;
  }
  return counts;
}

function line(name: string, why: string): string {
  return `seatrial: ${name}: ${why}\n`;
}

function runWordsOf(language: Language): RunWords {
  return language === "ko" ? runWordsKo : runWordsEn;
}

function wordsOf(language: Language): Words {
  return language === "ko" ? ko : en;
}

function scenarioFileWordsOf(language: Language): ScenarioFileWords {
  return language === "ko" ? scenarioFileWordsKo : scenarioFileWordsEn;
}
