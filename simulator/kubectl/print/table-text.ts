/** Tables as kubectl prints them. Models cli-runtime/pkg/printers/tableprinter.go and text/tabwriter of Go. */
import { asObject, type JsonObject, stringAt } from "../../api/json.ts";
import type { Table } from "../../apiserver/table.ts";

export interface TableTextOptions {
  readonly wide?: boolean;
  readonly noHeaders?: boolean;
  /** Put before each name: `deployment.apps/`. */
  readonly prefix?: string;
  /** A first column says where an object is. */
  readonly withNamespace?: boolean;
  /** Labels that have columns of their own. */
  readonly labelColumns?: readonly string[];
  /** A first column says what happened to an object. */
  readonly event?: string;
  /** A last column holds all labels. */
  readonly showLabels?: boolean;
}

/** Rows with their cells under each other, columns at least so wide; the last cell of a row is not padded. */
export function alignedText(rows: readonly (readonly string[])[], narrowest = 6, padding = 3): string {
  return createAligner(narrowest, padding)(rows);
}

/** The same for rows that come bit by bit: columns stay as wide as they were once. */
export function createAligner(narrowest = 6, padding = 3): (rows: readonly (readonly string[])[]) => string {
  const widths: number[] = [];
  return (rows) => {
    for (const row of rows) {
      for (let at = 0; at < row.length - 1; at++) {
        const wanted = lengthOf(row[at]!) + padding;
        if (wanted > (widths[at] ?? 0)) widths[at] = Math.max(wanted, narrowest);
      }
    }
    let text = "";
    for (const row of rows) {
      const last = row.length - 1;
      for (let at = 0; at < last; at++) text += padded(row[at]!, widths[at]!);
      text += `${row[last] ?? ""}\n`;
    }
    return text;
  };
}

const surrogates = /[\ud800-\udfff]/;

/** In characters, not in units of UTF-16. */
function lengthOf(cell: string): number {
  return surrogates.test(cell) ? [...cell].length : cell.length;
}

function padded(cell: string, width: number): string {
  return surrogates.test(cell) ? cell + " ".repeat(width - lengthOf(cell)) : cell.padEnd(width);
}

/** The table as text, a line for each row. */
export function tableText(table: Table, options: TableTextOptions = {}): string {
  return alignedText(tableCells(table, options));
}

/** The table as cells, the headings among them. */
export function tableCells(table: Table, options: TableTextOptions): readonly (readonly string[])[] {
  const { wide = false, noHeaders = false, prefix = "" } = options;
  const { withNamespace = false, labelColumns = [], showLabels = false, event } = options;
  const shown = table.columnDefinitions.flatMap((column, index) => (column.priority === 1 && !wide ? [] : [index]));
  const named = table.columnDefinitions.findIndex((column) => column.format === "name");
  const header = [
    ...(event === undefined ? [] : ["EVENT"]),
    ...(withNamespace ? ["NAMESPACE"] : []),
    ...shown.map((index) => table.columnDefinitions[index]!.name.toUpperCase()),
    ...labelColumns.map((label) => label.split("/").at(-1)!.toUpperCase()),
    ...(showLabels ? ["LABELS"] : []),
  ];
  const rows = table.rows.map(({ cells, object: { metadata } }) => [
    ...(event === undefined ? [] : [event]),
    ...(withNamespace ? [metadata.namespace ?? ""] : []),
    ...shown.map((index) => (index === named ? prefix : "") + lineOf(String(cells[index] ?? ""))),
    ...labelColumns.map((label) => stringAt(asObject(metadata.labels), label)),
    ...(showLabels ? [labelsText(metadata)] : []),
  ]);
  return noHeaders ? rows : [header, ...rows];
}

/** A cell is one line. */
function lineOf(cell: string): string {
  return /[\n\r\f]/.test(cell) ? cell.replace(/[\n\r\f].*$/s, "...") : cell;
}

/** Labels as one text: `a=1,b=2`. */
export function labelsText(metadata: JsonObject): string {
  const labels = Object.entries(asObject(metadata["labels"])).sort(([a], [b]) => (a < b ? -1 : 1));
  return labels.length === 0 ? "<none>" : labels.map(([key, value]) => `${key}=${String(value)}`).join(",");
}
