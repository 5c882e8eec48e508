/** Turns the changes of a running cluster into trace entries: one per object and instant, and only when what is shown changed. */

import { deploymentBounds, rollingOf } from "./api/deployment-bounds.ts";
import { sameJson } from "./api/equality.ts";
import type { LabelMap, PodTemplateSpec } from "./api/objects.ts";
import { requestsOf } from "./api/pod/requests.ts";
import { milliValue, wholeValue } from "./api/quantity-number.ts";
import type { RecordedEvent } from "./cluster/cluster.ts";
import {
  conditionTriples,
  controllerOf,
  type Kinds,
  type LiveObject,
  type OwnerReference,
  type Pod,
} from "./cluster/objects.ts";
import type { Change } from "./cluster/store.ts";
import { podIndex } from "./nodes/kubelet/behaviours.ts";
import { podColumns } from "./nodes/kubelet/status-word.ts";
import type { ObjectEntry, States, TraceEntry } from "./trace.ts";

export interface Recorder {
  readonly entries: TraceEntry[];
  onChange(change: Change): void;
  onEvent(event: RecordedEvent): void;
  add(entry: TraceEntry): void;
  /**
   * Entries so far, and what the instant that has not ended will add at most. An entry with a long list counts for more:
   * a CronJob whose Jobs never end lists all of them each time.
   */
  size(): number;
  /** Writes what changed in the instant that ends. */
  flush(): void;
}

type State = States[keyof States];
type PodState = States["Pod"];
type Mark = 0 | 1 | 2;
/** Names that a list may have for nothing, and how many more weigh as much as an entry. */
const usualList = 100;
const listed = 10;
const settled = 0;
const changed = 1;
const gone = 2;

/** A recorder with no entries. `now` is the time of the run. */
export function createRecorder(now: () => number): Recorder {
  const entries: TraceEntry[] = [];
  /** What changed in this instant, in the order in which it first did. */
  let dirty: LiveObject[] = [];
  // Columns by the sequence number of the object: cheaper than maps when there are hundreds of thousands.
  const marks: Mark[] = [];
  const shown: (State | null | undefined)[] = [];
  const labels = new Map<LiveObject, string>();
  let lengths = 0;

  function record(object: LiveObject, state: State | null): void {
    const { kind, namespace, name, uid } = object;
    if (object.kind === "CronJob" && state !== null) lengths += Math.max(0, object.status.active.length - usualList);
    entries.push({ type: "object", time: now(), kind, namespace, name, uid, state } as ObjectEntry);
  }

  /** How events name an object. Only a pod has so few events that its text is not worth keeping. */
  function labelOf(object: LiveObject): string {
    if (object.kind === "Pod") return `Pod/${object.name}`;
    let label = labels.get(object);
    if (label === undefined) {
      label = `${object.kind}/${object.name}`;
      labels.set(object, label);
    }
    return label;
  }

  /** Writes what is shown of the object now, if that is something else than before. */
  function settle(object: LiveObject): void {
    const { sequence } = object;
    const mark = marks[sequence];
    const before = shown[sequence];
    marks[sequence] = settled;
    if (mark === gone) {
      // What came and went within one instant was never there.
      if (before !== undefined) record(object, null);
      shown[sequence] = undefined;
      return;
    }
    const state = stateOf(object);
    if (object.kind === "Pod" ? samePod(state as PodState, before as PodState | undefined) : sameJson(state, before))
      return;
    shown[sequence] = state;
    record(object, state);
  }

  return {
    entries,
    onChange({ type, object }) {
      if (object.kind === "Service" || object.kind === "Stored") return;
      const { sequence } = object;
      if (!marks[sequence]) dirty.push(object);
      if (type === "deleted") {
        marks[sequence] = gone;
        if (object.kind !== "Pod") labels.delete(object);
      } else if (marks[sequence] !== gone) marks[sequence] = changed;
    },
    onEvent({ object, level, reason, message }) {
      entries.push({ type: "event", time: now(), object: labelOf(object), level, reason, message });
    },
    add: (entry) => entries.push(entry),
    size: () => entries.length + dirty.length + Math.floor(lengths / listed),
    flush() {
      if (dirty.length === 0) return;
      for (const object of dirty) settle(object);
      dirty = [];
    },
  };
}

/** Field by field: most of what is compared are pods. */
function samePod(a: PodState, b: PodState | undefined): boolean {
  return (
    b !== undefined &&
    a.status === b.status &&
    a.phase === b.phase &&
    a.ready === b.ready &&
    a.readyContainers === b.readyContainers &&
    a.containers === b.containers &&
    a.terminating === b.terminating &&
    a.restarts === b.restarts &&
    a.node === b.node &&
    a.owner === b.owner &&
    a.revision === b.revision &&
    a.index === b.index &&
    a.message === b.message &&
    a.cpu === b.cpu &&
    a.memory === b.memory
  );
}

const ownerTexts = new WeakMap<OwnerReference, string>();

/** The text of the controller; all pods of one controller share it. */
function ownerText(object: LiveObject): string {
  const owner = controllerOf(object);
  if (!owner) return "";
  let text = ownerTexts.get(owner);
  if (text === undefined) {
    text = `${owner.kind}/${owner.name}`;
    ownerTexts.set(owner, text);
  }
  return text;
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
export function stateOf(object: LiveObject): States[keyof States] | null {
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

function podState(pod: Pod): States["Pod"] {
  const columns = podColumns(pod);
  const requests = requestsOf(pod.spec);
  const index = podIndex(pod);
  const message =
    pod.message || (pod.node === "" ? pod.conditions.find((one) => one.type === "PodScheduled")?.message : "");
  const { cpu, memory } = requests;
  const state: States["Pod"] = {
    phase: pod.phase,
    status: columns.status,
    ready: pod.ready,
    readyContainers: columns.ready,
    containers: columns.containers,
    terminating: pod.deleted !== null,
    restarts: columns.restarts,
    node: pod.node,
    owner: ownerText(pod),
    revision: revisionHash(pod.labels),
    cpu,
    memory,
  };
  // Not spread into the literal above: most pods have neither, and a literal without spreads is much cheaper.
  return index === undefined && !message ? state : withExtras(state, index, message);
}

function withExtras(state: States["Pod"], index: number | undefined, message: string | undefined): States["Pod"] {
  const { cpu, memory, ...rest } = state;
  return {
    ...rest,
    ...(index === undefined ? {} : { index }),
    ...(message ? { message } : {}),
    cpu,
    memory,
  };
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
