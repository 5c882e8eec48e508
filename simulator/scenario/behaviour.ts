/**
 * What the processes in containers do, as a scenario says it. Times are milliseconds and count from the start of the
 * container, at every start anew.
 */
import type { Duration } from "./durations.ts";

/** Which pods and containers something is said of; absent fields match everything. */
export interface Selection {
  /** Kind and name of the pod or of whatever controls it, directly or not. */
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  /** Name of a container. */
  readonly container?: string;
  /** Of a container; what is said of pods as a whole holds for those that have such a container. */
  readonly image?: string;
  /** Number of the revision in the history of the pod's workload. */
  readonly revision?: number;
  /** Pod ordinal or completion index. */
  readonly index?: number;
  readonly node?: string;
  /** Only the first N attempts (pods of one Job or index; restarts of one container). */
  readonly attempts?: number;
}

/** From when to when something is so; without an end for ever, and an empty list is never. */
export type Windows = readonly (readonly [from: number, to?: number])[];

/** One run of a container: how long, and the code with which it ends then (0 if absent). */
interface ContainerRun {
  readonly runs?: Duration | "forever";
  readonly exit?: number;
}

/** A pull: how long it takes, and the answer of the registry when it fails. */
export interface PullBehaviour {
  readonly pull?: Duration;
  /** HTTP status with which the registry refuses. */
  readonly fails?: number;
}

interface ImageBehaviour extends PullBehaviour {
  /** How long it takes to ask for an image all of whose layers are on the node. Default 0. */
  readonly pullAgain?: Duration;
  /** The first, second … pull of the image on a node; the last one repeats. */
  readonly attempts?: readonly PullBehaviour[];
  /** Whether the nodes have the image from the beginning. Default false. */
  readonly onNode?: boolean;
  /** `down`: the registry refuses connections. */
  readonly registry?: "down";
}

interface HookBehaviour {
  readonly takes: Duration;
  readonly exit?: number;
}

interface ServeBehaviour {
  readonly from: number;
  readonly port: number;
  /** Answered with 200, everything else with 404. */
  readonly path: string;
}

/** What is left out is as the timings of the scenario say, or as a well-behaved process does it. */
export interface ContainerBehaviour extends ContainerRun {
  /** The first, second … start in one pod; the last one repeats. Takes the place of `runs` and `exit`. */
  readonly attempts?: readonly ContainerRun[];
  /** What it does on SIGTERM: ends with `exit` (0 if absent) `after` so long (0 if absent), or nothing. */
  readonly onTerm?: "ignore" | { readonly exit?: number; readonly after?: Duration };
  /** When it takes far more memory than its limit. */
  readonly oom?: Duration;
  /** It never counts as ready, as if a probe said so, also where there is none. */
  readonly neverReady?: boolean;
  /** When a readiness, liveness, startup probe would succeed. */
  readonly ready?: Windows;
  readonly live?: Windows;
  readonly up?: Windows;
  /** What answers HTTP and TCP, for probes and hooks; absent: whatever is asked for, as `ready`, `live` and `up` say. */
  readonly serve?: ServeBehaviour | "nothing";
  /** How long the command of a probe takes. */
  readonly probeTakes?: { readonly readiness?: Duration; readonly liveness?: Duration; readonly startup?: Duration };
  readonly preStop?: HookBehaviour;
  readonly postStart?: HookBehaviour;
  /** It cannot be started: its command or working directory is wrong. */
  readonly startError?: boolean;
  readonly image?: ImageBehaviour;
  /** User of the image; 0 is root. Absent: some other user. */
  readonly user?: number;
}

export interface Behaviour {
  readonly on: Selection;
  readonly does: ContainerBehaviour;
}
