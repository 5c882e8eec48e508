/** Whether the pods of a workload are refused by the API server, told from its events. */
import type { Trace } from "../trace.ts";

const answer = / is invalid: (.*)$/s;

/**
 * Why the API server refuses the pods of the first of the makers (`ReplicaSet/web-5d4f`) whose last attempt to create one
 * was refused; null when none was.
 */
export function refusal({ entries }: Trace, makers: readonly string[]): string | null {
  const left = new Set(makers);
  for (let index = entries.length - 1; index >= 0 && left.size > 0; index--) {
    const entry = entries[index]!;
    if (entry.type !== "event" || !left.has(entry.object)) continue;
    if (entry.reason !== "FailedCreate" && entry.reason !== "SuccessfulCreate") continue;
    const [, found] = (entry.reason === "FailedCreate" && answer.exec(entry.message)) || [];
    if (found !== undefined) return found;
    left.delete(entry.object);
  }
  return null;
}
