/** Text whose cells end with tabs, put under each other. Models text/tabwriter of Go as kubectl sets it up, and what kubectl does to escapes. */

const padding = 2;

/** The number of characters, as Go counts them. */
function widthOf(cell: string): number {
  let width = 0;
  for (const _ of cell) width++;
  return width;
}

/** Terminal escapes and carriage returns made visible: nothing that an object holds speaks to the terminal. */
export function escaped(text: string): string {
  return text.replaceAll("\x1b", "^[").replaceAll("\r", "\\r");
}

/** The text with cells of neighbouring lines aligned: a column ends with the first line that does not have it. */
export function tabbed(text: string): string {
  const lines = text.split(/[\n\f]/).map((line) => line.split(/[\t\v]/));
  const widths: number[][] = lines.map(() => []);
  // A stack of blocks instead of recursion: a hostile text may have any number of tabs in a line.
  const blocks: { readonly column: number; readonly from: number; readonly to: number }[] = [
    { column: 0, from: 0, to: lines.length },
  ];
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    const { column, from, to } = block;
    for (let at = from; at < to; at++) {
      if (column >= lines[at]!.length - 1) continue;
      const begin = at;
      let width = 0;
      while (at < to && column < lines[at]!.length - 1) {
        width = Math.max(width, widthOf(lines[at]![column]!) + padding);
        at++;
      }
      for (let row = begin; row < at; row++) widths[row]![column] = width;
      blocks.push({ column: column + 1, from: begin, to: at });
    }
  }
  const padded = (cells: readonly string[], row: number): string =>
    cells
      .map((cell, column) => {
        const width = widths[row]![column];
        return width === undefined ? cell : cell + " ".repeat(width - widthOf(cell));
      })
      .join("");
  return lines.map(padded).join("\n");
}
