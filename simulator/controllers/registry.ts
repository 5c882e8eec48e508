/** The controllers of kube-controller-manager in the order in which they look at the store within one instant. */
import type { ControllerFactory } from "../cluster/controller.ts";
import { garbageCollector } from "../cluster/garbage-collector.ts";
import { podGarbageCollector } from "../cluster/pod-gc.ts";
import { autoscalerController } from "./autoscaler/autoscaler.ts";
import { cronJobController } from "./cronjob/cronjob.ts";
import { daemonSetController } from "./daemonset/sync.ts";
import { deploymentController } from "./deployment/deployment.ts";
import { disruptionController } from "./disruption/disruption.ts";
import { jobController } from "./job/job.ts";
import { ttlController } from "./job/ttl.ts";
import { quotaController } from "./quota/quota.ts";
import { replicaSetController } from "./replicaset/replicaset.ts";
import { statefulSetController } from "./statefulset/sync.ts";
import { taintEvictionController } from "./taint-eviction.ts";

/**
 * The factories of the six workload controllers. What is owned comes before its owner, so that a ReplicaSet has acted on
 * its new size before the Deployment looks again, as in a cluster where each acts as soon as it hears of a change.
 */
function workloadControllers(): readonly ControllerFactory[] {
  return [
    replicaSetController,
    deploymentController,
    statefulSetController,
    daemonSetController,
    cronJobController,
    jobController,
  ];
}

/**
 * All of the control plane but the scheduler: the workload controllers, what collects their garbage, budgets and autoscalers, which
 * look every `autoscalerPeriod` milliseconds.
 */
export function controlPlane(autoscalerPeriod?: number): readonly ControllerFactory[] {
  return [
    // What quotas allow is known before anybody acts on it.
    quotaController,
    ...workloadControllers(),
    ttlController,
    taintEvictionController,
    garbageCollector,
    podGarbageCollector,
    disruptionController,
    autoscalerController(autoscalerPeriod),
  ];
}
