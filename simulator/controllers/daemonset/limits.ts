/** How far an update may go. Models UnavailableCount and SurgeCount of pkg/controller/daemon/util/daemonset_util.go. */
import type { DaemonSet } from "../../cluster/objects.ts";

/** Percentages are rounded up, of both limits. */
function resolve(value: number | string | undefined, total: number): number {
  if (value === undefined) return 0;
  return typeof value === "number" ? value : Math.ceil((total * Number.parseInt(value, 10)) / 100);
}

/** How many nodes may run a second pod; 0 when old pods go first. */
export function surgeOf(set: DaemonSet, desired: number): number {
  const { type, rollingUpdate } = set.spec.updateStrategy;
  return type === "RollingUpdate" ? resolve(rollingUpdate?.maxSurge, desired) : 0;
}

/** How many nodes may be without an available pod; 1 when both limits come out as 0. */
export function unavailableOf(set: DaemonSet, desired: number): number {
  const limit = resolve(set.spec.updateStrategy.rollingUpdate?.maxUnavailable, desired);
  return desired > 0 && limit === 0 && surgeOf(set, desired) === 0 ? 1 : limit;
}
