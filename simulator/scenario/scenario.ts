/** What a person wants to try: objects, timed steps, durations, faults and a seed. Plain JSON, so it can be stored and sent. */
import type { MapPatch } from "../api/map-patch.ts";
import type { LabelMap, ManifestObject, Taint } from "../api/objects.ts";
import type { Problem } from "../api/problem.ts";
import type { Target as Version } from "../api/target.ts";
import type { WriteRequest } from "../apiserver/request.ts";
import type { ActionOf } from "./actions.ts";
import type { Behaviour, Selection } from "./behaviour.ts";
import type { Duration } from "./durations.ts";
import type { GivenLoad } from "./load.ts";

/** A node as a scenario describes it. Quantities are Kubernetes quantity texts. */
export interface ScenarioNode {
  readonly name: string;
  readonly labels?: LabelMap;
  readonly taints?: readonly Taint[];
  readonly unschedulable?: boolean;
  /**
   * Absent: room for everything. Keys as in `status.allocatable`: cpu, memory, pods, ephemeral-storage, extended names. Of the
   * first four a node has the usual amount where it names only others.
   */
  readonly allocatable?: Readonly<Record<string, string>>;
}

/** How long the steps of a pod's life take. All milliseconds. */
export interface Timings {
  readonly schedule: Duration;
  /** Sandbox and volumes. */
  readonly sandbox: Duration;
  /** One image pull; an image already on the node takes none (unless pull policy asks, which is then instant). */
  readonly pull: Duration;
  readonly start: Duration;
  /** How long an init container runs. */
  readonly init: Duration;
  /** From container start until the application answers its readiness probe. */
  readonly warmUp: Duration;
  /** From SIGTERM until the process is gone; capped by the grace period. */
  readonly shutdown: Duration;
  /** How long a Job's container runs. */
  readonly work: Duration;
}

/** What goes wrong. A fault applies to the pods it selects; absent selectors match all pods. */
export interface Fault {
  readonly on: Selection;
  readonly fault:
    | { readonly type: "imagePull" }
    | { readonly type: "neverReady" }
    | { readonly type: "crash"; readonly after: Duration; readonly exitCode?: number }
    | { readonly type: "slowStart"; readonly factor: number }
    | { readonly type: "exit"; readonly code: number; readonly after?: Duration };
}

export type Cascade = "background" | "foreground" | "orphan";

/** What the fields of actions hold, by their types in the table of actions. */
interface FieldValues {
  readonly text: string;
  readonly number: number;
  readonly replicas: number;
  readonly manifest: ManifestObject;
  readonly patch: Readonly<Record<string, unknown>>;
  readonly node: ScenarioNode;
  readonly labels: MapPatch;
  readonly fault: Fault;
  readonly effect: string;
  readonly load: GivenLoad;
  readonly cascade: Cascade;
  readonly behaviour: Behaviour;
  /** Of a condition; null takes it away. */
  readonly truth: "True" | "False" | "Unknown" | null;
  readonly subresource: "resize";
  readonly request: WriteRequest;
}

/** Everything that can be done to the cluster from outside. Pod actions name one pod by its live name. */
export type Action = ActionOf<FieldValues>;

export interface Step {
  /** Milliseconds after the start of the scenario. Steps at the same time happen in list order. */
  readonly at: number;
  readonly action: Action;
}

export interface Scenario {
  readonly seed: number;
  /** The wall-clock instant of time 0, in milliseconds since 1970 (UTC). */
  readonly start: number;
  /** The run ends here (milliseconds after the start) even if something would still happen. */
  readonly horizon: number;
  readonly nodes: readonly ScenarioNode[];
  readonly timings: Timings;
  readonly faults: readonly Fault[];
  /** What containers do; of several that say something of a container the last one counts, key by key. */
  readonly behaviours?: readonly Behaviour[];
  /**
   * ConfigMaps, Secrets, files of nodes, priority classes and runtime classes that pods name and that are not among the objects:
   * taken to be there (the default), or missing.
   */
  readonly elsewhere?: "there" | "missing";
  /**
   * Whether the cluster is a whole one: it has the namespaces of every cluster, Events are objects in it, and what a request names
   * has to be there. Absent: it has what the steps make, and takes for granted what they name.
   */
  readonly whole?: boolean;
  readonly steps: readonly Step[];
  /** The version of Kubernetes. Absent: that of the recorded facts, 1.36. */
  readonly kubernetes?: Version;
  /** Most trace entries to keep; the run ends, saying so, when they are used up. */
  readonly budget?: number;
}

/** A scenario that cannot be run, and why; `path` is inside the scenario, e.g. `steps[2].action.name`. */
export interface Refusal {
  readonly problems: readonly Problem[];
}
