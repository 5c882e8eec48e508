/** What a DaemonSet counts over all nodes. Each node counts for one or for nothing, so what it adds is a bit for each sum. */

/** The place of each sum. The last three count for updates only. */
export const sums = {
  desired: 0,
  current: 1,
  misscheduled: 2,
  ready: 3,
  available: 4,
  updated: 5,
  unavailable: 6,
  surging: 7,
  stillAvailable: 8,
} as const;

/** The sums over all nodes, each at its place. */
export type Sums = Record<number, number>;

/** Sums over no nodes. */
export function noSums(): Sums {
  return [0, 0, 0, 0, 0, 0, 0, 0, 0];
}

/** The tally of a node that counts for one in this sum. */
export function one(sum: keyof typeof sums, counts = true): number {
  return counts ? 1 << sums[sum] : 0;
}

/** A node's tally has changed. */
export function retally(totals: Sums, before: number, after: number): void {
  for (let place = 0, rest = before ^ after; rest !== 0; place++, rest >>= 1) {
    if (rest & 1) totals[place]! += (after >> place) & 1 ? 1 : -1;
  }
}
