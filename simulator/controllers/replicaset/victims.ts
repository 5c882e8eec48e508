/** Which pods go first when there are too many. Models ActivePodsWithRanks of pkg/controller/controller_utils.go. */

/** A pod as far as the choice looks at it. Times are milliseconds, on any common clock. */
export interface Candidate {
  readonly uid: string;
  readonly node: string;
  readonly phase: "Pending" | "Running" | "Succeeded" | "Failed" | "Unknown";
  readonly ready: boolean;
  readonly readyTime: number | null;
  readonly created: number | null;
  /** Annotation `controller.kubernetes.io/pod-deletion-cost` as a number. */
  readonly cost: number;
  /** Active pods of the same workload on the same node, this one included. */
  readonly rank: number;
  /** Most restarts of a regular container, and of a sidecar. */
  readonly restarts: number;
  readonly sidecarRestarts: number;
}

export const deletionCostAnnotation = "controller.kubernetes.io/pod-deletion-cost";

/** The deletion cost from the annotation's text: a 32-bit integer, else 0. Only after a minus it may begin with zeros. */
export function deletionCost(text: string | null | undefined): number {
  if (text === null || text === undefined || !/^(0|[1-9][0-9]*|-[0-9]+)$/.test(text)) return 0;
  // Adding 0 turns -0 into 0.
  const cost = Number(text) + 0;
  return cost >= -(2 ** 31) && cost < 2 ** 31 ? cost : 0;
}

const phaseOrder = { Pending: 0, Unknown: 1, Running: 2, Succeeded: 3, Failed: 3 } as const;

/** Ages are told apart only by their power of two in nanoseconds; -1 for no age at all. */
function bucket(time: number, now: number): number {
  const age = (now - time) * 1e6;
  return age > 0 ? Math.floor(Math.log2(age)) : -1;
}

/** Negative when `a` is younger and so goes first. Within a power of two UIDs, that is chance, decides. */
function younger(a: Candidate, b: Candidate, timeA: number | null, timeB: number | null, now: number): number {
  if (timeA === timeB) return 0;
  if (timeA === null) return -1;
  if (timeB === null) return 1;
  return bucket(timeA, now) - bucket(timeB, now) || compareText(a.uid, b.uid);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Negative when `a` is deleted before `b`, at the time `now`. As upstream this may go in a circle: pods that got ready at one time
 * are told apart by restarts, but a third one of the same power of two is put between them by chance. Then any of them may be
 * the first, there as here.
 */
export function compareVictims(a: Candidate, b: Candidate, now: number): number {
  if ((a.node === "") !== (b.node === "")) return a.node === "" ? -1 : 1;
  const phases = phaseOrder[a.phase] - phaseOrder[b.phase];
  if (phases !== 0) return phases;
  if (a.ready !== b.ready) return a.ready ? 1 : -1;
  if (a.cost !== b.cost) return a.cost - b.cost;
  if (a.rank !== b.rank) return b.rank - a.rank;
  if (a.ready) {
    const readiness = younger(a, b, a.readyTime, b.readyTime, now);
    if (readiness !== 0) return readiness;
  }
  if (a.restarts !== b.restarts) return b.restarts - a.restarts;
  if (a.sidecarRestarts !== b.sidecarRestarts) return b.sidecarRestarts - a.sidecarRestarts;
  return younger(a, b, a.created, b.created, now);
}

/** The `count` candidates that go, first one first. */
export function chooseVictims<C extends Candidate>(candidates: readonly C[], count: number, now: number): readonly C[] {
  const order = (a: C, b: C) => compareVictims(a, b, now);
  if (count <= 0) return [];
  if (count >= candidates.length) return candidates;
  if (count === 1) return [chooseOne(candidates, now)];
  if (count * 8 > candidates.length) return [...candidates].sort(order).slice(0, count);
  // For few of many: keep the best so far in order instead of sorting all.
  const best: C[] = [];
  for (const one of candidates) {
    if (best.length === count && order(one, best[count - 1]!) >= 0) continue;
    let low = 0;
    let high = best.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(best[middle]!, one) <= 0) low = middle + 1;
      else high = middle;
    }
    best.splice(low, 0, one);
    if (best.length > count) best.pop();
  }
  return best;
}

/** The one that goes first, in one pass: most candidates differ from the best so far only in when they became ready. */
function chooseOne<C extends Candidate>(candidates: readonly C[], now: number): C {
  let best = candidates[0]!;
  let [oldest, youngest] = bucketBounds(best.readyTime, now);
  for (const one of candidates) {
    const time = one.readyTime;
    const comparable =
      time !== null &&
      best.readyTime !== null &&
      time !== best.readyTime &&
      one.ready &&
      best.ready &&
      one.rank === best.rank &&
      one.cost === best.cost &&
      one.phase === best.phase &&
      (one.node === "") === (best.node === "");
    if (comparable) {
      if (time <= oldest || (time <= youngest && one.uid > best.uid)) continue;
    } else if (compareVictims(one, best, now) >= 0) continue;
    best = one;
    [oldest, youngest] = bucketBounds(best.readyTime, now);
  }
  return best;
}

/** The times of the same power of two as `time`: later than the first, up to the second. */
function bucketBounds(time: number | null, now: number): readonly [oldest: number, youngest: number] {
  if (time === null) return [now, now];
  const power = bucket(time, now);
  if (power < 0) return [now - 1e-6, Number.POSITIVE_INFINITY];
  return [now - 2 ** (power + 1) / 1e6, now - 2 ** power / 1e6];
}
