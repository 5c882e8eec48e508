/**
 * The statuses of containers as they start, become ready and end. Pods of a template do the same at the same moments: those
 * that changed alike share one list.
 */
import type { ContainerStatus } from "../../cluster/objects.ts";

type List = readonly ContainerStatus[];

export interface Statuses {
  /** The list when the container at `index` starts at `at`, ready or not. */
  started(before: List, index: number, at: number, ready: boolean): List;
  /** The list when the container at `index` becomes ready. */
  ready(before: List, index: number): List;
}

export function createStatuses(): Statuses {
  // What was last asked for, by index: pods that change alike mostly come one after the other.
  const starts: { readonly before: List; readonly at: number; readonly ready: boolean; readonly after: List }[] = [];
  const readies: { readonly before: List; readonly after: List }[] = [];
  return {
    started(before, index, at, ready) {
      const last = starts[index];
      if (last && last.before === before && last.at === at && last.ready === ready) return last.after;
      const after = before.with(index, running(before[index]!, at, ready));
      starts[index] = { before, at, ready, after };
      return after;
    },
    ready(before, index) {
      const last = readies[index];
      if (last && last.before === before) return last.after;
      const after = before.with(index, { ...before[index]!, ready: true });
      readies[index] = { before, after };
      return after;
    },
  };
}

function running(
  { name, role, restartCount, finishedAt }: ContainerStatus,
  at: number,
  ready: boolean,
): ContainerStatus {
  const startedAt = at;
  return { name, role, state: "running", reason: "", ready, restartCount, startedAt, finishedAt, exitCode: null };
}

export function terminated(status: ContainerStatus, code: number, at: number): ContainerStatus {
  const reason = code === 0 ? "Completed" : "Error";
  return { ...status, state: "terminated", reason, ready: false, exitCode: code, finishedAt: at };
}
