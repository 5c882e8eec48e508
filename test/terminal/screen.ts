/** As much of a terminal as the drawing of a line needs: what is written to it, and what then stands on it. */
import { cellsOf } from "../../client/terminal/width.ts";

export interface Screen {
  write(bytes: string): void;
  /** The rows down to the last that is not empty; the cursor is `▮` before the character that it stands on. */
  read(): readonly string[];
}

export function screenOf(columns: number): Screen {
  const rows: string[][] = [[]];
  let row = 0;
  let column = 0;
  const rowAt = (at: number): string[] => {
    while (rows.length <= at) rows.push([]);
    return rows[at]!;
  };
  function put(character: string): void {
    const cells = cellsOf(character);
    if (column + cells > columns) {
      row++;
      column = 0;
    }
    const line = rowAt(row);
    while (line.length < column) line.push(" ");
    line[column] = character;
    // The second half of a wide character.
    if (cells === 2) line[column + 1] = "";
    column += cells;
  }
  return {
    write(bytes) {
      for (const [whole, amount, code] of bytes.matchAll(/\p{Cc}\[([0-9;]*)([A-Za-z])|[\s\S]/gu)) {
        if (code === undefined) {
          if (whole === "\r") column = 0;
          else if (whole === "\n") row++;
          else put(whole);
          continue;
        }
        const count = Number(amount || "1");
        if (code === "A") row = Math.max(0, row - count);
        else if (code === "B") row += count;
        else if (code === "C") column = Math.min(columns - 1, column + count);
        else if (code === "J") {
          rowAt(row).splice(column);
          rows.splice(row + 1);
        }
      }
    },
    read() {
      rowAt(row);
      return rows.map((line, index) => {
        const text = [...line];
        if (index === row) {
          while (text.length < column) text.push(" ");
          text.splice(column, 0, "▮");
        }
        return text.join("");
      });
    },
  };
}
