/**
 * The life of every pod of a workload as stages in time, read out of a trace. This is what a row of the panel draws and what
 * verdicts count. Times are milliseconds since the start of the scenario; `Infinity` where a stage or life has no end in the run.
 */
import type { PodState, Trace, TraceEntry } from "../trace.ts";
import { ownership, type WorkloadName } from "../view.ts";

/** What a pod does, as a person tells it. */
export type Stage =
  /** On no node yet. */
  | "pending"
  /** Sandbox, volumes, init containers, container start. */
  | "creating"
  | "pulling"
  /** Runs and was never ready. */
  | "starting"
  | "ready"
  /** Was ready and is not. */
  | "unready"
  | "failing"
  /** Waits for the next try. */
  | "backoff"
  | "stopping"
  /** Its node does not answer. */
  | "unknown"
  | "succeeded"
  | "failed";

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly stage: Stage;
  /** The STATUS column of `kubectl get pods`. */
  readonly status: string;
  /** The scheduler's sentence while no node fits. */
  readonly message?: string;
}

export interface Life {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  /** `ReplicaSet/web-5d4f` */
  readonly owner: string;
  readonly revision: string;
  /** StatefulSet ordinal or completion index. */
  readonly index: number | null;
  /** The node it was last on; empty when it never was on one. */
  readonly node: string;
  readonly created: number;
  readonly gone: number;
  readonly restarts: number;
  /** Of the container that ended last; null while none has, or where the trace does not say it. */
  readonly exitCode: number | null;
  /** Requested millicores and bytes. */
  readonly cpu: number;
  readonly memory: number;
  readonly spans: readonly Span[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type MutableLife = Mutable<Omit<Life, "spans">> & { spans: Mutable<Span>[]; wasReady: boolean; pulls: boolean };

const cache = new WeakMap<Trace, Map<string, readonly Life[]>>();

/** The lives of the workload's pods in the order of their creation; those of a CronJob are the pods of its Jobs. */
export function livesOf(trace: Trace, workload: WorkloadName): readonly Life[] {
  const key = `${workload.kind}/${workload.namespace}/${workload.name}`;
  const known = cache.get(trace) ?? new Map<string, readonly Life[]>();
  cache.set(trace, known);
  const found = known.get(key) ?? read(trace, workload);
  known.set(key, found);
  return found;
}

function read(trace: Trace, workload: WorkloadName): readonly Life[] {
  const belongs = ownership(trace, workload);
  const lives = new Map<string, MutableLife>();
  const byName = new Map<string, MutableLife>();
  for (const entry of trace.entries) {
    if (entry.type === "event") {
      if (entry.object.startsWith("Pod/")) pull(byName.get(entry.object.slice(4)), entry);
      continue;
    }
    if (entry.type !== "object" || entry.kind !== "Pod") continue;
    let life = lives.get(entry.uid);
    if (!life) {
      if (entry.state === null || !belongs(entry.namespace, entry.state.owner)) continue;
      life = begin(entry.uid, entry.name, entry.namespace, entry.time, entry.state);
      lives.set(entry.uid, life);
      byName.set(entry.name, life);
    }
    if (entry.state === null) end(life, entry.time);
    else next(life, entry.time, entry.state);
  }
  for (const life of lives.values()) if (!life.pulls) guessPull(life, trace);
  const lost = lostNodes(trace);
  for (const life of lives.values()) for (const [from, to] of lost.get(life.node) ?? []) hide(life, from, to);
  return [...lives.values()];
}

function begin(uid: string, name: string, namespace: string, time: number, state: PodState): MutableLife {
  const { owner, revision, index, cpu, memory } = state;
  const at = { uid, name, namespace, owner, revision, index: index ?? null, cpu, memory };
  return {
    ...at,
    node: "",
    created: time,
    gone: Infinity,
    restarts: 0,
    exitCode: null,
    spans: [],
    wasReady: false,
    pulls: false,
  };
}

function end(life: MutableLife, time: number): void {
  life.gone = time;
  const last = life.spans.at(-1);
  if (last) last.to = time;
}

function next(life: MutableLife, time: number, state: PodState): void {
  const stage = stageOf(state, life.wasReady);
  life.wasReady ||= state.ready;
  life.node = state.node || life.node;
  life.restarts = state.restarts;
  life.revision = state.revision;
  const { status, message } = state;
  const last = life.spans.at(-1);
  if (last && last.status === status && last.message === message) {
    if (last.stage === stage || (last.stage === "pulling" && stage === "creating")) return;
  }
  turn(life, time, { stage, status, ...(message === undefined ? {} : { message }) });
}

function turn(life: MutableLife, time: number, span: Omit<Span, "from" | "to">): void {
  const last = life.spans.at(-1);
  if (last) {
    last.to = time;
    // What lasted no time was never seen.
    if (last.from === time) life.spans.pop();
  }
  life.spans.push({ from: time, to: Infinity, ...span });
}

/** The stage that a state shows. */
function stageOf(pod: PodState, wasReady: boolean): Stage {
  if (pod.phase === "Succeeded") return "succeeded";
  if (pod.phase === "Failed") return "failed";
  if (pod.terminating) return "stopping";
  if (pod.phase === "Unknown") return "unknown";
  if (pod.ready) return "ready";
  if (/BackOff/.test(pod.status)) return "backoff";
  if (/^Err|Error|ExitCode|Invalid|OOMKilled|Completed/.test(pod.status)) return "failing";
  if (pod.node === "") return "pending";
  if (pod.status === "Running" || pod.status === "NotReady") return wasReady ? "unready" : "starting";
  return "creating";
}

/** An image pull is told by the kubelet's events only: the pod's status is the same before, meanwhile and after. */
function pull(life: MutableLife | undefined, { time, reason }: Extract<TraceEntry, { type: "event" }>): void {
  const last = life?.spans.at(-1);
  if (!life || !last) return;
  life.pulls ||= reason === "Pulling" || reason === "Pulled";
  if (reason === "Pulling" && (last.stage === "creating" || last.stage === "backoff" || last.stage === "failing"))
    turn(life, time, { stage: "pulling", status: last.status });
  else if (reason === "Pulled" && last.stage === "pulling")
    turn(life, time, { stage: "creating", status: last.status });
}

/**
 * The pull of a pod whose life is so plain that no events tell of it: it comes after the sandbox and takes as long as a pull of this
 * run does; a first stage too short for one had the image already.
 */
function guessPull(life: MutableLife, { scenario }: Trace): void {
  const { sandbox, pull } = scenario.timings;
  const index = life.spans.findIndex(({ stage }) => stage === "creating");
  const span = life.spans[index];
  if (!span || typeof sandbox !== "number" || typeof pull !== "number" || pull === 0) return;
  if (span.to - span.from < sandbox + pull) return;
  const [begins, ends] = [span.from + sandbox, span.from + sandbox + pull];
  const parts: Mutable<Span>[] = [
    { ...span, to: begins },
    { ...span, from: begins, to: ends, stage: "pulling" },
    { ...span, from: ends },
  ];
  life.spans.splice(index, 1, ...parts.filter(({ from, to }) => to > from));
}

/** From when to when each node did not answer, by the steps that were carried out. */
function lostNodes(trace: Trace): ReadonlyMap<string, readonly (readonly [from: number, to: number])[]> {
  const found = new Map<string, [number, number][]>();
  for (const entry of trace.entries) {
    if (entry.type !== "step" || entry.problem) continue;
    const action = trace.scenario.steps[entry.index]?.action;
    if (action?.do === "nodeLost") {
      const times = found.get(action.name) ?? [];
      if ((times.at(-1)?.[1] ?? 0) !== Infinity) found.set(action.name, [...times, [entry.time, Infinity]]);
    } else if (action?.do === "nodeBack" || action?.do === "removeNode") {
      const last = found.get(action.name)?.at(-1);
      if (last?.[1] === Infinity) last[1] = entry.time;
    }
  }
  return found;
}

/** Shows as unknown what nobody can know from `from` to `to`; ended pods stay what they are. */
function hide(life: MutableLife, from: number, to: number): void {
  life.spans = life.spans.flatMap((span) => {
    if (span.stage === "succeeded" || span.stage === "failed" || span.stage === "pending") return [span];
    const a = Math.max(span.from, from);
    const b = Math.min(span.to, to);
    if (a >= b) return [span];
    const parts: Mutable<Span>[] = [{ ...span, from: a, to: b, stage: "unknown" }];
    if (span.from < a) parts.unshift({ ...span, to: a });
    if (b < span.to) parts.push({ ...span, from: b });
    return parts;
  });
}

/** What the pod does at a time; null before and after its life. */
export function spanAt({ spans, created, gone }: Life, time: number): Span | null {
  if (time < created || time >= gone) return null;
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.from <= time) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1] ?? null;
}

/** Neither stopping nor ended: what the Deployment controller counts as a pod. */
export function isLive(stage: Stage): boolean {
  return stage !== "stopping" && stage !== "succeeded" && stage !== "failed";
}

/** When the pod was first ready; null when it never was. */
export function readyAt({ spans }: Life): number | null {
  return spans.find((span) => span.stage === "ready")?.from ?? null;
}

/** When it was told to stop; null when it never was. */
export function stoppedAt({ spans }: Life): number | null {
  return spans.find((span) => span.stage === "stopping")?.from ?? null;
}
