/** What the words of a line stand for: variables, what commands print, braces, patterns of files. Models the expansions of POSIX shells. */
import { listFolder, type Steps } from "./effects.ts";
import { resolvePath } from "./paths.ts";
import type { ShellState } from "./state.ts";
import { sumOf } from "./sum.ts";
import type { List, Part, Word } from "./syntax.ts";

/** A piece of text; what is bare may be split and may be a pattern. */
interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** How a command inside `$(…)` is run: gives what it prints. */
export type Capture = (list: List) => Steps<string>;

/** Words that one word with braces stands for at most. */
const mostBraced = 1000;

/** The words that a command gets. */
export function* expandWords(words: readonly Word[], state: ShellState, capture: Capture): Steps<readonly string[]> {
  const found: string[] = [];
  for (const word of words.flatMap(braces)) {
    for (const field of yield* fieldsOf(word, state, capture)) {
      found.push(...(yield* filesLike(field, state)));
    }
  }
  return found;
}

/** The one text of a word that is neither split nor a pattern: a value, the text of a here-document. */
export function* expandText(word: Word, state: ShellState, capture: Capture): Steps<string> {
  let text = "";
  for (const part of word) text += yield* textOfPart(part, state, capture);
  return text;
}

function* textOfPart(part: Part, state: ShellState, capture: Capture): Steps<string> {
  switch (part.is) {
    case "text":
      return part.text;
    case "variable": {
      const value = part.name === "?" ? String(state.last) : state.variables.get(part.name);
      const isMissing = value === undefined || (part.orEmpty === true && value === "");
      if (isMissing && part.otherwise) return yield* expandText(part.otherwise, state, capture);
      return value ?? "";
    }
    case "command":
      return (yield* capture(part.list)).replace(/\n+$/, "");
    case "sum": {
      const text = part.text.replace(/\$?\b([A-Za-z_]\w*)/g, (_, name: string) => state.variables.get(name) || "0");
      return sumOf(text);
    }
  }
}

/** A word as fields: what comes out of a bare variable or command is cut at spaces. */
function* fieldsOf(word: Word, state: ShellState, capture: Capture): Steps<readonly (readonly Piece[])[]> {
  const fields: Piece[][] = [];
  let open: Piece[] | null = null;
  for (const [index, part] of word.entries()) {
    const value = yield* textOfPart(part, state, capture);
    if (part.is === "text") {
      const isHome = index === 0 && !part.quoted && /^~(?:\/|$)/.test(value);
      open ??= [];
      open.push({ text: isHome ? value.slice(1) || "/" : value, quoted: part.quoted });
    } else if (part.quoted) {
      open ??= [];
      open.push({ text: value, quoted: true });
    } else {
      const cut = value.split(/\s+/);
      for (const [at, text] of cut.entries()) {
        if (at > 0 && open) {
          fields.push(open);
          open = null;
        }
        if (text === "") continue;
        open ??= [];
        open.push({ text, quoted: false });
      }
    }
  }
  if (open) fields.push(open);
  return fields;
}

/** The files that a field with `*`, `?` or `[…]` stands for; the text itself where there are none. */
function* filesLike(field: readonly Piece[], state: ShellState): Steps<readonly string[]> {
  const text = field.map((one) => one.text).join("");
  if (!field.some((one) => !one.quoted && /[*?[]/.test(one.text))) return [text];
  const source = field.map((one) => (one.quoted ? one.text.replace(/[*?[\]\\]/g, "\\$&") : one.text)).join("");
  let found = [source.startsWith("/") ? "/" : ""];
  const parts = source.split("/").filter((part) => part !== "");
  for (const [depth, part] of parts.entries()) {
    const isLast = depth === parts.length - 1;
    const next: string[] = [];
    for (const folder of found) {
      if (!/[*?[]/.test(part.replace(/\\./g, ""))) {
        next.push(`${folder}${part.replace(/\\(.)/g, "$1")}${isLast ? "" : "/"}`);
        continue;
      }
      const pattern = patternOf(part);
      const names = (yield* listFolder(resolvePath(state.folder, folder))) ?? [];
      for (const name of names) {
        const isFolder = name.endsWith("/");
        const bare = isFolder ? name.slice(0, -1) : name;
        if (bare.startsWith(".") && !part.startsWith(".")) continue;
        if (pattern.test(bare) && (isLast || isFolder)) next.push(`${folder}${bare}${isLast ? "" : "/"}`);
      }
    }
    found = next;
  }
  return found.length > 0 ? found.sort() : [text];
}

/** A pattern of names as an expression; `\` before a character takes it as it is. */
export function patternOf(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)|\*+|\?|\[(!?)([^\]]+)\]|[\^$.+(){}|\\[\]]/g, (whole, literal, not, set) => {
    if (literal !== undefined) return String(literal).replace(/[\^$.*+?(){}|\\[\]]/, "\\$&");
    if (whole.startsWith("*")) return "[^/]*";
    if (whole === "?") return "[^/]";
    if (set !== undefined) return `[${not ? "^" : ""}${String(set).replace(/[\\\]^]/g, "\\$&")}]`;
    return `\\${whole}`;
  });
  try {
    return new RegExp(`^${source}$`, "u");
  } catch {
    // A range that is none, as in `[z-a]`, is like nothing.
    return /(?!)/;
  }
}

/** `web-{0,1}` and `{1..3}` as the words that they stand for, in order; no more than are allowed. */
function braces(word: Word): readonly Word[] {
  const done: Word[] = [];
  const open: Word[] = [word];
  while (open.length > 0 && done.length < mostBraced) {
    const next = open.pop()!;
    const choices = chosen(next);
    if (choices) open.push(...choices.toReversed());
    else done.push(next);
  }
  return done;
}

/** The words that the first braces of a word make of it; undefined where it has none. */
function chosen(word: Word): readonly Word[] | undefined {
  for (const [index, part] of word.entries()) {
    if (part.is !== "text" || part.quoted) continue;
    const found = /\{([^{}\s]*(?:,|\.\.)[^{}\s]*)\}/.exec(part.text);
    const choices = found && choicesOf(found[1] ?? "");
    if (!found || !choices) continue;
    return choices.slice(0, mostBraced).map((choice) => {
      const text = part.text.slice(0, found.index) + choice + part.text.slice(found.index + found[0].length);
      return [...word.slice(0, index), { ...part, text }, ...word.slice(index + 1)];
    });
  }
  return undefined;
}

function choicesOf(text: string): readonly string[] | undefined {
  const range = /^(-?\d{1,6})\.\.(-?\d{1,6})$/.exec(text);
  if (!range) return text.includes(",") ? text.split(",") : undefined;
  const [from, to] = [Number(range[1]), Number(range[2])];
  const count = Math.min(mostBraced, Math.abs(to - from) + 1);
  return Array.from({ length: count }, (_, index) => String(from + Math.sign(to - from) * index));
}
