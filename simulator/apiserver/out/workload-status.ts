/** The status of workloads as the API writes it: numbers that are zero are mostly left out. Models the types of apps/v1 and batch/v1. */
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import type { Kinds, LiveCondition } from "../../cluster/objects.ts";
import { timeText } from "../../cluster/time.ts";
import { uuidOf } from "../uid.ts";

/** The fields that are neither zero nor null. */
function filled(fields: Readonly<Record<string, number | null>>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== 0));
}

function conditionsOut(
  conditions: readonly LiveCondition[],
  start: number,
  times: (one: LiveCondition) => JsonObject,
): JsonObject {
  if (conditions.length === 0) return {};
  const out = (one: LiveCondition): Json => ({
    type: one.type,
    status: one.status,
    ...(one.reason === "" ? {} : { reason: one.reason }),
    ...(one.message === "" ? {} : { message: one.message }),
    lastTransitionTime: timeText(one.lastTransitionTime, start),
    ...times(one),
  });
  return { conditions: conditions.map(out) };
}

function deploymentStatus({ status }: Kinds["Deployment"], start: number): JsonObject {
  const { conditions, collisionCount, terminatingReplicas, ...numbers } = status;
  return {
    ...filled({ ...numbers, collisionCount }),
    ...(terminatingReplicas === null ? {} : { terminatingReplicas }),
    ...conditionsOut(conditions, start, (one) => ({ lastUpdateTime: timeText(one.lastUpdateTime, start) })),
  };
}

function replicaSetStatus({ status }: Kinds["ReplicaSet"], start: number): JsonObject {
  const { conditions, replicas, terminatingReplicas, ...numbers } = status;
  return {
    replicas,
    ...filled(numbers),
    ...(terminatingReplicas === null ? {} : { terminatingReplicas }),
    ...conditionsOut(conditions, start, () => ({})),
  };
}

function statefulSetStatus({ status }: Kinds["StatefulSet"]): JsonObject {
  const { replicas, availableReplicas, currentRevision, updateRevision, collisionCount, ...numbers } = status;
  return {
    replicas,
    availableReplicas,
    ...filled(numbers),
    // The controller writes it from its first look on.
    ...(status.observedGeneration > 0 || collisionCount > 0 ? { collisionCount } : {}),
    ...(currentRevision === "" ? {} : { currentRevision }),
    ...(updateRevision === "" ? {} : { updateRevision }),
  };
}

function daemonSetStatus({ status }: Kinds["DaemonSet"]): JsonObject {
  const { currentNumberScheduled, numberMisscheduled, desiredNumberScheduled, numberReady, ...numbers } = status;
  return { currentNumberScheduled, numberMisscheduled, desiredNumberScheduled, numberReady, ...filled(numbers) };
}

function jobStatus({ status }: Kinds["Job"], start: number): JsonObject {
  const { conditions, completedIndexes, failedIndexes, uncountedSucceeded, uncountedFailed, terminating, ready } =
    status;
  const observed = status.startTime !== null || conditions.length > 0;
  return {
    ...filled({ active: status.active, succeeded: status.succeeded, failed: status.failed }),
    ...(observed ? { ready } : {}),
    ...(terminating === null ? {} : { terminating }),
    ...(completedIndexes === "" ? {} : { completedIndexes }),
    ...(failedIndexes === null ? {} : { failedIndexes }),
    ...(observed
      ? {
          uncountedTerminatedPods: {
            ...(uncountedSucceeded.length > 0 ? { succeeded: uncountedSucceeded.map(uuidOf) } : {}),
            ...(uncountedFailed.length > 0 ? { failed: uncountedFailed.map(uuidOf) } : {}),
          },
        }
      : {}),
    ...(status.startTime === null ? {} : { startTime: timeText(status.startTime, start) }),
    ...(status.completionTime === null ? {} : { completionTime: timeText(status.completionTime, start) }),
    ...conditionsOut(conditions, start, (one) => ({ lastProbeTime: timeText(one.lastUpdateTime, start) })),
  };
}

function cronJobStatus({ status, namespace }: Kinds["CronJob"], start: number): JsonObject {
  const { active, lastScheduleTime, lastSuccessfulTime } = status;
  const reference = ({ name, uid }: (typeof active)[number]): Json => ({
    apiVersion: "batch/v1",
    kind: "Job",
    name,
    namespace,
    uid: uuidOf(uid),
  });
  return {
    ...(active.length > 0 ? { active: active.map(reference) } : {}),
    ...(lastScheduleTime === null ? {} : { lastScheduleTime: timeText(lastScheduleTime, start) }),
    ...(lastSuccessfulTime === null ? {} : { lastSuccessfulTime: timeText(lastSuccessfulTime, start) }),
  };
}

export type WorkloadObject = Kinds["Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" | "CronJob"];

/** The status of a workload. */
export function workloadStatusOut(object: WorkloadObject, start: number): JsonObject {
  switch (object.kind) {
    case "Deployment":
      return deploymentStatus(object, start);
    case "ReplicaSet":
      return replicaSetStatus(object, start);
    case "StatefulSet":
      return statefulSetStatus(object);
    case "DaemonSet":
      return daemonSetStatus(object);
    case "Job":
      return jobStatus(object, start);
    case "CronJob":
      return cronJobStatus(object, start);
  }
}
