/** The controllers of kube-controller-manager in the order in which they look at the store within one instant. */
import type { ControllerFactory } from "../cluster/controller.ts";
import { garbageCollector } from "../cluster/garbage-collector.ts";
import { podGarbageCollector } from "../cluster/pod-gc.ts";
import { deploymentController } from "./deployment/deployment.ts";
import { replicaSetController } from "./replicaset/replicaset.ts";

/** The factories of the six workload controllers. */
export function workloadControllers(): readonly ControllerFactory[] {
  return [deploymentController, replicaSetController];
}

/** All of the control plane but the scheduler: the workload controllers and what collects their garbage. */
export function controlPlane(): readonly ControllerFactory[] {
  return [...workloadControllers(), garbageCollector, podGarbageCollector];
}
