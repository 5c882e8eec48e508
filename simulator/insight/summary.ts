/** What a trace says about one workload, in numbers. */

import type { PodState, Trace } from "../trace.ts";
import { type SeriesPoint, series, view, type WorkloadName } from "../view.ts";
import { refusal } from "./refusal.ts";

/** Why a workload is not where it should be at the end of the run; words are made elsewhere. */
export interface Unfinished {
  readonly code:
    | "pods-refused"
    | "unschedulable"
    | "image-pull"
    | "crash-loop"
    | "never-ready"
    | "progress-deadline"
    | "paused"
    | "suspended"
    | "job-failed"
    | "no-nodes"
    | "too-few-pods"
    | "on-delete"
    | "still-running";
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Extreme {
  readonly count: number;
  /** Milliseconds since the start, when it was first reached. */
  readonly time: number;
}

export interface Summary {
  /** Milliseconds from `from` until the last change of the workload or its pods. */
  readonly duration: number;
  /** Fewest available pods after the workload was first fully available; null when it never was. */
  readonly lowestAvailable: Extreme | null;
  /** Most pods at once, those being terminated included. */
  readonly peakPods: Extreme;
  /** What the pods request at the peak beyond what they request at the end: millicores and bytes. */
  readonly extraCpu: number;
  readonly extraMemory: number;
  /** Milliseconds without any available pod, after the first was available. */
  readonly downtime: number;
  readonly unfinished: Unfinished | null;
}

/** The summary of what happened to the workload from the time `from` (milliseconds since the start) on. */
export function summarize(trace: Trace, workload: WorkloadName, from = 0): Summary {
  const points = series(trace, workload);
  const last = points.at(-1);
  const settled = { cpu: last?.cpu ?? 0, memory: last?.memory ?? 0 };
  const now = points.filter((point, index) => point.time >= from || (points[index + 1]?.time ?? Infinity) > from);
  // Pods of Jobs come to do their work and go: that none is there is no downtime.
  const serves = workload.kind !== "Job" && workload.kind !== "CronJob";
  const fullBefore = points.some((point) => point.time <= from && isFull(point));
  const peak = (read: (point: SeriesPoint) => number) => now.reduce((most, point) => Math.max(most, read(point)), 0);
  return {
    duration: Math.max(0, (last?.time ?? from) - from),
    lowestAvailable: serves ? lowest(now, from, fullBefore) : null,
    peakPods: mostPods(now, from),
    extraCpu: Math.max(0, peak((point) => point.cpu) - settled.cpu),
    extraMemory: Math.max(0, peak((point) => point.memory) - settled.memory),
    downtime: serves ? downtime(points, from, trace.end) : 0,
    unfinished: whyUnfinished(trace, workload, last),
  };
}

function isFull(point: SeriesPoint): boolean {
  return point.desired > 0 && point.available >= point.desired;
}

function lowest(points: readonly SeriesPoint[], from: number, fullBefore: boolean): Extreme | null {
  let full = fullBefore;
  let found: Extreme | null = null;
  for (const point of points) {
    full ||= isFull(point);
    if (full && (found === null || point.available < found.count)) {
      found = { count: point.available, time: Math.max(from, point.time) };
    }
  }
  return found;
}

function mostPods(points: readonly SeriesPoint[], from: number): Extreme {
  let found: Extreme = { count: 0, time: from };
  for (const point of points) {
    const terminating = Object.values(point.revisions).reduce((sum, one) => sum + one.terminating, 0);
    const count = point.pods + terminating;
    if (count > found.count) found = { count, time: Math.max(from, point.time) };
  }
  return found;
}

function downtime(points: readonly SeriesPoint[], from: number, end: number): number {
  let seen = false;
  let total = 0;
  points.forEach((point, index) => {
    seen ||= point.available > 0;
    if (!seen || point.available > 0 || point.desired === 0) return;
    const until = points[index + 1]?.time ?? end;
    total += Math.max(0, until - Math.max(from, point.time));
  });
  return total;
}

function whyUnfinished(
  trace: Trace,
  { kind, namespace, name }: WorkloadName,
  last: SeriesPoint | undefined,
): Unfinished | null {
  const end = view(trace, trace.end);
  const named = (one: { readonly namespace: string; readonly name: string }) =>
    one.namespace === namespace && one.name === name;
  switch (kind) {
    case "Deployment": {
      const state = end.Deployment.find(named)?.state;
      if (!state) return null;
      const complete =
        state.updated === state.specReplicas &&
        state.available === state.specReplicas &&
        state.replicas === state.specReplicas;
      if (complete) return null;
      if (state.paused) return { code: "paused", params: {} };
      const expired = state.conditions.some(([, , reason]) => reason === "ProgressDeadlineExceeded");
      const short = end.ReplicaSet.filter(
        (one) =>
          one.namespace === namespace &&
          one.state.owner === `${kind}/${name}` &&
          one.state.replicas < one.state.specReplicas,
      );
      return (
        refused(
          trace,
          short.map((one) => `ReplicaSet/${one.name}`),
        ) ??
        podTrouble(trace, namespace, `${kind}/${name}`) ?? {
          code: expired ? "progress-deadline" : "too-few-pods",
          params: { available: state.available, desired: state.specReplicas },
        }
      );
    }
    case "ReplicaSet":
    case "StatefulSet": {
      const state = end[kind].find(named)?.state;
      if (!state) return null;
      if (state.available >= state.specReplicas) {
        // Without an update under way the pods count as current, not as updated.
        const isWaiting = "onDelete" in state && state.onDelete && state.currentRevision !== state.updateRevision;
        return isWaiting ? waitsForDeletion(state.updated, state.specReplicas) : null;
      }
      return (
        refused(trace, state.replicas < state.specReplicas ? [`${kind}/${name}`] : []) ??
        podTrouble(trace, namespace, `${kind}/${name}`) ?? {
          code: "too-few-pods",
          params: { available: state.available, desired: state.specReplicas },
        }
      );
    }
    case "DaemonSet": {
      const state = end.DaemonSet.find(named)?.state;
      if (!state) return null;
      if (state.desired === 0) return { code: "no-nodes", params: { nodes: end.Node.length } };
      if (state.available >= state.desired && state.upToDate >= state.desired) return null;
      if (state.onDelete && state.available >= state.desired) return waitsForDeletion(state.upToDate, state.desired);
      const short = state.current < state.desired || state.upToDate < state.desired;
      return (
        refused(trace, short ? [`${kind}/${name}`] : []) ??
        podTrouble(trace, namespace, `${kind}/${name}`) ?? {
          code: "too-few-pods",
          params: { available: state.available, desired: state.desired },
        }
      );
    }
    case "Job": {
      const state = end.Job.find(named)?.state;
      if (!state || state.completionTime !== null) return null;
      const failed = state.conditions.find(([type, status]) => type === "Failed" && status === "True");
      if (failed) return { code: "job-failed", params: { reason: failed[2], failed: state.failed } };
      if (state.suspended) return { code: "suspended", params: {} };
      return (
        refused(trace, state.active < state.parallelism ? [`${kind}/${name}`] : []) ??
        podTrouble(trace, namespace, `${kind}/${name}`) ?? {
          code: "still-running",
          params: { active: state.active, succeeded: state.succeeded, pods: last?.pods ?? 0 },
        }
      );
    }
    default:
      return null;
  }
}

function waitsForDeletion(updated: number, desired: number): Unfinished | null {
  return updated >= desired ? null : { code: "on-delete", params: { updated, desired } };
}

/** What the API server last said to one of these that lack pods, if it refused a pod. */
function refused(trace: Trace, makers: readonly string[]): Unfinished | null {
  const message = refusal(trace, makers);
  return message === null ? null : { code: "pods-refused", params: { message } };
}

/** What ails the first pod of the workload that is not well at the end. */
function podTrouble(trace: Trace, namespace: string, workload: string): Unfinished | null {
  const end = view(trace, trace.end);
  const owners = new Map(
    end.ReplicaSet.filter((one) => one.namespace === namespace).map((one) => [
      `ReplicaSet/${one.name}`,
      one.state.owner,
    ]),
  );
  for (const pod of end.Pod) {
    const { state } = pod;
    const mine = pod.namespace === namespace && (state.owner === workload || owners.get(state.owner) === workload);
    if (!mine || state.ready || state.terminating || state.phase === "Succeeded") continue;
    const trouble = troubleOf(state);
    if (trouble) return { ...trouble, params: { pod: pod.name, ...trouble.params } };
  }
  return null;
}

function troubleOf(state: PodState): Unfinished | null {
  if (state.node === "") return { code: "unschedulable", params: { message: state.message ?? "" } };
  if (/Image/.test(state.status)) return { code: "image-pull", params: { status: state.status } };
  if (state.restarts > 0) return { code: "crash-loop", params: { status: state.status, restarts: state.restarts } };
  if (state.phase === "Running" || /Error/.test(state.status))
    return { code: "never-ready", params: { status: state.status } };
  return null;
}
