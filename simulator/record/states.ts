/** What the trace shows of objects. Of pods, which are so many more than all others, see pod-shapes.ts. */
import { deploymentBounds, rollingOf } from "../api/deployment-bounds.ts";
import type { PodTemplateSpec } from "../api/objects.ts";
import { milliValue, wholeValue } from "../api/quantity-number.ts";
import { conditionTriples, type Kinds, type LiveObject, type Pod } from "../cluster/objects.ts";
import type { States } from "../trace.ts";
import { ownerText } from "./owner-text.ts";

function imagesOf(template: PodTemplateSpec): readonly string[] {
  return template.spec.containers.map((one) => one.image ?? "");
}

const changeCause = "kubernetes.io/change-cause";
const revisionAnnotation = "deployment.kubernetes.io/revision";

/** What the trace shows of a live object other than a pod; null of those that it does not show. */
export function stateOf(object: Exclude<LiveObject, Pod>): States[keyof States] | null {
  switch (object.kind) {
    case "Deployment":
      return deploymentState(object);
    case "ReplicaSet":
      return {
        owner: ownerText(object),
        revision: object.annotations[revisionAnnotation] ?? "",
        changeCause: object.annotations[changeCause] ?? "",
        hash: object.labels["pod-template-hash"] ?? "",
        images: imagesOf(object.spec.template),
        specReplicas: object.spec.replicas,
        replicas: object.status.replicas,
        ready: object.status.readyReplicas,
        available: object.status.availableReplicas,
      };
    case "StatefulSet":
      return {
        generation: object.generation,
        specReplicas: object.spec.replicas,
        replicas: object.status.replicas,
        ready: object.status.readyReplicas,
        available: object.status.availableReplicas,
        current: object.status.currentReplicas,
        updated: object.status.updatedReplicas,
        currentRevision: object.status.currentRevision,
        updateRevision: object.status.updateRevision,
        partition: object.spec.updateStrategy.rollingUpdate?.partition ?? 0,
        onDelete: object.spec.updateStrategy.type === "OnDelete",
      };
    case "DaemonSet":
      return {
        generation: object.generation,
        desired: object.status.desiredNumberScheduled,
        current: object.status.currentNumberScheduled,
        ready: object.status.numberReady,
        upToDate: object.status.updatedNumberScheduled,
        available: object.status.numberAvailable,
        unavailable: object.status.numberUnavailable,
        misscheduled: object.status.numberMisscheduled,
        onDelete: object.spec.updateStrategy.type === "OnDelete",
      };
    case "ControllerRevision":
      return {
        owner: ownerText(object),
        revision: object.revision,
        changeCause: object.annotations[changeCause] ?? "",
        images: imagesOf(object.template),
      };
    case "Job":
      return jobState(object);
    case "CronJob":
      return {
        suspended: object.spec.suspend ?? false,
        schedule: object.spec.schedule,
        timeZone: object.spec.timeZone ?? "",
        active: object.status.active.map((one) => one.name),
        lastScheduleTime: object.status.lastScheduleTime,
        lastSuccessfulTime: object.status.lastSuccessfulTime,
      };
    case "PersistentVolumeClaim":
      return {
        phase: object.phase,
        owners: object.owners.map((one) => `${one.kind}/${one.name}`),
        terminating: object.deleted !== null,
      };
    case "Node":
      return nodeState(object);
    case "Service":
    case "Stored":
      return null;
  }
}

function deploymentState({ annotations, generation, spec, status }: Kinds["Deployment"]): States["Deployment"] {
  const { ceiling, floor } = deploymentBounds(rollingOf(spec.strategy, spec.replicas));
  return {
    revision: annotations[revisionAnnotation] ?? "",
    generation,
    paused: spec.paused ?? false,
    specReplicas: spec.replicas,
    replicas: status.replicas,
    updated: status.updatedReplicas,
    ready: status.readyReplicas,
    available: status.availableReplicas,
    unavailable: status.unavailableReplicas,
    ceiling,
    floor,
    conditions: conditionTriples(status.conditions),
  };
}

function jobState(job: Kinds["Job"]): States["Job"] {
  const { spec, status } = job;
  return {
    owner: ownerText(job),
    parallelism: spec.parallelism ?? 1,
    completions: spec.completions ?? null,
    suspended: spec.suspend ?? false,
    active: status.active,
    ready: status.ready,
    succeeded: status.succeeded,
    failed: status.failed,
    completedIndexes: status.completedIndexes,
    failedIndexes: status.failedIndexes ?? "",
    startTime: status.startTime,
    completionTime: status.completionTime,
    conditions: conditionTriples(status.conditions),
  };
}

function nodeState({ labels, taints, unschedulable, ready, allocatable }: Kinds["Node"]): States["Node"] {
  const amount = (resource: string, read: (text: string) => number) => {
    const text = allocatable?.[resource];
    return text === undefined ? null : read(text);
  };
  return {
    labels,
    taints,
    unschedulable,
    ready,
    cpu: amount("cpu", milliValue),
    memory: amount("memory", wholeValue),
    pods: amount("pods", wholeValue),
  };
}
