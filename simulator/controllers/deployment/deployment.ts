/**
 * Rolls Deployments out. Models pkg/controller/deployment/deployment_controller.go: each look either carries out a scaling event,
 * or makes one step of the rollout, and then writes the status.
 */

import { semanticEqual } from "../../api/equality.ts";
import { matchesSelector } from "../../api/label-selector.ts";
import {
  type Controller,
  type ControllerContext,
  type ControllerFactory,
  keyOf,
  splitKey,
} from "../../cluster/controller.ts";
import { controllerOf, type Deployment, type ReplicaSet } from "../../cluster/objects.ts";
import type { Change } from "../../cluster/store.ts";
import { createFamilies } from "./family.ts";
import { createReport } from "./report.ts";
import { createRollout } from "./rollout.ts";

export const deploymentController: ControllerFactory = { name: "deployment", create: createController };

function createController(context: ControllerContext): Controller {
  const { store, enqueue, event } = context;
  const report = createReport(context);
  const families = createFamilies(context, report);
  const rollout = createRollout(context, families, report);

  function enqueueOwner(uid: string): void {
    const owner = store.byUid(uid);
    if (owner?.kind === "Deployment") enqueue(keyOf(owner));
  }

  function observeReplicaSet(replicaSet: ReplicaSet, type: Change["type"], previous: object): void {
    families.observe(replicaSet, type, previous);
    if ("owners" in previous) {
      for (const one of previous.owners as ReplicaSet["owners"]) if (one.controller) enqueueOwner(one.uid);
    }
    const owner = controllerOf(replicaSet);
    if (owner) enqueueOwner(owner.uid);
    else if (type !== "deleted") {
      for (const one of store.all("Deployment")) {
        if (one.namespace === replicaSet.namespace && matchesSelector(one.spec.selector, replicaSet.labels)) {
          enqueue(keyOf(one));
        }
      }
    }
  }

  function refuse(deployment: Deployment): void {
    const message = "This deployment is selecting all pods. A non-empty selector is required.";
    event(deployment, "Warning", "SelectingAll", message);
    report.writeStatus(deployment, { observedGeneration: deployment.generation });
  }

  return {
    kinds: ["Deployment", "ReplicaSet", "Pod"],
    podOwner: "ReplicaSet",
    // Only Recreate waits for pods, and only for them to be gone.
    podFields: [],
    observe(change) {
      const { object, type } = change;
      switch (object.kind) {
        case "Deployment":
          if (type !== "deleted") enqueue(keyOf(object));
          return;
        case "ReplicaSet":
          observeReplicaSet(object, type, type === "modified" ? change.previous : {});
          return;
        case "Pod": {
          if (type !== "deleted") return;
          const replicaSet = store.byUid(controllerOf(object)?.uid ?? "");
          const owner = replicaSet && store.byUid(controllerOf(replicaSet)?.uid ?? "");
          if (owner?.kind === "Deployment" && owner.spec.strategy.type === "Recreate") enqueue(keyOf(owner));
        }
      }
    },

    sync(key) {
      const deployment = store.get("Deployment", ...splitKey(key));
      if (!deployment) return;
      if (semanticEqual(deployment.spec.selector, {})) {
        refuse(deployment);
        return;
      }
      const all = families.claim(deployment);
      if (deployment.deleted !== null) {
        report.writeCounts(deployment, families.familyOf(deployment, all, false));
        return;
      }
      report.notePause(deployment);
      const family = families.familyOf(deployment, all, false);
      if (deployment.spec.paused || rollout.isScalingEvent(deployment, family)) rollout.scaleOnly(deployment, family);
      else if (deployment.spec.strategy.type === "Recreate") rollout.recreate(deployment, all, family);
      else rollout.rollOut(deployment, all, family);
    },
  };
}
