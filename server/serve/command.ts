/** `seatrial serve`: a simulated cluster for the tools that a person has already, until they end it. */
import { readFileSync, writeFileSync } from "node:fs";
import type { Problem } from "../../simulator/api/problem.ts";
import { defaultScenario } from "../../simulator/scenario/defaults.ts";
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { createSession, type Session } from "../../simulator/session.ts";
import type { Language, Misuse } from "../cli/arguments.ts";
import { readInputs } from "../cli/files.ts";
import { help } from "../cli/help.ts";
import { runWordsEn } from "../messages/run-words.en.ts";
import { runWordsKo } from "../messages/run-words.ko.ts";
import { scenarioSentence } from "../messages/run-words.ts";
import { serveWordsEn } from "../messages/serve.en.ts";
import { serveWordsKo } from "../messages/serve.ko.ts";
import type { ServeWords } from "../messages/serve.ts";
import type { FieldDocs } from "../service/hover-context.ts";
import { parseServe, type ServeCommand } from "./arguments.ts";
import { applyFiles } from "./begin.ts";
import { writeKubeconfig } from "./kubeconfig.ts";
import { serveSession } from "./server.ts";

export interface ServeSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly docs: () => FieldDocs;
  readStandardInput(): string;
  out(text: string): void;
  err(text: string): void;
  /** Resolves when the person ends it. */
  readonly ended: Promise<void>;
}

interface Ending {
  readonly code: 0 | 2;
  readonly why?: string;
}

function wordsOf(language: Language): ServeWords {
  return language === "ko" ? serveWordsKo : serveWordsEn;
}

function problemsText(problems: readonly Problem[], language: Language): string {
  const say = language === "ko" ? runWordsKo : runWordsEn;
  return problems.map(({ path, code, params }) => `${path}: ${scenarioSentence(say, code, params)}`).join("; ");
}

/** Serves until it is ended; gives the exit code. */
export async function runServe(argv: readonly string[], around: ServeSurroundings): Promise<number> {
  const command = parseServe(argv, around.environment);
  if ("misuse" in command) return failed(around, misuseText(command));
  if ("help" in command) {
    around.out(help);
    return 0;
  }
  const { code, why } = await served(command, around, wordsOf(command.language));
  return why === undefined ? code : failed(around, why);
}

function failed({ err }: ServeSurroundings, why: string): number {
  err(`seatrial: ${why}\n`);
  return 2;
}

function misuseText({ misuse }: Misuse): string {
  return `${misuse}\nTry \`seatrial --help\`.`;
}

async function served(command: ServeCommand, around: ServeSurroundings, words: ServeWords): Promise<Ending> {
  const { out, err } = around;
  const session =
    command.resume === null ? begun(command, around, words) : resumed(command.resume, command.language, words);
  if ("why" in session) return { code: 2, why: session.why };
  let serving: Awaited<ReturnType<typeof serveSession>>;
  try {
    serving = await serveSession(session, { port: command.port, speed: command.speed, docs: around.docs });
  } catch (error) {
    return { code: 2, why: words.portFailed(command.port, codeOf(error)) };
  }
  const kubeconfig = writeKubeconfig(serving, command.kubeconfig);
  if ("why" in kubeconfig) {
    await serving.close();
    const path = command.kubeconfig ?? "kubeconfig";
    const { why } = kubeconfig;
    return { code: 2, why: why === "EEXIST" ? words.kubeconfigTaken(path) : words.kubeconfigFailed(path, why) };
  }
  const address = `https://127.0.0.1:${serving.port}`;
  const setting = settingOf(kubeconfig.path, process.platform === "win32");
  out(words.ready({ version: session.server.target, address, setting }));
  out(`\n${words.time(command.speed)} ${words.howToEnd}\n`);
  await around.ended;
  kubeconfig.remove();
  await serving.close();
  if (command.save === null) return { code: 0 };
  const scenario = session.scenario();
  try {
    writeFileSync(command.save, `${JSON.stringify(scenario)}\n`);
  } catch (error) {
    return { code: 2, why: words.saveFailed(command.save, codeOf(error)) };
  }
  err(`${words.saved(command.save, scenario.steps.length)}\n`);
  return { code: 0 };
}

/** What a shell is told: PowerShell on Windows, any other elsewhere. */
function settingOf(path: string, isWindows: boolean): string {
  return isWindows ? `$env:KUBECONFIG="${path}"` : `export KUBECONFIG=${/[^\w./-]/.test(path) ? `'${path}'` : path}`;
}

/** A session on a new cluster, with the files applied. Its clock begins at the present. */
function begun(
  command: ServeCommand,
  around: ServeSurroundings,
  words: ServeWords,
): Session | { readonly why: string } {
  const { inputs: names, seed, target, language } = command;
  const { inputs, unreadable } = readInputs(names, around.readStandardInput, "<stdin>");
  const [missing] = unreadable;
  if (missing) {
    const say = language === "ko" ? runWordsKo : runWordsEn;
    return { why: words.unreadable(missing.name, say.unreadable(missing.why)) };
  }
  const start = Math.floor(around.now / 1000) * 1000;
  // In a cluster that can be asked, what is not there is missing.
  const session = createSession({ ...defaultScenario([], seed, start), kubernetes: target, elsewhere: "missing" });
  if ("problems" in session) return { why: problemsText(session.problems, language) };
  for (const one of applyFiles(session, inputs)) {
    if ("done" in one) around.out(`${one.done}\n`);
    else around.err(`${words.notApplied(one.file, one.refused)}\n`);
  }
  return session;
}

/** The session of a trial that was kept, where it was left. */
function resumed(file: string, language: Language, words: ServeWords): Session | { readonly why: string } {
  let kept: Scenario;
  try {
    kept = JSON.parse(readFileSync(file, "utf8")) as Scenario;
  } catch (error) {
    return { why: words.noTrial(file, codeOf(error)) };
  }
  const session = createSession(kept);
  if ("problems" in session) return { why: words.noTrial(file, problemsText(session.problems, language)) };
  session.advanceTo(kept.start + kept.horizon);
  return session;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : "EIO");
}
