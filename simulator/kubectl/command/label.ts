/** `kubectl label`. Models kubectl/pkg/cmd/label/label.go. */
import { labelValue } from "../../api/formats.ts";
import type { LabelMap } from "../../api/objects.ts";
import { goQuote } from "../../api/schedule/error-text.ts";
import { ruleTexts } from "../../apiserver/wording-rules.ts";
import { type Marks, markCommand } from "./mark.ts";

function read(pairs: readonly string[]): Marks | { readonly error: string } {
  const set: Record<string, string> = {};
  const removed: string[] = [];
  for (const pair of pairs) {
    if (!pair.includes("=")) {
      removed.push(pair.slice(0, -1));
      continue;
    }
    const [key = "", value = "", ...more] = pair.split("=");
    if (more.length > 0) return { error: `invalid label spec: ${pair}` };
    const faults = labelValue(value);
    if (faults.length > 0)
      return { error: `invalid label value: ${goQuote(pair)}: ${faults.flatMap(ruleTexts).join(";")}` };
    set[key] = value;
  }
  const both = removed.some((key) => key in set);
  return both ? { error: "can not both modify and remove a label in the same command" } : { set, removed };
}

function kept(now: LabelMap, { set }: Marks): string | undefined {
  const texts = Object.entries(set).flatMap(([key, value]) => {
    const old = now[key];
    return old === undefined || old === value
      ? []
      : [`'${key}' already has a value (${old}), and --overwrite is false`];
  });
  if (texts.length === 0) return undefined;
  return texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`;
}

function outcome(now: LabelMap, { set, removed }: Marks) {
  const isAdded = Object.entries(set).some(([key, value]) => now[key] !== value);
  const isRemoved = removed.some((key) => key in now);
  const notes = removed.filter((key) => !(key in now)).map((key) => `label ${goQuote(key)} not found.\n`);
  const operation = isAdded ? (isRemoved ? "modified" : "labeled") : isRemoved ? "unlabeled" : "not labeled";
  return { operation, notes: notes.join("") };
}

export const label = markCommand({
  name: "label",
  noun: "label",
  field: "labels",
  says: "Set or take away labels",
  file: "pod",
  read,
  kept,
  outcome,
});
