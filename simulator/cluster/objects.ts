/**
 * Objects as they live in the simulated cluster. They are read by everybody and changed only through the store.
 * Times are milliseconds since the start of the scenario. (The API server stores most of them in whole seconds of wall
 * time; `wholeSeconds` gives that where a rule depends on it.)
 */
import type {
  CronJobSpec,
  DaemonSetSpec,
  DeploymentSpec,
  IntOrString,
  JobSpec,
  Json,
  LabelMap,
  PodSpec,
  PodTemplateSpec,
  ReplicaSetSpec,
  ResourceRequirements,
  StatefulSetSpec,
  Taint,
} from "../api/objects.ts";

export interface OwnerReference {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  /** At most one owner of an object is its controller. */
  readonly controller: boolean;
  /** Of a reference that a person wrote; absent: that of the simulated kind. */
  readonly apiVersion?: string;
  /** Absent: as for `controller`. */
  readonly blockOwnerDeletion?: boolean;
}

/** What an API object says that nothing in the cluster reads: kept, so that it can be given back. */
export interface Kept {
  readonly generateName?: string;
  /** Works out who manages which field, as `metadata.managedFields` tells it: writes only note what it takes. */
  readonly managedFields?: () => readonly Json[];
  /** Fields of `spec` and of `status` that no field of the live object stands for. */
  readonly spec?: { readonly [field: string]: Json };
  readonly status?: { readonly [field: string]: Json };
}

interface LiveBase<K extends string> {
  readonly kind: K;
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name`, the usual work-queue key. */
  readonly key: string;
  readonly uid: string;
  /** Creation order over all objects of the run; breaks ties between equal creation times. */
  readonly sequence: number;
  readonly labels: LabelMap;
  readonly annotations: LabelMap;
  readonly generation: number;
  readonly created: number;
  /** Deletion timestamp: when it really ends at the latest, i.e. the time of the request plus the grace period. */
  readonly deleted: number | null;
  readonly owners: readonly OwnerReference[];
  readonly finalizers: readonly string[];
  /** Grows with every change of any object: the resourceVersion. */
  readonly version: number;
  readonly kept: Kept | null;
}

/** A condition of a workload's status. */
export interface LiveCondition {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
  readonly lastUpdateTime: number;
  readonly lastTransitionTime: number;
}

export interface DeploymentStatus {
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly unavailableReplicas: number;
  readonly terminatingReplicas: number | null;
  readonly collisionCount: number;
  readonly conditions: readonly LiveCondition[];
}
export interface ReplicaSetStatus {
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly fullyLabeledReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly terminatingReplicas: number | null;
  readonly conditions: readonly LiveCondition[];
}
export interface StatefulSetStatus {
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly currentReplicas: number;
  readonly updatedReplicas: number;
  readonly currentRevision: string;
  readonly updateRevision: string;
  readonly collisionCount: number;
}
export interface DaemonSetStatus {
  readonly observedGeneration: number;
  readonly desiredNumberScheduled: number;
  readonly currentNumberScheduled: number;
  readonly numberMisscheduled: number;
  readonly numberReady: number;
  readonly updatedNumberScheduled: number;
  readonly numberAvailable: number;
  readonly numberUnavailable: number;
  readonly collisionCount: number;
}
export interface JobStatus {
  readonly active: number;
  readonly ready: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly terminating: number | null;
  readonly completedIndexes: string;
  readonly failedIndexes: string | null;
  readonly uncountedSucceeded: readonly string[];
  readonly uncountedFailed: readonly string[];
  readonly startTime: number | null;
  readonly completionTime: number | null;
  readonly conditions: readonly LiveCondition[];
}
export interface CronJobStatus {
  /** Names of running Jobs. */
  readonly active: readonly { readonly name: string; readonly uid: string }[];
  readonly lastScheduleTime: number | null;
  readonly lastSuccessfulTime: number | null;
}

export interface Deployment extends LiveBase<"Deployment"> {
  readonly spec: DeploymentSpec;
  readonly status: DeploymentStatus;
}
export interface ReplicaSet extends LiveBase<"ReplicaSet"> {
  readonly spec: ReplicaSetSpec;
  readonly status: ReplicaSetStatus;
}
export interface StatefulSet extends LiveBase<"StatefulSet"> {
  readonly spec: StatefulSetSpec;
  readonly status: StatefulSetStatus;
}
export interface DaemonSet extends LiveBase<"DaemonSet"> {
  readonly spec: DaemonSetSpec;
  readonly status: DaemonSetStatus;
}
export interface Job extends LiveBase<"Job"> {
  readonly spec: JobSpec;
  readonly status: JobStatus;
}
export interface CronJob extends LiveBase<"CronJob"> {
  readonly spec: CronJobSpec;
  readonly status: CronJobStatus;
}
export interface ControllerRevision extends LiveBase<"ControllerRevision"> {
  readonly revision: number;
  readonly template: PodTemplateSpec;
}
export interface PersistentVolumeClaim extends LiveBase<"PersistentVolumeClaim"> {
  readonly phase: "Pending" | "Bound";
  readonly spec: Readonly<Record<string, unknown>>;
}
export interface Service extends LiveBase<"Service"> {
  readonly spec: Readonly<Record<string, unknown>>;
}
/** An object of a kind that nothing simulates, as it was given. */
export interface Stored extends LiveBase<"Stored"> {
  /** Which resource it is: `configmaps`, `ingresses.networking.k8s.io`. */
  readonly resource: string;
  /** Everything but apiVersion, kind and metadata. */
  readonly content: { readonly [field: string]: Json };
}
/** An image that a node has, as in its status. */
export interface NodeImage {
  readonly names: readonly string[];
  readonly sizeBytes: number;
}
export interface Node extends LiveBase<"Node"> {
  readonly taints: readonly Taint[];
  readonly unschedulable: boolean;
  readonly ready: boolean;
  /** Quantity texts; null is "room for everything". */
  readonly allocatable: Readonly<Record<string, string>> | null;
  /** Those that somebody said it has; what its kubelet pulls is not told. */
  readonly images?: readonly NodeImage[];
}

export interface ContainerStatus {
  readonly name: string;
  /** `init` containers run to their end; `sidecar` is a restartable init container. */
  readonly role: "regular" | "init" | "sidecar";
  readonly state: "waiting" | "running" | "terminated";
  /** `ContainerCreating`, `CrashLoopBackOff`, `ImagePullBackOff`, `Completed`, `Error` … */
  readonly reason: string;
  readonly ready: boolean;
  readonly restartCount: number;
  /** Of the present run, or the one that has ended. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly exitCode: number | null;
  /** Whether its startup probe has succeeded; absent: it has none or the state says it. */
  readonly started?: boolean;
  /** How the run before ended. */
  readonly last?: ContainerEnd;
  readonly message?: string;
  /** Which container of the runtime it is: grows with every one that a pod gets. */
  readonly id?: number;
}
/** `lastState.terminated` of a container. */
export interface ContainerEnd {
  readonly reason: string;
  readonly exitCode: number;
  readonly message: string;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}
export interface PodCondition {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: number;
}
/** What a container has of resources while it is given others. */
export interface ResizedContainer {
  readonly resources: ResourceRequirements;
  /** What its kubelet has granted. */
  readonly allocatedResources: Readonly<Record<string, IntOrString>>;
}
export interface Pod extends LiveBase<"Pod"> {
  /** Shared with all pods of the same template. */
  readonly spec: PodSpec;
  /** Where a pod's own spec differs from the shared one: claims of a StatefulSet pod, the node a daemon pod is for. */
  readonly claims: readonly { readonly volume: string; readonly claimName: string }[];
  readonly pinnedNode: string | null;
  readonly hostname: string;
  readonly subdomain: string;
  /** `metadata.deletionGracePeriodSeconds`; null as long as nobody has asked for its deletion. */
  readonly grace: number | null;
  /** Empty until it is bound. */
  readonly node: string;
  /** Where room is being made for it; empty otherwise. */
  readonly nominatedNode: string;
  readonly phase: "Pending" | "Running" | "Succeeded" | "Failed" | "Unknown";
  /** status.reason, e.g. `Evicted`; empty without one. */
  readonly reason: string;
  readonly message: string;
  readonly ready: boolean;
  /** Last transition of the Ready condition; null as long as it never changed. */
  readonly readyTime: number | null;
  /** Such as PodScheduled, DisruptionTarget, and those that its kubelet wrote down; `podConditions` has all of them. */
  readonly conditions: readonly PodCondition[];
  readonly containers: readonly ContainerStatus[];
  /** By name the containers that have other resources than the spec asks for; null: none has. */
  readonly resizing: Readonly<Record<string, ResizedContainer>> | null;
}

export interface Kinds {
  readonly Deployment: Deployment;
  readonly ReplicaSet: ReplicaSet;
  readonly StatefulSet: StatefulSet;
  readonly DaemonSet: DaemonSet;
  readonly Job: Job;
  readonly CronJob: CronJob;
  readonly ControllerRevision: ControllerRevision;
  readonly PersistentVolumeClaim: PersistentVolumeClaim;
  readonly Service: Service;
  readonly Node: Node;
  readonly Pod: Pod;
  readonly Stored: Stored;
}
export type Kind = keyof Kinds;
export type LiveObject = Kinds[Kind];

/** The owner that controls an object, if any. */
export function controllerOf(object: LiveObject): OwnerReference | undefined {
  for (const owner of object.owners) if (owner.controller) return owner;
  return undefined;
}

/** Neither finished nor being deleted. Models `IsPodActive` of pkg/controller/controller_utils.go. */
export function isPodActive(pod: Pod): boolean {
  return pod.phase !== "Succeeded" && pod.phase !== "Failed" && pod.deleted === null;
}

/** Ended for good: phase Succeeded or Failed. */
export function isPodTerminal(pod: Pick<Pod, "phase">): boolean {
  return pod.phase === "Succeeded" || pod.phase === "Failed";
}

/** The condition of a Job's status that holds. */
export function jobCondition({ conditions }: JobStatus, type: string): LiveCondition | undefined {
  return conditions.find((one) => one.type === type && one.status === "True");
}

/** Complete or Failed. Models `IsJobFinished` of pkg/controller/job/utils.go. */
export function isJobFinished(status: JobStatus): boolean {
  return jobCondition(status, "Complete") !== undefined || jobCondition(status, "Failed") !== undefined;
}

/** A time of the run as the API server would store it: truncated to the whole second of wall time. */
export function wholeSeconds(time: number, start: number): number {
  return Math.floor((start + time) / 1000) * 1000 - start;
}

/** A condition as far as it is compared and shown. */
export type ConditionTriple = readonly [type: string, status: "True" | "False" | "Unknown", reason: string];

/** The `[type, status, reason]` triples of conditions, sorted by type. */
export function conditionTriples(conditions: readonly LiveCondition[]): readonly ConditionTriple[] {
  return conditions
    .map((condition): ConditionTriple => [condition.type, condition.status, condition.reason])
    .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
}
