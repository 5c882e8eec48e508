/** The state of the cluster in the terms of the recorded traces: a view of what its API server would answer. */
import {
  asObject,
  isTrue,
  type JsonObject,
  listAt,
  numberAt,
  objectAt,
  stringAt,
} from "../../../simulator/api/json.ts";
import { servedKinds } from "../../../simulator/api/kind-rules.ts";
import { list } from "../../../simulator/apiserver/read.ts";
import { createApiServer } from "../../../simulator/apiserver/server.ts";
import type { ApiObject } from "../../../simulator/apiserver/types.ts";
import type { Cluster } from "../../../simulator/cluster/cluster.ts";
import type { Recording } from "./scenario.ts";
import { indexOf, ordinalOf, revisionOf } from "./select.ts";
import { namespace, type Symbols } from "./symbols.ts";

type Group = Record<string, unknown>;

const specOf = (object: ApiObject): JsonObject => asObject(object["spec"]);
const statusOf = (object: ApiObject): JsonObject => asObject(object["status"]);
const annotation = ({ metadata }: ApiObject, key: string): string | null => metadata.annotations?.[key] ?? null;
const count = (status: JsonObject, field: string): number => numberAt(status, field) ?? 0;
const orNull = (text: string): string | null => (text === "" ? null : text);

function ownersOf({ metadata }: ApiObject): readonly JsonObject[] {
  return listAt(metadata, "ownerReferences").map(asObject);
}

function controllerOf(object: ApiObject): { readonly kind: string; readonly name: string } | undefined {
  const owner = ownersOf(object).find((one) => isTrue(one, "controller"));
  return owner && { kind: stringAt(owner, "kind"), name: stringAt(owner, "name") };
}

/** The `[type, status, reason]` triples of the conditions, sorted by type. */
function triples(object: ApiObject): readonly (readonly string[])[] {
  return listAt(statusOf(object), "conditions")
    .map(asObject)
    .map((one) => ["type", "status", "reason"].map((field) => stringAt(one, field)))
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** What is read of each kind, and under which name it stands. */
type Reader = (object: ApiObject, symbols: Symbols, cluster: Cluster) => Group;

function ownerText(object: ApiObject, symbols: Symbols): string | null {
  const owner = controllerOf(object);
  return owner ? `${owner.kind}/${symbols.of(owner.kind, owner.name)}` : null;
}

const deployment: Reader = (object) => {
  const [spec, status] = [specOf(object), statusOf(object)];
  return {
    revision: annotation(object, "deployment.kubernetes.io/revision"),
    generation: object.metadata.generation,
    observedGeneration: count(status, "observedGeneration"),
    paused: isTrue(spec, "paused"),
    specReplicas: spec["replicas"],
    replicas: count(status, "replicas"),
    updated: count(status, "updatedReplicas"),
    ready: count(status, "readyReplicas"),
    available: count(status, "availableReplicas"),
    unavailable: count(status, "unavailableReplicas"),
    terminatingReplicas: status["terminatingReplicas"] ?? null,
    conditions: triples(object),
  };
};

const replicaSet: Reader = (object, symbols) => {
  const status = statusOf(object);
  const history = annotation(object, "deployment.kubernetes.io/revision-history");
  const conditions = triples(object);
  return {
    owner: ownerText(object, symbols),
    revision: annotation(object, "deployment.kubernetes.io/revision"),
    ...(history === null ? {} : { revisionHistory: history }),
    desired: annotation(object, "deployment.kubernetes.io/desired-replicas"),
    max: annotation(object, "deployment.kubernetes.io/max-replicas"),
    specReplicas: specOf(object)["replicas"],
    replicas: count(status, "replicas"),
    fullyLabeled: count(status, "fullyLabeledReplicas"),
    ready: count(status, "readyReplicas"),
    available: count(status, "availableReplicas"),
    terminatingReplicas: status["terminatingReplicas"] ?? null,
    upToDate: count(status, "observedGeneration") === object.metadata.generation,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
};

const statefulSet: Reader = (object, symbols) => {
  const status = statusOf(object);
  return {
    generation: object.metadata.generation,
    observedGeneration: count(status, "observedGeneration"),
    specReplicas: specOf(object)["replicas"],
    replicas: count(status, "replicas"),
    ready: count(status, "readyReplicas"),
    current: count(status, "currentReplicas"),
    updated: count(status, "updatedReplicas"),
    available: count(status, "availableReplicas"),
    currentRevision: symbols.of("ControllerRevision", stringAt(status, "currentRevision")),
    updateRevision: symbols.of("ControllerRevision", stringAt(status, "updateRevision")),
  };
};

const daemonSet: Reader = (object) => {
  const status = statusOf(object);
  return {
    generation: object.metadata.generation,
    observedGeneration: count(status, "observedGeneration"),
    desired: count(status, "desiredNumberScheduled"),
    current: count(status, "currentNumberScheduled"),
    ready: count(status, "numberReady"),
    upToDate: count(status, "updatedNumberScheduled"),
    available: count(status, "numberAvailable"),
    unavailable: count(status, "numberUnavailable"),
    misscheduled: count(status, "numberMisscheduled"),
  };
};

const job: Reader = (object, symbols) => {
  const [spec, status] = [specOf(object), statusOf(object)];
  const uncounted = objectAt(status, "uncountedTerminatedPods");
  return {
    owner: ownerText(object, symbols),
    parallelism: spec["parallelism"] ?? null,
    completions: spec["completions"] ?? null,
    suspend: isTrue(spec, "suspend"),
    active: count(status, "active"),
    ready: count(status, "ready"),
    succeeded: count(status, "succeeded"),
    failed: count(status, "failed"),
    terminatingPods: count(status, "terminating"),
    completedIndexes: orNull(stringAt(status, "completedIndexes")),
    failedIndexes: status["failedIndexes"] ?? null,
    uncounted: listAt(uncounted, "succeeded").length + listAt(uncounted, "failed").length,
    started: status["startTime"] !== undefined,
    completed: status["completionTime"] !== undefined,
    conditions: triples(object),
  };
};

const minute = 60_000;

const cronJob: Reader = (object, symbols, cluster) => {
  const status = statusOf(object);
  const last = Date.parse(stringAt(status, "lastScheduleTime"));
  return {
    suspend: isTrue(specOf(object), "suspend"),
    active: listAt(status, "active").map((one) => symbols.of("Job", stringAt(asObject(one), "name"))),
    lastScheduleMinute: Number.isNaN(last) ? null : Math.round(last / minute) - Math.floor(cluster.start / minute),
    succeededOnce: status["lastSuccessfulTime"] !== undefined,
  };
};

const budget: Reader = (object) => {
  const status = statusOf(object);
  return {
    upToDate: count(status, "observedGeneration") === object.metadata.generation,
    expectedPods: count(status, "expectedPods"),
    desiredHealthy: count(status, "desiredHealthy"),
    currentHealthy: count(status, "currentHealthy"),
    disruptionsAllowed: count(status, "disruptionsAllowed"),
    disruptedPods: Object.keys(objectAt(status, "disruptedPods") ?? {}).length,
    conditions: triples(object),
  };
};

const autoscaler: Reader = (object) => {
  const [spec, status] = [specOf(object), statusOf(object)];
  const metrics = listAt(status, "currentMetrics")
    .map(asObject)
    .map((metric) => {
      const type = stringAt(metric, "type");
      const source = objectAt(metric, type.charAt(0).toLowerCase() + type.slice(1)) ?? {};
      const { container, current } = source;
      const name = source["name"] ?? objectAt(source, "metric")?.["name"];
      return { type, ...(name ? { name } : {}), ...(container ? { container } : {}), ...asObject(current) };
    });
  return {
    minReplicas: spec["minReplicas"],
    maxReplicas: spec["maxReplicas"],
    currentReplicas: count(status, "currentReplicas"),
    desiredReplicas: count(status, "desiredReplicas"),
    scaled: status["lastScaleTime"] !== undefined,
    conditions: triples(object),
    metrics,
  };
};

const quota: Reader = (object) => {
  const status = statusOf(object);
  return { hard: status["hard"] ?? {}, used: status["used"] ?? {} };
};

const readers: readonly (readonly [name: string, kind: string, reader: Reader])[] = [
  ["deployments", "Deployment", deployment],
  ["replicaSets", "ReplicaSet", replicaSet],
  ["statefulSets", "StatefulSet", statefulSet],
  ["daemonSets", "DaemonSet", daemonSet],
  [
    "controllerRevisions",
    "ControllerRevision",
    (object, symbols) => ({ owner: ownerText(object, symbols), revision: object["revision"] }),
  ],
  ["jobs", "Job", job],
  ["cronJobs", "CronJob", cronJob],
  ["pdbs", "PodDisruptionBudget", budget],
  ["hpas", "HorizontalPodAutoscaler", autoscaler],
  ["quotas", "ResourceQuota", quota],
];

/** The snapshot of a moment. */
export function takeSnapshot(cluster: Cluster, symbols: Symbols, recording: Recording): Readonly<Group> {
  const server = createApiServer(cluster);
  const objectsOf = (kind: string): readonly ApiObject[] => {
    const answer = list(server, { row: servedKinds.named(kind)!, namespace, name: "" });
    return answer.ok ? answer.object.items : [];
  };
  const isGoing = ({ metadata }: ApiObject) => metadata["deletionTimestamp"] !== undefined;
  const snapshot: Group = {};
  for (const [name, kind, reader] of readers) {
    const entries = objectsOf(kind).map((object) => {
      const fields = reader(object, symbols, cluster);
      return [symbols.of(kind, object.metadata.name), isGoing(object) ? { ...fields, terminating: true } : fields];
    });
    if (entries.length > 0) snapshot[name] = Object.fromEntries(entries);
  }
  const pods = new Map<string, number>();
  for (const pod of objectsOf("Pod")) {
    const text = JSON.stringify(podFields(pod, symbols, recording));
    pods.set(text, (pods.get(text) ?? 0) + 1);
  }
  if (pods.size > 0) {
    snapshot["pods"] = [...pods].map(([text, count]) => ({ ...JSON.parse(text), ...(count > 1 ? { count } : {}) }));
  }
  const claims = objectsOf("PersistentVolumeClaim").map((claim) => ({
    name: claim.metadata.name,
    phase: statusOf(claim)["phase"],
    owners: ownersOf(claim).map((owner) => `${stringAt(owner, "kind")}/${stringAt(owner, "name")}`),
    terminating: isGoing(claim),
  }));
  if (claims.length > 0) snapshot["pvcs"] = claims;
  return snapshot;
}

function podFields(pod: ApiObject, symbols: Symbols, recording: Recording): Group {
  const { name, labels = {}, annotations = {} } = pod.metadata;
  const [spec, status] = [specOf(pod), statusOf(pod)];
  const owner = controllerOf(pod);
  const known = { name, labels, annotations, owner };
  const ordinal = ordinalOf(known);
  const index = owner?.kind === "Job" ? indexOf(known) : undefined;
  const revision = owner?.kind === "ReplicaSet" ? undefined : revisionOf(known, symbols);
  const daemon = owner?.kind === "DaemonSet";
  const showNode = recording.showNodes === true || (daemon && recording.hideNodes !== true);
  const node = stringAt(spec, "nodeName");
  const restarts = [...listAt(status, "initContainerStatuses"), ...listAt(status, "containerStatuses")]
    .map((one) => count(asObject(one), "restartCount"))
    .reduce((sum, one) => sum + one, 0);
  return {
    owner: owner ? symbols.of(owner.kind, owner.name) : null,
    ...(symbols.isNamed(name) ? { name } : {}),
    ...(ordinal === undefined ? {} : { ordinal }),
    ...(index === undefined ? {} : { index }),
    ...(showNode ? { node: node !== "" ? node : daemon ? wantedNode(spec) : null } : {}),
    ...(revision === undefined ? {} : { revision }),
    phase: status["phase"],
    ready: triples(pod).some(([type, is]) => type === "Ready" && is === "True"),
    ...(node === "" ? { scheduled: false } : {}),
    terminating: pod.metadata["deletionTimestamp"] !== undefined,
    ...(restarts > 0 ? { restarts } : {}),
    ...(recording.podDetails === true ? detailsOf(pod) : {}),
    ...(recording.showResources === true ? { resources: resourcesOf(spec) } : {}),
  };
}

const sorted = (list: unknown): Group =>
  Object.fromEntries(Object.entries(asObject(list as JsonObject)).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Of each init container and then each container, what of it is there. */
function resourcesOf(spec: JsonObject): readonly Group[] {
  return [...listAt(spec, "initContainers"), ...listAt(spec, "containers")].map((container) => {
    const { requests, limits } = objectAt(asObject(container), "resources") ?? {};
    return { ...(requests ? { requests: sorted(requests) } : {}), ...(limits ? { limits: sorted(limits) } : {}) };
  });
}

/** The node that a daemon pod is for, while it waits. */
function wantedNode(spec: JsonObject): unknown {
  const affinity = objectAt(objectAt(spec, "affinity"), "nodeAffinity");
  const required = objectAt(affinity, "requiredDuringSchedulingIgnoredDuringExecution");
  const [term] = listAt(required, "nodeSelectorTerms").map(asObject);
  const [field] = listAt(term, "matchFields").map(asObject);
  return listAt(field, "values")[0] ?? null;
}

function detailsOf(pod: ApiObject): Group {
  const [spec, status] = [specOf(pod), statusOf(pod)];
  const conditions = listAt(status, "conditions").map(asObject);
  const found = (type: string, is: string) => conditions.find((one) => one["type"] === type && one["status"] === is);
  const disruption = found("DisruptionTarget", "True");
  const refusal = found("PodScheduled", "False");
  const nominatedNode = stringAt(status, "nominatedNodeName");
  return {
    ...(spec["priority"] ? { priority: spec["priority"] } : {}),
    ...(nominatedNode === "" ? {} : { nominatedNode }),
    ...(disruption ? { disruption: stringAt(disruption, "reason") } : {}),
    ...(refusal ? { notScheduled: [stringAt(refusal, "reason"), stringAt(refusal, "message")] } : {}),
  };
}

export { namespace };
