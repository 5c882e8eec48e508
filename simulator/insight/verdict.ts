/**
 * Is it safe? One code with what its sentence needs; words are made at the edges. Times are milliseconds since the change,
 * stretches of time milliseconds.
 */
import type { Action } from "../scenario/scenario.ts";
import type { Trace } from "../trace.ts";
import type { WorkloadName } from "../view.ts";
import { valueAt } from "./lines.ts";
import { spanAt, stoppedAt } from "./lives.ts";
import type { Rollout } from "./rollout.ts";
import type { Unfinished } from "./summary.ts";

/** Green, yellow or red. */
type Tone = "safe" | "caution" | "unsafe";

/** Why fewer pods were available than promised. */
export type Cause =
  | { readonly code: "recreate" }
  /** What somebody did at that time. */
  | { readonly code: "step"; readonly index: number; readonly at: number; readonly action: Action }
  /** The only pod is stopped before the next one starts. */
  | { readonly code: "one-at-a-time" }
  | { readonly code: "pods-fail" }
  | { readonly code: "unknown" };

export type Verdict =
  | {
      readonly code: "created";
      readonly tone: "safe";
      readonly time: number;
      readonly ready: number;
      readonly all: number;
    }
  | {
      readonly code: "safe";
      readonly tone: "safe";
      readonly time: number;
      readonly least: number;
      readonly all: number;
    }
  | { readonly code: "unchanged"; readonly tone: "safe"; readonly all: number }
  | {
      readonly code: "ordered";
      readonly tone: "safe";
      readonly time: number;
      /** Pods in the order in which they are replaced. */
      readonly names: readonly string[];
      /** Pods that stay as they are because of the partition. */
      readonly kept: readonly string[];
    }
  | {
      readonly code: "by-node";
      readonly tone: "safe";
      readonly time: number;
      readonly nodes: number;
      readonly atOnce: number;
      /** The longest that a node is without a ready pod. */
      readonly gap: number;
      readonly leftOut: readonly string[];
    }
  | {
      readonly code: "below-floor";
      readonly tone: "unsafe";
      readonly time: number;
      readonly least: number;
      readonly all: number;
      readonly floor: number;
      readonly at: number;
      readonly cause: Cause;
    }
  | {
      readonly code: "downtime";
      readonly tone: "unsafe";
      readonly time: number;
      readonly at: number;
      readonly cause: Cause;
    }
  | {
      readonly code: "stuck";
      readonly tone: "unsafe";
      readonly reason: Unfinished;
      /** Of the template that is wanted. */
      readonly images: readonly string[];
      readonly least: number;
      readonly all: number;
      /** Pods without a node, for `unschedulable`. */
      readonly pods: number;
      /** When the Deployment controller gives up; null when it does not. */
      readonly deadline: number | null;
      readonly at: number | null;
    }
  | {
      readonly code: "slow-to-heal";
      readonly tone: "caution";
      readonly node: string;
      readonly at: number;
      /** Until the node is told as not ready. */
      readonly unseen: number;
      /** From then until its pods are replaced; null when they are not. */
      readonly replaced: number | null;
      readonly end: number;
    }
  | { readonly code: "on-delete"; readonly tone: "caution"; readonly updated: number; readonly all: number }
  | {
      readonly code: "nothing-runs";
      readonly tone: "caution";
      readonly cause: "replicas" | "suspended" | "paused" | "no-nodes";
    }
  | {
      readonly code: "job-done";
      readonly tone: "safe";
      readonly time: number;
      readonly completions: number;
      readonly indexed: boolean;
      readonly failed: number;
      readonly left: number | null;
    }
  | {
      readonly code: "job-failed";
      readonly tone: "unsafe";
      readonly reason: string;
      readonly time: number;
      readonly failed: number;
      readonly done: number;
      readonly completions: number;
      readonly indexed: boolean;
    }
  | {
      readonly code: "job-runs";
      readonly tone: "caution";
      readonly done: number;
      readonly completions: number;
      readonly indexed: boolean;
      readonly reason: Unfinished;
    }
  | {
      readonly code: "cron";
      readonly tone: Tone;
      /** Milliseconds since 1970; null when it never runs. */
      readonly next: number | null;
      readonly runs: number;
      readonly skipped: number;
      readonly late: number;
      readonly failed: number;
    };

export interface Played {
  /** How what is played began. */
  readonly mode: "create" | "change" | "restart";
  /** Nodes without a pod of a DaemonSet. */
  readonly leftOut?: readonly string[];
}

/** The verdict on a Deployment, ReplicaSet, StatefulSet or DaemonSet. */
export function rolloutVerdict(
  trace: Trace,
  workload: WorkloadName,
  from: number,
  rollout: Rollout,
  played: Played,
): Verdict {
  const { unfinished, takes, least, wanted, shortfalls, downtime, end } = rollout;
  const all = valueAt(wanted, end - 1);
  const waits = waiting(unfinished, all);
  if (waits) return waits;
  if (unfinished) return stuck(trace, workload, from, rollout, unfinished, all);
  if (all === 0)
    return { code: "nothing-runs", tone: "caution", cause: workload.kind === "DaemonSet" ? "no-nodes" : "replicas" };
  if (played.mode === "create" && valueAt(rollout.available, from) === 0 && !shortfalls.length && !downtime)
    return { code: "created", tone: "safe", time: takes, ready: rollout.ready ?? takes, all };
  if (downtime && workload.kind !== "DaemonSet") {
    const cause = causeAt(trace, from, downtime.from, rollout, all);
    return { code: "downtime", tone: "unsafe", time: downtime.lasts, at: downtime.from - from, cause };
  }
  const [first] = shortfalls;
  if (first) {
    const lowest = shortfalls.reduce((one, other) => (other.value < one.value ? other : one));
    return {
      code: "below-floor",
      tone: "unsafe",
      time: shortfalls.reduce((total, one) => total + (one.to - one.from), 0),
      least: lowest.value,
      all: valueAt(wanted, lowest.from),
      floor: lowest.bound,
      at: first.from - from,
      cause: causeAt(trace, from, first.from, rollout, all),
    };
  }
  const lost = lostNode(trace, from, rollout);
  if (lost) return lost;
  const replaced = rollout.lives.filter(({ created, revision }) => created >= from && revision === rollout.newest);
  if (replaced.length === 0 && (least?.count ?? all) >= all) return { code: "unchanged", tone: "safe", all };
  if (workload.kind === "StatefulSet") return ordered(from, rollout, takes);
  if (workload.kind === "DaemonSet") return byNode(from, rollout, takes, all, played.leftOut ?? []);
  return { code: "safe", tone: "safe", time: takes, least: least?.count ?? 0, all };
}

function waiting(unfinished: Unfinished | null, all: number): Verdict | null {
  switch (unfinished?.code) {
    case "paused":
    case "suspended":
    case "no-nodes":
      return { code: "nothing-runs", tone: "caution", cause: unfinished.code };
    case "on-delete":
      return { code: "on-delete", tone: "caution", updated: Number(unfinished.params["updated"] ?? 0), all };
    default:
      return null;
  }
}

function stuck(
  trace: Trace,
  workload: WorkloadName,
  from: number,
  { least, lives, newest, end }: Rollout,
  reason: Unfinished,
  all: number,
): Verdict {
  let deadline: number | null = null;
  for (const entry of trace.entries) {
    if (entry.type !== "object" || entry.kind !== "Deployment" || entry.time < from || entry.state === null) continue;
    if (entry.name !== workload.name || entry.namespace !== workload.namespace) continue;
    if (entry.state.conditions.some(([, , why]) => why === "ProgressDeadlineExceeded")) {
      deadline = entry.time - from;
      break;
    }
  }
  const last = lives.map((life) => spanAt(life, end - 1));
  const first = lives
    .flatMap(({ spans }) => spans)
    .find(({ stage, from: at }) => at >= from && (stage === "failing" || stage === "backoff"));
  return {
    code: "stuck",
    tone: "unsafe",
    reason,
    images: imagesOf(trace, workload, newest),
    least: least?.count ?? 0,
    all,
    pods: last.filter((span) => span?.stage === "pending").length,
    deadline,
    at: first ? first.from - from : null,
  };
}

/** The images of a revision's template, those that no other revision of the workload has first. */
function imagesOf(trace: Trace, { kind, namespace, name }: WorkloadName, newest: string): readonly string[] {
  const fresh = new Set<string>();
  const others = new Set<string>();
  for (const entry of trace.entries) {
    if (entry.type !== "object" || entry.namespace !== namespace || entry.state === null) continue;
    if (entry.kind === "ReplicaSet" && (entry.state.owner === `${kind}/${name}` || entry.name === name)) {
      for (const image of entry.state.images) (entry.state.hash === newest ? fresh : others).add(image);
    } else if (entry.kind === "ControllerRevision" && entry.state.owner === `${kind}/${name}`) {
      for (const image of entry.state.images) (entry.name.endsWith(newest) ? fresh : others).add(image);
    }
  }
  return [...fresh].sort((a, b) => Number(others.has(a)) - Number(others.has(b)));
}

/** What made pods unavailable at a time: the strategy, the last step of a person before it, or pods that fail. */
function causeAt(trace: Trace, from: number, time: number, rollout: Rollout, all: number): Cause {
  const steps = trace.entries.flatMap((entry) => {
    const step =
      entry.type === "step" && !entry.problem && entry.time > from && entry.time <= time
        ? trace.scenario.steps[entry.index]
        : undefined;
    return step && entry.type === "step" && isDisruptive(step.action)
      ? [{ index: entry.index, at: entry.time - from, action: step.action }]
      : [];
  });
  const last = steps.at(-1);
  if (last) return { code: "step", ...last };
  const { lives, floor } = rollout;
  const old = lives.filter(({ created, revision }) => created < from && revision !== rollout.newest);
  const allAtOnce =
    old.length > 0 && old.every((life) => stoppedAt(life) === stoppedAt(old[0]!)) && valueAt(floor, time) === 0;
  if (allAtOnce && all > 1) return { code: "recreate" };
  if (lives.some((life) => ["failing", "backoff", "unready"].includes(spanAt(life, time)?.stage ?? "")))
    return { code: "pods-fail" };
  if (allAtOnce) return { code: floor.length > 0 ? "recreate" : "one-at-a-time" };
  return all === 1 ? { code: "one-at-a-time" } : { code: "unknown" };
}

const disruptive: ReadonlySet<string> = new Set([
  "drain",
  "nodeLost",
  "removeNode",
  "taint",
  "deletePod",
  "delete",
  "scale",
  "fault",
  "apply",
  "undo",
  "restart",
  "setImage",
]);
const isDisruptive = ({ do: what }: Action): boolean => disruptive.has(what);

/** The first node that was lost after the change and held pods that were replaced, or are still missed. */
function lostNode(trace: Trace, from: number, { lives, takes }: Rollout): Verdict | null {
  for (const entry of trace.entries) {
    if (entry.type !== "step" || entry.problem || entry.time < from) continue;
    const action = trace.scenario.steps[entry.index]?.action;
    if (action?.do !== "nodeLost") continue;
    const { name } = action;
    const hit = lives.filter((life) => life.node === name && spanAt(life, entry.time)?.stage === "unknown");
    if (hit.length === 0) continue;
    const told = trace.entries.find(
      (one) =>
        one.type === "object" &&
        one.kind === "Node" &&
        one.name === name &&
        one.time >= entry.time &&
        one.state?.ready === false,
    );
    if (!told) continue;
    const replaced = lives.find(({ created, node }) => created > told.time && node !== name);
    return {
      code: "slow-to-heal",
      tone: "caution",
      node: name,
      at: entry.time - from,
      unseen: told.time - entry.time,
      replaced: replaced ? replaced.created - told.time : null,
      end: takes,
    };
  }
  return null;
}

function ordered(from: number, { lives, newest }: Rollout, time: number): Verdict {
  const replaced = lives.filter(({ created, revision }) => created >= from && revision === newest);
  const names = [...new Set(replaced.map(({ name }) => name))];
  const kept = lives.filter(
    ({ name, gone, revision }) => gone === Infinity && revision !== newest && !names.includes(name),
  );
  return {
    code: "ordered",
    tone: "safe",
    time,
    names,
    kept: kept.toSorted((a, b) => (b.index ?? 0) - (a.index ?? 0)).map(({ name }) => name),
  };
}

function byNode(from: number, rollout: Rollout, time: number, nodes: number, leftOut: readonly string[]): Verdict {
  const { lives, newest } = rollout;
  let gap = 0;
  for (const life of lives) {
    const stop = stoppedAt(life);
    if (stop === null || stop < from) continue;
    const next = lives.find(({ node, revision, uid }) => node === life.node && revision === newest && uid !== life.uid);
    const back = next?.spans.find(({ stage }) => stage === "ready")?.from;
    if (back !== undefined) gap = Math.max(gap, back - stop);
  }
  const atOnce = Math.max(1, nodes - (rollout.least?.count ?? nodes));
  return { code: "by-node", tone: "safe", time, nodes, atOnce, gap, leftOut };
}
