/** A trace looked at: the state of everything at a time, and how a workload's pods came and went. */
import type { ObjectEntry, PodState, States, Trace } from "./trace.ts";

interface History {
  readonly kind: keyof States;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly times: number[];
  readonly states: (States[keyof States] | null)[];
}

const histories = new WeakMap<Trace, readonly History[]>();

function historiesOf(trace: Trace): readonly History[] {
  let found = histories.get(trace);
  if (!found) {
    const byUid = new Map<string, History>();
    for (const entry of trace.entries) if (entry.type === "object") historyOf(byUid, entry).push(entry);
    found = [...byUid.values()];
    histories.set(trace, found);
  }
  return found;
}

function historyOf(byUid: Map<string, History>, entry: ObjectEntry): { push(entry: ObjectEntry): void } {
  let history = byUid.get(entry.uid);
  if (!history) {
    const { kind, namespace, name, uid } = entry;
    history = { kind, namespace, name, uid, times: [], states: [] };
    byUid.set(uid, history);
  }
  const { times, states } = history;
  return {
    push({ time, state }) {
      times.push(time);
      states.push(state);
    },
  };
}

export interface ViewObject<K extends keyof States> {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly state: States[K];
}

/** What is there at a time, by kind, in the order in which it came to be. */
export type View = { readonly [K in keyof States]: readonly ViewObject<K>[] };

/** The state of the cluster right after everything that happened at `time` (milliseconds since the start). */
export function view(trace: Trace, time: number): View {
  const found: { [K in keyof States]: ViewObject<K>[] } = {
    Deployment: [],
    ReplicaSet: [],
    StatefulSet: [],
    DaemonSet: [],
    ControllerRevision: [],
    Job: [],
    CronJob: [],
    Pod: [],
    PersistentVolumeClaim: [],
    Node: [],
  };
  for (const { kind, namespace, name, uid, times, states } of historiesOf(trace)) {
    const state = states[lastAtOrBefore(times, time)];
    if (state) (found[kind] as ViewObject<keyof States>[]).push({ namespace, name, uid, state });
  }
  return found;
}

/** Index of the last of ascending `times` that is not after `time`; -1 when all are. */
export function lastAtOrBefore(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export interface WorkloadName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What the pods of one revision do. */
interface RevisionCount {
  readonly ready: number;
  readonly starting: number;
  readonly pending: number;
  readonly failing: number;
  readonly terminating: number;
  readonly finished: number;
}

export interface SeriesPoint {
  /** Milliseconds since the start; the counts hold until the next point. */
  readonly time: number;
  /** By template hash, oldest revision first. */
  readonly revisions: Readonly<Record<string, RevisionCount>>;
  /** Pods that are neither finished nor terminating. */
  readonly pods: number;
  readonly ready: number;
  /** As the status says, but without pods that are being terminated: those serve no more. */
  readonly available: number;
  readonly desired: number;
  /** Bounds of a rolling update; null where there are none. */
  readonly floor: number | null;
  readonly ceiling: number | null;
  /** Requested by all pods that are not finished: millicores, bytes. */
  readonly cpu: number;
  readonly memory: number;
}

type PodDoing = keyof RevisionCount;

/** Which of the chart's states a pod is in. */
function podDoing(pod: PodState): PodDoing {
  if (pod.phase === "Succeeded" || pod.phase === "Failed") return "finished";
  if (pod.terminating) return "terminating";
  if (pod.ready) return "ready";
  if (/BackOff|^Err|Error|OOMKilled|ExitCode|Invalid/.test(pod.status)) return "failing";
  if (pod.node === "") return "pending";
  return "starting";
}

/** Whether an object with this owner text (`Kind/name`, empty for none) belongs to the workload, over any number of owners. */
export function ownership(trace: Trace, workload: WorkloadName): (namespace: string, owner: string) => boolean {
  const owners = new Map<string, string>();
  for (const entry of trace.entries) {
    if (entry.type !== "object" || entry.state === null) continue;
    if (entry.kind === "ReplicaSet" || entry.kind === "Job") {
      owners.set(`${entry.namespace}/${entry.kind}/${entry.name}`, entry.state.owner);
    }
  }
  const target = `${workload.kind}/${workload.name}`;
  return (namespace, owner) => {
    if (namespace !== workload.namespace) return false;
    for (let at: string | undefined = owner; at; at = owners.get(`${namespace}/${at}`)) if (at === target) return true;
    return false;
  };
}

interface Desired {
  readonly desired: number;
  readonly available: number;
  readonly floor: number | null;
  readonly ceiling: number | null;
}

function desiredOf({ kind, state }: ObjectEntry): Desired | undefined {
  if (state === null) return { desired: 0, available: 0, floor: null, ceiling: null };
  switch (kind) {
    case "Deployment":
      return { desired: state.specReplicas, available: state.available, floor: state.floor, ceiling: state.ceiling };
    case "ReplicaSet":
    case "StatefulSet":
      return { desired: state.specReplicas, available: state.available, floor: null, ceiling: null };
    case "DaemonSet":
      return { desired: state.desired, available: state.available, floor: null, ceiling: null };
    case "Job": {
      const left = state.completions === null ? state.parallelism : state.completions - state.succeeded;
      const desired =
        state.suspended || state.completionTime !== null ? 0 : Math.min(state.parallelism, Math.max(0, left));
      return { desired, available: state.ready, floor: null, ceiling: null };
    }
    default:
      return undefined;
  }
}

type MutableCount = { -readonly [K in PodDoing]: number };

/** How many pods of a workload did what, from each moment at which that changed. */
export function series(trace: Trace, workload: WorkloadName): readonly SeriesPoint[] {
  const belongs = ownership(trace, workload);
  const revisions = new Map<string, MutableCount>();
  const pods = new Map<string, PodState>();
  let target: Desired = { desired: 0, available: 0, floor: null, ceiling: null };
  let cpu = 0;
  let memory = 0;
  const points: SeriesPoint[] = [];

  function tally(pod: PodState, by: 1 | -1): void {
    let count = revisions.get(pod.revision);
    if (!count) {
      count = { ready: 0, starting: 0, pending: 0, failing: 0, terminating: 0, finished: 0 };
      revisions.set(pod.revision, count);
    }
    const doing = podDoing(pod);
    count[doing] += by;
    if (doing === "finished") return;
    cpu += by * pod.cpu;
    memory += by * pod.memory;
  }

  function point(time: number): SeriesPoint {
    let active = 0;
    let ready = 0;
    const counts: Record<string, RevisionCount> = {};
    for (const [revision, count] of revisions) {
      active += count.ready + count.starting + count.pending + count.failing;
      ready += count.ready;
      counts[revision] = { ...count };
    }
    const available = Math.min(target.available, ready);
    return { time, revisions: counts, pods: active, ready, ...target, available, cpu, memory };
  }

  let time = -1;
  let changed = false;
  for (const entry of trace.entries) {
    if (entry.type !== "object") continue;
    if (entry.time !== time && changed) {
      points.push(point(time));
      changed = false;
    }
    time = entry.time;
    if (entry.kind === "Pod") {
      const before = pods.get(entry.uid);
      const mine = entry.state !== null && belongs(entry.namespace, entry.state.owner);
      if (before) tally(before, -1);
      if (mine && entry.state) {
        tally(entry.state, 1);
        pods.set(entry.uid, entry.state);
      } else pods.delete(entry.uid);
      changed ||= before !== undefined || mine;
    } else if (entry.kind === workload.kind && entry.name === workload.name && entry.namespace === workload.namespace) {
      target = desiredOf(entry) ?? target;
      changed = true;
    }
  }
  if (changed) points.push(point(time));
  return points;
}
