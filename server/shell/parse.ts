/** Reads a line of the shell, or the several lines of one command. Models the POSIX shell's grammar without functions, cases and jobs. */
import { type Heredoc, operatorAt, readHeredocs, readWord, type Scanner, skipBlanks, Unreadable } from "./scan.ts";
import type { Assignment, Command, List, Pipeline, Redirect, Word } from "./syntax.ts";

export type Parsed =
  | { readonly list: List }
  /** It goes on in the next line: a quote, a here-document or a loop is open. */
  | { readonly incomplete: true }
  | { readonly error: string };

/** Words of an alias are put in the place of a command's name. */
export type Aliases = ReadonlyMap<string, string>;

/** Depth of things in each other that no honest line needs. */
const deepest = 50;

export function parse(text: string, aliases: Aliases = new Map()): Parsed {
  let depth = 0;

  function readList(scanner: Scanner, end: string): List {
    if (++depth > deepest) throw new Unreadable("too many commands in each other");
    const list = listUntil(scanner, end === "" ? [] : [end]);
    depth--;
    return list;
  }

  /** Up to one of these words or operators, which is read too. */
  function listUntil(scanner: Scanner, ends: readonly string[]): List {
    const list: List[number][] = [];
    let after: List[number]["after"] = "any";
    for (;;) {
      skipLineEnds(scanner);
      if (scanner.at >= scanner.text.length) {
        if (ends.length > 0 || after !== "any") throw new Unreadable(null);
        return list;
      }
      if (ends.length > 0 && takeEnd(scanner, ends)) return list;
      list.push({ after, pipeline: pipeline(scanner) });
      skipBlanks(scanner);
      const operator = operatorAt(scanner);
      if (operator === "&&" || operator === "||") {
        scanner.at += 2;
        after = operator === "&&" ? "success" : "failure";
        continue;
      }
      after = "any";
      if (operator === ";") scanner.at++;
      else if (operator === "&") throw new Unreadable("there are no jobs in the background here");
      else if (operator !== undefined && operator !== ")") unexpected(operator);
      else if (operator === ")" && !ends.includes(")")) unexpected(operator);
    }
  }

  function takeEnd(scanner: Scanner, ends: readonly string[]): boolean {
    const end = ends.find((one) =>
      one === ")" || one === "}" ? scanner.text[scanner.at] === one : isWordAt(scanner, one),
    );
    if (end === undefined) return false;
    scanner.at += end.length;
    lastEnd = end;
    return true;
  }
  let lastEnd = "";

  function pipeline(scanner: Scanner): Pipeline {
    skipBlanks(scanner);
    const negated = isWordAt(scanner, "!");
    if (negated) scanner.at++;
    const commands = [command(scanner)];
    for (;;) {
      skipBlanks(scanner);
      if (operatorAt(scanner) !== "|") return { negated, commands };
      scanner.at++;
      if (scanner.text[scanner.at] === "&") throw new Unreadable("syntax error near unexpected token `|&'");
      skipLineEnds(scanner);
      if (scanner.at >= scanner.text.length) throw new Unreadable(null);
      commands.push(command(scanner));
    }
  }

  function command(scanner: Scanner): Command {
    skipBlanks(scanner);
    if (++depth > deepest) throw new Unreadable("too many commands in each other");
    const found = compound(scanner);
    depth--;
    if (found === undefined) return simple(scanner);
    const redirects: Redirect[] = [];
    for (let one = redirect(scanner); one !== undefined; one = redirect(scanner)) redirects.push(one);
    return { ...found, redirects } as Command;
  }

  type Bare<C> = C extends Command ? Omit<C, "redirects"> : never;

  function compound(scanner: Scanner): Bare<Command> | undefined {
    if (scanner.text[scanner.at] === "(") {
      scanner.at++;
      return { is: "group", list: listUntil(scanner, [")"]), apart: true };
    }
    const word = ["{", "for", "while", "until", "if"].find((one) => isWordAt(scanner, one));
    if (word === undefined) return undefined;
    scanner.at += word.length;
    switch (word) {
      case "{":
        return { is: "group", list: listUntil(scanner, ["}"]), apart: false };
      case "for":
        return loop(scanner);
      case "if":
        return condition(scanner);
      default: {
        const test = listUntil(scanner, ["do"]);
        return { is: "while", until: word === "until", test, body: listUntil(scanner, ["done"]) };
      }
    }
  }

  function loop(scanner: Scanner): Bare<Command> {
    const name = textOf(readWord(scanner));
    if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) return unexpected(name ?? "newline");
    skipLineEnds(scanner);
    const words: Word[] = [];
    if (isWordAt(scanner, "in")) {
      scanner.at += 2;
      for (let word = readWord(scanner); word !== undefined; word = readWord(scanner)) words.push(word);
    }
    skipLineEnds(scanner);
    if (scanner.text[scanner.at] === ";") scanner.at++;
    skipLineEnds(scanner);
    if (scanner.at >= scanner.text.length) throw new Unreadable(null);
    if (!isWordAt(scanner, "do")) return unexpected(operatorAt(scanner) ?? textOf(readWord(scanner)) ?? "newline");
    scanner.at += 2;
    return { is: "for", name, words, body: listUntil(scanner, ["done"]) };
  }

  function condition(scanner: Scanner): Bare<Command> {
    const branches: { readonly test: List; readonly body: List }[] = [];
    for (;;) {
      const test = listUntil(scanner, ["then"]);
      const body = listUntil(scanner, ["elif", "else", "fi"]);
      branches.push({ test, body });
      if (lastEnd === "fi") return { is: "if", branches, otherwise: null };
      if (lastEnd === "else") return { is: "if", branches, otherwise: listUntil(scanner, ["fi"]) };
    }
  }

  function simple(scanner: Scanner): Command {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      skipBlanks(scanner);
      const found = redirect(scanner);
      if (found) {
        redirects.push(found);
        continue;
      }
      const begin = scanner.at;
      const word = readWord(scanner);
      if (word === undefined) break;
      const assignment = words.length === 0 ? assignmentOf(word) : undefined;
      if (assignment) assignments.push(assignment);
      else if (words.length === 0) words.push(...aliased(scanner.text.slice(begin, scanner.at), word, new Set()));
      else words.push(word);
    }
    if (assignments.length + words.length + redirects.length === 0) {
      const operator = operatorAt(scanner);
      if (operator === undefined) throw new Unreadable(null);
      unexpected(operator);
    }
    return { is: "simple", assignments, words, redirects };
  }

  /** An alias may begin with another one, but not with itself. */
  function aliased(source: string, word: Word, seen: Set<string>): readonly Word[] {
    const meaning = aliases.get(source);
    if (meaning === undefined || seen.has(source)) return [word];
    seen.add(source);
    const scanner: Scanner = { text: meaning, at: 0, pending: [], readList };
    const words: Word[] = [];
    for (;;) {
      skipBlanks(scanner);
      const begin = scanner.at;
      const one = readWord(scanner);
      if (one === undefined) return words;
      if (words.length === 0) words.push(...aliased(meaning.slice(begin, scanner.at), one, seen));
      else words.push(one);
    }
  }

  function redirect(scanner: Scanner): Redirect | undefined {
    skipBlanks(scanner);
    const number = /^[012](?=[<>])/.exec(scanner.text.slice(scanner.at, scanner.at + 2))?.[0];
    const begin = scanner.at;
    if (number) scanner.at++;
    const operator = operatorAt(scanner);
    const stream = number === "2" ? 2 : 1;
    switch (operator) {
      case ">":
      case ">>":
      case "&>": {
        scanner.at += operator.length;
        const both = operator === "&>";
        return { is: "to", stream: both ? "both" : stream, append: operator === ">>", path: operand(scanner) };
      }
      case ">&": {
        scanner.at += 2;
        const as = textOf(operand(scanner));
        if (as !== "1" && as !== "2") throw new Unreadable(`${as ?? ""}: ambiguous redirect`);
        return { is: "same", stream, as: as === "1" ? 1 : 2 };
      }
      case "<":
        scanner.at++;
        return { is: "from", path: operand(scanner) };
      case "<<<":
        scanner.at += 3;
        return { is: "here", text: [...operand(scanner), { is: "text", text: "\n", quoted: true }] };
      case "<<":
      case "<<-": {
        scanner.at += operator.length;
        const word = operand(scanner);
        const heredoc: Heredoc = {
          delimiter: textOf(word) ?? "",
          quoted: word.some((part) => part.is === "text" && part.quoted),
          stripped: operator === "<<-",
          text: [],
        };
        scanner.pending.push(heredoc);
        return {
          is: "here",
          get text() {
            return heredoc.text;
          },
        };
      }
      default:
        scanner.at = begin;
        return undefined;
    }
  }

  function operand(scanner: Scanner): Word {
    const word = readWord(scanner);
    if (word !== undefined) return word;
    return unexpected(operatorAt(scanner) ?? "newline");
  }

  const scanner: Scanner = { text, at: 0, pending: [], readList };
  try {
    const list = listUntil(scanner, []);
    if (scanner.pending.length > 0) return { incomplete: true };
    return { list };
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    return thrown.error === null ? { incomplete: true } : { error: thrown.error };
  }
}

function unexpected(token: string): never {
  throw new Unreadable(`syntax error near unexpected token \`${token}'`);
}

function skipLineEnds(scanner: Scanner): void {
  for (;;) {
    skipBlanks(scanner);
    if (scanner.text[scanner.at] !== "\n") return;
    scanner.at++;
    readHeredocs(scanner);
  }
}

/** Whether the word that stands here is this one, without quotes. */
function isWordAt({ text, at }: Scanner, word: string): boolean {
  const behind = text[at + word.length];
  return text.startsWith(word, at) && (behind === undefined || /[\s;&|()<>]/.test(behind));
}

/** The text of a word of which nothing has to be worked out. */
function textOf(word: Word | undefined): string | undefined {
  if (word === undefined) return undefined;
  return word.every((part) => part.is === "text") ? word.map((part) => part.text).join("") : undefined;
}

function assignmentOf(word: Word): Assignment | undefined {
  const [first, ...rest] = word;
  if (first?.is !== "text" || first.quoted) return undefined;
  const found = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(first.text);
  if (!found) return undefined;
  const [, name = "", text = ""] = found;
  return { name, value: text === "" ? rest : [{ is: "text", text, quoted: false }, ...rest] };
}
