/** Draws a prompt and the line behind it on a terminal, over what was drawn before. Pure. */
import type { LineEditor } from "./line-editor.ts";
import { cellsOf, textCells } from "./width.ts";

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** What stands on the terminal since the last drawing. */
export interface Drawn {
  /** Without colours. */
  readonly prompt: string;
  readonly text: string;
  readonly cursor: number;
}

export interface Prompt {
  readonly text: string;
  /** Escape sequences before and behind it. */
  readonly colour?: readonly [string, string];
}

/** Where the next character stands after `text` on a terminal of so many columns. */
export function placeAfter(text: string, columns: number, from: Place = { row: 0, column: 0 }): Place {
  let { row, column } = from;
  for (const character of text) {
    if (character === "\n") {
      row++;
      column = 0;
      continue;
    }
    const cells = cellsOf(character);
    // A wide character that does not fit at the edge goes to the next row as a whole.
    if (column + cells > columns) {
      row++;
      column = 0;
    }
    column += cells;
  }
  return column >= columns ? { row: row + 1, column: 0 } : { row, column };
}

/** What the editor shows: in a search its prompt is another one. */
export function shownOf(editor: LineEditor, prompt: Prompt): { readonly prompt: Prompt; readonly text: string } {
  const { search, line } = editor;
  if (!search) return { prompt, text: line.text };
  return {
    prompt: { text: `(${search.found ? "" : "failed "}reverse-i-search)\`${search.query}': ` },
    text: line.text,
  };
}

/** Bytes that bring the terminal from what was drawn to what the editor shows. `columns` is its width now; `isAnew`: all of it. */
export function draw(
  editor: LineEditor,
  prompt: Prompt,
  columns: number,
  drawn: Drawn | null,
  isAnew = false,
): { readonly bytes: string; readonly drawn: Drawn } {
  const shown = shownOf(editor, prompt);
  const { cursor } = editor.line;
  const now: Drawn = { prompt: shown.prompt.text, text: shown.text, cursor };
  if (drawn && !isAnew && canAppend(drawn, now, columns))
    return { bytes: shown.text.slice(drawn.text.length), drawn: now };
  const [open, close] = shown.prompt.colour ?? ["", ""];
  const whole = `${shown.prompt.text}${shown.text}`;
  const end = placeAfter(whole, columns);
  const at = placeAfter(`${shown.prompt.text}${shown.text.slice(0, cursor)}`, columns);
  const text = `${open}${shown.prompt.text}${close}${shown.text.replaceAll("\n", "\r\n")}`;
  // A row that is full to its edge keeps the cursor there; it has to be told to go on.
  const atEdge = end.column === 0 && !whole.endsWith("\n") && whole !== "" ? "\r\n" : "";
  return { bytes: `${drawn ? toStart(drawn, columns) : ""}\x1b[J${text}${atEdge}${moved(end, at)}`, drawn: now };
}

/** Moves to the row below all that was drawn. */
export function leave(drawn: Drawn, columns: number): string {
  const at = placeAfter(`${drawn.prompt}${drawn.text.slice(0, drawn.cursor)}`, columns);
  const end = placeAfter(`${drawn.prompt}${drawn.text}`, columns);
  return `${at.row < end.row ? `\x1b[${end.row - at.row}B` : ""}\r\n`;
}

/** Typing at the end of a row needs no more than what was typed. */
function canAppend(drawn: Drawn, now: Drawn, columns: number): boolean {
  if (drawn.prompt !== now.prompt || drawn.cursor !== drawn.text.length || now.cursor !== now.text.length) return false;
  if (!now.text.startsWith(drawn.text) || now.text.slice(drawn.text.length).includes("\n")) return false;
  const { column } = placeAfter(`${drawn.prompt}${drawn.text}`, columns);
  return column + textCells(now.text.slice(drawn.text.length)) < columns;
}

function toStart({ prompt, text, cursor }: Drawn, columns: number): string {
  const { row } = placeAfter(`${prompt}${text.slice(0, cursor)}`, columns);
  return `\r${row > 0 ? `\x1b[${row}A` : ""}`;
}

function moved(from: Place, to: Place): string {
  if (from.row === to.row && from.column === to.column) return "";
  const up = from.row > to.row ? `\x1b[${from.row - to.row}A` : "";
  return `${up}\r${to.column > 0 ? `\x1b[${to.column}C` : ""}`;
}
