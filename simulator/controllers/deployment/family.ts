/**
 * Which ReplicaSets a Deployment has, and which of them is the new one: adoption, revisions, annotations and creation. Models
 * getAllReplicaSetsAndSyncRevision and getNewReplicaSet of pkg/controller/deployment/sync.go.
 */

import { deploymentBounds } from "../../api/deployment-bounds.ts";
import { semanticEqual } from "../../api/equality.ts";
import { matchesSelector } from "../../api/label-selector.ts";
import type { LabelMap, PodTemplateSpec } from "../../api/objects.ts";
import { claim } from "../../cluster/claim.ts";
import { type ControllerContext, keyOf } from "../../cluster/controller.ts";
import { newWorkload } from "../../cluster/initial.ts";
import { templateHash } from "../../cluster/names.ts";
import { controllerOf, type Deployment, type ReplicaSet, wholeSeconds } from "../../cluster/objects.ts";
import { controllerReference } from "../../cluster/pods.ts";
import { equalIgnoringHash, hashLabel, revisionAnnotation } from "../../cluster/revisions.ts";
import type { Change } from "../../cluster/store.ts";
import { retryDelay } from "../retries.ts";
import { newReplicaSetAnnotations, sizeAnnotations } from "./annotations.ts";
import * as decide from "./decide.ts";
import { type Family, targetOf } from "./members.ts";
import type { Report } from "./report.ts";
import * as progress from "./status.ts";

interface Agreement {
  readonly revision: bigint;
  readonly from: LabelMap;
  readonly to: LabelMap;
  readonly spec: Deployment["spec"];
}

export interface Families {
  /** Hears of every change of a ReplicaSet. */
  observe(replicaSet: ReplicaSet, type: Change["type"], previous: object): void;
  /** The ReplicaSets of the Deployment, after those without a controller were adopted and others let go. */
  claim(deployment: Deployment): readonly ReplicaSet[];
  /** The family with revision, annotations and bookkeeping of the new ReplicaSet brought up to date. */
  familyOf(deployment: Deployment, all: readonly ReplicaSet[], create: boolean): Family;
}

const longestName = 253;

/** Remembers between looks which ReplicaSets have to be adopted, and with what the new ones agree already. */
export function createFamilies(context: ControllerContext, report: Report): Families {
  const { store, start, event, create, enqueueAfter } = context;
  const { progressing, setProgressing, writeStatus } = report;
  /** ReplicaSets that nobody controls. */
  const orphans = new Set<ReplicaSet>();
  /** Owned ReplicaSets whose labels were changed: the only ones that may not match any more. */
  const relabelled = new Set<ReplicaSet>();
  /** What the new ReplicaSet was last found to agree with: unchanged values need no second comparison. */
  const kept = new WeakMap<ReplicaSet, Agreement>();
  /** How often in a row the server has refused a new ReplicaSet. By Deployment. */
  const refused = new Map<string, number>();
  const hashes = new WeakMap<PodTemplateSpec, Map<number, string>>();

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

  /** The server does not take the new ReplicaSet: it is tried again, later and later. */
  function refuse(deployment: Deployment, message: string): void {
    if (progress.hasProgressDeadline(deployment)) {
      setProgressing(deployment, "False", "ReplicaSetCreateError", message);
    }
    event(deployment, "Warning", "ReplicaSetCreateError", message);
    const before = refused.get(deployment.uid) ?? 0;
    refused.set(deployment.uid, before + 1);
    enqueueAfter(keyOf(deployment), retryDelay(before));
  }

  /** Null when another object has the name, the look is then repeated with a higher collision count. */
  function createReplicaSet(
    deployment: Deployment,
    oldSets: readonly ReplicaSet[],
    revision: bigint,
  ): ReplicaSet | null {
    const { namespace, spec, status } = deployment;
    const hash = hashOf(spec.template, status.collisionCount);
    // Of a name that is too long the hash stays whole.
    const name = `${deployment.name.slice(0, longestName - hash.length - 1)}-${hash}`;
    const taken = store.get("ReplicaSet", namespace, name);
    if (taken) {
      const ours = controllerOf(taken)?.uid === deployment.uid && equalIgnoringHash(taken.spec.template, spec.template);
      if (ours) return taken;
      writeStatus(deployment, { collisionCount: status.collisionCount + 1 });
      return null;
    }
    const labels: LabelMap = { ...spec.template.metadata?.labels, [hashLabel]: hash };
    const target = targetOf(deployment);
    const total = oldSets.reduce((sum, one) => sum + one.spec.replicas, 0);
    const sized = decide.newReplicaSetSize(target, 0, total);
    const replicas = "error" in sized ? 0 : sized.size;
    const created = create<"ReplicaSet">(
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
            ...sizeAnnotations(spec.replicas, deploymentBounds(target).surge),
          },
          owners: [controllerReference(deployment)],
        },
      ),
    );
    if (typeof created === "string") {
      refuse(deployment, `Failed to create new replica set ${JSON.stringify(name)}: ${created}`);
      return null;
    }
    refused.delete(deployment.uid);
    if (replicas > 0) {
      event(deployment, "Normal", "ScalingReplicaSet", `Scaled up replica set ${name} from 0 to ${replicas}`);
    }
    setRevision(deployment, String(revision));
    if (progress.hasProgressDeadline(deployment)) {
      setProgressing(deployment, "True", "NewReplicaSetCreated", `Created new replica set "${name}"`);
    }
    return created;
  }

  return {
    observe(replicaSet, type, previous) {
      if (type === "deleted") {
        orphans.delete(replicaSet);
        relabelled.delete(replicaSet);
      } else if (controllerOf(replicaSet)) {
        orphans.delete(replicaSet);
        if ("labels" in previous) relabelled.add(replicaSet);
      } else orphans.add(replicaSet);
    },
    claim(deployment) {
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
    },
    familyOf,
  };
}
