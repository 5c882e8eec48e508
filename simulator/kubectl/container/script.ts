/** Shell scripts taken apart: as much of the language of a POSIX shell as is typed behind `sh -c`. */

/** A part of a word: only what is not in single quotes is filled in, only what is in no quotes is split. */
export interface Piece {
  readonly text: string;
  readonly quote: "" | "'" | '"';
}

export type Word = readonly Piece[];

type Token = { readonly op: string } | { readonly word: Word };

export type Script =
  | {
      readonly is: "command";
      readonly words: readonly Word[];
      readonly silent: readonly ("out" | "err")[];
      readonly file?: Word;
    }
  | { readonly is: "pipe"; readonly parts: readonly Script[] }
  | { readonly is: "list"; readonly parts: readonly { readonly script: Script; readonly when: ";" | "&&" | "||" }[] }
  | { readonly is: "for"; readonly name: string; readonly words: readonly Word[]; readonly body: Script }
  | { readonly is: "while"; readonly test: Script; readonly until: boolean; readonly body: Script }
  | { readonly is: "if"; readonly test: Script; readonly then: Script; readonly other: Script | undefined };

/** A text that is no script that is understood here. */
export class ScriptError extends Error {}

const operators = /^(?:&&|\|\||2>&1|[12]?>>?|;;|[;\n|&<()])/;

function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  let word: Piece[] | undefined;
  const end = () => {
    if (word) found.push({ word });
    word = undefined;
  };
  const add = (piece: Piece) => {
    word = [...(word ?? []), piece];
  };
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const op = word === undefined || !/^[12]/.test(rest) ? operators.exec(rest)?.[0] : undefined;
    const letter = text[at]!;
    if (op !== undefined) {
      end();
      found.push({ op });
      at += op.length;
    } else if (/[ \t\r]/.test(letter)) {
      end();
      at++;
    } else if (letter === "#" && word === undefined) at += rest.search(/\n|$/);
    else if (letter === "'" || letter === '"') {
      const close = closing(rest, letter);
      add({ text: rest.slice(1, close), quote: letter });
      at += close + 1;
    } else if (letter === "\\") {
      if (rest[1] !== "\n") add({ text: rest[1] ?? "", quote: "'" });
      at += 2;
    } else {
      const length = substitution(rest) || 1 + rest.slice(1).search(/[\s'"\\;|&<>()$]|$/);
      add({ text: rest.slice(0, length), quote: "" });
      at += length;
    }
  }
  end();
  return found;
}

/** Where a quoted part ends. */
function closing(text: string, quote: string): number {
  for (let at = 1; at < text.length; at++) {
    if (quote === '"' && text[at] === "\\") at++;
    else if (text[at] === quote) return at;
  }
  throw new ScriptError("unterminated quoted string");
}

/** The length of `$(…)` at the beginning of a text; 0 when there is none. */
export function substitution(text: string): number {
  if (!text.startsWith("$(")) return 0;
  let depth = 0;
  for (let at = 1; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at + 1;
  }
  throw new ScriptError("unterminated command substitution");
}

const ends = new Set(["do", "done", "then", "else", "fi", "elif"]);

/** The script of a text. */
export function parseScript(text: string): Script {
  const list = tokens(text);
  let at = 0;

  const peek = (): Token | undefined => list[at];
  const isOp = (...ops: readonly string[]) => {
    const token = peek();
    return token !== undefined && "op" in token && ops.includes(token.op);
  };
  const keyword = (): string => {
    const token = peek();
    if (!token || "op" in token || token.word.length !== 1) return "";
    const [piece] = token.word;
    return piece?.quote === "" ? piece.text : "";
  };
  function expect(word: string): void {
    while (isOp(";", "\n")) at++;
    if (keyword() !== word) throw new ScriptError(`syntax error: expecting "${word}"`);
    at++;
  }

  function sequence(): Script {
    const parts: { script: Script; when: ";" | "&&" | "||" }[] = [];
    let when: ";" | "&&" | "||" = ";";
    for (;;) {
      while (isOp(";", "\n", "&")) at++;
      if (peek() === undefined || ends.has(keyword())) break;
      if (isOp("(", ")", ";;")) throw new ScriptError("syntax error");
      parts.push({ script: pipeline(), when });
      const token = peek();
      when = token && "op" in token && (token.op === "&&" || token.op === "||") ? token.op : ";";
      if (when !== ";") at++;
    }
    return { is: "list", parts };
  }

  function pipeline(): Script {
    const parts = [simple()];
    while (isOp("|")) {
      at++;
      while (isOp("\n")) at++;
      parts.push(simple());
    }
    return parts.length === 1 ? parts[0]! : { is: "pipe", parts };
  }

  function simple(): Script {
    switch (keyword()) {
      case "for":
        return forLoop();
      case "while":
      case "until": {
        const until = keyword() === "until";
        at++;
        const test = sequence();
        return { is: "while", test, until, body: body() };
      }
      case "if":
        at++;
        return branch();
      default:
        return command();
    }
  }

  function body(): Script {
    expect("do");
    const inner = sequence();
    expect("done");
    return inner;
  }

  function forLoop(): Script {
    at++;
    const name = keyword();
    at++;
    const words: Word[] = [];
    if (keyword() === "in") {
      for (at++; ; at++) {
        const token = peek();
        if (!token || "op" in token) break;
        words.push(token.word);
      }
    }
    return { is: "for", name, words, body: body() };
  }

  function branch(): Script {
    const test = sequence();
    expect("then");
    const then = sequence();
    let other: Script | undefined;
    if (keyword() === "elif") {
      at++;
      return { is: "if", test, then, other: branch() };
    }
    if (keyword() === "else") {
      at++;
      other = sequence();
    }
    expect("fi");
    return { is: "if", test, then, other };
  }

  function command(): Script {
    const words: Word[] = [];
    const silent: ("out" | "err")[] = [];
    let file: Word | undefined;
    for (;;) {
      const token = peek();
      if (!token) break;
      if ("word" in token) {
        words.push(token.word);
        at++;
        continue;
      }
      if (token.op === "2>&1") at++;
      else if (/>/.test(token.op)) {
        at++;
        const target = peek();
        if (!target || "op" in target) throw new ScriptError("syntax error: unexpected redirection");
        at++;
        if (target.word.map(({ text }) => text).join("") === "/dev/null")
          silent.push(token.op.startsWith("2") ? "err" : "out");
        else file = target.word;
      } else if (token.op === "<") throw new ScriptError("input from files is not read here");
      else break;
    }
    return { is: "command", words, silent, ...(file ? { file } : {}) };
  }

  const script = sequence();
  if (at < list.length) throw new ScriptError("syntax error: unexpected word");
  return script;
}
