/** The words of a command line as arguments and flags. Models what cobra and pflag make of them. */

export interface Words {
  readonly args: readonly string[];
  /** What stands behind `--`. */
  readonly rest: readonly string[];
  /** The values of a flag in order; a switch has "true" or "false". */
  readonly flags: ReadonlyMap<string, readonly string[]>;
}

const short: Readonly<Record<string, string>> = {
  o: "output",
  n: "namespace",
  l: "selector",
  f: "filename",
  k: "kustomize",
  R: "recursive",
  r: "replicas",
};
const switches: ReadonlySet<string> = new Set(["all", "force", "local", "now", "overwrite", "watch", "no-headers"]);

/** Takes flags and arguments apart; a flag that takes a value may have it in the next word. */
export function parseWords(words: readonly string[]): Words {
  const args: string[] = [];
  const flags = new Map<string, readonly string[]>();
  const end = words.indexOf("--");
  const own = end < 0 ? words : words.slice(0, end);
  for (let at = 0; at < own.length; at++) {
    const word = own[at]!;
    if (!word.startsWith("-") || word === "-") {
      args.push(word);
      continue;
    }
    const equals = word.indexOf("=");
    const given = (equals < 0 ? word : word.slice(0, equals)).replace(/^--?/, "");
    const name = word.startsWith("--") ? given : (short[given] ?? given);
    const next = () => (switches.has(name) || name === "dry-run" ? "true" : (own[++at] ?? ""));
    const value = equals < 0 ? next() : word.slice(equals + 1);
    flags.set(name, [...(flags.get(name) ?? []), value]);
  }
  return { args, rest: end < 0 ? [] : words.slice(end + 1), flags };
}

/** The last value of a flag; undefined when it is not given. */
export function flag({ flags }: Words, name: string): string | undefined {
  return flags.get(name)?.at(-1);
}

/** Whether a switch is on. */
export function isOn(words: Words, name: string, missing = false): boolean {
  const value = flag(words, name);
  return value === undefined ? missing : value !== "false";
}

/** The whole number of a flag, or what stands for it when it is not given. */
export function numberOf(words: Words, name: string, missing: number): number {
  const value = flag(words, name);
  return value === undefined ? missing : Number(value);
}

export type DryRun = "none" | "client" | "server";

/** What `--dry-run` asks for. */
export function dryRunOf(words: Words): DryRun {
  const value = flag(words, "dry-run");
  return value === "client" || value === "server" ? value : value === "true" ? "client" : "none";
}
