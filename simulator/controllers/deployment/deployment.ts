/**
 * Rolls Deployments out. Models pkg/controller/deployment/{deployment_controller,sync,rolling,recreate,progress}.go: each look
 * either carries out a scaling event, or makes one step of the rollout, and then writes the status.
 */
import { matchesSelector } from "../../api/label-selector.ts";
import type { LabelMap, PodTemplateSpec } from "../../api/objects.ts";
import { claim } from "../../cluster/claim.ts";
import { type ControllerFactory, keyOf, splitKey } from "../../cluster/controller.ts";
import { deleteObject } from "../../cluster/deletion.ts";
import { semanticEqual } from "../../cluster/equality.ts";
import { newWorkload } from "../../cluster/initial.ts";
import { templateHash } from "../../cluster/names.ts";
import {
  controllerOf,
  type Deployment,
  type DeploymentStatus,
  isPodTerminal,
  type ReplicaSet,
  wholeSeconds,
} from "../../cluster/objects.ts";
import { controllerReference } from "../../cluster/pods.ts";
import {
  desiredReplicasAnnotation,
  equalIgnoringHash,
  hashLabel,
  maxReplicasAnnotation,
  revisionAnnotation,
} from "../../cluster/revisions.ts";
import { newReplicaSetAnnotations, readSize, sizeAnnotations } from "./annotations.ts";
import * as decide from "./decide.ts";
import * as progress from "./status.ts";

/** A ReplicaSet with its numbers as they were when the look began. */
interface Member extends decide.Sized {
  readonly replicaSet: ReplicaSet;
}

/** The ReplicaSets of a Deployment: the one with its template, if there is one, and all others. */
interface Family {
  /** Nothing about the new ReplicaSet had to be brought up to date, so looking again would find the same. */
  readonly settled: boolean;
  readonly newSet: ReplicaSet | null;
  readonly oldSets: readonly ReplicaSet[];
}

interface Agreement {
  readonly revision: bigint;
  readonly from: LabelMap;
  readonly to: LabelMap;
  readonly spec: Deployment["spec"];
}

const longestName = 253;

export const deploymentController: ControllerFactory = {
  name: "deployment",
  create({ store, now, start, enqueue, enqueueAfter, event }) {
    /** ReplicaSets that nobody controls. */
    const orphans = new Set<ReplicaSet>();
    /** Owned ReplicaSets whose labels were changed: the only ones that may not match any more. */
    const relabelled = new Set<ReplicaSet>();
    /** What the new ReplicaSet was last found to agree with: unchanged values need no second comparison. */
    const kept = new WeakMap<ReplicaSet, Agreement>();
    const hashes = new WeakMap<PodTemplateSpec, Map<number, string>>();

    const stamp = () => wholeSeconds(now(), start);

    function hashOf(template: PodTemplateSpec, collisions: number): string {
      let known = hashes.get(template);
      if (!known) {
        known = new Map();
        hashes.set(template, known);
      }
      let hash = known.get(collisions);
      if (hash === undefined) {
        hash = templateHash(template, collisions);
        known.set(collisions, hash);
      }
      return hash;
    }

    function targetOf({ spec }: Deployment): decide.Target {
      const { strategy, replicas } = spec;
      return {
        replicas,
        rolling: strategy.type === "RollingUpdate",
        maxSurge: strategy.rollingUpdate?.maxSurge ?? null,
        maxUnavailable: strategy.rollingUpdate?.maxUnavailable ?? null,
      };
    }

    function memberOf(replicaSet: ReplicaSet): Member {
      const { name, annotations, spec, status, created } = replicaSet;
      return {
        replicaSet,
        name,
        created: wholeSeconds(created, start),
        replicas: spec.replicas,
        available: status.availableReplicas,
        desired: readSize(annotations[desiredReplicasAnnotation]),
        max: readSize(annotations[maxReplicasAnnotation]),
      };
    }

    function writeStatus(deployment: Deployment, patch: Partial<DeploymentStatus>): void {
      const status = { ...deployment.status, ...patch };
      if (!semanticEqual(status, deployment.status)) store.update(deployment, { status });
    }

    function setProgressing(
      deployment: Deployment,
      status: "True" | "False" | "Unknown",
      reason: string,
      message: string,
    ): void {
      const condition = { type: "Progressing", status, reason, message };
      writeStatus(deployment, {
        conditions: progress.withCondition(deployment.status.conditions, condition, stamp()),
      });
    }

    function claimReplicaSets(deployment: Deployment): readonly ReplicaSet[] {
      const matches = (one: ReplicaSet) => matchesSelector(deployment.spec.selector, one.labels);
      for (const one of [...orphans]) claim(store, deployment, one, matches(one));
      for (const one of [...relabelled]) {
        if (controllerOf(one)?.uid !== deployment.uid) continue;
        relabelled.delete(one);
        claim(store, deployment, one, matches(one));
      }
      const owned: ReplicaSet[] = [];
      for (const one of store.owned(deployment.uid)) {
        if (one.kind === "ReplicaSet" && controllerOf(one)?.uid === deployment.uid) owned.push(one);
      }
      return owned;
    }

    /** The family with revision, annotations and bookkeeping of the new ReplicaSet brought up to date. */
    function familyOf(deployment: Deployment, all: readonly ReplicaSet[], create: boolean): Family {
      const { template } = deployment.spec;
      const age = (one: ReplicaSet) => wholeSeconds(one.created, start);
      const byAge = [...all].sort((a, b) => age(a) - age(b) || (a.name < b.name ? -1 : 1));
      const existing = byAge.find((one) => equalIgnoringHash(one.spec.template, template));
      const oldSets = byAge.filter((one) => one !== existing);
      const revision = decide.highestRevisions(oldSets.map((one) => one.annotations[revisionAnnotation])).max + 1n;
      if (existing) {
        return { newSet: existing, oldSets, settled: keepUp(deployment, existing, revision) };
      }
      const newSet = create ? createReplicaSet(deployment, oldSets, revision) : null;
      return { newSet, oldSets, settled: false };
    }

    function setRevision(deployment: Deployment, revision: string): void {
      if (deployment.annotations[revisionAnnotation] === revision) return;
      store.update(deployment, { annotations: { ...deployment.annotations, [revisionAnnotation]: revision } });
    }

    /** An existing ReplicaSet becomes (or stays) the new one. True when nothing had to be written for that. */
    function keepUp(deployment: Deployment, replicaSet: ReplicaSet, revision: bigint): boolean {
      const known = kept.get(replicaSet);
      if (
        known &&
        known.revision === revision &&
        known.from === deployment.annotations &&
        known.to === replicaSet.annotations &&
        known.spec === deployment.spec &&
        (replicaSet.spec.minReadySeconds ?? 0) === (deployment.spec.minReadySeconds ?? 0) &&
        progressing(deployment)
      ) {
        return true;
      }
      const { annotations: before, status } = deployment;
      if (!bringUpToDate(deployment, replicaSet, revision)) return false;
      if (deployment.annotations !== before || deployment.status !== status) return false;
      kept.set(replicaSet, { revision, from: before, to: replicaSet.annotations, spec: deployment.spec });
      return true;
    }

    /** False when the ReplicaSet had to be written first. */
    function bringUpToDate(deployment: Deployment, replicaSet: ReplicaSet, revision: bigint): boolean {
      const annotations = newReplicaSetAnnotations(deployment.annotations, replicaSet.annotations, revision);
      const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
      const changesSpec = (replicaSet.spec.minReadySeconds ?? 0) !== minReadySeconds;
      if (changesSpec || !semanticEqual(annotations, replicaSet.annotations)) {
        store.update(replicaSet, {
          annotations,
          ...(changesSpec
            ? { spec: { ...replicaSet.spec, minReadySeconds }, generation: replicaSet.generation + 1 }
            : {}),
        });
        return false;
      }
      setRevision(deployment, replicaSet.annotations[revisionAnnotation] ?? "");
      if (progress.hasProgressDeadline(deployment) && !progressing(deployment)) {
        setProgressing(deployment, "True", "FoundNewReplicaSet", `Found new replica set "${replicaSet.name}"`);
      }
      return true;
    }

    /** Null when another object has the name; the look is then repeated with a higher collision count. */
    function createReplicaSet(
      deployment: Deployment,
      oldSets: readonly ReplicaSet[],
      revision: bigint,
    ): ReplicaSet | null {
      const { namespace, spec, status } = deployment;
      const hash = hashOf(spec.template, status.collisionCount);
      const name = `${deployment.name}-${hash}`.slice(0, longestName);
      const taken = store.get("ReplicaSet", namespace, name);
      if (taken) {
        const ours =
          controllerOf(taken)?.uid === deployment.uid && equalIgnoringHash(taken.spec.template, spec.template);
        if (ours) return taken;
        writeStatus(deployment, { collisionCount: status.collisionCount + 1 });
        return null;
      }
      const labels: LabelMap = { ...spec.template.metadata?.labels, [hashLabel]: hash };
      const target = targetOf(deployment);
      const total = oldSets.reduce((sum, one) => sum + one.spec.replicas, 0);
      const sized = decide.newReplicaSetSize(target, 0, total);
      const replicas = "error" in sized ? 0 : sized.size;
      const created = store.create<"ReplicaSet">(
        newWorkload(
          "ReplicaSet",
          namespace,
          name,
          {
            replicas,
            minReadySeconds: spec.minReadySeconds ?? 0,
            selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, [hashLabel]: hash } },
            template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
          },
          {
            labels,
            annotations: {
              ...newReplicaSetAnnotations(deployment.annotations, {}, revision),
              ...sizeAnnotations(spec.replicas, decide.maxSurge(target)),
            },
            owners: [controllerReference(deployment)],
          },
        ),
      );
      if (replicas > 0) {
        event(deployment, "Normal", "ScalingReplicaSet", `Scaled up replica set ${name} from 0 to ${replicas}`);
      }
      setRevision(deployment, String(revision));
      if (progress.hasProgressDeadline(deployment)) {
        setProgressing(deployment, "True", "NewReplicaSetCreated", `Created new replica set "${name}"`);
      }
      return created;
    }

    function progressing(deployment: Deployment) {
      return progress.findCondition(deployment.status.conditions, "Progressing");
    }

    /** Gives a ReplicaSet its size and the annotations that go with it. */
    function resize(deployment: Deployment, { set, replicas }: decide.Resize<Member>, forced: boolean): boolean {
      const { replicaSet } = set;
      const from = replicaSet.spec.replicas;
      const sizes = sizeAnnotations(deployment.spec.replicas, decide.maxSurge(targetOf(deployment)));
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

    /** Only sizes change: the Deployment is paused, or its number of replicas was changed. */
    function scaleOnly(deployment: Deployment, family: Family): void {
      const newSet = family.newSet ? memberOf(family.newSet) : null;
      const oldSets = family.oldSets.map(memberOf);
      const { resizes, forced } = decide.scale(targetOf(deployment), newSet, oldSets, deployment.status.replicas);
      resizeAll(deployment, resizes, forced);
      if (deployment.spec.paused) cleanUp(deployment, family.oldSets);
      writeStatus(deployment, calculateStatus(deployment, family));
    }

    function rollOut(deployment: Deployment, all: readonly ReplicaSet[], found: Family): void {
      const family = found.settled ? found : familyOf(deployment, all, true);
      if (!family.newSet) return;
      const target = targetOf(deployment);
      const newSet = memberOf(family.newSet);
      const oldSets = family.oldSets.map(memberOf);
      const up = decide.scaleUpNew(target, newSet, oldSets);
      const active = oldSets.filter((one) => one.replicas > 0);
      if (up ? !resize(deployment, up, false) : !resizeAll(deployment, decide.scaleDownOld(target, newSet, active))) {
        if (progress.isComplete(deployment.spec.replicas, deployment.status) && isObserved(deployment)) {
          cleanUp(deployment, family.oldSets);
        }
      }
      writeRolloutStatus(deployment, family);
    }

    function recreate(deployment: Deployment, all: readonly ReplicaSet[]): void {
      let family = familyOf(deployment, all, false);
      const active = family.oldSets.filter((one) => one.spec.replicas > 0).map(memberOf);
      const down = active.map((set) => ({ set, replicas: 0 }));
      if (resizeAll(deployment, down) || oldPodsRun(family)) {
        writeRolloutStatus(deployment, family);
        return;
      }
      if (!family.newSet) {
        family = familyOf(deployment, all, true);
        if (!family.newSet) return;
      }
      resize(deployment, { set: memberOf(family.newSet!), replicas: deployment.spec.replicas }, false);
      if (progress.isComplete(deployment.spec.replicas, deployment.status) && isObserved(deployment)) {
        cleanUp(deployment, family.oldSets);
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

    function cleanUp(deployment: Deployment, oldSets: readonly ReplicaSet[]): void {
      const historic = oldSets.map((replicaSet) => ({
        replicaSet,
        name: replicaSet.name,
        created: wholeSeconds(replicaSet.created, start),
        revision: replicaSet.annotations[revisionAnnotation],
        deleting: replicaSet.deleted !== null,
        replicas: replicaSet.spec.replicas,
        statusReplicas: replicaSet.status.replicas,
        generation: replicaSet.generation,
        observedGeneration: replicaSet.status.observedGeneration,
      }));
      for (const { replicaSet } of decide.beyondHistory(historic, deployment.spec.revisionHistoryLimit)) {
        deleteObject(store, replicaSet, now());
      }
    }

    function calculateStatus(deployment: Deployment, { newSet, oldSets }: Family): DeploymentStatus {
      const counted = (one: ReplicaSet) => ({ specReplicas: one.spec.replicas, status: one.status });
      const all = newSet ? [...oldSets, newSet] : oldSets;
      const counts = progress.countStatus(all.map(counted), newSet && counted(newSet));
      const available = { type: "Available", ...progress.availability(targetOf(deployment), counts.availableReplicas) };
      return {
        ...counts,
        observedGeneration: deployment.generation,
        collisionCount: deployment.status.collisionCount,
        conditions: progress.withCondition(deployment.status.conditions, available, stamp()),
      };
    }

    function writeRolloutStatus(deployment: Deployment, family: Family): void {
      const status = calculateStatus(deployment, family);
      const conditions = progressConditions(deployment, family, status);
      const before = deployment.status;
      writeStatus(deployment, { ...status, conditions });
      // A written status brings the Deployment back for another look; only one that stays is looked at again later.
      if (deployment.status === before) lookAgainAtDeadline(deployment);
    }

    function progressConditions(deployment: Deployment, { newSet }: Family, status: DeploymentStatus) {
      const { conditions } = status;
      if (!progress.hasProgressDeadline(deployment)) return conditions.filter((one) => one.type !== "Progressing");
      const current = progressing(deployment);
      const settled = status.replicas === status.updatedReplicas && current?.reason === "NewReplicaSetAvailable";
      if (settled) return conditions;
      const what = newSet ? `ReplicaSet "${newSet.name}"` : `Deployment "${deployment.name}"`;
      const type = "Progressing";
      if (progress.isComplete(deployment.spec.replicas, status)) {
        const message = `${what} has successfully progressed.`;
        const condition = { type, status: "True", reason: "NewReplicaSetAvailable", message } as const;
        return progress.withCondition(conditions, condition, stamp());
      }
      if (progress.isProgressing(deployment.status, status)) {
        const others = conditions.filter((one) => one.type !== type);
        const lastTransitionTime = current?.status === "True" ? current.lastTransitionTime : stamp();
        const message = `${what} is progressing.`;
        const updated = {
          type,
          status: "True",
          reason: "ReplicaSetUpdated",
          message,
          lastUpdateTime: stamp(),
        } as const;
        return [...others, { ...updated, lastTransitionTime }];
      }
      if (progress.hasTimedOut(deployment, progress.findCondition(conditions, type), now())) {
        const message = `${what} has timed out progressing.`;
        const condition = { type, status: "False", reason: "ProgressDeadlineExceeded", message } as const;
        return progress.withCondition(conditions, condition, stamp());
      }
      return conditions;
    }

    /** A rollout that does not move is looked at when its deadline has passed. */
    function lookAgainAtDeadline(deployment: Deployment): void {
      const current = progressing(deployment);
      if (!progress.hasProgressDeadline(deployment) || !current) return;
      if (current.reason === "ProgressDeadlineExceeded") return;
      if (progress.isComplete(deployment.spec.replicas, deployment.status)) return;
      const left = current.lastUpdateTime + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000 - now();
      if (left < 0 && current.reason === "NewReplicaSetAvailable") return;
      enqueueAfter(keyOf(deployment), left < 1000 ? Math.max(left + 1, 5) : left + 1000);
    }

    /** Notes the beginning and the end of a pause; either starts the deadline anew. */
    function notePause(deployment: Deployment): void {
      if (!progress.hasProgressDeadline(deployment)) return;
      const reason = progressing(deployment)?.reason;
      if (reason === "ProgressDeadlineExceeded") return;
      const noted = reason === "DeploymentPaused";
      if (deployment.spec.paused && !noted) {
        setProgressing(deployment, "Unknown", "DeploymentPaused", "Deployment is paused");
      } else if (!deployment.spec.paused && noted) {
        setProgressing(deployment, "Unknown", "DeploymentResumed", "Deployment is resumed");
      }
    }

    function enqueueOwner(uid: string | undefined): Deployment | undefined {
      const owner = uid === undefined ? undefined : store.byUid(uid);
      if (owner?.kind !== "Deployment") return undefined;
      enqueue(keyOf(owner));
      return owner;
    }

    function observeReplicaSet(replicaSet: ReplicaSet, type: "added" | "modified" | "deleted", previous: object): void {
      const owner = controllerOf(replicaSet);
      if (type === "deleted") {
        orphans.delete(replicaSet);
        relabelled.delete(replicaSet);
      } else if (owner) {
        orphans.delete(replicaSet);
        if ("labels" in previous) relabelled.add(replicaSet);
      } else orphans.add(replicaSet);
      if ("owners" in previous) {
        for (const one of previous.owners as ReplicaSet["owners"]) if (one.controller) enqueueOwner(one.uid);
      }
      if (owner) enqueueOwner(owner.uid);
      else if (type !== "deleted") {
        for (const one of store.all("Deployment")) {
          if (one.namespace === replicaSet.namespace && matchesSelector(one.spec.selector, replicaSet.labels)) {
            enqueue(keyOf(one));
          }
        }
      }
    }

    return {
      kinds: ["Deployment", "ReplicaSet", "Pod"],
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
            // Only Recreate waits for pods to be gone.
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
          event(
            deployment,
            "Warning",
            "SelectingAll",
            "This deployment is selecting all pods. A non-empty selector is required.",
          );
          writeStatus(deployment, { observedGeneration: deployment.generation });
          return;
        }
        const all = claimReplicaSets(deployment);
        if (deployment.deleted !== null) {
          const family = familyOf(deployment, all, false);
          writeStatus(deployment, calculateStatus(deployment, family));
          return;
        }
        notePause(deployment);
        if (deployment.spec.paused) {
          scaleOnly(deployment, familyOf(deployment, all, false));
          return;
        }
        const family = familyOf(deployment, all, false);
        if (isScalingEvent(deployment, family)) scaleOnly(deployment, family);
        else if (deployment.spec.strategy.type === "Recreate") recreate(deployment, all);
        else rollOut(deployment, all, family);
      },
    };
  },
};
