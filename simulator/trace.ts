/**
 * The record of a run: what changed when, append-only, in order of time. Everything that is shown is computed from it.
 * All times are milliseconds since the start of the scenario. A state replaces the one before it; `null` means gone.
 */
import type { LabelMap, Taint } from "./api/objects.ts";
import type { Problem } from "./api/problem.ts";
import type { ConditionTriple } from "./cluster/objects.ts";
import type { Scenario } from "./scenario/scenario.ts";

export interface PodState {
  readonly phase: "Pending" | "Running" | "Succeeded" | "Failed" | "Unknown";
  /** The STATUS column of `kubectl get pods`: `ContainerCreating`, `CrashLoopBackOff`, `Terminating` … */
  readonly status: string;
  readonly ready: boolean;
  /** Ready containers of all containers, as in the READY column. */
  readonly readyContainers: number;
  readonly containers: number;
  readonly terminating: boolean;
  readonly restarts: number;
  /** Empty while not scheduled. */
  readonly node: string;
  /** Controller, e.g. `ReplicaSet/web-5d4f`; empty without one. */
  readonly owner: string;
  /** Hash of the pod's template: pod-template-hash or controller-revision-hash; empty without one. */
  readonly revision: string;
  /** StatefulSet ordinal or Job completion index. */
  readonly index?: number;
  /** The scheduler's own sentence while no node fits. */
  readonly message?: string;
  /** CPU in millicores and memory in bytes that the pod requests. */
  readonly cpu: number;
  readonly memory: number;
}

interface DeploymentState {
  readonly revision: string;
  readonly generation: number;
  readonly paused: boolean;
  readonly specReplicas: number;
  readonly replicas: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
  readonly unavailable: number;
  /** Bounds that hold while rolling: never more pods than `ceiling`, never fewer available than `floor`. */
  readonly ceiling: number;
  readonly floor: number;
  readonly conditions: readonly ConditionTriple[];
}

interface ReplicaSetState {
  readonly owner: string;
  readonly revision: string;
  /** Annotation `kubernetes.io/change-cause`. */
  readonly changeCause: string;
  readonly hash: string;
  /** Images of the template's containers, in order. */
  readonly images: readonly string[];
  readonly specReplicas: number;
  readonly replicas: number;
  readonly ready: number;
  readonly available: number;
}

interface StatefulSetState {
  readonly generation: number;
  readonly specReplicas: number;
  readonly replicas: number;
  readonly ready: number;
  readonly available: number;
  readonly current: number;
  readonly updated: number;
  readonly currentRevision: string;
  readonly updateRevision: string;
  readonly partition: number;
  /** Strategy OnDelete: pods are only replaced once somebody deletes them. */
  readonly onDelete: boolean;
}

interface DaemonSetState {
  readonly generation: number;
  readonly desired: number;
  readonly current: number;
  readonly ready: number;
  readonly upToDate: number;
  readonly available: number;
  readonly unavailable: number;
  readonly misscheduled: number;
  /** Strategy OnDelete: pods are only replaced once somebody deletes them. */
  readonly onDelete: boolean;
}

interface ControllerRevisionState {
  readonly owner: string;
  readonly revision: number;
  readonly changeCause: string;
  readonly images: readonly string[];
}

export interface JobState {
  readonly owner: string;
  readonly parallelism: number;
  readonly completions: number | null;
  readonly suspended: boolean;
  readonly active: number;
  readonly ready: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly completedIndexes: string;
  readonly failedIndexes: string;
  /** Milliseconds since the start of the scenario. */
  readonly startTime: number | null;
  readonly completionTime: number | null;
  readonly conditions: readonly ConditionTriple[];
}

export interface CronJobState {
  readonly suspended: boolean;
  readonly schedule: string;
  readonly timeZone: string;
  readonly active: readonly string[];
  readonly lastScheduleTime: number | null;
  readonly lastSuccessfulTime: number | null;
}

interface ClaimState {
  readonly phase: "Pending" | "Bound";
  readonly owners: readonly string[];
  readonly terminating: boolean;
}

export interface NodeState {
  readonly labels: LabelMap;
  readonly taints: readonly Taint[];
  readonly unschedulable: boolean;
  readonly ready: boolean;
  /** Millicores, bytes and pod count; null is "room for everything". */
  readonly cpu: number | null;
  readonly memory: number | null;
  readonly pods: number | null;
}

export interface States {
  readonly Deployment: DeploymentState;
  readonly ReplicaSet: ReplicaSetState;
  readonly StatefulSet: StatefulSetState;
  readonly DaemonSet: DaemonSetState;
  readonly ControllerRevision: ControllerRevisionState;
  readonly Job: JobState;
  readonly CronJob: CronJobState;
  readonly Pod: PodState;
  readonly PersistentVolumeClaim: ClaimState;
  readonly Node: NodeState;
}

export type ObjectEntry = {
  readonly [K in keyof States]: {
    readonly type: "object";
    readonly time: number;
    readonly kind: K;
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
    readonly state: States[K] | null;
  };
}[keyof States];

/** A Kubernetes Event as `kubectl describe` shows it. */
export interface EventEntry {
  readonly type: "event";
  readonly time: number;
  /** `Deployment/web` */
  readonly object: string;
  readonly level: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
}

/** A step of the scenario was carried out; `output` is what kubectl would have printed, `problem` why it was refused. */
export interface StepEntry {
  readonly type: "step";
  readonly time: number;
  readonly index: number;
  readonly output?: string;
  readonly problem?: Problem;
}

/** What kubectl prints after a step was begun that takes time, as a drain does; `index` is that of the step. */
export interface OutputEntry {
  readonly type: "output";
  readonly time: number;
  readonly index: number;
  readonly output: string;
}

export type TraceEntry = ObjectEntry | EventEntry | StepEntry | OutputEntry;

/** Why the run stopped: nothing left to happen, time up, entries used up, or asked to stop. */
export type Ending = "settled" | "horizon" | "budget" | "cancelled";

export interface Trace {
  readonly scenario: Scenario;
  /** In order of time. What only repeats itself at the end of a run is put together when this is read first. */
  readonly entries: readonly TraceEntry[];
  /** Time of the last thing that happened. */
  readonly end: number;
  readonly ending: Ending;
}
