/** The command line as a function: words in, texts and an exit code out (0 clean, 1 problems, 2 could not run). */

import { en } from "../messages/en.ts";
import { ko } from "../messages/ko.ts";
import type { Words } from "../messages/words.ts";
import { explain, explainedCodes } from "../service/explain.ts";
import { nearest } from "../service/suggest.ts";
import { type Language, parseArguments } from "./arguments.ts";
import { checkFiles, hasProblems, report } from "./check.ts";
import { readInputs } from "./files.ts";
import { help } from "./help.ts";
import { simulateFile } from "./simulate.ts";

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly now: number;
  readStandardInput(): string;
}
export interface Result {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

export function runCommand(argv: readonly string[], around: Surroundings): Result {
  const command = parseArguments(argv, around.environment);
  if ("misuse" in command) {
    return { code: 2, out: "", err: `seatrial: ${command.misuse}\nTry \`seatrial --help\`.\n` };
  }
  switch (command.do) {
    case "help":
      return { code: 0, out: help, err: "" };
    case "version":
      return { code: 0, out: `seatrial ${around.version} (Kubernetes 1.36)\n`, err: "" };
    case "explain": {
      if (command.code === null) return { code: 0, out: explainedCodes().join("\n").concat("\n"), err: "" };
      const page = explain(command.code, wordsOf(command.language));
      if (page !== null) return { code: 0, out: page, err: "" };
      const meant = nearest(command.code, explainedCodes());
      const hint = meant === null ? "`seatrial explain` lists all codes" : `did you mean \`${meant}\`?`;
      return { code: 2, out: "", err: `seatrial: there is no page for \`${command.code}\`; ${hint}\n` };
    }
    case "check": {
      const words = wordsOf(command.language);
      const { inputs, unreadable } = readInputs(command.inputs, around.readStandardInput, command.stdinName);
      const old = command.against === null ? null : readInputs([command.against], around.readStandardInput, "");
      if (old !== null && old.unreadable.length > 0) {
        const why = old.unreadable[0]?.why ?? "";
        return { code: 2, out: "", err: `seatrial: ${command.against}: ${reasons[why] ?? why}\n` };
      }
      const err = unreadable.map(({ name, why }) => `seatrial: ${name}: ${reasons[why] ?? why}\n`).join("");
      const files = checkFiles(inputs, words, around.now, old?.inputs);
      const out =
        inputs.length === 0 && unreadable.length > 0 ? "" : report(files, command.format, around.version, words);
      return { code: unreadable.length > 0 ? 2 : hasProblems(files) ? 1 : 0, out, err };
    }
    case "simulate": {
      const { inputs, unreadable } = readInputs([command.input], around.readStandardInput, command.stdinName);
      const [input] = inputs;
      if (input === undefined || inputs.length > 1) {
        const why = unreadable[0]?.why ?? "one file is needed";
        return { code: 2, out: "", err: `seatrial: ${command.input}: ${reasons[why] ?? why}\n` };
      }
      const result = simulateFile(input.name, input.text, command.seed, command.format);
      if ("refused" in result) return { code: 1, out: "", err: `seatrial: ${result.refused}\n` };
      return { code: 0, out: result.output, err: "" };
    }
  }
}

function wordsOf(language: Language): Words {
  return language === "ko" ? ko : en;
}

const reasons: Readonly<Record<string, string>> = {
  missing: "no such file or folder",
  "none-found": "no file matches",
  EACCES: "may not be read",
};
