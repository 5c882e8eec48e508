/** What `seatrial kubectl` asks for: our own options come before the words of kubectl. */
import { isTarget, newestTarget, type Target, targets } from "../../simulator/api/target.ts";
import { chooseLanguage, type Language } from "../cli/arguments.ts";

export interface KubectlCommand {
  /** Where the trial is kept; null: nowhere. */
  readonly trial: string | null;
  readonly seed: number;
  readonly target: Target;
  readonly language: Language;
  /** A line of the shell; null: none was given. */
  readonly line: string | null;
  /** Words of kubectl; empty: lines are read. */
  readonly words: readonly string[];
}

const options: ReadonlySet<string> = new Set(["--trial", "--seed", "--kubernetes-version", "--lang", "-c"]);

/** The command, or what is wrong with its options. */
export function readArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): KubectlCommand | { readonly misuse: string } {
  const given = new Map<string, string>();
  let at = 0;
  for (; at < argv.length; at++) {
    const [name = "", value] = (argv[at] ?? "").split(/=(.*)/s);
    if (!options.has(name)) break;
    const text = value ?? argv[++at];
    if (text === undefined) return { misuse: `\`${name}\` needs a value` };
    given.set(name, text);
  }
  const seed = Number(given.get("--seed") ?? "1");
  if (!Number.isSafeInteger(seed)) return { misuse: `\`--seed\` is a whole number, not \`${given.get("--seed")}\`` };
  const target = given.get("--kubernetes-version") ?? newestTarget;
  if (!isTarget(target)) {
    return { misuse: `\`--kubernetes-version\` is one of ${targets.join(", ")}, not \`${target}\`` };
  }
  const language = chooseLanguage(given.get("--lang"), environment);
  if (language === null) return { misuse: `\`--lang\` is en or ko, not \`${given.get("--lang")}\`` };
  const line = given.get("-c") ?? null;
  const words = argv.slice(at);
  if (line !== null && words.length > 0) return { misuse: "either `-c LINE` or words of kubectl are given" };
  return { trial: given.get("--trial") ?? null, seed, target, language, line, words };
}
