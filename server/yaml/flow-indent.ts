/**
 * Go's scanner does not mind how far in the lines of a flow collection or a quoted text stand; the `yaml` package does.
 * A text that it refuses for that is read again with blanks put before such lines, which mean nothing there.
 */

export interface Indented {
  readonly text: string;
  /** The offset in the original text of an offset in the indented one. */
  original(offset: number): number;
  /** The offset in the indented text of an offset in the original one. */
  indented(offset: number): number;
}

interface Insertion {
  /** Offset in the original text. */
  readonly at: number;
  readonly length: number;
}

/** Where the scan stands: how deep in flow collections, in which quotes, and since which column. */
interface Scan {
  depth: number;
  quote: string;
  column: number;
  /** Lines further in than this belong to a block text; -1 outside of one. */
  block: number;
}

/** The text with its flow lines moved in, or `undefined` when there is nothing to move. */
export function indentFlow(text: string): Indented | undefined {
  const insertions: Insertion[] = [];
  const scan: Scan = { depth: 0, quote: "", column: 0, block: -1 };
  let at = 0;
  for (const line of text.split("\n")) {
    const isOpen = scan.depth > 0 || scan.quote !== "";
    if (isOpen && line.trim() !== "") insertions.push({ at, length: scan.column + 2 });
    if (!isInBlock(line, isOpen, scan)) scanLine(line, scan);
    at += line.length + 1;
  }
  return insertions.length === 0 ? undefined : withInsertions(text, insertions);
}

function isInBlock(line: string, isOpen: boolean, scan: Scan): boolean {
  if (isOpen || scan.block < 0) return false;
  const isInside = line.trim() === "" || line.search(/[^ ]/) > scan.block;
  if (!isInside) scan.block = -1;
  return isInside;
}

const blockHeader = /(?:^|[:\-?] +|[!&]\S+ +)[|>][-+0-9]*[ \t]*(?:#.*)?\r?$/;

/** An anchor or a tag before a value. */
const hasProperty = /(?:^|\s)[!&]\S*\s+$/;

function scanLine(line: string, scan: Scan): void {
  // The last character that is no blank; at the start of a line any value may begin.
  let before = "";
  for (let index = 0; index < line.length; index++) {
    const char = line[index] ?? "";
    if (scan.quote !== "") {
      if (char === "\\" && scan.quote === '"') index++;
      else if (char === scan.quote) {
        // Two apostrophes are one, and end nothing.
        if (char === "'" && line[index + 1] === "'") index++;
        else scan.quote = "";
      }
      before = char;
      continue;
    }
    if (char === " " || char === "\t") continue;
    const isApart = index === 0 || /[ \t]/.test(line[index - 1] ?? "");
    if (char === "#" && (isApart || /["'\]}]/.test(before))) return;
    const inFlow = scan.depth > 0;
    const begins =
      before === "" ||
      (inFlow ? /[[{,:]/.test(before) : isApart && /[:\-?]/.test(before)) ||
      (isApart && hasProperty.test(line.slice(0, index)));
    if ((char === "[" || char === "{") && (begins || inFlow)) open(scan, index, () => scan.depth++);
    else if ((char === "]" || char === "}") && inFlow) scan.depth--;
    else if ((char === '"' || char === "'") && begins) {
      open(scan, index, () => {
        scan.quote = char;
      });
    }
    before = char;
  }
  if (scan.depth === 0 && scan.quote === "" && blockHeader.test(line)) scan.block = line.search(/[^ ]/);
}

/** Remembers the column of the outermost bracket or quote. */
function open(scan: Scan, column: number, enter: () => void): void {
  if (scan.depth === 0) scan.column = column;
  enter();
}

function withInsertions(text: string, insertions: readonly Insertion[]): Indented {
  const parts: string[] = [];
  /** Blanks before each insertion, itself not counted. */
  const shifts: number[] = [];
  let from = 0;
  let shift = 0;
  for (const { at, length } of insertions) {
    parts.push(text.slice(from, at), " ".repeat(length));
    shifts.push(shift);
    from = at;
    shift += length;
  }
  const start = (index: number): number => (insertions[index]?.at ?? 0) + (shifts[index] ?? 0);
  return {
    text: parts.join("") + text.slice(from),
    original(offset) {
      const index = lastIndex(insertions.length, (one) => start(one) < offset);
      if (index < 0) return offset;
      // An offset among the blanks is that of the line.
      const { at = 0, length = 0 } = insertions[index] ?? {};
      return Math.max(at, offset - (shifts[index] ?? 0) - length);
    },
    indented(offset) {
      const index = lastIndex(insertions.length, (one) => (insertions[one]?.at ?? 0) <= offset);
      return index < 0 ? offset : offset + (shifts[index] ?? 0) + (insertions[index]?.length ?? 0);
    },
  };
}

/** The last of `count` indexes for which the test holds, -1 when there is none; it holds for the first ones only. */
function lastIndex(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
