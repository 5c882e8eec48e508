/** Deployments and their ReplicaSets as the arithmetic of sizes sees them. */
import { type Rolling, rollingOf } from "../../api/deployment-bounds.ts";
import { type Deployment, type ReplicaSet, wholeSeconds } from "../../cluster/objects.ts";
import { desiredReplicasAnnotation, maxReplicasAnnotation } from "../../cluster/revisions.ts";
import { readSize } from "./annotations.ts";
import type { Sized } from "./decide.ts";

/** A ReplicaSet with its numbers as they were when the look began. */
export interface Member extends Sized {
  readonly replicaSet: ReplicaSet;
}

/** The ReplicaSets of a Deployment: the one with its template, if there is one, and all others. */
export interface Family {
  /** Nothing about the new ReplicaSet had to be brought up to date, so looking again would find the same. */
  readonly settled: boolean;
  readonly newSet: ReplicaSet | null;
  readonly oldSets: readonly ReplicaSet[];
}

/** What the Deployment wants. */
export function targetOf({ spec }: Deployment): Rolling {
  return rollingOf(spec.strategy, spec.replicas);
}

/** The numbers of a ReplicaSet as they are now. `start` is the wall-clock instant of time 0. */
export function memberOf(replicaSet: ReplicaSet, start: number): Member {
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
