/** The workload controllers in the order in which they look at the store within one instant. */
import type { ControllerFactory } from "../cluster/controller.ts";

/** The factories of all workload controllers. */
export function workloadControllers(): readonly ControllerFactory[] {
  return [];
}
