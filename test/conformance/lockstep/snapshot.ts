/** The state of the cluster in the terms of the recorded traces. */
import type { Cluster } from "../../../simulator/cluster/cluster.ts";
import { conditionTriples, controllerOf, type LiveObject, type Pod } from "../../../simulator/cluster/objects.ts";
import type { Recording } from "./scenario.ts";
import { indexOf, ordinalOf, revisionOf } from "./select.ts";
import { namespace, type Symbols } from "./symbols.ts";

type Group = Record<string, unknown>;

export function takeSnapshot(cluster: Cluster, symbols: Symbols, recording: Recording): Readonly<Group> {
  const { store } = cluster;
  const snapshot: Group = {};

  function ownerText(object: LiveObject): string | null {
    const owner = controllerOf(object);
    return owner ? `${owner.kind}/${symbols.of(owner.kind, owner.name)}` : null;
  }

  function group<K extends Parameters<typeof store.all>[0]>(
    name: string,
    kind: K,
    fieldsOf: (object: Extract<LiveObject, { kind: K }>) => Group,
  ): void {
    const objects: Group = {};
    for (const object of store.all(kind) as Iterable<Extract<LiveObject, { kind: K }>>) {
      const fields = fieldsOf(object);
      if (object.deleted !== null) fields["terminating"] = true;
      objects[symbols.of(kind, object.name)] = fields;
    }
    if (Object.keys(objects).length > 0) snapshot[name] = objects;
  }

  group("deployments", "Deployment", ({ spec, status, annotations, generation }) => ({
    revision: annotations["deployment.kubernetes.io/revision"] ?? null,
    generation,
    observedGeneration: status.observedGeneration,
    paused: spec.paused ?? false,
    specReplicas: spec.replicas,
    replicas: status.replicas,
    updated: status.updatedReplicas,
    ready: status.readyReplicas,
    available: status.availableReplicas,
    unavailable: status.unavailableReplicas,
    terminatingReplicas: status.terminatingReplicas,
    conditions: conditionTriples(status.conditions),
  }));
  group("replicaSets", "ReplicaSet", (object) => {
    const { spec, status, annotations } = object;
    const history = annotations["deployment.kubernetes.io/revision-history"];
    return {
      owner: ownerText(object),
      revision: annotations["deployment.kubernetes.io/revision"] ?? null,
      ...(history === undefined ? {} : { revisionHistory: history }),
      desired: annotations["deployment.kubernetes.io/desired-replicas"] ?? null,
      max: annotations["deployment.kubernetes.io/max-replicas"] ?? null,
      specReplicas: spec.replicas,
      replicas: status.replicas,
      fullyLabeled: status.fullyLabeledReplicas,
      ready: status.readyReplicas,
      available: status.availableReplicas,
      terminatingReplicas: status.terminatingReplicas,
      upToDate: status.observedGeneration === object.generation,
      ...(status.conditions.length > 0 ? { conditions: conditionTriples(status.conditions) } : {}),
    };
  });
  group("statefulSets", "StatefulSet", ({ spec, status, generation }) => ({
    generation,
    observedGeneration: status.observedGeneration,
    specReplicas: spec.replicas,
    replicas: status.replicas,
    ready: status.readyReplicas,
    current: status.currentReplicas,
    updated: status.updatedReplicas,
    available: status.availableReplicas,
    currentRevision: symbols.of("ControllerRevision", status.currentRevision),
    updateRevision: symbols.of("ControllerRevision", status.updateRevision),
  }));
  group("daemonSets", "DaemonSet", ({ status, generation }) => ({
    generation,
    observedGeneration: status.observedGeneration,
    desired: status.desiredNumberScheduled,
    current: status.currentNumberScheduled,
    ready: status.numberReady,
    upToDate: status.updatedNumberScheduled,
    available: status.numberAvailable,
    unavailable: status.numberUnavailable,
    misscheduled: status.numberMisscheduled,
  }));
  group("controllerRevisions", "ControllerRevision", (object) => ({
    owner: ownerText(object),
    revision: object.revision,
  }));
  group("jobs", "Job", (object) => {
    const { spec, status } = object;
    return {
      owner: ownerText(object),
      parallelism: spec.parallelism ?? null,
      completions: spec.completions ?? null,
      suspend: spec.suspend ?? false,
      active: status.active,
      ready: status.ready,
      succeeded: status.succeeded,
      failed: status.failed,
      terminatingPods: status.terminating ?? 0,
      completedIndexes: status.completedIndexes === "" ? null : status.completedIndexes,
      failedIndexes: status.failedIndexes,
      uncounted: status.uncountedSucceeded.length + status.uncountedFailed.length,
      started: status.startTime !== null,
      completed: status.completionTime !== null,
      conditions: conditionTriples(status.conditions),
    };
  });
  const firstMinute = Math.floor(cluster.start / 60_000);
  group("cronJobs", "CronJob", ({ spec, status }) => ({
    suspend: spec.suspend ?? false,
    active: status.active.map((one) => symbols.of("Job", one.name)),
    lastScheduleMinute:
      status.lastScheduleTime === null
        ? null
        : Math.round((cluster.start + status.lastScheduleTime) / 60_000) - firstMinute,
    succeededOnce: status.lastSuccessfulTime !== null,
  }));

  const pods = new Map<string, number>();
  for (const pod of store.all("Pod")) {
    const text = JSON.stringify(podFields(pod, symbols, recording));
    pods.set(text, (pods.get(text) ?? 0) + 1);
  }
  if (pods.size > 0) {
    snapshot["pods"] = [...pods].map(([text, count]) => ({ ...JSON.parse(text), ...(count > 1 ? { count } : {}) }));
  }
  const claims = [...store.all("PersistentVolumeClaim")].map((claim) => ({
    name: claim.name,
    phase: claim.phase,
    owners: claim.owners.map((owner) => `${owner.kind}/${owner.name}`),
    terminating: claim.deleted !== null,
  }));
  if (claims.length > 0) snapshot["pvcs"] = claims;
  return snapshot;
}

function podFields(pod: Pod, symbols: Symbols, recording: Recording): Group {
  const owner = controllerOf(pod);
  const daemon = owner?.kind === "DaemonSet";
  const ordinal = ordinalOf(pod);
  const index = owner?.kind === "Job" ? indexOf(pod) : undefined;
  const revision = owner?.kind === "ReplicaSet" ? undefined : revisionOf(pod, symbols);
  const showNode = recording.showNodes === true || (daemon && recording.hideNodes !== true);
  const restarts = pod.containers.reduce((sum, one) => sum + one.restartCount, 0);
  return {
    owner: owner ? symbols.of(owner.kind, owner.name) : null,
    ...(symbols.isNamed(pod.name) ? { name: pod.name } : {}),
    ...(ordinal === undefined ? {} : { ordinal }),
    ...(index === undefined ? {} : { index }),
    ...(showNode ? nodeField(pod, daemon) : {}),
    ...(revision === undefined ? {} : { revision }),
    phase: pod.phase,
    ready: pod.ready,
    ...(pod.node === "" ? { scheduled: false } : {}),
    terminating: pod.deleted !== null,
    ...(restarts > 0 ? { restarts } : {}),
    ...(recording.podDetails === true ? detailsOf(pod) : {}),
  };
}

/** The node of a pod; of one that waits the node that it is for. */
function nodeField({ node, pinnedNode }: Pod, daemon: boolean): Group {
  return { node: node !== "" ? node : daemon ? pinnedNode : null };
}

function detailsOf({ spec, nominatedNode, conditions }: Pod): Group {
  const found = (type: string, status: string) => conditions.find((one) => one.type === type && one.status === status);
  const disruption = found("DisruptionTarget", "True");
  const refusal = found("PodScheduled", "False");
  return {
    ...(spec.priority ? { priority: spec.priority } : {}),
    ...(nominatedNode === "" ? {} : { nominatedNode }),
    ...(disruption ? { disruption: disruption.reason } : {}),
    ...(refusal ? { notScheduled: [refusal.reason, refusal.message] } : {}),
  };
}

export { namespace };
