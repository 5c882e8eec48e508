/** Templates of Go as far as `-o go-template` is used for: paths, variables, conditions, ranges, functions. Models text/template/parse. */
import { unquoted } from "../go-strings.ts";

export type Expression =
  | {
      readonly is: "path";
      readonly from: "." | "$" | { readonly variable: string } | Expression;
      readonly fields: readonly string[];
    }
  | { readonly is: "value"; readonly value: string | number | boolean | null }
  | { readonly is: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly is: "pipe"; readonly steps: readonly Expression[] };

export interface Assignment {
  readonly names: readonly string[];
  readonly isNew: boolean;
  readonly value: Expression;
}

export type Part =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "print"; readonly value: Expression }
  | { readonly is: "assign"; readonly assignment: Assignment }
  | {
      readonly is: "if" | "with";
      readonly value: Expression | Assignment;
      readonly met: readonly Part[];
      readonly otherwise: readonly Part[];
    }
  | {
      readonly is: "range";
      readonly value: Expression | Assignment;
      readonly met: readonly Part[];
      readonly otherwise: readonly Part[];
    };

/** What is wrong with a template; thrown and caught in the files of this folder. */
export class TemplateFault extends Error {}

type Token = {
  readonly is: "word" | "field" | "variable" | "text" | "number" | "mark";
  readonly text: string;
  readonly glued: boolean;
};

interface Piece {
  readonly is: "text" | "action";
  readonly text: string;
}

function piecesOf(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let rest = template;
  let trims = false;
  for (;;) {
    const open = rest.indexOf("{{");
    const before = open < 0 ? rest : rest.slice(0, open);
    const cut = trims ? before.trimStart() : before;
    if (open < 0) {
      pieces.push({ is: "text", text: cut });
      return pieces;
    }
    const inner = rest.slice(open + 2);
    const trimsBefore = /^-\s/.test(inner);
    pieces.push({ is: "text", text: trimsBefore ? cut.trimEnd() : cut });
    const close = closeOf(inner);
    if (close < 0) throw new TemplateFault("unclosed action");
    const action = inner.slice(trimsBefore ? 1 : 0, close);
    trims = /\s-$/.test(action);
    pieces.push({ is: "action", text: (trims ? action.slice(0, -1) : action).trim() });
    rest = inner.slice(close + 2);
  }
}

/** Where an action ends; braces in quotes do not end it. */
function closeOf(inner: string): number {
  let quote = "";
  for (let at = 0; at < inner.length; at++) {
    const char = inner[at]!;
    if (quote !== "") {
      if (char === "\\" && quote === '"') at++;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "`") quote = char;
    else if (inner.startsWith("}}", at)) return at;
  }
  return -1;
}

const pattern =
  /(\s+)|("(?:[^"\\]|\\.)*"|`[^`]*`)|(\$[A-Za-z0-9_]*)|(\.[A-Za-z_][A-Za-z0-9_]*)|([A-Za-z_][A-Za-z0-9_]*)|([+-]?[0-9][0-9.]*(?:e[+-]?[0-9]+)?)|(:=|[|(),=.])/gy;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let glued = false;
  for (let at = 0; at < text.length; ) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) throw new TemplateFault(`unexpected ${JSON.stringify(text[at])} in operand`);
    at = pattern.lastIndex;
    const [whole, blank, string, variable, field, word, number] = match;
    if (blank === undefined) {
      const is = string ? "text" : variable ? "variable" : field ? "field" : word ? "word" : number ? "number" : "mark";
      tokens.push({ is, text: whole, glued });
    }
    glued = blank === undefined;
  }
  return tokens;
}

const functions: ReadonlySet<string> = new Set(
  "and or not eq ne lt le gt ge index len print printf println html js urlquery slice call base64decode exists".split(
    " ",
  ),
);

/** Reads the tokens of an action. */
function reader(tokens: readonly Token[]) {
  let at = 0;
  const peek = () => tokens[at];

  function fields(): readonly string[] {
    const names: string[] = [];
    while (peek()?.is === "field" && peek()!.glued) names.push(tokens[at++]!.text.slice(1));
    return names;
  }

  function operand(): Expression | undefined {
    const token = peek();
    if (!token) return undefined;
    if (token.is === "mark" && token.text === "(") {
      at++;
      const inner = pipeline();
      if (tokens[at++]?.text !== ")") throw new TemplateFault("unclosed left paren");
      const names = fields();
      return names.length === 0 ? inner : { is: "path", from: inner, fields: names };
    }
    if (token.is === "mark" && token.text === ".") {
      at++;
      return { is: "path", from: ".", fields: fields() };
    }
    switch (token.is) {
      case "field":
        at++;
        return { is: "path", from: ".", fields: [token.text.slice(1), ...fields()] };
      case "variable":
        at++;
        return { is: "path", from: token.text === "$" ? "$" : { variable: token.text }, fields: fields() };
      case "text": {
        at++;
        const value = token.text.startsWith("`") ? token.text.slice(1, -1) : unquoted(token.text);
        return { is: "value", value: value ?? "" };
      }
      case "number":
        at++;
        return { is: "value", value: Number(token.text) };
      case "word":
        if (token.text === "true" || token.text === "false") {
          at++;
          return { is: "value", value: token.text === "true" };
        }
        if (token.text === "nil") {
          at++;
          return { is: "value", value: null };
        }
        return undefined;
      default:
        return undefined;
    }
  }

  function command(): Expression {
    const token = peek();
    if (token?.is === "word" && !["true", "false", "nil"].includes(token.text)) {
      if (!functions.has(token.text)) throw new TemplateFault(`function ${JSON.stringify(token.text)} not defined`);
      at++;
      const args: Expression[] = [];
      for (;;) {
        const next = peek()?.is === "word" && functions.has(peek()!.text) ? word() : operand();
        if (next === undefined) break;
        args.push(next);
      }
      return { is: "call", name: token.text, args };
    }
    const found = operand();
    if (found === undefined) throw new TemplateFault("missing value for command");
    return found;
  }

  function word(): Expression {
    return { is: "call", name: tokens[at++]!.text, args: [] };
  }

  function pipeline(): Expression {
    const steps = [command()];
    while (peek()?.text === "|") {
      at++;
      steps.push(command());
    }
    return steps.length === 1 ? steps[0]! : { is: "pipe", steps };
  }

  function assignment(): Assignment | Expression {
    const names: string[] = [];
    const start = at;
    while (peek()?.is === "variable") {
      names.push(tokens[at++]!.text);
      if (peek()?.text === ",") at++;
      else break;
    }
    const sign = peek()?.text;
    if (names.length > 0 && (sign === ":=" || sign === "=")) {
      at++;
      return { names, isNew: sign === ":=", value: whole() };
    }
    at = start;
    return whole();
  }

  function whole(): Expression {
    const value = pipeline();
    const more = peek();
    if (more) throw new TemplateFault(`unexpected ${JSON.stringify(more.text)} in operand`);
    return value;
  }

  return { assignment };
}

export const isAssignment = (one: Assignment | Expression): one is Assignment => "names" in one;

/** Reads a template, or throws what is wrong with it. */
export function parseGoTemplate(template: string): readonly Part[] {
  const pieces = piecesOf(template);
  let at = 0;

  /** Parts up to one of the words that end them; undefined: to the end of the template. */
  function parts(ends: readonly string[]): { readonly parts: readonly Part[]; readonly end: string } {
    const found: Part[] = [];
    while (at < pieces.length) {
      const piece = pieces[at++]!;
      if (piece.is === "text") {
        if (piece.text !== "") found.push({ is: "text", text: piece.text });
        continue;
      }
      const { text } = piece;
      if (text.startsWith("/*")) continue;
      const [word = "", ...others] = text.split(/\s+/);
      if (ends.includes(word)) return { parts: found, end: [word, ...others].join(" ") };
      if (word === "end" || word === "else") throw new TemplateFault(`unexpected {{${word}}}`);
      if (word === "if" || word === "with" || word === "range") found.push(block(word, text.slice(word.length).trim()));
      else found.push(single(text));
    }
    if (ends.length > 0) throw new TemplateFault("unexpected EOF");
    return { parts: found, end: "" };
  }

  function single(text: string): Part {
    const read = reader(tokensOf(text)).assignment();
    return isAssignment(read) ? { is: "assign", assignment: read } : { is: "print", value: read };
  }

  function block(is: "if" | "with" | "range", text: string): Part {
    const value = reader(tokensOf(text)).assignment();
    const then = parts(["end", "else"]);
    if (then.end === "end") return { is, value, met: then.parts, otherwise: [] };
    const chained = /^else (if|with) (.*)$/s.exec(then.end);
    const otherwise = chained ? [block(chained[1] as "if" | "with", chained[2]!)] : parts(["end"]).parts;
    return { is, value, met: then.parts, otherwise };
  }

  return parts([]).parts;
}
