/** What one kubelet knows of one pod, and what all of them share. */
import type { Container, Probe, ResourceRequirements } from "../../api/objects.ts";
import type { ControllerContext } from "../../cluster/controller.ts";
import type { ContainerStatus, Pod, PodCondition } from "../../cluster/objects.ts";
import type { Duration } from "../../scenario/durations.ts";
import type { Timings } from "../../scenario/scenario.ts";
import type { BackOff } from "./back-off.ts";
import type { Behaviours } from "./behaviours.ts";
import type { Configuration } from "./configuration.ts";
import type { StartFailure } from "./container-statuses.ts";
import type { Scope, Signal } from "./flow.ts";
import type { ImageStore } from "./images.ts";
import type { PodRuntime, Runtime } from "./runtime.ts";

/** Common to all kubelets. */
export interface Environment {
  readonly store: ControllerContext["store"];
  /** Changes the pod as its kubelet does, which need not hear of it. */
  readonly write: (pod: Pod, patch: Partial<Pod>) => void;
  readonly now: () => number;
  readonly after: (delay: number, action: () => void) => void;
  readonly event: ControllerContext["event"];
  readonly sample: (duration: Duration) => number;
  readonly timings: Timings;
  readonly behaviours: Behaviours;
  readonly configuration: Configuration;
  readonly images: ImageStore;
  /** Pods that are to have more than their nodes have to give. */
  readonly waitingForRoom: Set<Machine>;
  /** A pod has ended: others on its node may wait for what it had. */
  readonly roomMade: (node: string) => void;
  /** Which pod of its place (a Job, an index of it) this is: 1 is the first. */
  readonly attemptOf: (pod: Pod) => number;
}

export type ProbeType = "startup" | "liveness" | "readiness";
export type ProbeResults = Readonly<Record<ProbeType, Map<number, boolean>>>;

/** A probe of a container, with its rhythm. */
export interface Prober {
  readonly type: ProbeType;
  readonly container: Container;
  readonly probe: Probe;
  /** Milliseconds. */
  readonly period: number;
  /** Ticks come every period from here on. */
  base: number;
  /** The container of the runtime that is probed; null: none yet. */
  target: number | null;
  last: boolean | null;
  /** How often in a row the last result was the same. */
  run: number;
  /** No probing until there is a new container. */
  onHold: boolean;
  busy: boolean;
  over: boolean;
  /** Which of the planned ticks counts. */
  planned: number;
}

/** What the kubelet has last said of the pod, as its status manager keeps it. */
export interface KubeletStatus {
  readonly phase: Pod["phase"];
  readonly reason: string;
  readonly message: string;
  readonly containers: readonly ContainerStatus[];
  readonly conditions: readonly PodCondition[];
}

/** What the worker of a pod is about: to keep it as it should be, to stop it, to note its end. */
export type Stage = "sync" | "terminating" | "terminated" | "done";

/** What a kubelet has in its memory about a pod; a restart loses it. */
export interface Memory {
  readonly scope: Scope;
  /** What the last relist found, and whether another one is due. */
  seen: PodRuntime;
  relistDue: boolean;
  /** When the last sync ended; null before the first. */
  lastSync: number | null;
  stage: Stage;
  busy: boolean;
  pending: boolean;
  /** Counts the times at which the work queue was asked to look again; only the last one counts. */
  queued: number;
  status: KubeletStatus | null;
  readonly failures: Map<string, StartFailure>;
  readonly crashes: Map<string, BackOff>;
  readonly pulls: Map<string, BackOff>;
  readonly results: ProbeResults;
  readonly probers: Map<string, Prober>;
  /** Volumes are set up. */
  mounted: boolean;
  /** Ends the wait for them; null when nobody waits. */
  mounting: Signal | null;
  /** All containers are to be restarted, and that has not ended. */
  restartingAll: boolean;
  /** The containers have ended: a final phase may be written. */
  stopped: boolean;
  resize: "none" | "pending" | "going";
  /** What the containers are allowed to have where that is not what the spec asks for. */
  allocated: ReadonlyMap<string, ResourceRequirements | undefined> | null;
}

export interface Machine {
  readonly env: Environment;
  readonly pod: Pod;
  readonly runtime: Runtime;
  readonly attempt: number;
  /** How often a container of the name was made. */
  readonly starts: Map<string, number>;
  /** How often each thing was told of a container, and when last. */
  readonly told: Map<string, { readonly count: number; readonly last: number }>;
  memory: Memory;
  /** Something changed that the pod's worker has to look at. */
  readonly wake: () => void;
  /** When the pod was first seen by a kubelet: status.startTime. */
  readonly startTime: number;
}

export function newMemory(scope: Scope, seen: PodRuntime): Memory {
  return {
    scope,
    seen,
    relistDue: false,
    lastSync: null,
    stage: "sync",
    busy: false,
    pending: false,
    queued: 0,
    status: null,
    failures: new Map(),
    crashes: new Map(),
    pulls: new Map(),
    results: { startup: new Map(), liveness: new Map(), readiness: new Map() },
    probers: new Map(),
    mounted: false,
    mounting: null,
    restartingAll: false,
    stopped: false,
    resize: "none",
    allocated: null,
  };
}

/** So often the same is told of a container without a pause; after that once in five minutes. */
const toldAtOnce = 25;
const toldAgain = 300_000;

/**
 * An event about the pod, or about one of its containers. What goes on and on is held back, as the clients of the API server do.
 * Models EventSourceObjectSpamFilter of client-go/tools/record/events_cache.go.
 */
export function tell(
  { env, pod, told }: Machine,
  level: "Normal" | "Warning",
  reason: string,
  message: string,
  container?: string,
): void {
  const key = `${container ?? ""}/${reason}`;
  const { count, last } = told.get(key) ?? { count: 0, last: 0 };
  if (count >= toldAtOnce && env.now() - last < toldAgain) return;
  told.set(key, { count: count + 1, last: env.now() });
  env.event(pod, level, reason, message, container);
}
