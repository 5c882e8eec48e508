/** Two texts compared line by line. Models `diff -u -N`. */

interface Edit {
  readonly is: " " | "-" | "+";
  readonly line: string;
}

const context = 3;

/** The differences with three lines around them; empty when there are none. `moment` stands behind the names. */
export function unifiedDiff(from: string, to: string, before: string, after: string, moment: string): string {
  if (before === after) return "";
  const edits = editsOf(linesOf(before), linesOf(after));
  const head = `diff -u -N ${from} ${to}\n--- ${from}\t${moment}\n+++ ${to}\t${moment}\n`;
  return head + hunks(edits).map(hunkText).join("");
}

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** The fewest lines to take out and put in. Models Myers' greedy algorithm. */
function editsOf(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const furthest: number[] = [0, 0];
  const traces: (readonly number[])[] = [];
  const most = before.length + after.length;
  const offset = most + 1;
  furthest[offset + 1] = 0;
  for (let depth = 0; depth <= most; depth++) {
    traces.push([...furthest]);
    for (let k = -depth; k <= depth; k += 2) {
      const isDown =
        k === -depth || (k !== depth && (furthest[offset + k - 1] ?? -1) < (furthest[offset + k + 1] ?? -1));
      let x = isDown ? furthest[offset + k + 1]! : furthest[offset + k - 1]! + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      furthest[offset + k] = x;
      if (x >= before.length && x - k >= after.length) return backwards(traces, before, after, offset);
    }
  }
  return [];
}

function backwards(
  traces: readonly (readonly number[])[],
  before: readonly string[],
  after: readonly string[],
  offset: number,
): readonly Edit[] {
  const edits: Edit[] = [];
  let [x, y] = [before.length, after.length];
  for (let depth = traces.length - 1; depth >= 0; depth--) {
    const furthest = traces[depth]!;
    const k = x - y;
    const isDown = k === -depth || (k !== depth && (furthest[offset + k - 1] ?? -1) < (furthest[offset + k + 1] ?? -1));
    const from = isDown ? k + 1 : k - 1;
    const startX = depth === 0 ? 0 : furthest[offset + from]!;
    const startY = depth === 0 ? 0 : startX - from;
    while (x > startX && y > startY) {
      edits.push({ is: " ", line: before[--x]! });
      y--;
    }
    if (depth === 0) break;
    if (isDown) edits.push({ is: "+", line: after[--y]! });
    else edits.push({ is: "-", line: before[--x]! });
  }
  return edits.reverse();
}

/** Edits near to each other, with the lines around them. */
function hunks(
  edits: readonly Edit[],
): readonly { readonly at: number; readonly edits: readonly Edit[]; readonly all: readonly Edit[] }[] {
  const found: { start: number; end: number }[] = [];
  for (const [index, { is }] of edits.entries()) {
    if (is === " ") continue;
    const last = found.at(-1);
    if (last && index - last.end <= 2 * context) last.end = index + 1;
    else found.push({ start: index, end: index + 1 });
  }
  return found.map(({ start, end }) => {
    const at = Math.max(0, start - context);
    return { at, edits: edits.slice(at, end + context), all: edits };
  });
}

function hunkText({ at, edits, all }: ReturnType<typeof hunks>[number]): string {
  const before = all.slice(0, at);
  const range = (sign: "-" | "+") => {
    const first = before.filter(({ is }) => is === " " || is === sign).length;
    const count = edits.filter(({ is }) => is === " " || is === sign).length;
    const start = count === 0 ? first : first + 1;
    return count === 1 ? `${start}` : `${start},${count}`;
  };
  return `@@ -${range("-")} +${range("+")} @@\n${ordered(edits)
    .map(({ is, line }) => `${is}${line}\n`)
    .join("")}`;
}

/** What goes stands before what comes. */
function ordered(edits: readonly Edit[]): readonly Edit[] {
  const lines: Edit[] = [];
  let gone: Edit[] = [];
  let come: Edit[] = [];
  const flush = () => {
    lines.push(...gone, ...come);
    gone = [];
    come = [];
  };
  for (const edit of edits) {
    if (edit.is === "-") gone.push(edit);
    else if (edit.is === "+") come.push(edit);
    else {
      flush();
      lines.push(edit);
    }
  }
  flush();
  return lines;
}
