/** Patterns of `grep`, `sed` and `awk`, basic, extended or fixed. */
import { type Found, machineOf } from "./machine.ts";

export interface PatternOptions {
  readonly kind: "basic" | "extended" | "fixed";
  readonly ignoreCase?: boolean;
  /** Whether a word or a line has to be it as a whole. */
  readonly whole?: "none" | "word" | "line";
}

const classes: Readonly<Record<string, string>> = {
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "A-Za-z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: "\\s",
  blank: " \\t",
  punct: "!-\\/:-@\\[-`{-~",
  xdigit: "0-9A-Fa-f",
};

export interface Pattern {
  test(text: string): boolean;
  /** The first place from one on. */
  find(text: string, from: number): Found | null;
}

/** The pattern; undefined where it is none. However it is written, looking for it takes no longer than the text is long. */
export function patternOf(
  text: string,
  { kind, ignoreCase = false, whole = "none" }: PatternOptions,
): Pattern | undefined {
  const sources = text.split("\n").map((one) => sourceOf(one, kind));
  const source = sources.length === 1 ? (sources[0] ?? "") : sources.map((one) => `(?:${one})`).join("|");
  const bounded = whole === "line" ? `^(?:${source})$` : whole === "word" ? `(?<![\\w])(?:${source})(?![\\w])` : source;
  try {
    const expression = new RegExp(bounded, ignoreCase ? "gi" : "g");
    if (isSimple(source)) return simple(expression);
  } catch {
    return undefined;
  }
  const find = machineOf(bounded, ignoreCase);
  return find && { find, test: (line) => find(line, 0) !== null };
}

/** Whether trying one way after the other takes no long time: at most one part is repeated without a bound. */
function isSimple(source: string): boolean {
  const bare = source.replace(/\\./g, "x").replace(/\[[^\]]*\]/g, "x");
  return (bare.match(/[*+]|\{\d+,\d*\}/g) ?? []).length <= 1 && !/\)(?:[*+]|\{)/.test(bare);
}

function simple(expression: RegExp): Pattern {
  const find = (text: string, from: number): Found | null => {
    expression.lastIndex = from;
    const found = expression.exec(text);
    if (!found) return null;
    const [whole, ...groups] = found;
    return { index: found.index, end: found.index + whole.length, groups: groups.map((one) => one ?? "") };
  };
  return { find, test: (text) => find(text, 0) !== null };
}

/** All places that do not overlap, in order. */
export function* findAll(pattern: Pattern, text: string): Generator<Found> {
  for (let from = 0; from <= text.length; ) {
    const found = pattern.find(text, from);
    if (!found) return;
    yield found;
    from = found.end > found.index ? found.end : found.end + 1;
  }
}

function sourceOf(pattern: string, kind: PatternOptions["kind"]): string {
  if (kind === "fixed") return escaped(pattern);
  let source = "";
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === "[") {
      const end = endOfSet(pattern, at);
      if (end < 0) return `${source}[`;
      source += setOf(pattern.slice(at + 1, end));
      at = end;
    } else if (character === "\\") {
      const next = pattern.charAt(++at);
      if (/[+?|(){}]/.test(next)) source += kind === "basic" ? next : `\\${next}`;
      else if (next === "<" || next === ">") source += "\\b";
      else source += /[A-Za-z0-9]/.test(next) && !/[bBwWsSdD1-9nt]/.test(next) ? next : `\\${next}`;
    } else if (kind === "basic" && /[+?|(){}]/.test(character)) source += `\\${character}`;
    // At its beginning there is nothing that it could repeat.
    else if (character === "*" && source === "") source += "\\*";
    else source += character;
  }
  return source;
}

function endOfSet(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === "^") at++;
  if (pattern[at] === "]") at++;
  for (; at < pattern.length; at++) {
    if (pattern.startsWith("[:", at)) at = Math.max(at, pattern.indexOf(":]", at) + 1);
    else if (pattern[at] === "]") return at;
  }
  return -1;
}

function setOf(inner: string): string {
  const negated = inner.startsWith("^");
  const body = (negated ? inner.slice(1) : inner).replace(/\[:(\w+):\]|[\\\][]/g, (whole, name) =>
    name === undefined ? `\\${whole}` : (classes[name] ?? ""),
  );
  return `[${negated ? "^" : ""}${body}]`;
}

/** The text itself as a source. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
