/** Tables as kubectl prints them. Models cli-runtime/pkg/printers/tableprinter.go and text/tabwriter of Go. */
import type { Table } from "../apiserver/table.ts";

export interface TableTextOptions {
  readonly wide?: boolean;
  readonly noHeaders?: boolean;
  /** Put before each name: `deployment.apps/`. */
  readonly prefix?: string;
}

/** Rows with their cells under each other, columns at least so wide; the last cell of a row is not padded. */
export function alignedText(rows: readonly (readonly string[])[], narrowest = 6, padding = 3): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      if (index < row.length - 1) widths[index] = Math.max(widths[index] ?? narrowest, cell.length + padding);
    }
  }
  return rows
    .map(
      (row) => `${row.map((cell, index) => (index < row.length - 1 ? cell.padEnd(widths[index]!) : cell)).join("")}\n`,
    )
    .join("");
}

/** The table as text, a line for each row. */
export function tableText(
  table: Table,
  { wide = false, noHeaders = false, prefix = "" }: TableTextOptions = {},
): string {
  const shown = table.columnDefinitions.flatMap((column, index) => (column.priority === 1 && !wide ? [] : [index]));
  const named = table.columnDefinitions.findIndex((column) => column.format === "name");
  const header = shown.map((index) => table.columnDefinitions[index]!.name.toUpperCase());
  const rows = table.rows.map(({ cells }) =>
    shown.map((index) => (index === named ? prefix : "") + String(cells[index] ?? "").replace(/[\n\r\f].*$/s, "...")),
  );
  return alignedText(noHeaders ? rows : [header, ...rows]);
}
