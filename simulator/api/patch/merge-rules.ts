/**
 * How lists and maps of the API types are merged, where it is not the rule: a list without an entry is replaced as a
 * whole, a map is merged key by key. Models the struct tags and markers of k8s.io/api and apimachinery's meta/v1.
 */

export interface ListRule {
  /** The key by which a strategic merge patch tells entries apart; `""` for a list of scalars that is merged. */
  readonly mergeKey?: string;
  /** Whether a changed entry loses what the patch does not name (`retainKeys`). */
  readonly retainKeys?: boolean;
  /** The keys by which server-side apply tells entries apart; `[]`: a set of scalars. Absent: one value. */
  readonly keys?: readonly string[];
}

const byName: ListRule = { mergeKey: "name", keys: ["name"] };
const byType: ListRule = { mergeKey: "type", keys: ["type"] };
const retained: ListRule = { ...byName, retainKeys: true };
const set: ListRule = { keys: [] };
const containerLists: Readonly<Record<string, ListRule>> = {
  ports: { mergeKey: "containerPort", keys: ["containerPort", "protocol"] },
  env: byName,
  volumeMounts: { mergeKey: "mountPath", keys: ["mountPath"] },
  volumeDevices: { mergeKey: "devicePath", keys: ["devicePath"] },
};

/** By type and field. */
const lists: Readonly<Record<string, Readonly<Record<string, ListRule>>>> = {
  ObjectMeta: { ownerReferences: { mergeKey: "uid", keys: ["uid"] }, finalizers: { mergeKey: "", keys: [] } },
  Container: containerLists,
  EphemeralContainer: containerLists,
  ResourceRequirements: { claims: { keys: ["name"] } },
  ContainerRestartRuleOnExitCodes: { values: set },
  PodFailurePolicyOnExitCodesRequirement: { values: set },
  PodSpec: {
    volumes: retained,
    containers: byName,
    initContainers: byName,
    ephemeralContainers: byName,
    imagePullSecrets: byName,
    hostAliases: { mergeKey: "ip", keys: ["ip"] },
    topologySpreadConstraints: { mergeKey: "topologyKey", keys: ["topologyKey", "whenUnsatisfiable"] },
    schedulingGates: byName,
    resourceClaims: retained,
  },
  PodStatus: {
    conditions: byType,
    podIPs: { mergeKey: "ip", keys: ["ip"] },
    hostIPs: { mergeKey: "ip" },
    resourceClaimStatuses: retained,
  },
  ContainerStatus: {
    volumeMounts: { mergeKey: "mountPath", keys: ["mountPath"] },
    allocatedResourcesStatus: byName,
  },
  ServiceSpec: { ports: { mergeKey: "port", keys: ["port", "protocol"] } },
  ServiceAccount: { secrets: byName },
  NodeSpec: { podCIDRs: { mergeKey: "", keys: [] } },
  NodeStatus: { conditions: byType, addresses: byType },
  JobStatus: { conditions: { mergeKey: "type" } },
  UncountedTerminatedPods: { succeeded: set, failed: set },
  Endpoint: { addresses: set },
  CSIDriverSpec: { volumeLifecycleModes: set },
  CSINodeSpec: { drivers: byName },
  ...Object.fromEntries(
    [
      "DeploymentStatus",
      "ReplicaSetStatus",
      "StatefulSetStatus",
      "DaemonSetStatus",
      "ReplicationControllerStatus",
      "HorizontalPodAutoscalerStatus",
      "PodDisruptionBudgetStatus",
      "PersistentVolumeClaimStatus",
      "ServiceStatus",
      "NamespaceStatus",
    ].map((type) => [type, { conditions: byType }]),
  ),
};

/** Types and fields that server-side apply takes as one value. */
const atomicTypes: ReadonlySet<string> = new Set([
  "LabelSelector",
  "OwnerReference",
  "SecretReference",
  "FileKeySelector",
  "ObjectFieldSelector",
  "ResourceFieldSelector",
  "ConfigMapKeySelector",
  "SecretKeySelector",
  "NodeSelector",
  "NodeSelectorTerm",
  "TopologySelectorTerm",
  "EndpointAddress",
  "EndpointPort",
  "ObjectReference",
  "LocalObjectReference",
  "TypedLocalObjectReference",
  "ScopeSelector",
  "ServiceBackendPort",
  "Subject",
  "RoleRef",
]);
const atomicFields: ReadonlySet<string> = new Set([
  "PodSpec.nodeSelector",
  "Scheduling.nodeSelector",
  "ReplicationControllerSpec.selector",
  "ServiceSpec.selector",
]);
const granularFields: ReadonlySet<string> = new Set(["PersistentVolumeSpec.claimRef"]);

/** The rule of a list field of a type; undefined for a list that is one value. */
export function listRule(type: string, field: string): ListRule | undefined {
  const rules = Object.hasOwn(lists, type) ? lists[type] : undefined;
  return rules && Object.hasOwn(rules, field) ? rules[field] : undefined;
}

/** Whether server-side apply takes a field, a map or an object of type `of`, as one value. */
export function isAtomic(type: string, field: string, of: string | undefined): boolean {
  const name = `${type}.${field}`;
  return atomicFields.has(name) || (of !== undefined && atomicTypes.has(of) && !granularFields.has(name));
}

/** Whether a strategic merge patch replaces an object field as a whole. */
export function isReplaced(type: string, field: string): boolean {
  return type === "PodDisruptionBudgetSpec" && field === "selector";
}

/** Whether a changed object loses what the patch does not name. */
export function isRetained(type: string, field: string): boolean {
  return type === "DeploymentSpec" && field === "strategy";
}
