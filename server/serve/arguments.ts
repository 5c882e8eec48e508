/** What `seatrial serve` is asked for. */
import { isTarget, newestTarget, type Target, targets } from "../../simulator/api/target.ts";
import { chooseLanguage, type Language, type Misuse, readOptions } from "../cli/arguments.ts";
import { speedOf } from "./amounts.ts";

export interface ServeCommand {
  readonly inputs: readonly string[];
  readonly port: number;
  /** 0: time passes only when told. */
  readonly speed: number;
  readonly seed: number;
  readonly target: Target;
  /** Where the kubeconfig goes; null: among the temporary files. */
  readonly kubeconfig: string | null;
  /** Where the trial is kept when it ends. */
  readonly save: string | null;
  /** A trial that was kept, to go on with. */
  readonly resume: string | null;
  readonly language: Language;
}

const options = ["--port", "--speed", "--seed", "--kubernetes-version", "--kubeconfig", "--save", "--resume", "--lang"];

/** The command, what is wrong with it, or that help is wanted. */
export function parseServe(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ServeCommand | Misuse | { readonly help: true } {
  const read = readOptions(argv, options);
  if ("misuse" in read) return read;
  if (read.help) return { help: true };
  const given = (name: string) => read.options.get(name);
  const language = chooseLanguage(given("--lang"), environment);
  if (language === null) return { misuse: `\`--lang\` is en or ko, not \`${given("--lang")}\`` };
  const port = Number(given("--port") ?? "0");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return { misuse: `\`--port\` is a number from 0 to 65535, not \`${given("--port")}\`` };
  }
  const speed = speedOf(given("--speed") ?? "1");
  if (speed === undefined) return { misuse: `\`--speed\` is a number above 0 or step, not \`${given("--speed")}\`` };
  const seed = Number(given("--seed") ?? "1");
  if (!Number.isSafeInteger(seed)) return { misuse: `\`--seed\` is a whole number, not \`${given("--seed")}\`` };
  const target = given("--kubernetes-version") ?? newestTarget;
  if (!isTarget(target)) {
    return { misuse: `\`--kubernetes-version\` is one of ${targets.join(", ")}, not \`${target}\`` };
  }
  const resume = given("--resume") ?? null;
  if (resume !== null && read.inputs.length > 0)
    return { misuse: "`--resume` goes on with a trial; it takes no files" };
  return {
    inputs: read.inputs,
    port,
    speed,
    seed,
    target,
    kubeconfig: given("--kubeconfig") ?? null,
    save: given("--save") ?? null,
    resume,
    language,
  };
}
