/** `kubectl annotate`. Models kubectl/pkg/cmd/annotate/annotate.go. */
import type { LabelMap } from "../../api/objects.ts";
import { changeCause } from "./history.ts";
import { type Marks, markCommand } from "./mark.ts";

function read(pairs: readonly string[]): Marks | { readonly error: string } {
  const set: Record<string, string> = {};
  const removed: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if (equals > 0) set[pair.slice(0, equals)] = pair.slice(equals + 1);
    else removed.push(pair.slice(0, -1));
  }
  const both = removed.filter((key) => key in set);
  if (both.length === 0) return { set, removed };
  return {
    error: `can not both modify and remove the following annotation(s) in the same command: ${both.join(", ")}`,
  };
}

/** Why something was changed may always be said anew. */
function kept(now: LabelMap, { set }: Marks): string | undefined {
  const texts = Object.entries(set).flatMap(([key, value]) => {
    const old = now[key];
    return key === changeCause || old === undefined || old === value ? [] : [`'${key}' already has a value (${old})`];
  });
  if (texts.length === 0) return undefined;
  return `--overwrite is false but found the following declared annotation(s): ${texts.join("; ")}`;
}

export const annotate = markCommand({
  name: "annotate",
  noun: "annotation",
  field: "annotations",
  says: "Set or take away annotations",
  file: "rsrc",
  read,
  kept,
  outcome: () => ({ operation: "annotated", notes: "" }),
});
