/**
 * Comments that silence findings: `# seatrial-ignore CODE, CODE` for its own line or, on a line of its own, for the next
 * one that is no comment; `# seatrial-ignore-file` for the whole file. Without codes everything is silenced.
 */
import type { Slice } from "./manifest.ts";

export interface Suppression {
  /** Codes silenced by line (inside the slice); `all` for every code. */
  readonly lines: ReadonlyMap<number, ReadonlySet<string>>;
  /** Codes silenced in the whole file; null: none. */
  readonly file: ReadonlySet<string> | null;
}

const nothing: Suppression = { lines: new Map(), file: null };
const directive = /(^|\s)#\s*seatrial-ignore(-file)?(?=$|[\s:])[:\s]*([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)?/;

export function readSuppression(slice: Slice): Suppression {
  if (!slice.text.includes("seatrial-ignore")) return nothing;
  const lines = new Map<number, Set<string>>();
  let file: Set<string> | null = null;
  let waiting = new Set<string>();
  for (let line = 0; line < slice.starts.length; line++) {
    const text = slice.text.slice(slice.starts[line], slice.starts[line + 1]).trimEnd();
    const match = directive.exec(text);
    const codes = match?.[3] === undefined ? ["all"] : match[3].split(",").map((code) => code.trim());
    const comment = /^\s*(#|$)/.test(text);
    if (match?.[2] !== undefined) {
      file = add(file ?? new Set(), codes);
    } else if (match && comment) {
      add(waiting, codes);
    } else if (match) {
      lines.set(line, add(waiting, codes));
      waiting = new Set();
    } else if (!comment && waiting.size > 0) {
      lines.set(line, waiting);
      waiting = new Set();
    }
  }
  return { lines, file };
}

export function isSuppressed(suppression: Suppression, line: number, code: string): boolean {
  return has(suppression.lines.get(line), code);
}

export function has(codes: ReadonlySet<string> | null | undefined, code: string): boolean {
  return codes != null && (codes.has("all") || codes.has(code));
}

function add(to: Set<string>, codes: readonly string[]): Set<string> {
  for (const code of codes) to.add(code);
  return to;
}
