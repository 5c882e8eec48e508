/** Patterns of `grep`, `sed` and `awk` as expressions of the language. */

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

/** The expression; undefined where the pattern is none. */
export function expressionOf(
  pattern: string,
  { kind, ignoreCase, whole = "none" }: PatternOptions,
): RegExp | undefined {
  const sources = pattern.split("\n").map((one) => sourceOf(one, kind));
  const source = sources.length === 1 ? sources[0] : sources.map((one) => `(?:${one})`).join("|");
  const bounded =
    whole === "line" ? `^(?:${source})$` : whole === "word" ? `(?<![\\w])(?:${source})(?![\\w])` : (source ?? "");
  try {
    return new RegExp(bounded, ignoreCase ? "i" : "");
  } catch {
    return undefined;
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
