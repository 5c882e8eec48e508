/**
 * Requirements on labels and their text form as `-l` takes it: `app=web,tier in (a,b),!old,size>3`.
 * Models staging/src/k8s.io/apimachinery/pkg/labels/selector.go
 */
import { labelValue, qualifiedName } from "./formats.ts";
import type { LabelMap } from "./objects.ts";

type RequirementOperator = "=" | "==" | "!=" | "in" | "notin" | "exists" | "!" | ">" | "<";

export interface Requirement {
  readonly key: string;
  readonly operator: RequirementOperator;
  /** Sorted or not; text is always sorted. */
  readonly values: readonly string[];
}

type ParsedSelector =
  | { readonly ok: true; readonly requirements: readonly Requirement[]; readonly text: string }
  | { readonly ok: false /** Where reading stopped: the token there, `""` at the end. */; readonly found: string };

/** Whether labels meet every requirement. */
export function matchesRequirements(requirements: readonly Requirement[], labels: LabelMap): boolean {
  for (const requirement of requirements) if (!meets(requirement, labels)) return false;
  return true;
}

const integerPattern = /^[+-]?[0-9]+$/;

/** A 64-bit integer as Go's ParseInt reads it. */
function parseInteger(text: string): bigint | undefined {
  if (!integerPattern.test(text)) return undefined;
  const value = BigInt(text.startsWith("+") ? text.slice(1) : text);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

function meets({ key, operator, values }: Requirement, labels: LabelMap): boolean {
  const has = Object.hasOwn(labels, key);
  const value = has ? (labels[key] ?? "") : "";
  switch (operator) {
    case "=":
    case "==":
    case "in":
      return has && values.includes(value);
    case "!=":
    case "notin":
      return !has || !values.includes(value);
    case "exists":
      return has;
    case "!":
      return !has;
    case ">":
    case "<": {
      const actual = has ? parseInteger(value) : undefined;
      const bound = parseInteger(values[0] ?? "");
      if (actual === undefined || bound === undefined) return false;
      return operator === ">" ? actual > bound : actual < bound;
    }
  }
}

/** The canonical text of requirements that are already in order of their keys. */
export function requirementsText(requirements: readonly Requirement[]): string {
  return requirements.map(requirementText).join(",");
}

function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case "exists":
      return key;
    case "!":
      return `!${key}`;
    case "in":
    case "notin":
      return `${key} ${operator} (${[...values].sort().join(",")})`;
    default:
      return `${key}${operator}${values[0] ?? ""}`;
  }
}

const symbols = new Set(["(", ")", ",", "!", "=", "==", "!=", ">", "<"]);
const symbolStart = /[=!(),><]/;
const blank = /[ \t\r\n]/;

/** Words and the longest symbols; a run such as `>=` is two symbols, `=!` too. */
function tokenize(text: string): readonly string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const first = text.charAt(at);
    if (blank.test(first)) {
      at++;
      continue;
    }
    if (symbolStart.test(first)) {
      at++;
      while (at < text.length && symbols.has(text.slice(start, at + 1))) at++;
    } else {
      while (at < text.length && !symbolStart.test(text.charAt(at)) && !blank.test(text.charAt(at))) at++;
    }
    tokens.push(text.slice(start, at));
  }
  return tokens;
}

/** Reading of a token list; a reader returns what it read or `null` where the grammar does not allow what is there. */
class Reader {
  readonly #tokens: readonly string[];
  #at = 0;
  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }
  get next(): string {
    return this.#tokens[this.#at] ?? "";
  }
  take(): string {
    const token = this.next;
    this.#at++;
    return token;
  }
}

const isWord = (token: string): boolean => token !== "" && !symbols.has(token);

/** Reads a selector as given to `-l`. */
export function parseSelector(text: string): ParsedSelector {
  const reader = new Reader(tokenize(text));
  const requirements: Requirement[] = [];
  while (reader.next !== "") {
    const requirement = isWord(reader.next) || reader.next === "!" ? readRequirement(reader) : null;
    if (requirement === null || !isValid(requirement)) return { ok: false, found: reader.next };
    requirements.push(requirement);
    if (reader.next === "") break;
    if (reader.take() !== ",") return { ok: false, found: reader.next };
    if (!isWord(reader.next) && reader.next !== "!") return { ok: false, found: reader.next };
  }
  requirements.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  return { ok: true, requirements, text: requirementsText(requirements) };
}

function readRequirement(reader: Reader): Requirement | null {
  const negated = reader.next === "!";
  if (negated) reader.take();
  if (!isWord(reader.next)) return null;
  const key = reader.take();
  if (negated) return { key, operator: "!", values: [] };
  if (reader.next === "" || reader.next === ",") return { key, operator: "exists", values: [] };
  const operator = reader.take();
  if (operator === "in" || operator === "notin") {
    const values = readValues(reader);
    return values && { key, operator, values: [...new Set(values)] };
  }
  if (operator === "=" || operator === "==" || operator === "!=" || operator === ">" || operator === "<") {
    const value = readExactValue(reader);
    return value === null ? null : { key, operator, values: [value] };
  }
  return null;
}

/** What stands after `=`: a word, or nothing before a comma or the end. */
function readExactValue(reader: Reader): string | null {
  if (reader.next === "" || reader.next === ",") return "";
  return isWord(reader.next) ? reader.take() : null;
}

/**
 * `(a,b)`; empty entries are empty values, `()` is one empty value. Two commas are read as one step, after which the list
 * has to go on: `(a,)`, `(a,,b)` and `(,,,)` can be read, `(a,,)` cannot.
 */
function readValues(reader: Reader): readonly string[] | null {
  if (reader.take() !== "(") return null;
  if (reader.next === ")") {
    reader.take();
    return [""];
  }
  const values: string[] = [];
  for (;;) {
    const token = reader.take();
    if (isWord(token)) {
      values.push(token);
      if (reader.next !== "," && reader.next !== ")") return null;
    } else if (token === ",") {
      if (values.length === 0) values.push("");
      if (reader.next === "," || reader.next === ")") values.push("");
      if (reader.next === ",") {
        reader.take();
        continue;
      }
    } else return null;
    if (reader.next === ")") {
      reader.take();
      return values;
    }
  }
}

function isValid({ key, operator, values }: Requirement): boolean {
  if (qualifiedName(key).length > 0) return false;
  if ((operator === ">" || operator === "<") && parseInteger(values[0] ?? "") === undefined) return false;
  return values.every((value) => labelValue(value).length === 0);
}
