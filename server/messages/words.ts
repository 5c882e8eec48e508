/** What a language has to say. A word that is missing from a language does not compile. */
import { type Params, type Problem, pathText } from "../../simulator/api/problem.ts";
import type { YamlCode } from "../yaml/problem.ts";
import type { ArithmeticWords } from "./arithmetic.ts";
import type { AdviceCode, ExplainedCode } from "./codes.ts";
import type { CompletionWords } from "./completion.ts";
import type { NavigationWords } from "./navigation.ts";
import { type Reasons, reasonOf } from "./reasons.ts";
import type { RefactorWords } from "./refactor.ts";
import type { ScheduleMistake } from "./schedule-mistakes.ts";
import type { VerdictWords } from "./verdicts.ts";

export interface Words {
  readonly language: "en" | "ko";
  readonly advice: Readonly<Record<AdviceCode, (params: Params) => string>>;
  readonly yaml: Readonly<Record<YamlCode, (params: Params) => string>>;
  /** What the API server finds, by the sort of finding; `text` is its field. */
  readonly server: Readonly<Record<Problem["reason"], (field: string, params: Params) => string>>;
  /** The rules behind the findings of the API server, by code. */
  readonly reasons: Reasons;
  /** A change that the API server refuses, with the way out; `field` is what changed. */
  readonly change: (kind: string, name: string, field: string) => string;
  /** Why a finding matters, for its page. */
  readonly why: Readonly<Record<ExplainedCode, string>>;
  readonly page: {
    readonly severity: Readonly<Record<Problem["severity"], string>>;
    /** The heading of what is applied already. */
    readonly old: string;
    readonly bad: string;
    readonly good: string;
    /** What `…` in an example stands for. */
    readonly long: (characters: number) => string;
    readonly silence: (code: string) => string;
  };
  /** The title of a quick fix, given what the text becomes, and the fields or labels that are changed where that is to be said. */
  readonly fix: (becomes: string, what: string, labels: boolean) => string;
  /** The title of the comment that silences a code on a line. */
  readonly ignore: (code: string) => string;
  /** The title of what puts right all findings of a code in a file, and of what puts right all that is clear. */
  readonly fixAll: (code: string, count: number) => string;
  readonly fixEverything: (count: number) => string;
  /** The same where what is committed comes back; `becomes` is empty for what is more than a scalar. */
  readonly restore: (what: string, becomes: string) => string;
  /** The title of the way to the page of a code. */
  readonly explain: (code: string) => string;
  /** The same where a field is taken away. */
  readonly remove: (what: string) => string;
  /** The same where fields are moved to another place. */
  readonly move: (what: string, place: string) => string;
  /** The same where something is added. */
  readonly add: (what: string) => string;
  /** What is said at the other object that a finding speaks of. */
  readonly related: (kind: string, name: string) => string;
  /** That it is in another file. */
  readonly inFile: (file: string) => string;
  /** The title of the way to the moment of a run that proves a finding. */
  readonly show: string;
  /** An amount that is no amount, or has parts of a byte, with what may be meant. */
  readonly amount: (params: Params) => string;
  /** A number that stands in quotes where numbers and names may stand. */
  readonly numberInQuotes: (field: string, params: Params) => string;
  /** Codes for which there is more to say than their sort tells; `field` is where. */
  readonly particular: Readonly<Record<ParticularCode, (params: Params, field: string) => string>>;
  /** What fields are for, by type and field; empty where the descriptions of Kubernetes are in the language. */
  readonly fields: Readonly<Record<string, string>>;
  readonly verdicts: VerdictWords;
  readonly arithmetic: ArithmeticWords;
  readonly navigation: NavigationWords;
  readonly completion: CompletionWords;
  readonly refactor: RefactorWords;
  readonly hover: {
    readonly type: string;
    readonly required: string;
    /** The versions of Kubernetes that heed a field; `open`: the first and all later ones. */
    readonly known: (versions: string, open: boolean) => string;
    /** What the version that is asked does with a field that it knows but does not heed. */
    readonly dropped: (version: string) => string;
    readonly defaultValue: (value: string) => string;
    readonly bounds: (surge: number, unavailable: number, ceiling: number, floor: number) => string;
    readonly nextRuns: (zone: string) => string;
    readonly identity: (pods: string, dns: string) => string;
    readonly noRetries: string;
    readonly retries: (limit: number, waits: string, seconds: number) => string;
    readonly restarts: (waits: string) => string;
    readonly nodes: (fit: number, of: number, names: string) => string;
    readonly claims: (names: string) => string;
    readonly suspended: string;
    /** What amounts are: of CPU in cores, of bytes in the other system of units, of anything else. */
    readonly resource: {
      readonly cpu: (cores: string) => string;
      readonly bytes: (whose: "memory" | "storage" | "claim", bytes: string, other: string) => string;
      readonly count: (amount: string) => string;
    };
    /** The objects that name what stands here, or what a name leads to. */
    readonly usedBy: (objects: string) => string;
    readonly leadsTo: (objects: string) => string;
  };
}

export type ParticularCode =
  | "selector-mismatch"
  | "both-bounds-zero"
  | "daemon-bounds-zero"
  | "restart-policy-missing"
  | "restart-policy-not-always"
  | "text-dropped"
  | "text-overridden"
  | "text-reordered"
  | "kept-from-before"
  | "wrong-type"
  | ScheduleMistake;

/** What a person reads of a problem. */
export function message(words: Words, problem: Problem): string {
  const found = sentence(words, problem);
  const { code } = problem;
  const params = shortened(problem.params);
  // Words of its own say it all, and a suggestion is way out enough.
  if (hasOwnWords(words, problem) || params["nearest"] !== undefined || params["belongs"] !== undefined) return found;
  const why = reasonOf(words.reasons, code, params);
  return why === "" ? found : `${found} ${why}`;
}

/** What is wrong, without the rule behind it. */
export function sentence(words: Words, { code, reason, path, at, params: given }: Problem): string {
  const params = shortened(given);
  if (params["change"] === true) {
    return words.change(String(params["kind"]), String(params["name"]), String(params["field"]));
  }
  if (Object.hasOwn(words.advice, code)) return words.advice[code as AdviceCode](params);
  if (Object.hasOwn(words.yaml, code)) return words.yaml[code as YamlCode](params);
  // Some texts of the server name no field: the place serves instead.
  const field = short(path === "" || path.includes(" ") ? pathText(at) : path);
  if (params["meant"] !== undefined) return words.amount(params);
  if (isNumberInQuotes(code, params)) return words.numberInQuotes(field, params);
  if (Object.hasOwn(words.particular, code)) return words.particular[code as ParticularCode](params, field);
  return words.server[reason](field, params);
}

/** Longer than any name may be; what is longer still is no use in a sentence. */
const longest = 300;

function short(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

/** Params whose texts are of a length to be read. Nearly always they are as they are. */
function shortened(params: Params): Params {
  const long = (value: Params[string] | undefined) => typeof value === "string" && value.length > longest;
  if (!Object.values(params).some(long)) return params;
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, typeof value === "string" ? short(value) : value]),
  );
}

function isNumberInQuotes(code: string, params: Params): boolean {
  return code !== "wrong-type" && params["wayOut"] === "unquote";
}

function hasOwnWords(words: Words, { code, params }: Problem): boolean {
  const own: readonly object[] = [words.advice, words.yaml, words.particular];
  if (params["meant"] !== undefined || isNumberInQuotes(code, params)) return true;
  return params["change"] === true || own.some((some) => Object.hasOwn(some, code));
}

/** A list as it stands in a sentence; anything else as its text. */
export function listed(value: Params[string] | undefined): string {
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}
