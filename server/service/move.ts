/** What a manifest of a version that is gone needs besides the new one: fields that had defaults, fields that are gone. */
import { isObject } from "../../simulator/api/json.ts";
import { kinds } from "../../simulator/api/kinds.ts";
import type { Path } from "../../simulator/api/problem.ts";
import type { Checked } from "./check.ts";
import type { Slice } from "./manifest.ts";
import { type Insertion, insertMissing } from "./missing.ts";
import { valueAt } from "./parse.ts";
import type { Subject } from "./subject.ts";
import type { Span } from "./text.ts";

/** Fields that the workloads once had. */
const gone: readonly Path[] = [
  ["spec", "rollbackTo"],
  ["spec", "templateGeneration"],
];
/** Whether the selector of the kind was once made from the labels of the template. */
function onceSelected(kind: string): boolean {
  const row = kinds.named(kind);
  return row?.group === "apps" && row.workload;
}

export interface Removal {
  readonly span: Span;
  readonly text: "";
}

/** The edits beside that of `apiVersion`. */
export function moveAlong(slice: Slice, checked: Checked, subject: Subject): readonly (Insertion | Removal)[] {
  const removals = gone.flatMap((at) => removalOf(slice, checked, subject, at) ?? []);
  const selector = valueAt(subject.value, ["spec", "selector"]);
  if (!onceSelected(subject.kind) || hasEntries(selector)) return removals;
  const wanted = selector === undefined ? ["spec", "selector"] : ["spec", "selector", "matchLabels"];
  const insertion = insertMissing(slice, checked, subject, wanted);
  return insertion === null ? removals : [insertion, ...removals];
}

function hasEntries(selector: unknown): boolean {
  return isObject(selector as never) && Object.keys(selector as object).length > 0;
}

/** The lines of an entry that has its lines to itself; within braces it is left for a person to see. */
export function removalOf(slice: Slice, checked: Checked, subject: Subject, at: Path): Removal | undefined {
  const path = [...subject.root, ...at];
  if (valueAt(checked.parsed.value, path) === undefined) return undefined;
  const found = checked.parsed.document.locate(path, "entry");
  if (found === undefined) return undefined;
  const { text } = slice;
  const start = text.lastIndexOf("\n", found.start - 1) + 1;
  const lineEnd = text.indexOf("\n", Math.max(found.start, found.end - 1));
  const end = lineEnd === -1 ? text.length : lineEnd + 1;
  const alone =
    /^[ \t]*$/.test(text.slice(start, found.start)) && /^[ \t]*(#.*)?\r?\n?$/.test(text.slice(found.end, end));
  return alone ? { span: [start, end], text: "" } : undefined;
}
