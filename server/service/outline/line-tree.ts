/**
 * The blocks of a YAML document by its lines and their indentation alone, so that there is a tree of text that is half
 * written. Each line is looked at once.
 */

/** A key with what stands below it, or an entry of a list. Lines count from the first line of the text. */
export interface LineNode {
  /** Null: an entry of a list. */
  readonly key: string | null;
  /** Where the key, or the dash, begins. */
  readonly column: number;
  readonly line: number;
  /** The last line that belongs to it; blank lines and comments behind it do not. */
  readonly last: number;
  /** What stands behind the key or the dash on its line, without a comment. */
  readonly value: string;
  /** Whether its lines are a block of text. */
  readonly isText: boolean;
  readonly children: readonly LineNode[];
}

interface Open {
  key: string | null;
  column: number;
  line: number;
  last: number;
  value: string;
  isText: boolean;
  children: Open[];
}

const keyed = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#\-[\]{},&*!|>@`%][^#]*?|-[^\s#][^#]*?):(?:\s+(.*))?$/;

/** The outermost blocks of a text. */
export function lineTree(lines: readonly string[]): readonly LineNode[] {
  const roots: Open[] = [];
  const stack: Open[] = [];
  /** Unclosed braces and brackets: their lines belong to what opened them. */
  let depth = 0;
  for (const [at, whole] of lines.entries()) {
    const line = whole.trimEnd();
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const content = line.slice(indent);
    if (content === "") continue;
    const top = stack.at(-1);
    if (top?.isText === true && indent > textColumn(top, stack)) {
      for (const one of stack) one.last = at;
      continue;
    }
    if (depth > 0) {
      depth = Math.max(0, depth + nesting(content));
      for (const one of stack) one.last = at;
      continue;
    }
    if (content.startsWith("#") || content.startsWith("---")) continue;
    depth += put(roots, stack, { content, column: indent, at });
  }
  return roots;
}

/** Lines further in than this belong to a block of text. */
function textColumn({ key, column }: Open, stack: readonly Open[]): number {
  // A text in a list stands behind a dash; its lines are further in than the dash.
  return key === null
    ? column
    : stack.at(-2)?.key === null && stack.at(-2)?.line === stack.at(-1)?.line
      ? (stack.at(-2)?.column ?? column)
      : column;
}

/** Adds what a line begins; gives how many braces and brackets it leaves open. */
function put(
  roots: Open[],
  stack: Open[],
  { content, column, at }: { readonly content: string; readonly column: number; readonly at: number },
): number {
  const dash = /^-(?: +|$)/.exec(content);
  const found = dash ? null : keyed.exec(content);
  if (!dash && !found) {
    // The rest of a value that goes over lines.
    for (const one of stack) if (one.column < column) one.last = at;
    return Math.max(0, nesting(content));
  }
  while (stack.length > 0 && !holds(stack.at(-1) as Open, column, dash !== null)) stack.pop();
  const value = withoutComment(dash ? content.slice(dash[0].length) : (found?.[2] ?? ""));
  const node: Open = {
    key: found ? unquoted(found[1] ?? "") : null,
    column,
    line: at,
    last: at,
    value,
    isText: /^(?:[&!]\S*\s+)*[|>][-+0-9]*$/.test(value),
    children: [],
  };
  (stack.at(-1)?.children ?? roots).push(node);
  stack.push(node);
  for (const one of stack) one.last = at;
  if (!dash || value === "" || node.isText) return node.isText || value === "" ? 0 : Math.max(0, nesting(value));
  const inner = content.slice(dash[0].length);
  if (/^[[{"'&*!|>]/.test(inner) && !keyed.test(inner)) return Math.max(0, nesting(value));
  return keyed.test(inner) || /^-(?: +|$)/.test(inner)
    ? put(roots, stack, { content: inner, column: column + dash[0].length, at })
    : 0;
}

/** Whether what begins at a column is inside; a list may stand where its key does. */
function holds(one: Open, column: number, isEntry: boolean): boolean {
  return one.column < column || (isEntry && one.key !== null && one.column === column);
}

/** How many braces and brackets a text opens beyond those that it closes, those in quotes left out. */
function nesting(text: string): number {
  const bare = withoutComment(text).replace(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, "");
  if (!/[[{\]}]/.test(bare)) return 0;
  // Braces inside a plain text mean nothing.
  const isFlow = /^(?:[^\s:]+:\s+)?[[{]|^[\]},]|[[{\]},]$/.test(bare.trim());
  return isFlow ? (bare.match(/[[{]/g)?.length ?? 0) - (bare.match(/[\]}]/g)?.length ?? 0) : 0;
}

function withoutComment(text: string): string {
  return text.replace(/(?:^|\s+)#.*$/, "").trimEnd();
}

function unquoted(key: string): string {
  return key.replace(/^(["'])(.*)\1$/, "$2");
}

/** The block that a path leads to; undefined where the text has none of its own for it, as inside of braces. */
export function nodeAt(roots: readonly LineNode[], path: readonly (string | number)[]): LineNode | undefined {
  let list = roots;
  let node: LineNode | undefined;
  for (const step of path) {
    node =
      typeof step === "number" ? list.filter(({ key }) => key === null)[step] : list.find(({ key }) => key === step);
    if (node === undefined) return undefined;
    list = node.children;
  }
  return node;
}
