/** Words in columns, as a shell lists what a line could go on with. */
import { textCells } from "./width.ts";

/** Rows of words, down the columns, each row at most `columns` cells wide. */
export function listing(words: readonly string[], columns: number): string {
  const widest = Math.max(0, ...words.map(textCells)) + 2;
  const across = Math.max(1, Math.floor((columns - 1) / widest));
  const rows = Math.ceil(words.length / across);
  const lines = Array.from({ length: rows }, (_, row) => {
    const cells = words.filter((_, index) => index % rows === row);
    return cells.map((word, index) => (index === cells.length - 1 ? word : padded(word, widest))).join("");
  });
  return lines.map((line) => `${line}\r\n`).join("");
}

function padded(word: string, width: number): string {
  return word + " ".repeat(Math.max(0, width - textCells(word)));
}
