/** Moves fields that stand at a wrong level to where they belong. */
import type { Problem } from "../../simulator/api/problem.ts";
import type { Checked } from "./check.ts";
import { levelOf } from "./levels.ts";
import type { Slice } from "./manifest.ts";
import { removalOf } from "./move.ts";
import { valueAt } from "./parse.ts";
import type { Subject } from "./subject.ts";
import type { Span } from "./text.ts";

interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** The fields that such a problem is about. */
export function slidFields({ params }: Problem): readonly string[] {
  return Array.isArray(params["fields"]) ? (params["fields"] as readonly string[]) : [String(params["name"])];
}

/** The edits; null where what is to be moved shares its lines, or where it belongs is not written in lines. */
export function moveToLevel(
  slice: Slice,
  checked: Checked,
  subject: Subject,
  problem: Problem,
): readonly Edit[] | null {
  const level = levelOf(subject, problem.at);
  // The nearest thing that is written is not the place itself.
  if (level === null || valueAt(subject.value, level) === undefined) return null;
  const isThere = slidFields(problem).some((name) => valueAt(subject.value, [...level, name]) !== undefined);
  const target = checked.parsed.document.locate([...subject.root, ...level], "value");
  if (isThere || !target || "{[&*!".includes(slice.text[target.start] ?? "{")) return null;
  const wanted = columnOf(slice.text, target.start);
  const removals: Edit[] = [];
  let moved = "";
  for (const name of slidFields(problem)) {
    const at = [...problem.at.slice(0, -1), name];
    const entry = checked.parsed.document.locate([...subject.root, ...at], "entry");
    const removal = removalOf(slice, checked, subject, at);
    if (entry === undefined || removal === undefined) return null;
    const lines = slice.text
      .slice(...removal.span)
      .trimEnd()
      .split("\n");
    moved += shifted(lines, wanted - columnOf(slice.text, entry.start));
    removals.push(removal);
  }
  return [{ span: [target.start, target.start], text: `${moved.trimStart()}${" ".repeat(wanted)}` }, ...removals];
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf("\n", at - 1) + 1);
}

function shifted(lines: readonly string[], by: number): string {
  const move = (line: string) => (by >= 0 ? " ".repeat(by) + line : line.replace(new RegExp(`^ {0,${-by}}`), ""));
  return lines.map((line) => `${line.trim() === "" ? line : move(line)}\n`).join("");
}
