/** Which fields hold names of what: one table for all who follow names. Patterns as in `places.ts`. */

/** A field that names an object of a kind. */
export interface NameField {
  readonly field: string;
  readonly kind: string;
}

/** Fields that name an object and a key in it, both below a place. */
export interface KeyField {
  readonly below: string;
  readonly name: string;
  readonly key: string;
  readonly kind: "ConfigMap" | "Secret";
}

/** The lists of containers in a pod. */
export const containerLists = ["containers", "initContainers", "ephemeralContainers"] as const;

const ofContainers = (fields: readonly NameField[]): readonly NameField[] =>
  containerLists.flatMap((list) => fields.map(({ field, kind }) => ({ field: `${list}.*.${field}`, kind })));

/** Names in the spec of a pod. */
export const podNameFields: readonly NameField[] = [
  { field: "serviceAccountName", kind: "ServiceAccount" },
  { field: "serviceAccount", kind: "ServiceAccount" },
  { field: "priorityClassName", kind: "PriorityClass" },
  { field: "runtimeClassName", kind: "RuntimeClass" },
  { field: "imagePullSecrets.*.name", kind: "Secret" },
  { field: "volumes.*.configMap.name", kind: "ConfigMap" },
  { field: "volumes.*.secret.secretName", kind: "Secret" },
  { field: "volumes.*.persistentVolumeClaim.claimName", kind: "PersistentVolumeClaim" },
  { field: "volumes.*.projected.sources.*.configMap.name", kind: "ConfigMap" },
  { field: "volumes.*.projected.sources.*.secret.name", kind: "Secret" },
  { field: "volumes.*.csi.nodePublishSecretRef.name", kind: "Secret" },
  ...ofContainers([
    { field: "envFrom.*.configMapRef.name", kind: "ConfigMap" },
    { field: "envFrom.*.secretRef.name", kind: "Secret" },
    { field: "env.*.valueFrom.configMapKeyRef.name", kind: "ConfigMap" },
    { field: "env.*.valueFrom.secretKeyRef.name", kind: "Secret" },
  ]),
];

/** Keys in the spec of a pod. */
export const podKeyFields: readonly KeyField[] = [
  { below: "volumes.*.configMap", name: "name", key: "items.*.key", kind: "ConfigMap" },
  { below: "volumes.*.secret", name: "secretName", key: "items.*.key", kind: "Secret" },
  { below: "volumes.*.projected.sources.*.configMap", name: "name", key: "items.*.key", kind: "ConfigMap" },
  { below: "volumes.*.projected.sources.*.secret", name: "name", key: "items.*.key", kind: "Secret" },
  ...containerLists.flatMap((list): readonly KeyField[] => [
    { below: `${list}.*.env.*.valueFrom.configMapKeyRef`, name: "name", key: "key", kind: "ConfigMap" },
    { below: `${list}.*.env.*.valueFrom.secretKeyRef`, name: "name", key: "key", kind: "Secret" },
  ]),
];

/** Where ports of a container may be named, from the container. */
export const portFields: readonly string[] = [
  ...["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe) => [
    `${probe}.httpGet.port`,
    `${probe}.tcpSocket.port`,
  ]),
  ...["postStart", "preStop"].flatMap((hook) => [`lifecycle.${hook}.httpGet.port`, `lifecycle.${hook}.tcpSocket.port`]),
];

/** Selectors of pods in the spec of a pod; they look into its own namespace unless they say otherwise. */
export const podSelectorFields: readonly string[] = [
  "topologySpreadConstraints.*.labelSelector",
  ...["podAffinity", "podAntiAffinity"].flatMap((which) => [
    `affinity.${which}.requiredDuringSchedulingIgnoredDuringExecution.*.labelSelector`,
    `affinity.${which}.preferredDuringSchedulingIgnoredDuringExecution.*.podAffinityTerm.labelSelector`,
  ]),
];

/** Names in objects of a kind, from the root of the object. */
export const objectNameFields: Readonly<Record<string, readonly NameField[]>> = {
  StatefulSet: [
    { field: "spec.serviceName", kind: "Service" },
    { field: "spec.volumeClaimTemplates.*.spec.storageClassName", kind: "StorageClass" },
  ],
  PersistentVolumeClaim: [
    { field: "spec.storageClassName", kind: "StorageClass" },
    { field: "spec.volumeName", kind: "PersistentVolume" },
    { field: "spec.dataSource.name", kind: "PersistentVolumeClaim" },
  ],
  PersistentVolume: [{ field: "spec.storageClassName", kind: "StorageClass" }],
  Ingress: [
    { field: "spec.ingressClassName", kind: "IngressClass" },
    { field: "spec.defaultBackend.service.name", kind: "Service" },
    { field: "spec.rules.*.http.paths.*.backend.service.name", kind: "Service" },
    { field: "spec.tls.*.secretName", kind: "Secret" },
  ],
  ServiceAccount: [
    { field: "secrets.*.name", kind: "Secret" },
    { field: "imagePullSecrets.*.name", kind: "Secret" },
  ],
};

/** Places where an object is named by `kind` and `name` together. */
export const referenceFields: Readonly<Record<string, readonly string[]>> = {
  HorizontalPodAutoscaler: ["spec.scaleTargetRef", "spec.metrics.*.object.describedObject"],
  RoleBinding: ["roleRef", "subjects.*"],
  ClusterRoleBinding: ["roleRef", "subjects.*"],
};

/** Selectors of pods in objects of a kind; a Service selects by plain labels. */
export const selectorFields: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["spec.selector"],
  ReplicaSet: ["spec.selector"],
  StatefulSet: ["spec.selector"],
  DaemonSet: ["spec.selector"],
  Job: ["spec.selector"],
  PodDisruptionBudget: ["spec.selector"],
  NetworkPolicy: ["spec.podSelector"],
};
