/** Turns the changes of a running cluster into trace entries: one per object and instant, and only when what is shown changed. */
import { resolveFenceposts } from "./api/int-or-percent.ts";
import type { LabelMap, PodTemplateSpec } from "./api/objects.ts";
import type { RecordedEvent } from "./cluster/cluster.ts";
import { conditionTriples, controllerOf, type Kinds, type LiveObject, type Pod } from "./cluster/objects.ts";
import type { Change } from "./cluster/store.ts";
import { podIndex } from "./nodes/kubelet/faults.ts";
import { podStatusWord } from "./nodes/kubelet/status-word.ts";
import { milliValue, wholeValue } from "./nodes/scheduler/quantity-number.ts";
import { requestsOf } from "./nodes/scheduler/requests.ts";
import type { ObjectEntry, States, TraceEntry } from "./trace.ts";

export interface Recorder {
  readonly entries: TraceEntry[];
  onChange(change: Change): void;
  onEvent(event: RecordedEvent): void;
  add(entry: TraceEntry): void;
  /** Writes what changed in the instant that ends. */
  flush(): void;
}

export function createRecorder(now: () => number): Recorder {
  const entries: TraceEntry[] = [];
  const dirty = new Set<LiveObject>();
  const gone = new Set<LiveObject>();
  const shown = new Map<LiveObject, unknown>();

  function record(object: LiveObject, state: States[keyof States] | null): void {
    const { kind, namespace, name, uid } = object;
    entries.push({ type: "object", time: now(), kind, namespace, name, uid, state } as ObjectEntry);
  }

  return {
    entries,
    onChange({ type, object }) {
      if (object.kind === "Service") return;
      dirty.add(object);
      if (type === "deleted") gone.add(object);
    },
    onEvent({ object, level, reason, message }) {
      entries.push({ type: "event", time: now(), object: `${object.kind}/${object.name}`, level, reason, message });
    },
    add: (entry) => entries.push(entry),
    flush() {
      for (const object of dirty) {
        if (gone.has(object)) {
          // What came and went within one instant was never there.
          if (shown.delete(object)) record(object, null);
          continue;
        }
        const state = stateOf(object);
        if (same(state, shown.get(object))) continue;
        shown.set(object, state);
        record(object, state);
      }
      dirty.clear();
      gone.clear();
    },
  };
}

/** Equal as far as JSON goes; both are made by the same function, so their keys come in the same order. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  for (const key in a) {
    if (!same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
  }
  return Object.keys(a).length === Object.keys(b).length;
}

function ownerText(object: LiveObject): string {
  const owner = controllerOf(object);
  return owner ? `${owner.kind}/${owner.name}` : "";
}

function imagesOf(template: PodTemplateSpec): readonly string[] {
  return template.spec.containers.map((one) => one.image ?? "");
}

/** The hash label that ties a pod to its revision. */
export function revisionHash(labels: LabelMap): string {
  return labels["pod-template-hash"] ?? labels["controller-revision-hash"] ?? "";
}

const changeCause = "kubernetes.io/change-cause";
const revisionAnnotation = "deployment.kubernetes.io/revision";

/** What the trace shows of a live object. */
export function stateOf(object: Exclude<LiveObject, { kind: "Service" }> | LiveObject): States[keyof States] | null {
  switch (object.kind) {
    case "Pod":
      return podState(object);
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
      return null;
  }
}

function podState(pod: Pod): States["Pod"] {
  let ready = 0;
  let total = 0;
  let restarts = 0;
  for (const one of pod.containers) {
    if (one.role === "init") continue;
    total++;
    if (one.ready) ready++;
    restarts += one.restartCount;
  }
  const requests = requestsOf(pod.spec);
  const index = podIndex(pod);
  const message =
    pod.message || (pod.node === "" ? pod.conditions.find((one) => one.type === "PodScheduled")?.message : "");
  return {
    phase: pod.phase,
    status: podStatusWord(pod),
    ready: pod.ready,
    readyContainers: ready,
    containers: total,
    terminating: pod.deleted !== null,
    restarts,
    node: pod.node,
    owner: ownerText(pod),
    revision: revisionHash(pod.labels),
    ...(index === undefined ? {} : { index }),
    ...(message ? { message } : {}),
    cpu: requests.cpu,
    memory: requests.memory,
  };
}

function deploymentState({ annotations, generation, spec, status }: Kinds["Deployment"]): States["Deployment"] {
  const bounds = spec.strategy.rollingUpdate ?? {};
  const fenceposts = resolveFenceposts(bounds.maxSurge ?? 0, bounds.maxUnavailable ?? 0, spec.replicas);
  const rolling = spec.strategy.type === "RollingUpdate" && !("error" in fenceposts);
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
    ceiling: spec.replicas + (rolling && spec.replicas > 0 ? fenceposts.surge : 0),
    floor: rolling ? Math.max(0, spec.replicas - fenceposts.unavailable) : 0,
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
