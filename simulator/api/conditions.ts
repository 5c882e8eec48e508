/** Conditions of objects that are kept as they are given. Models apimachinery/pkg/api/meta/conditions.go. */
import { asObject, type JsonObject, listAt } from "./json.ts";

export interface ConditionText {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
}

/**
 * The conditions of a status with this one in its place, or at the end. `now`, as the API writes times, is since when it
 * stands, unless its status is what it was before. `more` are fields of the condition that only some kinds have.
 */
export function conditionsWith(
  status: JsonObject,
  condition: ConditionText,
  now: string,
  more: JsonObject = {},
): readonly JsonObject[] {
  const all = listAt(status, "conditions").map(asObject);
  const before = all.find((one) => one["type"] === condition.type);
  const since = before?.["status"] === condition.status ? before["lastTransitionTime"] : now;
  const next = { ...condition, ...more, lastTransitionTime: since ?? now } as JsonObject;
  return before ? all.map((one) => (one === before ? next : one)) : [...all, next];
}

/** The condition of a type, if the status has it. */
export function conditionOf(status: JsonObject, type: string): JsonObject | undefined {
  return listAt(status, "conditions")
    .map(asObject)
    .find((one) => one["type"] === type);
}
