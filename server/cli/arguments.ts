/** What the command line asks for. */
import { isTarget, newestTarget, type Target, targets } from "../../simulator/api/target.ts";
import { parseDurationText } from "../../simulator/scenario/duration-text.ts";
import type { Way } from "../service/base.ts";

export type Format = "text" | "json" | "sarif" | "github";

export type Command =
  | {
      readonly do: "check";
      /** The version that is compared with: a file, or a folder with the same files. */
      readonly against: string | null;
      /** Whether to say of each document what it was taken for. */
      readonly explainFiles: boolean;
      /** How the files are brought to what they are compared with. */
      readonly way: Way;
      /** Whether what is named is rendered first, by the user's own tools. */
      readonly render: boolean;
      readonly format: Format;
      /** The version of Kubernetes that is asked. */
      readonly target: Target;
      /** On how many cores; null: on all of them. */
      readonly threads: number | null;
      readonly stdinName: string;
      readonly language: Language;
      readonly inputs: readonly string[];
    }
  | {
      readonly do: "simulate";
      /** What is applied first: the change from it is played. */
      readonly against: string | null;
      /** How it is changed. */
      readonly way: Way;
      /** As with `check`. */
      readonly render: boolean;
      readonly format: "text" | "json";
      readonly seed: number;
      /** How long the run is, in milliseconds; null: as long as something interesting may happen. */
      readonly length: number | null;
      readonly target: Target;
      readonly stdinName: string;
      readonly language: Language;
      readonly input: string;
    }
  | { readonly do: "explain"; readonly language: Language; readonly code: string | null }
  | { readonly do: "help"; readonly topic: string | null; readonly language: Language }
  | { readonly do: "version" };

export type Language = "en" | "ko";

/** A usage mistake: `why` is shown with a pointer to --help. */
export interface Misuse {
  readonly misuse: string;
}

const formats: Readonly<Record<string, readonly string[]>> = {
  check: ["text", "json", "sarif", "github"],
  simulate: ["text", "json"],
  explain: ["text"],
};

const ways: readonly string[] = ["apply", "replace", "server-side"] satisfies readonly Way[];

const takesValue: Readonly<Record<string, readonly string[]>> = {
  check: [
    "--explain-files",
    "--render",
    "--format",
    "--against",
    "--as",
    "--kubernetes-version",
    "--threads",
    "--stdin-filename",
    "--lang",
  ],
  explain: ["--lang"],
  simulate: [
    "--render",
    "--format",
    "--against",
    "--as",
    "--seed",
    "--for",
    "--kubernetes-version",
    "--stdin-filename",
    "--lang",
  ],
};

/** Options that stand alone. */
const flags: readonly string[] = ["--explain-files", "--render"];

/** The command that `argv` (without the program's name) asks for, or what is wrong with it. */
export function parseArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command | Misuse {
  const [verb, ...rest] = argv;
  if (verb === undefined || verb === "--help" || verb === "-h" || verb === "help")
    return { do: "help", topic: rest[0] ?? null, language: chooseLanguage(undefined, environment) ?? "en" };
  if (verb === "--version" || verb === "-V") return { do: "version" };
  const known = takesValue[verb];
  if (known === undefined) return { misuse: `unknown command \`${verb}\`` };
  const read = readOptions(rest, known);
  if ("misuse" in read) return read;
  if (read.help) {
    return { do: "help", topic: verb, language: chooseLanguage(read.options.get("--lang"), environment) ?? "en" };
  }
  const { options, inputs } = read;
  const language = chooseLanguage(options.get("--lang"), environment);
  if (language === null) return { misuse: `\`--lang\` is en or ko, not \`${options.get("--lang")}\`` };
  const format = options.get("--format") ?? "text";
  const allowed = formats[verb] ?? [];
  if (!allowed.includes(format)) return { misuse: `\`--format\` is one of ${allowed.join(", ")}, not \`${format}\`` };
  if (verb === "explain") return { do: "explain", language, code: inputs[0] ?? null };
  if (inputs.length === 0) return { misuse: `\`${verb}\` needs a file; \`-\` reads standard input` };
  const stdinName = options.get("--stdin-filename") ?? "<stdin>";
  const target = options.get("--kubernetes-version") ?? newestTarget;
  if (!isTarget(target)) {
    return { misuse: `\`--kubernetes-version\` is one of ${targets.join(", ")}, not \`${target}\`` };
  }
  const render = options.has("--render");
  if (render && inputs.includes("-")) return { misuse: "`--render` needs a file or a folder, not standard input" };
  const way = options.get("--as") ?? "apply";
  if (!ways.includes(way)) return { misuse: `\`--as\` is one of ${ways.join(", ")}, not \`${way}\`` };
  if (options.has("--as") && !options.has("--against")) return { misuse: "`--as` goes with `--against`" };
  if (verb === "check") {
    const threads = options.get("--threads") ?? null;
    if (threads !== null && !/^[1-9]\d{0,2}$/.test(threads)) {
      return { misuse: `\`--threads\` is a whole number from 1 to 999, not \`${threads}\`` };
    }
    return {
      do: "check",
      threads: threads === null ? null : Number(threads),
      explainFiles: options.has("--explain-files"),
      render,
      against: options.get("--against") ?? null,
      way: way as Way,
      format: format as Format,
      target,
      stdinName,
      language,
      inputs,
    };
  }
  if (inputs.length > 1) return { misuse: "`simulate` takes one file" };
  const seed = Number(options.get("--seed") ?? "1");
  if (!Number.isSafeInteger(seed)) return { misuse: `\`--seed\` is a whole number, not \`${options.get("--seed")}\`` };
  const spelt = options.get("--for");
  const length = spelt === undefined ? null : parseDurationText(spelt);
  if (length === undefined) {
    return { misuse: `\`--for\` is a time such as 90s, 1h30m or 7d, not \`${options.get("--for")}\`` };
  }
  return {
    do: "simulate",
    against: options.get("--against") ?? null,
    way: way as Way,
    render,
    format: format as "text" | "json",
    seed,
    length,
    target,
    stdinName,
    language,
    input: inputs[0] as string,
  };
}

/** The options that are known, each with its value, and everything else as it comes. */
export function readOptions(
  argv: readonly string[],
  known: readonly string[],
): { readonly options: Map<string, string>; readonly inputs: string[]; readonly help: boolean } | Misuse {
  const options = new Map<string, string>();
  const inputs: string[] = [];
  let help = false;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] as string;
    if (word === "--") {
      inputs.push(...argv.slice(at + 1));
      break;
    }
    if (word === "--help" || word === "-h") {
      help = true;
    } else if (word.startsWith("-") && word !== "-") {
      const equals = word.indexOf("=");
      const name = equals === -1 ? word : word.slice(0, equals);
      if (flags.includes(name) && known.includes(name)) {
        if (equals !== -1) return { misuse: `\`${name}\` takes no value` };
        options.set(name, "");
        continue;
      }
      if (!known.includes(name)) return { misuse: `unknown option \`${name}\`` };
      const value = equals === -1 ? argv[++at] : word.slice(equals + 1);
      if (value === undefined) return { misuse: `\`${name}\` needs a value` };
      options.set(name, value);
    } else {
      inputs.push(word);
    }
  }
  return { options, inputs, help };
}

/** The language that is asked for, else that of the system; null for one that there is not. */
export function chooseLanguage(
  asked: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Language | null {
  if (asked !== undefined) return asked === "en" || asked === "ko" ? asked : null;
  const set = environment["SEATRIAL_LANGUAGE"];
  if (set === "en" || set === "ko") return set;
  const locale = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  return locale.startsWith("ko") ? "ko" : "en";
}
