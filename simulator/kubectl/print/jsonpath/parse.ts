/** Templates of kubectl's JSONPath. Models client-go/util/jsonpath/parser.go. */
import { unquoted } from "../go-strings.ts";

export type Node =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "list"; readonly nodes: readonly Node[] }
  | { readonly is: "field"; readonly name: string }
  | { readonly is: "wildcard" }
  | { readonly is: "recursive" }
  | { readonly is: "word"; readonly word: string }
  | { readonly is: "value"; readonly value: number | boolean }
  | {
      readonly is: "slice";
      readonly from: number | undefined;
      readonly to: number | undefined;
      readonly step: number | undefined;
      readonly one: boolean;
    }
  | { readonly is: "union"; readonly lists: readonly (readonly Node[])[] }
  | {
      readonly is: "filter";
      readonly left: readonly Node[];
      readonly operator: string;
      readonly right: readonly Node[];
    };

export type Template = { readonly nodes: readonly Node[] } | { readonly error: string };

/** Thrown and caught within this file: what is wrong with a template. */
class Fault extends Error {}

/** Reads a template: text with actions in braces. */
export function parseTemplate(text: string): Template {
  try {
    return { nodes: templateNodes(text) };
  } catch (fault) {
    if (fault instanceof Fault) return { error: fault.message };
    throw fault;
  }
}

function templateNodes(text: string): readonly Node[] {
  const nodes: Node[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("{", at);
    if (open !== at) nodes.push({ is: "text", text: text.slice(at, open < 0 ? undefined : open) });
    if (open < 0) break;
    const reader = createReader(text, open + 1);
    const list = reader.action();
    nodes.push({ is: "list", nodes: list });
    at = reader.at();
  }
  return nodes;
}

/** The nodes of one action without its braces. */
function actionNodes(text: string): readonly Node[] {
  const [first] = templateNodes(`{${text}}`);
  return first?.is === "list" ? first.nodes : [];
}

const letter = /[\p{L}\p{Nd}_]/u;
const terminator = /[\s.,[\]$@{}]/;

function createReader(text: string, start: number) {
  let at = start;
  const nodes: Node[] = [];

  /** Up to the next character that ends a name; one behind a backslash does not. */
  function name(): string {
    const from = at;
    while (at < text.length && !terminator.test(text[at]!)) at += text[at] === "\\" ? 2 : 1;
    return text.slice(from, at);
  }

  function field(): void {
    const found = name();
    nodes.push(found === "*" ? { is: "wildcard" } : { is: "field", name: found.replaceAll("\\", "") });
  }

  function quote(): void {
    const end = text[at]!;
    const from = at++;
    while (text[at] !== end) {
      if (at >= text.length || text[at] === "\n") throw new Fault("unterminated quoted string");
      at += text[at] === "\\" ? 2 : 1;
    }
    at++;
    const value = unquoted(text.slice(from, at));
    if (value === undefined) throw new Fault(`unquote string ${text.slice(from, at)} error invalid syntax`);
    nodes.push({ is: "text", text: value });
  }

  function number(): void {
    const from = at++;
    while (at < text.length && !terminator.test(text[at]!)) at++;
    if (text[at] === "." && /\d/.test(text[at + 1] ?? "")) {
      at++;
      while (/\d/.test(text[at] ?? "")) at++;
    }
    const digits = text.slice(from, at);
    const value = Number(digits);
    if (Number.isNaN(value)) throw new Fault(`cannot parse number ${digits}`);
    nodes.push({ is: "value", value });
  }

  function word(): void {
    const from = at;
    while (at < text.length && !terminator.test(text[at]!)) at++;
    const found = text.slice(from, at);
    nodes.push(
      found === "true" || found === "false" ? { is: "value", value: found === "true" } : { is: "word", word: found },
    );
  }

  function filter(): void {
    const from = at + "[?(".length;
    at = from;
    let pair = "";
    let isClosed = false;
    for (; ; at++) {
      const char = text[at];
      if (char === undefined || char === "\n") throw new Fault("unterminated filter");
      if (char === '"' || char === "'") {
        if (pair === "") pair = char;
        else if (text[at - 1] !== "\\" && char === pair) isClosed = true;
      } else if (char === ")" && (pair !== "") === isClosed) break;
    }
    const inner = text.slice(from, at++);
    if (text[at++] !== "]") throw new Fault("unclosed array expect ]");
    const parts = /^([^!<>=]+)([!<>=]+)(.+?)$/s.exec(inner);
    const [, left = inner, operator = "exists", right] = parts ?? [];
    nodes.push({
      is: "filter",
      left: actionNodes(left),
      operator,
      right: right === undefined ? [] : actionNodes(right),
    });
  }

  function array(): void {
    const end = text.slice(at).search(/[\]\n]/);
    if (end < 0 || text[at + end] === "\n") throw new Fault("unterminated array");
    const inner = text.slice(at + 1, at + end);
    at += end + 1;
    const parts = inner.split(",");
    if (parts.length > 1) {
      nodes.push({ is: "union", lists: parts.map((part) => actionNodes(`[${part.replace(/^ +| +$/g, "")}]`)) });
      return;
    }
    const key = /^'([^']*)'$/.exec(inner)?.[1];
    if (key !== undefined) nodes.push(...actionNodes(`.${key}`));
    else nodes.push(sliceOf(inner === "*" ? ":" : inner));
  }

  function action(): readonly Node[] {
    for (;;) {
      const char = text[at];
      if (char === undefined || char === "\n" || char === "\r") throw new Fault("unclosed action");
      if (char === "}") {
        at++;
        return nodes;
      }
      if (text.startsWith("[?(", at)) filter();
      else if (text.startsWith("..", at)) {
        if (nodes.at(-1)?.is === "recursive") throw new Fault("invalid multiple recursive descent");
        at += 2;
        nodes.push({ is: "recursive" });
        if (letter.test(text[at] ?? "")) field();
      } else if (char === " " || char === "\t" || char === "@" || char === "$") at++;
      else if (char === "[") array();
      else if (char === '"' || char === "'") quote();
      else if (char === ".") {
        at++;
        field();
      } else if (/[+\-0-9]/.test(char)) number();
      else if (letter.test(char)) word();
      else throw new Fault(`unrecognized character in action: ${unicode(char)}`);
    }
  }

  return { action, at: () => at };
}

function sliceOf(inner: string): Node {
  const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(inner);
  if (!match) throw new Fault(`invalid array index ${inner}`);
  const [, first = "", second, third] = match;
  const number = (part: string | undefined) =>
    part === undefined || part === "" || part === ":" ? undefined : Number(part.replace(":", ""));
  return { is: "slice", from: number(first), to: number(second), step: number(third), one: second === undefined };
}

/** A character as Go tells it: `U+0026 '&'`. */
function unicode(char: string): string {
  return `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")} '${char}'`;
}
