/**
 * What the published API description does not tell about the server's Go types, but what it returns depends on:
 * which scalars are pointers (an explicit zero is kept), and which structs are values (written even when empty).
 */
import { kinds } from "./kinds.ts";

const pointers: Readonly<Record<string, string>> = {
  DeploymentSpec: "replicas revisionHistoryLimit progressDeadlineSeconds",
  ReplicaSetSpec: "replicas",
  StatefulSetSpec: "replicas revisionHistoryLimit",
  RollingUpdateStatefulSetStrategy: "partition",
  DaemonSetSpec: "revisionHistoryLimit",
  JobSpec:
    "parallelism completions activeDeadlineSeconds backoffLimit backoffLimitPerIndex maxFailedIndexes manualSelector ttlSecondsAfterFinished completionMode suspend podReplacementPolicy managedBy",
  SuccessPolicyRule: "succeededIndexes succeededCount",
  PodFailurePolicyOnExitCodesRequirement: "containerName",
  CronJobSpec: "timeZone startingDeadlineSeconds suspend successfulJobsHistoryLimit failedJobsHistoryLimit",
  PodSpec:
    "terminationGracePeriodSeconds activeDeadlineSeconds automountServiceAccountToken shareProcessNamespace priority runtimeClassName enableServiceLinks preemptionPolicy setHostnameAsFQDN hostUsers hostnameOverride",
  Container: "restartPolicy",
  EphemeralContainer: "restartPolicy",
  SecurityContext:
    "privileged runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem allowPrivilegeEscalation procMount",
  PodSecurityContext:
    "runAsUser runAsGroup runAsNonRoot fsGroup fsGroupChangePolicy supplementalGroupsPolicy seLinuxChangePolicy",
  SeccompProfile: "localhostProfile",
  AppArmorProfile: "localhostProfile",
  WindowsSecurityContextOptions: "gmsaCredentialSpecName gmsaCredentialSpec runAsUserName hostProcess",
  Probe: "terminationGracePeriodSeconds",
  GRPCAction: "service",
  Toleration: "tolerationSeconds",
  TopologySpreadConstraint: "minDomains nodeAffinityPolicy nodeTaintsPolicy",
  PodDNSConfigOption: "value",
  ConfigMapVolumeSource: "defaultMode optional",
  SecretVolumeSource: "defaultMode optional",
  DownwardAPIVolumeSource: "defaultMode",
  ProjectedVolumeSource: "defaultMode",
  ConfigMapProjection: "optional",
  SecretProjection: "optional",
  ConfigMapKeySelector: "optional",
  SecretKeySelector: "optional",
  ConfigMapEnvSource: "optional",
  SecretEnvSource: "optional",
  FileKeySelector: "optional",
  KeyToPath: "mode",
  DownwardAPIVolumeFile: "mode",
  ServiceAccountTokenProjection: "expirationSeconds",
  ClusterTrustBundleProjection: "name signerName optional",
  PodCertificateProjection: "maxExpirationSeconds",
  VolumeMount: "mountPropagation recursiveReadOnly",
  CSIVolumeSource: "readOnly fsType",
  ISCSIVolumeSource: "initiatorName",
  FCVolumeSource: "lun",
  AzureDiskVolumeSource: "cachingMode fsType readOnly kind",
  HostPathVolumeSource: "type",
  PersistentVolumeClaimSpec: "storageClassName volumeMode volumeAttributesClassName",
  TypedLocalObjectReference: "apiGroup",
  TypedObjectReference: "apiGroup namespace",
  PodResourceClaim: "resourceClaimName resourceClaimTemplateName",
  ServiceSpec:
    "ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy trafficDistribution",
  ServicePort: "appProtocol",
  ClientIPConfig: "timeoutSeconds",
  ObjectMeta: "deletionGracePeriodSeconds",
  OwnerReference: "controller blockOwnerDeletion",
  ReplicationControllerSpec: "replicas",
  HorizontalPodAutoscalerSpec: "minReplicas",
  HPAScalingRules: "stabilizationWindowSeconds selectPolicy",
  MetricTarget: "averageUtilization",
  PodDisruptionBudgetSpec: "unhealthyPodEvictionPolicy",
  ConfigMap: "immutable",
  Secret: "immutable",
  ServiceAccount: "automountServiceAccountToken",
  IngressSpec: "ingressClassName",
  NetworkPolicyPort: "protocol endPort",
  PersistentVolumeSpec: "volumeMode volumeAttributesClassName",
  StorageClass: "reclaimPolicy allowVolumeExpansion volumeBindingMode",
  CSIDriverSpec:
    "attachRequired podInfoOnMount storageCapacity fsGroupPolicy requiresRepublish seLinuxMount serviceAccountTokenInSecrets",
  PriorityClass: "preemptionPolicy",
};
const pointerFields: ReadonlySet<string> = new Set(
  Object.entries(pointers).flatMap(([type, names]) => names.split(" ").map((name) => `${type}.${name}`)),
);

const valueStructs: ReadonlySet<string> = new Set([
  "PodTemplateSpec.metadata",
  "PodTemplateSpec.spec",
  "JobTemplateSpec.metadata",
  "JobTemplateSpec.spec",
  "PersistentVolumeClaimTemplate.metadata",
  "PersistentVolumeClaimTemplate.spec",
  "Container.resources",
  "EphemeralContainer.resources",
  "DeploymentSpec.strategy",
  "DaemonSetSpec.updateStrategy",
  "StatefulSetSpec.updateStrategy",
  "PersistentVolumeClaimSpec.resources",
  "CronJobSpec.jobTemplate",
  "ResourceClaimSpec.devices",
  "WeightedPodAffinityTerm.podAffinityTerm",
  "PreferredSchedulingTerm.preference",
  // Only a ReplicationController tells no template from an empty one.
  ...kinds.rows
    .filter((row) => row.workload && row.template?.join(".") === "spec.template")
    .map((row) => `${row.kind}Spec.template`),
  ...kinds.rows.flatMap((row) => [`${row.kind}.metadata`, `${row.kind}.spec`]),
  "NetworkPolicySpec.podSelector",
  "RoleBinding.roleRef",
  "ClusterRoleBinding.roleRef",
]);

/** Scalars that are written although the description calls them optional. */
const alwaysWritten: ReadonlySet<string> = new Set(["StatefulSetSpec.serviceName", "StatefulSetOrdinals.start"]);

/** Whether a zero that stands in the manifest is kept. */
export function keepsZero(type: string, field: string): boolean {
  return pointerFields.has(`${type}.${field}`);
}
export function isValueStruct(type: string, field: string): boolean {
  return valueStructs.has(`${type}.${field}`);
}
export function isAlwaysWritten(type: string, field: string): boolean {
  return alwaysWritten.has(`${type}.${field}`);
}
