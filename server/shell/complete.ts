/** What a line could go on with: commands, and of kubectl its commands, flags, kinds, names and values. */
import type { Session } from "../../simulator/session.ts";
import { pathFlagBefore } from "./commands/kubectl.ts";
import { completeKubectl } from "./complete-kubectl.ts";
import { resolvePath, splitPath } from "./paths.ts";
import type { Shell } from "./run.ts";

export interface Completion {
  /** Where in the text the word begins that the candidates stand for. */
  readonly from: number;
  readonly candidates: readonly string[];
}

/** The names in a folder; null where there is none. */
export type ListFolder = (path: string) => Promise<readonly string[] | null>;

/** Candidates that are worth showing. */
const most = 500;

/** What the text before a cursor could go on with. */
export async function complete(
  text: string,
  { session, shell }: { readonly session: Session; readonly shell: Shell },
  list: ListFolder,
): Promise<Completion> {
  const { words, last, from } = splitLine(text);
  const candidates = await candidatesFor(words, last, session, shell, list);
  // A value behind `=` or a comma is completed by itself.
  const fits = [...new Set(candidates)].filter((one) => one.startsWith(last)).sort();
  return { from, candidates: fits.slice(0, most) };
}

async function candidatesFor(
  words: readonly string[],
  last: string,
  session: Session,
  shell: Shell,
  list: ListFolder,
): Promise<readonly string[]> {
  const { state, commands } = shell;
  const files = (prefix: string) => filesLike(prefix, state.folder, list);
  if (last.startsWith("$")) return [...state.variables.keys()].map((name) => `$${name}`);
  const redirect = words.at(-1);
  if (redirect !== undefined && /^\d?(?:>>?|<)$/.test(redirect)) return files(last);
  const [name, ...rest] = expanded(words, state.aliases);
  if (name === undefined) {
    const names = [...commands.map((one) => one.name), ...state.aliases.keys(), "for", "while", "if"];
    return names.filter((one) => /^\w/.test(one)).map(spaced);
  }
  if (name === "kubectl") {
    const path = pathFlagBefore(rest, last);
    if (path !== undefined) return (await files(path)).map((one) => last.slice(0, last.length - path.length) + one);
    return completeKubectl(rest, last, session, state.config);
  }
  if (name === "watch" || name === "xargs" || name === "time") {
    const inner = rest.slice(rest.findIndex((word) => !/^-|^\d/.test(word)));
    const isOpen = rest.every((word) => /^-|^\d/.test(word));
    const own = name === "time" ? ["next", "until", "speed"].map(spaced) : [];
    if (isOpen) return [...own, ...(await candidatesFor([], last, session, shell, list))];
    if (name === "time" && inner[0] === "until") return ["ready"];
    if (name === "time" && inner[0] === "speed") return ["1", "10", "60", "max", "pause"];
    return candidatesFor(inner, last, session, shell, list);
  }
  if (name === "export" || name === "unset") return [...state.variables.keys()];
  return files(last);
}

const spaced = (word: string): string => `${word} `;

async function filesLike(prefix: string, folder: string, list: ListFolder): Promise<readonly string[]> {
  const { folder: typed } = splitPath(prefix);
  const names = (await list(resolvePath(folder, typed === "" ? "." : typed))) ?? [];
  const isHiddenWanted = splitPath(prefix).name.startsWith(".");
  return names
    .filter((name) => isHiddenWanted || !name.startsWith("."))
    .map((name) => `${typed}${name.replace(/[ '"$&|;()<>\\*?[\]]/g, "\\$&")}${name.endsWith("/") ? "" : " "}`);
}

/** The words of the command that is being typed, with the text of the last one and where it begins. */
export function splitLine(text: string): {
  readonly words: readonly string[];
  readonly last: string;
  readonly from: number;
} {
  let words: string[] = [];
  let word = "";
  let from = 0;
  let quote = "";
  let isOpen = false;
  const end = (): void => {
    if (isOpen) words.push(word);
    word = "";
    isOpen = false;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (!isOpen) from = at;
    if (quote !== "") {
      if (character === quote) quote = "";
      else word += character;
    } else if (character === "'" || character === '"') {
      quote = character;
      isOpen = true;
    } else if (character === "\\") {
      word += text.charAt(++at);
      isOpen = true;
    } else if (/\s/.test(character)) {
      end();
      if (character === "\n") words = [];
    } else if (/[|;&(`]/.test(character)) {
      word = "";
      isOpen = false;
      words = [];
    } else if (/[<>]/.test(character)) {
      if (isOpen && !/^\d?[<>]*$/.test(word)) end();
      isOpen = true;
      word += character;
      if (!/[<>]/.test(text.charAt(at + 1))) end();
    } else {
      isOpen = true;
      word += character;
    }
  }
  return { words, last: isOpen ? word : "", from: isOpen ? from : text.length };
}

/** The words with an alias at their beginning put in. */
function expanded(words: readonly string[], aliases: ReadonlyMap<string, string>): readonly string[] {
  const bare = words.slice(
    words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word) && !["do", "then", "else", "!"].includes(word)),
  );
  const [name, ...rest] = words.length === 0 ? [] : bare;
  const meaning = name === undefined ? undefined : aliases.get(name);
  if (name === undefined) return [];
  return meaning === undefined ? [name, ...rest] : [...meaning.split(/\s+/), ...rest];
}
