/** What a trace says of a Job: its attempts by index or slot, back-off, failures, and how it ends. Times since the change. */
import type { JobSpec } from "../api/objects.ts";
import type { Trace } from "../trace.ts";
import type { WorkloadName } from "../view.ts";
import { type Life, livesOf } from "./lives.ts";
import { summarize, type Unfinished } from "./summary.ts";

export interface JobRun {
  readonly lives: readonly Life[];
  readonly indexed: boolean;
  readonly completions: number;
  readonly parallelism: number;
  readonly succeeded: number;
  /** Pods that failed. */
  readonly failed: number;
  /** Milliseconds from the change until it completed; null when it did not. */
  readonly takes: number | null;
  readonly failure: { readonly reason: string; readonly time: number } | null;
  /** `activeDeadlineSeconds` in milliseconds. */
  readonly deadline: number | null;
  /** Milliseconds that indexes or slots waited between a failed attempt and the next, in all, and each of them. */
  readonly waits: readonly number[];
  readonly backoffLimit: number | null;
  readonly perIndex: boolean;
  readonly unfinished: Unfinished | null;
}

/** A row of the picture: an index, or a slot of parallelism where there are none; its attempts one after the other. */
interface Attempts {
  readonly index: number;
  readonly lives: readonly Life[];
}

/** When the pod came to its end by itself, and how; null while it has not. */
export function endOf({ spans }: Life): { readonly time: number; readonly failed: boolean } | null {
  const last = spans.find(({ stage }) => stage === "succeeded" || stage === "failed");
  return last ? { time: last.from, failed: last.stage === "failed" } : null;
}

/** The attempts of a Job: those of an index together, those without one in the first slot that is free when they begin. */
export function attemptsOf(lives: readonly Life[], indexed: boolean): readonly Attempts[] {
  const rows = new Map<number, Life[]>();
  const free: number[] = [];
  for (const life of lives) {
    const slot = indexed ? (life.index ?? 0) : freeSlot(free, life);
    const row = rows.get(slot);
    if (row) row.push(life);
    else rows.set(slot, [life]);
  }
  return [...rows].sort(([a], [b]) => a - b).map(([index, row]) => ({ index, lives: row }));
}

function freeSlot(free: number[], life: Life): number {
  const ends = endOf(life)?.time ?? life.gone;
  const slot = free.findIndex((until) => until <= life.created);
  if (slot < 0) return free.push(ends) - 1;
  free[slot] = ends;
  return slot;
}

/** The run of the Job from the time `from` on, with `spec` as it was applied. */
export function jobRunOf(trace: Trace, workload: WorkloadName, from: number, spec: JobSpec): JobRun {
  const lives = livesOf(trace, workload);
  const indexed = spec.completionMode === "Indexed";
  const ends = lives.flatMap((life) => endOf(life) ?? []);
  const waits = attemptsOf(lives, indexed).flatMap(({ lives: row }) =>
    row.flatMap((life, i) => {
      const end = endOf(life);
      const next = row[i + 1];
      return end?.failed && next && next.created > end.time ? [next.created - end.time] : [];
    }),
  );
  let takes: number | null = null;
  let failure: JobRun["failure"] = null;
  for (const entry of trace.entries) {
    if (entry.type !== "object" || entry.kind !== "Job" || entry.state === null) continue;
    if (entry.name !== workload.name || entry.namespace !== workload.namespace) continue;
    const is = (type: string) => entry.state?.conditions.find(([one, status]) => one === type && status === "True");
    const bad = is("Failed");
    if (bad) failure ??= { reason: bad[2], time: entry.time - from };
    else if (is("Complete")) takes ??= entry.time - from;
  }
  const seconds = spec.activeDeadlineSeconds;
  return {
    lives,
    indexed,
    completions: spec.completions ?? 1,
    parallelism: spec.parallelism ?? 1,
    succeeded: ends.filter(({ failed }) => !failed).length,
    failed: ends.filter(({ failed }) => failed).length,
    takes,
    failure,
    deadline: seconds === undefined ? null : seconds * 1000,
    waits,
    backoffLimit: spec.backoffLimitPerIndex ?? spec.backoffLimit ?? null,
    perIndex: spec.backoffLimitPerIndex !== undefined,
    unfinished: summarize(trace, workload, from).unfinished,
  };
}
