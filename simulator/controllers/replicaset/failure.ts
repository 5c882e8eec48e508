/** The condition ReplicaFailure. Models calculateStatus of pkg/controller/replicaset/replica_set_utils.go. */
import type { LiveCondition } from "../../cluster/objects.ts";

const replicaFailure = "ReplicaFailure";

/** The conditions after a look in which creating pods failed with `error`, or did not: the first error stays until then. */
export function withFailure(
  conditions: readonly LiveCondition[],
  error: string | undefined,
  now: number,
): readonly LiveCondition[] {
  const failed = conditions.some((one) => one.type === replicaFailure);
  if (failed === (error !== undefined)) return conditions;
  const others = conditions.filter((one) => one.type !== replicaFailure);
  if (error === undefined) return others;
  const failure: LiveCondition = {
    type: replicaFailure,
    status: "True",
    reason: "FailedCreate",
    message: error,
    lastUpdateTime: now,
    lastTransitionTime: now,
  };
  return [...others, failure];
}
