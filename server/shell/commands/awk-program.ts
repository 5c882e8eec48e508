/** Programs of the small `awk`: rules with a condition, and what they do. Pure. */
import { type Pattern, patternOf } from "./pattern.ts";

export interface Row {
  readonly line: string;
  readonly fields: readonly string[];
  /** NR */
  readonly number: number;
  readonly variables: Map<string, string | number>;
}

type Value = string | number;
type Expression = (row: Row) => Value;

interface Rule {
  readonly when: "begin" | "line" | "end";
  readonly condition: Expression | null;
  readonly does: readonly ((row: Row) => string)[];
}

export type Program = readonly Rule[];

class NotUnderstood extends Error {}

/** What the rules of a moment print. */
export function runRules(program: Program, when: Rule["when"], row: Row): string {
  let out = "";
  for (const rule of program) {
    if (rule.when !== when || (rule.condition && !isTrue(rule.condition(row)))) continue;
    for (const one of rule.does) out += one(row);
  }
  return out;
}

const isTrue = (value: Value): boolean => (typeof value === "number" ? value !== 0 : value !== "" && value !== "0");

const token =
  /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*)"|([A-Za-z_]\w*)|(\+\+|--|\+=|-=|==|!=|<=|>=|!~|&&|\|\||[-+*/%<>=!~$(){},;\n]))/y;

interface Token {
  readonly is: "number" | "text" | "name" | "sign" | "pattern";
  readonly text: string;
}

/** The program; undefined where it is more than is understood here. */
export function readProgram(source: string): Program | undefined {
  try {
    return rulesOf(tokensOf(source));
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length; ) {
    // A slash where a value begins is a pattern, else it divides.
    const last = tokens.at(-1);
    const isValueDue = !last || (last.is === "sign" && last.text !== ")");
    const pattern = isValueDue ? /^[ \t]*\/((?:[^/\\\n]|\\.)*)\//.exec(source.slice(at)) : null;
    if (pattern) {
      tokens.push({ is: "pattern", text: pattern[1] ?? "" });
      at += pattern[0].length;
      continue;
    }
    token.lastIndex = at;
    const found = token.exec(source);
    if (!found) {
      if (source.slice(at).trim() === "") break;
      throw new NotUnderstood();
    }
    at = token.lastIndex;
    const [, number, text, name, sign] = found;
    if (number !== undefined) tokens.push({ is: "number", text: number });
    else if (text !== undefined)
      tokens.push({ is: "text", text: text.replace(/\\n/g, "\n").replace(/\\t/g, "\t").replace(/\\(.)/g, "$1") });
    else if (name !== undefined) tokens.push({ is: "name", text: name });
    else tokens.push({ is: "sign", text: sign ?? "" });
  }
  return tokens;
}

/** How deep parentheses are followed. */
const deepest = 50;

function rulesOf(tokens: readonly Token[]): Program {
  let at = 0;
  let depth = 0;
  const isSign = (text: string) => tokens[at]?.is === "sign" && tokens[at]?.text === text;
  const take = (text: string): boolean => {
    if (!isSign(text)) return false;
    at++;
    return true;
  };
  const need = (text: string): void => {
    if (!take(text)) throw new NotUnderstood();
  };
  const ends = () => take(";") || take("\n");

  function primary(): Expression {
    const next = tokens[at++];
    if (!next) throw new NotUnderstood();
    if (next.is === "number") return () => Number(next.text);
    if (next.is === "text") return () => next.text;
    if (next.is === "pattern") {
      const pattern = patternIn(next.text);
      return (row) => Number(pattern.test(row.line));
    }
    if (next.is === "name") return variable(next.text);
    if (next.text === "$") {
      const index = primary();
      return (row) => {
        const number = Number(index(row));
        return number === 0 ? row.line : (row.fields[number - 1] ?? "");
      };
    }
    if (next.text === "(" && ++depth < deepest) {
      const inner = either();
      need(")");
      depth--;
      return inner;
    }
    if (next.text === "!") {
      const inner = primary();
      return (row) => Number(!isTrue(inner(row)));
    }
    if (next.text === "-") {
      const inner = primary();
      return (row) => -Number(inner(row));
    }
    throw new NotUnderstood();
  }

  function variable(name: string): Expression {
    if (name === "NR" || name === "FNR") return (row) => row.number;
    if (name === "NF") return (row) => row.fields.length;
    return (row) => row.variables.get(name) ?? "";
  }

  function chain(signs: Readonly<Record<string, (a: Value, b: Value) => Value>>, below: () => Expression): Expression {
    let left = below();
    for (;;) {
      const sign = tokens[at];
      const does = sign?.is === "sign" ? signs[sign.text] : undefined;
      if (!does) return left;
      at++;
      const [one, other] = [left, below()];
      left = (row) => does(one(row), other(row));
    }
  }
  const product = () =>
    chain(
      {
        "*": (a, b) => Number(a) * Number(b),
        "/": (a, b) => Number(a) / Number(b),
        "%": (a, b) => Number(a) % Number(b),
      },
      primary,
    );
  const sum = () => chain({ "+": (a, b) => num(a) + num(b), "-": (a, b) => num(a) - num(b) }, product);

  /** Texts that stand beside each other are one text. */
  function joined(): Expression {
    const parts = [sum()];
    while (startsValue()) parts.push(sum());
    const [only] = parts;
    return parts.length === 1 && only ? only : (row) => parts.map((one) => textOf(one(row))).join("");
  }
  function startsValue(): boolean {
    const next = tokens[at];
    if (!next) return false;
    return next.is === "sign" ? next.text === "$" || next.text === "(" : next.is !== "pattern";
  }

  function comparison(): Expression {
    const left = joined();
    const sign = tokens[at]?.is === "sign" ? (tokens[at]?.text ?? "") : "";
    if (sign === "~" || sign === "!~") {
      at++;
      const next = tokens[at++];
      if (next?.is !== "pattern" && next?.is !== "text") throw new NotUnderstood();
      const pattern = patternIn(next.text);
      return (row) => Number(pattern.test(textOf(left(row))) === (sign === "~"));
    }
    const compare = comparisons[sign];
    if (!compare) return left;
    at++;
    const right = joined();
    return (row) => Number(compare(left(row), right(row)));
  }
  const both = () => chain({ "&&": (a, b) => Number(isTrue(a) && isTrue(b)) }, comparison);
  const either = (): Expression => chain({ "||": (a, b) => Number(isTrue(a) || isTrue(b)) }, both);

  function statement(): (row: Row) => string {
    const next = tokens[at];
    if (next?.is === "name" && next.text === "print") {
      at++;
      const values: Expression[] = [];
      if (!isSign("}") && !isSign(";") && !isSign("\n") && at < tokens.length) {
        do values.push(either());
        while (take(","));
      }
      return (row) => `${values.length === 0 ? row.line : values.map((one) => textOf(one(row))).join(" ")}\n`;
    }
    const sign = tokens[at + 1];
    if (next?.is !== "name" || sign?.is !== "sign") throw new NotUnderstood();
    at += 2;
    const { text: name } = next;
    const before = (row: Row) => num(row.variables.get(name) ?? 0);
    const set = (value: (row: Row) => Value) => (row: Row) => {
      row.variables.set(name, value(row));
      return "";
    };
    if (sign.text === "++") return set((row) => before(row) + 1);
    if (sign.text === "--") return set((row) => before(row) - 1);
    const value = either();
    if (sign.text === "+=") return set((row) => before(row) + num(value(row)));
    if (sign.text === "-=") return set((row) => before(row) - num(value(row)));
    if (sign.text === "=") return set(value);
    throw new NotUnderstood();
  }

  const rules: Rule[] = [];
  const printLine = (row: Row) => `${row.line}\n`;
  while (at < tokens.length) {
    if (ends()) continue;
    const name = tokens[at]?.is === "name" ? tokens[at]?.text : undefined;
    const when = name === "BEGIN" ? "begin" : name === "END" ? "end" : "line";
    if (when !== "line") at++;
    const condition = when === "line" && !isSign("{") ? either() : null;
    const does: ((row: Row) => string)[] = [];
    if (take("{")) {
      while (!take("}")) if (!ends()) does.push(statement());
    } else if (when !== "line") throw new NotUnderstood();
    else does.push(printLine);
    rules.push({ when, condition, does });
  }
  return rules;
}

const num = (value: Value): number => (typeof value === "number" ? value : Number.parseFloat(value) || 0);
const textOf = (value: Value): string => (typeof value === "number" ? String(Math.round(value * 1e6) / 1e6) : value);

function patternIn(text: string): Pattern {
  const found = patternOf(text, { kind: "extended" });
  if (!found) throw new NotUnderstood();
  return found;
}

/** Numbers as numbers where both are, else as texts. */
function order(one: Value, other: Value): number {
  const areNumbers = [one, other].every((value) => typeof value === "number" || /^\s*-?\d+(?:\.\d+)?\s*$/.test(value));
  if (areNumbers) return Number(one) - Number(other);
  const [a, b] = [textOf(one), textOf(other)];
  return a < b ? -1 : Number(a > b);
}

const comparisons: Readonly<Record<string, (one: Value, other: Value) => boolean>> = {
  "==": (one, other) => order(one, other) === 0,
  "!=": (one, other) => order(one, other) !== 0,
  "<": (one, other) => order(one, other) < 0,
  "<=": (one, other) => order(one, other) <= 0,
  ">": (one, other) => order(one, other) > 0,
  ">=": (one, other) => order(one, other) >= 0,
};
