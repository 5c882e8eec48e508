/** The status of a Deployment. Models calculateStatus and progress.go of pkg/controller/deployment. */
import type { Rolling } from "../../api/deployment-bounds.ts";
import type { Deployment, DeploymentStatus, LiveCondition, ReplicaSetStatus } from "../../cluster/objects.ts";
import { minAvailable } from "./decide.ts";

/** A ReplicaSet as far as the status looks at it. */
export interface Counted {
  readonly specReplicas: number;
  readonly status: Pick<
    ReplicaSetStatus,
    "replicas" | "readyReplicas" | "availableReplicas" | "terminatingReplicas" | "observedGeneration"
  >;
}

/** A ReplicaSet as far as failures to create its pods go. */
interface Failing {
  readonly status: Pick<ReplicaSetStatus, "conditions">;
}

export type Counts = Omit<DeploymentStatus, "observedGeneration" | "collisionCount" | "conditions">;

/** The counters, from all ReplicaSets and the new one (null when there is none). */
export function countStatus(all: readonly Counted[], newSet: Counted | null): Counts {
  const sum = (read: (one: Counted) => number) => all.reduce((total, one) => total + read(one), 0);
  const available = sum((one) => one.status.availableReplicas);
  return {
    replicas: sum((one) => one.status.replicas),
    updatedReplicas: newSet?.status.replicas ?? 0,
    readyReplicas: sum((one) => one.status.readyReplicas),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, sum((one) => one.specReplicas) - available),
    terminatingReplicas: sumTerminating(all),
  };
}

/** Null as soon as one that was observed does not report its terminating pods. */
function sumTerminating(all: readonly Counted[]): number | null {
  let total = 0;
  for (const { status } of all) {
    if (status.terminatingReplicas !== null) total += status.terminatingReplicas;
    else if (status.observedGeneration > 0) return null;
  }
  return total;
}

/** Whether enough pods are available, in Kubernetes' words. */
export function availability(target: Rolling, available: number): Pick<LiveCondition, "status" | "reason" | "message"> {
  return available >= minAvailable(target)
    ? { status: "True", reason: "MinimumReplicasAvailable", message: "Deployment has minimum availability." }
    : {
        status: "False",
        reason: "MinimumReplicasUnavailable",
        message: "Deployment does not have minimum availability.",
      };
}

type Progress = Pick<Counts, "replicas" | "updatedReplicas" | "readyReplicas" | "availableReplicas">;

/** All pods are of the new version and available, and no others are left. */
export function isComplete(replicas: number, counts: Progress): boolean {
  return counts.updatedReplicas === replicas && counts.replicas === replicas && counts.availableReplicas === replicas;
}

/** Compared with the status before, something moved in the right direction. */
export function isProgressing(before: Progress, now: Progress): boolean {
  return (
    now.updatedReplicas > before.updatedReplicas ||
    now.replicas - now.updatedReplicas < before.replicas - before.updatedReplicas ||
    now.readyReplicas > before.readyReplicas ||
    now.availableReplicas > before.availableReplicas
  );
}

/** A deadline of the largest 32-bit number means none. */
export function hasProgressDeadline({ spec }: Pick<Deployment, "spec">): boolean {
  return spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== 2147483647;
}

/** The condition of this type, whatever its status. */
export function findCondition(conditions: readonly LiveCondition[], type: string): LiveCondition | undefined {
  return conditions.find((one) => one.type === type);
}

/**
 * The conditions with this one in place. One whose status and reason are the same already is left untouched, and the
 * transition time moves only with the status. Models SetDeploymentCondition.
 */
export function withCondition(
  conditions: readonly LiveCondition[],
  { type, status, reason, message }: Omit<LiveCondition, "lastUpdateTime" | "lastTransitionTime">,
  now: number,
): readonly LiveCondition[] {
  const current = findCondition(conditions, type);
  if (current && current.status === status && current.reason === reason) return conditions;
  const lastTransitionTime = current?.status === status ? current.lastTransitionTime : now;
  const condition = { type, status, reason, message, lastUpdateTime: now, lastTransitionTime };
  return [...conditions.filter((one) => one.type !== type), condition];
}

/** The progress deadline has passed. `now` in milliseconds since the start. */
export function hasTimedOut(
  deployment: Pick<Deployment, "spec">,
  progressing: LiveCondition | undefined,
  now: number,
): boolean {
  if (!progressing || progressing.reason === "NewReplicaSetAvailable") return false;
  if (progressing.reason === "ProgressDeadlineExceeded") return true;
  return progressing.lastUpdateTime + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000 < now;
}

/**
 * The conditions with ReplicaFailure as the new ReplicaSet has it, else as any of the others has it, else without. Models
 * getReplicaFailures of sync.go.
 */
export function withReplicaFailure(
  conditions: readonly LiveCondition[],
  newSet: Failing | null,
  oldSets: readonly Failing[],
): readonly LiveCondition[] {
  const type = "ReplicaFailure";
  const sets = newSet ? [newSet, ...oldSets] : oldSets;
  const failure = sets.flatMap((one) => findCondition(one.status.conditions, type) ?? [])[0];
  const current = findCondition(conditions, type);
  if (current && current.status === failure?.status && current.reason === failure.reason) return conditions;
  const others = conditions.filter((one) => one.type !== type);
  return failure ? [...others, { ...failure, lastUpdateTime: failure.lastTransitionTime }] : others;
}
