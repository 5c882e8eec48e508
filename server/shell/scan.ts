/** Characters of a line of the shell as words and operators. */
import type { List, Part, Word } from "./syntax.ts";

/** What ends the reading of a line: it is wrong, or goes on in the next line. Only `parse` lets these out, as values. */
export class Unreadable {
  /** What is wrong; null: nothing yet, there is more to come. */
  readonly error: string | null;
  constructor(error: string | null) {
    this.error = error;
  }
}

export interface Heredoc {
  readonly delimiter: string;
  readonly quoted: boolean;
  /** `<<-`: tabs at the beginnings of lines are no part of it. */
  readonly stripped: boolean;
  text: Word;
}

export interface Scanner {
  at: number;
  readonly text: string;
  /** Here-documents whose text begins after the next line end. */
  readonly pending: Heredoc[];
  /** Reads what stands in `$(…)`. */
  readonly readList: (scanner: Scanner, end: string) => List;
}

export const operators = [
  "&&",
  "||",
  ";;",
  ">>",
  "<<<",
  "<<-",
  "<<",
  ">&",
  "&>",
  ">",
  "<",
  "|",
  ";",
  "&",
  "(",
  ")",
] as const;
export type Operator = (typeof operators)[number];

const longestFirst = operators.toSorted((a, b) => b.length - a.length);

/** Goes over spaces, comments and backslashed line ends. */
export function skipBlanks(scanner: Scanner): void {
  for (;;) {
    const { text, at } = scanner;
    if (text[at] === " " || text[at] === "\t") scanner.at++;
    else if (text.startsWith("\\\n", at)) scanner.at += 2;
    else if (text[at] === "#") {
      const end = text.indexOf("\n", at);
      scanner.at = end < 0 ? text.length : end;
    } else return;
  }
}

/** The operator that stands here. */
export function operatorAt({ text, at }: Scanner): Operator | undefined {
  return longestFirst.find((one) => text.startsWith(one, at));
}

const isWordEnd = (character: string | undefined): boolean => character === undefined || /[\s|&;<>()]/.test(character);

/** The word that stands here; undefined where there is none. */
export function readWord(scanner: Scanner): Word | undefined {
  skipBlanks(scanner);
  const parts: Part[] = [];
  const begin = scanner.at;
  let plain = "";
  const flush = (): void => {
    if (plain !== "") parts.push({ is: "text", text: plain, quoted: false });
    plain = "";
  };
  for (;;) {
    const character = scanner.text[scanner.at];
    if (isWordEnd(character)) break;
    if (character === "\\") {
      const next = scanner.text[scanner.at + 1];
      if (next === undefined) throw new Unreadable(null);
      flush();
      if (next !== "\n") parts.push({ is: "text", text: next, quoted: true });
      scanner.at += 2;
    } else if (character === "'") {
      flush();
      parts.push({ is: "text", text: singleQuoted(scanner), quoted: true });
    } else if (character === '"') {
      flush();
      scanner.at++;
      parts.push(...doubleQuoted(scanner, '"'));
    } else if (character === "$" || character === "`") {
      flush();
      parts.push(readDollar(scanner, false));
    } else {
      plain += character;
      scanner.at++;
    }
  }
  flush();
  return scanner.at === begin ? undefined : parts;
}

function singleQuoted(scanner: Scanner): string {
  const end = scanner.text.indexOf("'", scanner.at + 1);
  if (end < 0) throw new Unreadable(null);
  const text = scanner.text.slice(scanner.at + 1, end);
  scanner.at = end + 1;
  return text;
}

/** What stands up to a quote, or to the end of the text where there is none to come: a here-document. */
export function doubleQuoted(scanner: Scanner, end: '"' | null): readonly Part[] {
  // Empty quotes are a word too.
  const parts: Part[] = end === null ? [] : [{ is: "text", text: "", quoted: true }];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") parts.push({ is: "text", text: plain, quoted: true });
    plain = "";
  };
  for (;;) {
    const character = scanner.text[scanner.at];
    if (character === undefined) {
      if (end !== null) throw new Unreadable(null);
      flush();
      return parts;
    }
    if (character === end) {
      scanner.at++;
      flush();
      return parts;
    }
    const next = scanner.text[scanner.at + 1];
    if (character === "\\" && next !== undefined && (/[$`\\\n]/.test(next) || next === end)) {
      if (next !== "\n") plain += next;
      scanner.at += 2;
    } else if (character === "$" || character === "`") {
      flush();
      parts.push(readDollar(scanner, true));
    } else {
      plain += character;
      scanner.at++;
    }
  }
}

/** What begins with `$`, or backticks. */
function readDollar(scanner: Scanner, quoted: boolean): Part {
  const { text, at } = scanner;
  if (text[at] === "`") {
    const end = text.indexOf("`", at + 1);
    if (end < 0) throw new Unreadable(null);
    const inner: Scanner = { ...scanner, text: text.slice(at + 1, end), at: 0, pending: [] };
    const list = scanner.readList(inner, "");
    scanner.at = end + 1;
    return { is: "command", list, quoted };
  }
  if (text.startsWith("$((", at)) {
    const end = text.indexOf("))", at);
    if (end < 0) throw new Unreadable(null);
    scanner.at = end + 2;
    return { is: "sum", text: text.slice(at + 3, end), quoted };
  }
  if (text.startsWith("$(", at)) {
    scanner.at += 2;
    const list = scanner.readList(scanner, ")");
    return { is: "command", list, quoted };
  }
  if (text.startsWith("${", at)) return readBraced(scanner, quoted);
  const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[?#@*$0-9])/.exec(text.slice(at + 1, at + 256))?.[0];
  scanner.at += 1 + (name?.length ?? 0);
  return name === undefined ? { is: "text", text: "$", quoted: true } : { is: "variable", name, quoted };
}

function readBraced(scanner: Scanner, quoted: boolean): Part {
  const { text, at } = scanner;
  const end = text.indexOf("}", at);
  if (end < 0) throw new Unreadable(null);
  const inner = text.slice(at + 2, end);
  const found = /^([A-Za-z_][A-Za-z0-9_]*|[?0-9])(?:(:?)-([\s\S]*))?$/.exec(inner);
  if (!found) throw new Unreadable(`\${${inner}}: bad substitution`);
  scanner.at = end + 1;
  const [, name = "", colon, otherwise] = found;
  if (otherwise === undefined) return { is: "variable", name, quoted };
  const value = doubleQuoted({ ...scanner, text: otherwise, at: 0, pending: [] }, null);
  return { is: "variable", name, quoted, otherwise: value, orEmpty: colon === ":" };
}

/** Reads the texts of here-documents that begin at the line that starts here. */
export function readHeredocs(scanner: Scanner): void {
  for (const heredoc of scanner.pending.splice(0)) {
    const lines: string[] = [];
    for (;;) {
      if (scanner.at >= scanner.text.length) throw new Unreadable(null);
      const end = scanner.text.indexOf("\n", scanner.at);
      const whole = scanner.text.slice(scanner.at, end < 0 ? undefined : end);
      scanner.at = end < 0 ? scanner.text.length : end + 1;
      const line = heredoc.stripped ? whole.replace(/^\t+/, "") : whole;
      if (line === heredoc.delimiter) break;
      lines.push(`${line}\n`);
    }
    const text = lines.join("");
    heredoc.text = heredoc.quoted
      ? [{ is: "text", text, quoted: true }]
      : doubleQuoted({ ...scanner, text, at: 0, pending: [] }, null);
  }
}
