/**
 * What one look does to the sizes of a Deployment's ReplicaSets. Models pkg/controller/deployment/{rolling,recreate}.go and the
 * scaling and clean-up of sync.go.
 */

import { deploymentBounds } from "../../api/deployment-bounds.ts";
import { semanticEqual } from "../../api/equality.ts";
import type { ControllerContext } from "../../cluster/controller.ts";
import { deleteObject } from "../../cluster/deletion.ts";
import { type Deployment, isPodTerminal, type ReplicaSet, wholeSeconds } from "../../cluster/objects.ts";
import { desiredReplicasAnnotation, revisionAnnotation } from "../../cluster/revisions.ts";
import { readSize, sizeAnnotations } from "./annotations.ts";
import * as decide from "./decide.ts";
import type { Families } from "./family.ts";
import { type Family, type Member, memberOf, targetOf } from "./members.ts";
import type { Report } from "./report.ts";
import * as progress from "./status.ts";

interface HistoricReplicaSet extends decide.Historic {
  readonly replicaSet: ReplicaSet;
}

export interface Rollout {
  /** The wanted number was changed since a ReplicaSet that has pods got its size. */
  isScalingEvent(deployment: Deployment, family: Family): boolean;
  /** Only sizes change: the Deployment is paused, or its number of replicas was changed. */
  scaleOnly(deployment: Deployment, family: Family): void;
  /** One step of a rolling update. */
  rollOut(deployment: Deployment, all: readonly ReplicaSet[], found: Family): void;
  /** One step of an update that first takes all old pods away. */
  recreate(deployment: Deployment, all: readonly ReplicaSet[], found: Family): void;
}

/** What resizes the ReplicaSets of any Deployment of the cluster. */
export function createRollout(
  { store, now, start, event }: ControllerContext,
  { familyOf }: Families,
  { writeCounts, writeRolloutStatus }: Report,
): Rollout {
  const member = (replicaSet: ReplicaSet) => memberOf(replicaSet, start);

  /** Gives a ReplicaSet its size and the annotations that go with it. */
  function resize(deployment: Deployment, { set, replicas }: decide.Resize<Member>, forced: boolean): boolean {
    const { replicaSet } = set;
    const from = replicaSet.spec.replicas;
    const sizes = sizeAnnotations(deployment.spec.replicas, deploymentBounds(targetOf(deployment)).surge);
    if (from === replicas && !forced) return false;
    const annotations = { ...replicaSet.annotations, ...sizes };
    store.update(replicaSet, {
      annotations: semanticEqual(annotations, replicaSet.annotations) ? replicaSet.annotations : annotations,
      ...(from === replicas ? {} : { spec: { ...replicaSet.spec, replicas }, generation: replicaSet.generation + 1 }),
    });
    if (from === replicas) return false;
    const way = replicas > from ? "up" : "down";
    const message = `Scaled ${way} replica set ${replicaSet.name} from ${from} to ${replicas}`;
    event(deployment, "Normal", "ScalingReplicaSet", message);
    return true;
  }

  function resizeAll(deployment: Deployment, resizes: readonly decide.Resize<Member>[], forced = false): boolean {
    let changed = false;
    for (const one of resizes) if (resize(deployment, one, forced)) changed = true;
    return changed;
  }

  function isScalingEvent(deployment: Deployment, { newSet, oldSets }: Family): boolean {
    return [...oldSets, ...(newSet ? [newSet] : [])].some((one) => {
      const desired = readSize(one.annotations[desiredReplicasAnnotation]);
      return one.spec.replicas > 0 && desired !== null && desired !== deployment.spec.replicas;
    });
  }

  function scaleOnly(deployment: Deployment, family: Family): void {
    const newSet = family.newSet ? member(family.newSet) : null;
    const oldSets = family.oldSets.map(member);
    const { resizes, forced } = decide.scale(targetOf(deployment), newSet, oldSets, deployment.status.replicas);
    // As they are now: upstream does not see either that an empty one, which is beyond the limit, was just scaled up.
    const historic = family.oldSets.map(historicOf);
    resizeAll(deployment, resizes, forced);
    if (deployment.spec.paused) cleanUp(deployment, historic);
    writeCounts(deployment, family);
  }

  function rollOut(deployment: Deployment, all: readonly ReplicaSet[], found: Family): void {
    const family = found.settled ? found : familyOf(deployment, all, true);
    if (!family.newSet) return;
    const target = targetOf(deployment);
    const newSet = member(family.newSet);
    const oldSets = family.oldSets.map(member);
    const up = decide.scaleUpNew(target, newSet, oldSets);
    const active = oldSets.filter((one) => one.replicas > 0);
    if (up ? !resize(deployment, up, false) : !resizeAll(deployment, decide.scaleDownOld(target, newSet, active))) {
      if (progress.isComplete(deployment.spec.replicas, deployment.status) && isObserved(deployment)) {
        cleanUp(deployment, family.oldSets.map(historicOf));
      }
    }
    writeRolloutStatus(deployment, family);
  }

  function recreate(deployment: Deployment, all: readonly ReplicaSet[], found: Family): void {
    let family = found.settled ? found : familyOf(deployment, all, false);
    const active = family.oldSets.filter((one) => one.spec.replicas > 0).map(member);
    const down = active.map((set) => ({ set, replicas: 0 }));
    if (resizeAll(deployment, down) || oldPodsRun(family)) {
      writeRolloutStatus(deployment, family);
      return;
    }
    if (!family.newSet) {
      family = familyOf(deployment, all, true);
      if (!family.newSet) return;
    }
    resize(deployment, { set: member(family.newSet!), replicas: deployment.spec.replicas }, false);
    if (progress.isComplete(deployment.spec.replicas, deployment.status) && isObserved(deployment)) {
      cleanUp(deployment, family.oldSets.map(historicOf));
    }
    writeRolloutStatus(deployment, family);
  }

  /** Pods of old ReplicaSets count until they are gone, even while they terminate. */
  function oldPodsRun({ oldSets }: Family): boolean {
    return oldSets.some((one) => {
      if (one.status.replicas > 0) return true;
      for (const pod of store.pods(one.uid).pods) if (!isPodTerminal(pod)) return true;
      return false;
    });
  }

  function isObserved(deployment: Deployment): boolean {
    return deployment.status.observedGeneration >= deployment.generation;
  }

  function historicOf(replicaSet: ReplicaSet): HistoricReplicaSet {
    return {
      replicaSet,
      name: replicaSet.name,
      created: wholeSeconds(replicaSet.created, start),
      revision: replicaSet.annotations[revisionAnnotation],
      deleting: replicaSet.deleted !== null,
      replicas: replicaSet.spec.replicas,
      statusReplicas: replicaSet.status.replicas,
      generation: replicaSet.generation,
      observedGeneration: replicaSet.status.observedGeneration,
    };
  }

  function cleanUp(deployment: Deployment, historic: readonly HistoricReplicaSet[]): void {
    for (const { replicaSet } of decide.beyondHistory(historic, deployment.spec.revisionHistoryLimit)) {
      deleteObject(store, replicaSet, now());
    }
  }

  return { isScalingEvent, scaleOnly, rollOut, recreate };
}
