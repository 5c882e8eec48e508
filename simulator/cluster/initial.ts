/** What the API server stores when an object is created: the manifest's fields and an empty status. */
import type { LabelMap, Taint } from "../api/objects.ts";
import type {
  CronJobStatus,
  DaemonSetStatus,
  DeploymentStatus,
  JobStatus,
  Kinds,
  ReplicaSetStatus,
  StatefulSetStatus,
} from "./objects.ts";
import type { Creation } from "./store.ts";

const deployment: DeploymentStatus = {
  observedGeneration: 0,
  replicas: 0,
  updatedReplicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  unavailableReplicas: 0,
  terminatingReplicas: null,
  collisionCount: 0,
  conditions: [],
};
const replicaSet: ReplicaSetStatus = {
  observedGeneration: 0,
  replicas: 0,
  fullyLabeledReplicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  terminatingReplicas: null,
  conditions: [],
};
const statefulSet: StatefulSetStatus = {
  observedGeneration: 0,
  replicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  currentReplicas: 0,
  updatedReplicas: 0,
  currentRevision: "",
  updateRevision: "",
  collisionCount: 0,
};
const daemonSet: DaemonSetStatus = {
  observedGeneration: 0,
  desiredNumberScheduled: 0,
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  numberReady: 0,
  updatedNumberScheduled: 0,
  numberAvailable: 0,
  numberUnavailable: 0,
  collisionCount: 0,
};
const job: JobStatus = {
  active: 0,
  ready: 0,
  succeeded: 0,
  failed: 0,
  terminating: null,
  completedIndexes: "",
  failedIndexes: null,
  uncountedSucceeded: [],
  uncountedFailed: [],
  startTime: null,
  completionTime: null,
  conditions: [],
};
const cronJob: CronJobStatus = { active: [], lastScheduleTime: null, lastSuccessfulTime: null };

/** The status of an object on which no controller has looked yet. */
export const initialStatus = {
  Deployment: deployment,
  ReplicaSet: replicaSet,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  Job: job,
  CronJob: cronJob,
} as const;

export type WorkloadKind = keyof typeof initialStatus;

export function isWorkloadKind(kind: string): kind is WorkloadKind {
  return kind in initialStatus;
}

/** A workload as it is stored on creation: no owners, no finalizers, empty status. */
export function newWorkload<K extends WorkloadKind>(
  kind: K,
  namespace: string,
  name: string,
  spec: Kinds[K]["spec"],
  meta: Partial<Pick<Kinds[K], "labels" | "annotations" | "owners" | "finalizers">> = {},
): Creation<K> {
  return {
    kind,
    namespace,
    name,
    labels: meta.labels ?? {},
    annotations: meta.annotations ?? {},
    owners: meta.owners ?? [],
    finalizers: meta.finalizers ?? [],
    spec,
    status: initialStatus[kind],
  } as unknown as Creation<K>;
}

export const cordonTaint: Taint = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" };

/** What a node has of what its description does not name: the usual limit of pods, and a machine of middle size. */
export const usualAllocatable = { cpu: "4", memory: "16Gi", "ephemeral-storage": "100Gi", pods: "110" } as const;

/** The labels that a kubelet gives its node, those of old names too; `given` ones stand. */
function kubeletLabels(name: string, given: LabelMap): LabelMap {
  const os = given["kubernetes.io/os"] ?? "linux";
  const arch = given["kubernetes.io/arch"] ?? "amd64";
  return {
    "beta.kubernetes.io/arch": arch,
    "beta.kubernetes.io/os": os,
    "kubernetes.io/arch": arch,
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": os,
    ...given,
  };
}

/** What is known about a node before it is in the cluster. Absent `allocatable`: room for everything. */
interface NodeDescription {
  readonly name: string;
  readonly labels?: LabelMap;
  readonly taints?: readonly Taint[];
  readonly unschedulable?: boolean;
  readonly allocatable?: Readonly<Record<string, string>>;
}

/** A node that is ready; a cordoned one carries the taint that the node controller gives it. */
export function newNode(node: NodeDescription): Creation<"Node"> {
  const unschedulable = node.unschedulable ?? false;
  return {
    kind: "Node",
    namespace: "",
    name: node.name,
    labels: kubeletLabels(node.name, node.labels ?? {}),
    annotations: {},
    owners: [],
    finalizers: [],
    taints: [...(node.taints ?? []), ...(unschedulable ? [cordonTaint] : [])],
    unschedulable,
    ready: true,
    allocatable: node.allocatable ? { ...usualAllocatable, ...node.allocatable } : null,
  };
}
