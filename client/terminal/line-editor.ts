/** Line editing as in a shell: what keys make of the line, its history and what was cut. Pure; nothing is drawn here. */
import type { Key, KeyName } from "./keys.ts";
import {
  after,
  before,
  cut,
  emptyLine,
  endOfRow,
  filledLeft,
  insert,
  type Line,
  lineOf,
  moveTo,
  startOfRow,
  transpose,
  wordLeft,
  wordRight,
} from "./line.ts";

export interface LineEditor {
  readonly line: Line;
  /** The oldest first. */
  readonly history: readonly string[];
  /** Which entry of the history is being looked at, and the line that was left for it; null: none. */
  readonly recalled: { readonly at: number; readonly draft: string } | null;
  /** A search backwards: what is looked for, the entry that was found, and the line that was left for it. */
  readonly search: {
    readonly query: string;
    readonly at: number;
    readonly found: boolean;
    readonly draft: Line;
  } | null;
  /** What was cut last, to be put back. */
  readonly killed: string;
}

/** What the terminal is to do beyond drawing the line anew. */
export type Effect = "submit" | "interrupt" | "end" | "clear-screen" | "complete" | "bell";

export interface Edited {
  readonly editor: LineEditor;
  readonly effect?: Effect;
}

/** Entries of the history that are kept. */
export const mostHistory = 1000;

export function newLineEditor(history: readonly string[]): LineEditor {
  return { line: emptyLine, history, recalled: null, search: null, killed: "" };
}

/** The editor with an empty line, and what was entered in its history; what begins with a space or was the last is not kept again. */
export function entered(editor: LineEditor, text: string): LineEditor {
  const { history } = editor;
  const isKept = text.trim() !== "" && !text.startsWith(" ") && history.at(-1) !== text;
  return { ...newLineEditor(isKept ? [...history, text].slice(-mostHistory) : history), killed: editor.killed };
}

/** What a key makes of the editor. */
export function press(editor: LineEditor, key: Key): Edited {
  if (editor.search) return pressInSearch(editor, editor.search, key);
  if ("text" in key) return typed(editor, key.text);
  if ("paste" in key) return typed(editor, key.paste);
  return pressed(editor, key.key);
}

function typed(editor: LineEditor, text: string): Edited {
  return changed(editor, insert(editor.line, text));
}

const changed = (editor: LineEditor, line: Line): Edited => ({ editor: { ...editor, line } });

function killed(editor: LineEditor, from: number, to: number): Edited {
  const { line, gone } = cut(editor.line, from, to);
  return gone === "" ? { editor } : { editor: { ...editor, line, killed: gone } };
}

function pressed(editor: LineEditor, key: KeyName): Edited {
  const { line } = editor;
  const { text, cursor } = line;
  switch (key) {
    case "left":
      return changed(editor, moveTo(line, before(line, cursor)));
    case "right":
      return changed(editor, moveTo(line, after(line, cursor)));
    case "word-left":
      return changed(editor, moveTo(line, wordLeft(line)));
    case "word-right":
      return changed(editor, moveTo(line, wordRight(line)));
    case "home":
      return changed(editor, moveTo(line, startOfRow(line)));
    case "end":
      return changed(editor, moveTo(line, endOfRow(line)));
    case "backspace":
      return changed(editor, cut(line, before(line, cursor), cursor).line);
    case "delete":
      return changed(editor, cut(line, cursor, after(line, cursor)).line);
    case "kill-word-left":
      return killed(editor, wordLeft(line), cursor);
    case "kill-word-right":
      return killed(editor, cursor, wordRight(line));
    case "rub-out-word":
      return killed(editor, filledLeft(line), cursor);
    case "kill-to-start":
      return killed(editor, startOfRow(line), cursor);
    case "kill-to-end":
      return killed(editor, cursor, endOfRow(line));
    case "yank":
      return typed(editor, editor.killed);
    case "transpose":
      return changed(editor, transpose(line));
    case "last-argument":
      return typed(editor, editor.history.at(-1)?.match(/\S+$/)?.[0] ?? "");
    case "up":
      return startOfRow(line) > 0 ? changed(editor, rowUp(line)) : recall(editor, -1);
    case "down":
      return endOfRow(line) < text.length ? changed(editor, rowDown(line)) : recall(editor, 1);
    case "search":
      return {
        editor: { ...editor, search: { query: "", at: editor.history.length, found: true, draft: line } },
      };
    case "tab":
      return { editor, effect: "complete" };
    case "enter":
      return { editor: { ...editor, line: moveTo(line, text.length) }, effect: "submit" };
    case "interrupt":
      return { editor, effect: "interrupt" };
    case "end-of-input":
      return text === "" ? { editor, effect: "end" } : pressed(editor, "delete");
    case "clear-screen":
      return { editor, effect: "clear-screen" };
    case "cancel":
    case "escape":
      return { editor };
  }
}

function rowUp(line: Line): Line {
  const start = startOfRow(line);
  const above = startOfRow({ text: line.text, cursor: start - 1 });
  return moveTo(line, Math.min(above + line.cursor - start, start - 1));
}

function rowDown(line: Line): Line {
  const below = endOfRow(line) + 1;
  const end = endOfRow({ text: line.text, cursor: below });
  return moveTo(line, Math.min(below + line.cursor - startOfRow(line), end));
}

function recall(editor: LineEditor, by: -1 | 1): Edited {
  const { history, recalled, line } = editor;
  const at = (recalled?.at ?? history.length) + by;
  if (at < 0 || at > history.length) return { editor, effect: "bell" };
  const draft = recalled?.draft ?? line.text;
  if (at === history.length) return { editor: { ...editor, line: lineOf(draft), recalled: null } };
  return { editor: { ...editor, line: lineOf(history[at] ?? ""), recalled: { at, draft } } };
}

type Search = NonNullable<LineEditor["search"]>;

function pressInSearch(editor: LineEditor, search: Search, key: Key): Edited {
  if ("text" in key) return look(editor, { ...search, query: search.query + key.text }, search.at);
  if ("paste" in key) return look(editor, { ...search, query: search.query + key.paste.split("\n")[0] }, search.at);
  switch (key.key) {
    case "search":
      return search.query === "" ? { editor, effect: "bell" } : look(editor, search, search.at - 1);
    case "backspace": {
      const query = search.query.slice(0, before(lineOf(search.query), search.query.length));
      return look(editor, { ...search, query }, editor.history.length);
    }
    case "cancel":
    case "interrupt":
      return { editor: { ...editor, line: search.draft, search: null } };
    case "escape":
      return { editor: { ...editor, search: null } };
    default:
      return pressed({ ...editor, search: null }, key.key);
  }
}

/** Goes to the entry that holds what is looked for, `from` or an older one. */
function look(editor: LineEditor, search: Search, from: number): Edited {
  const { history } = editor;
  if (search.query === "") {
    const next = { ...search, at: history.length, found: true };
    return { editor: { ...editor, line: search.draft, search: next } };
  }
  for (let at = Math.min(from, history.length - 1); at >= 0; at--) {
    const entry = history[at] ?? "";
    const place = entry.lastIndexOf(search.query);
    if (place < 0) continue;
    return { editor: { ...editor, line: { text: entry, cursor: place }, search: { ...search, at, found: true } } };
  }
  return { editor: { ...editor, search: { ...search, found: false } }, effect: "bell" };
}
