/** Which of a Job's pods go first. Models pkg/controller/job/{job_controller,indexed_job_utils}.go. */
import { type Job, type Pod, wholeSeconds } from "../../cluster/objects.ts";
import { completionIndex, isIndexed, unknownIndex } from "./pods.ts";
import type { Roster } from "./roster.ts";

const phaseOrder = { Pending: 0, Unknown: 1, Running: 2, Succeeded: 3, Failed: 3 } as const;

function mostRestarts(pod: Pod, role: "regular" | "sidecar"): number {
  return pod.containers.reduce((most, one) => (one.role === role ? Math.max(most, one.restartCount) : most), 0);
}

/** Younger goes first; without a time even before that. */
function younger(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return b - a;
}

/** The plain order of deletion: no costs, ranks or buckets. Models ActivePods of pkg/controller/controller_utils.go. */
function plainOrder(start: number): (a: Pod, b: Pod) => number {
  const seconds = (time: number | null) => (time === null ? null : wholeSeconds(time, start));
  return (a, b) => {
    if ((a.node === "") !== (b.node === "")) return a.node === "" ? -1 : 1;
    if (phaseOrder[a.phase] !== phaseOrder[b.phase]) return phaseOrder[a.phase] - phaseOrder[b.phase];
    if (a.ready !== b.ready) return a.ready ? 1 : -1;
    const readiness = a.ready ? younger(seconds(a.readyTime), seconds(b.readyTime)) : 0;
    if (readiness !== 0) return readiness;
    const restarts = (role: "regular" | "sidecar") => mostRestarts(b, role) - mostRestarts(a, role);
    return restarts("regular") || restarts("sidecar") || younger(seconds(a.created), seconds(b.created));
  };
}

/** Whether an index of an indexed Job has more than one active pod, or there is one without an index of the Job. */
function hasMisplaced({ spec }: Job, { busy, counts }: Roster): boolean {
  const highest = busy.intervals.at(-1)?.[1] ?? -1;
  return counts.unindexed > 0 || busy.isRepeated() || highest >= (spec.completions ?? 0);
}

/** The active pods that go when at least `count` have to; of an indexed Job repeated and superfluous indexes always do. */
export function podsToRemove(job: Job, roster: Roster, count: number, start: number): readonly Pod[] {
  if (count === 0 && !(isIndexed(job) && hasMisplaced(job, roster))) return [];
  const active = roster.active(isIndexed(job));
  const order = plainOrder(start);
  const removed: Pod[] = [];
  let left: Pod[] = [];
  if (isIndexed(job)) {
    const byIndex = new Map<number, Pod[]>();
    for (const pod of active) {
      const index = completionIndex(pod);
      const same = byIndex.get(index);
      if (same) same.push(pod);
      else byIndex.set(index, [pod]);
    }
    for (const [index, pods] of [...byIndex].sort(([a], [b]) => a - b)) {
      if (index === unknownIndex || index >= (job.spec.completions ?? 0)) removed.push(...pods);
      else {
        pods.sort(order);
        removed.push(...pods.slice(0, -1));
        left.push(...pods.slice(-1));
      }
    }
  } else left = [...active];
  if (removed.length < count) removed.push(...left.sort(order).slice(0, count - removed.length));
  return removed;
}
