/**
 * Writes the status of Deployments. Models syncRolloutStatus, requeueStuckDeployment and checkPausedConditions of
 * pkg/controller/deployment/{progress,sync}.go.
 */

import { semanticEqual } from "../../api/equality.ts";
import { type ControllerContext, keyOf } from "../../cluster/controller.ts";
import {
  type Deployment,
  type DeploymentStatus,
  type LiveCondition,
  type ReplicaSet,
  wholeSeconds,
} from "../../cluster/objects.ts";
import { type Family, targetOf } from "./members.ts";
import * as progress from "./status.ts";

export interface Report {
  /** The condition Progressing as it was last written. */
  progressing(deployment: Deployment): LiveCondition | undefined;
  setProgressing(deployment: Deployment, status: "True" | "False" | "Unknown", reason: string, message: string): void;
  /** Writes these fields of the status, if they differ. */
  writeStatus(deployment: Deployment, patch: Partial<DeploymentStatus>): void;
  /** Writes the counters and whether enough pods are available; how the rollout gets on is not judged. */
  writeCounts(deployment: Deployment, family: Family): void;
  /** Writes the counters and how the rollout gets on. */
  writeRolloutStatus(deployment: Deployment, family: Family): void;
  /** Notes the beginning and the end of a pause; either starts the deadline anew. */
  notePause(deployment: Deployment): void;
}

/** What writes the status of any Deployment of the cluster. */
export function createReport({ store, now, start, enqueueAfter }: ControllerContext): Report {
  const stamp = () => wholeSeconds(now(), start);

  function progressing(deployment: Deployment) {
    return progress.findCondition(deployment.status.conditions, "Progressing");
  }

  function writeStatus(deployment: Deployment, patch: Partial<DeploymentStatus>): void {
    const status = { ...deployment.status, ...patch };
    if (!semanticEqual(status, deployment.status)) store.update(deployment, { status });
  }

  function setProgressing(
    deployment: Deployment,
    status: "True" | "False" | "Unknown",
    reason: string,
    message: string,
  ): void {
    const condition = { type: "Progressing", status, reason, message };
    writeStatus(deployment, {
      conditions: progress.withCondition(deployment.status.conditions, condition, stamp()),
    });
  }

  function calculateStatus(deployment: Deployment, { newSet, oldSets }: Family): DeploymentStatus {
    const counted = (one: ReplicaSet) => ({ specReplicas: one.spec.replicas, status: one.status });
    const all = newSet ? [...oldSets, newSet] : oldSets;
    const counts = progress.countStatus(all.map(counted), newSet && counted(newSet));
    const available = { type: "Available", ...progress.availability(targetOf(deployment), counts.availableReplicas) };
    return {
      ...counts,
      observedGeneration: deployment.generation,
      collisionCount: deployment.status.collisionCount,
      conditions: progress.withCondition(deployment.status.conditions, available, stamp()),
    };
  }

  function writeRolloutStatus(deployment: Deployment, family: Family): void {
    const status = calculateStatus(deployment, family);
    const progressed = progressConditions(deployment, family, status);
    const conditions = progress.withReplicaFailure(progressed, family.newSet, family.oldSets);
    const before = deployment.status;
    writeStatus(deployment, { ...status, conditions });
    // A written status brings the Deployment back for another look; only one that stays is looked at again later.
    if (deployment.status === before) lookAgainAtDeadline(deployment);
  }

  function progressConditions(deployment: Deployment, { newSet }: Family, status: DeploymentStatus) {
    const { conditions } = status;
    if (!progress.hasProgressDeadline(deployment)) return conditions.filter((one) => one.type !== "Progressing");
    const current = progressing(deployment);
    const settled = status.replicas === status.updatedReplicas && current?.reason === "NewReplicaSetAvailable";
    if (settled) return conditions;
    const what = newSet ? `ReplicaSet "${newSet.name}"` : `Deployment "${deployment.name}"`;
    const type = "Progressing";
    if (progress.isComplete(deployment.spec.replicas, status)) {
      const message = `${what} has successfully progressed.`;
      const condition = { type, status: "True", reason: "NewReplicaSetAvailable", message } as const;
      return progress.withCondition(conditions, condition, stamp());
    }
    if (progress.isProgressing(deployment.status, status)) {
      const others = conditions.filter((one) => one.type !== type);
      const lastTransitionTime = current?.status === "True" ? current.lastTransitionTime : stamp();
      const message = `${what} is progressing.`;
      const updated = {
        type,
        status: "True",
        reason: "ReplicaSetUpdated",
        message,
        lastUpdateTime: stamp(),
      } as const;
      return [...others, { ...updated, lastTransitionTime }];
    }
    if (progress.hasTimedOut(deployment, progress.findCondition(conditions, type), now())) {
      const message = `${what} has timed out progressing.`;
      const condition = { type, status: "False", reason: "ProgressDeadlineExceeded", message } as const;
      return progress.withCondition(conditions, condition, stamp());
    }
    return conditions;
  }

  /** A rollout that does not move is looked at when its deadline has passed. */
  function lookAgainAtDeadline(deployment: Deployment): void {
    const current = progressing(deployment);
    if (!progress.hasProgressDeadline(deployment) || !current) return;
    if (current.reason === "ProgressDeadlineExceeded") return;
    if (progress.isComplete(deployment.spec.replicas, deployment.status)) return;
    const left = current.lastUpdateTime + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000 - now();
    if (left < 0 && current.reason === "NewReplicaSetAvailable") return;
    enqueueAfter(keyOf(deployment), left < 1000 ? Math.max(left + 1, 5) : left + 1000);
  }

  function notePause(deployment: Deployment): void {
    if (!progress.hasProgressDeadline(deployment)) return;
    const reason = progressing(deployment)?.reason;
    if (reason === "ProgressDeadlineExceeded") return;
    const noted = reason === "DeploymentPaused";
    if (deployment.spec.paused && !noted) {
      setProgressing(deployment, "Unknown", "DeploymentPaused", "Deployment is paused");
    } else if (!deployment.spec.paused && noted) {
      setProgressing(deployment, "Unknown", "DeploymentResumed", "Deployment is resumed");
    }
  }

  return {
    progressing,
    setProgressing,
    writeStatus,
    writeCounts: (deployment, family) => writeStatus(deployment, calculateStatus(deployment, family)),
    writeRolloutStatus,
    notePause,
  };
}
