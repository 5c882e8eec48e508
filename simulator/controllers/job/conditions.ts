/** The conditions of a Job's status. Models pkg/controller/job/utils.go. */
import type { LiveCondition } from "../../cluster/objects.ts";

/** Why a Job has to end: the condition that says so. */
export type Outcome = Pick<LiveCondition, "type" | "reason" | "message">;

/** A condition that changes at `time`, in milliseconds since the start. */
export function conditionAt(
  time: number,
  type: string,
  status: LiveCondition["status"],
  reason: string,
  message: string,
): LiveCondition {
  return { type, status, reason, message, lastUpdateTime: time, lastTransitionTime: time };
}

/** The conditions with one replaced or added; it goes to the end. */
export function withCondition(list: readonly LiveCondition[], one: LiveCondition): readonly LiveCondition[] {
  return [...list.filter(({ type }) => type !== one.type), one];
}
