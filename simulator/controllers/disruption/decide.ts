/** How many pods a budget holds, and how many may go. Models getExpectedPodCount of pkg/controller/disruption/disruption.go. */
import type { BudgetSpec } from "../../api/budget.ts";
import { scaledValue } from "../../api/int-or-percent.ts";

/** What the pods of the selector are, when somebody looks. */
export interface Found {
  /** All that match, whatever state they are in. */
  readonly pods: number;
  /** Ready and not terminating. */
  readonly healthy: number;
}

/** The sizes that the owners of the pods want, or why they cannot be told. */
export type Scale = { readonly sum: number } | { readonly error: string };

export interface Wanted {
  readonly expectedPods: number;
  readonly desiredHealthy: number;
}

/** Whether the sizes of the owners count: only a number of `minAvailable` goes by the pods that there are. */
export function countsOwners({ minAvailable, maxUnavailable }: BudgetSpec): boolean {
  return maxUnavailable !== undefined || typeof minAvailable === "string";
}

/**
 * How many pods there should be, and how many of them have to be healthy. Both percentages round up: 30 % of 7 is 3 that may be
 * unavailable, so 4 stay; 50 % of 7 is 4 that have to be available. `minAvailable: 5` over 2 pods wants 5 all the same.
 */
export function wantedOf(spec: BudgetSpec, { pods }: Found, scale: () => Scale): Wanted | { readonly error: string } {
  const { minAvailable, maxUnavailable } = spec;
  if (!countsOwners(spec)) {
    return minAvailable === undefined
      ? { expectedPods: 0, desiredHealthy: 0 }
      : { expectedPods: pods, desiredHealthy: Number(minAvailable) };
  }
  const owners = scale();
  if ("error" in owners) return owners;
  const share = scaledValue(maxUnavailable ?? minAvailable ?? 0, owners.sum, "up");
  if ("error" in share) return share;
  const desiredHealthy = maxUnavailable === undefined ? share.value : Math.max(0, owners.sum - share.value);
  return { expectedPods: owners.sum, desiredHealthy };
}

/**
 * How many pods may be evicted now: what is healthy beyond what has to be, 5 of 3 leaves 2. Where nothing is expected (only pods
 * without an owner under a percentage) nothing may go.
 */
export function disruptionsAllowed({ expectedPods, desiredHealthy }: Wanted, healthy: number): number {
  return expectedPods <= 0 ? 0 : Math.max(0, healthy - desiredHealthy);
}
