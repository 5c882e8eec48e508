/**
 * A Pod template as the server writes it in an error: the JSON of its own Go types, which names all fields, also those
 * that are not set, and in the order they are declared in. Models pkg/apis/core/types.go.
 */
import { fieldTable } from "#field-table";
import type { FieldType } from "./field-table.d.ts";
import { keepsZero } from "./go-shapes.ts";
import { asObject, type JsonObject } from "./json.ts";
import type { Json } from "./objects.ts";
import type { Target } from "./target.ts";

const probe =
  "Exec HTTPGet TCPSocket GRPC InitialDelaySeconds TimeoutSeconds PeriodSeconds SuccessThreshold FailureThreshold TerminationGracePeriodSeconds";
const container =
  "Name Image Command Args WorkingDir Ports EnvFrom Env Resources ResizePolicy RestartPolicy RestartPolicyRules VolumeMounts VolumeDevices LivenessProbe ReadinessProbe StartupProbe Lifecycle TerminationMessagePath TerminationMessagePolicy ImagePullPolicy SecurityContext Stdin StdinOnce TTY";
const affinity = "RequiredDuringSchedulingIgnoredDuringExecution PreferredDuringSchedulingIgnoredDuringExecution";

/** The fields in their order; `Name=key` where the key is another word. Types that are not here keep the order they have. */
const orders: Readonly<Record<string, string>> = {
  PodSpec:
    "Volumes InitContainers Containers EphemeralContainers RestartPolicy TerminationGracePeriodSeconds ActiveDeadlineSeconds DNSPolicy NodeSelector ServiceAccountName AutomountServiceAccountToken NodeName SecurityContext ImagePullSecrets Hostname Subdomain SetHostnameAsFQDN Affinity SchedulerName Tolerations HostAliases PriorityClassName Priority PreemptionPolicy DNSConfig ReadinessGates RuntimeClassName Overhead EnableServiceLinks TopologySpreadConstraints OS SchedulingGates ResourceClaims Resources HostnameOverride WorkloadRef SchedulingGroup EvictionResponders",
  Volume:
    "Name HostPath EmptyDir GCEPersistentDisk AWSElasticBlockStore GitRepo Secret NFS ISCSI Glusterfs PersistentVolumeClaim RBD Quobyte FlexVolume Cinder CephFS Flocker DownwardAPI FC AzureFile ConfigMap VsphereVolume AzureDisk PhotonPersistentDisk Projected PortworxVolume ScaleIO StorageOS CSI Ephemeral Image",
  HostPathVolumeSource: "Path Type",
  EmptyDirVolumeSource: "Medium SizeLimit Mode",
  GCEPersistentDiskVolumeSource: "PDName FSType Partition ReadOnly",
  AWSElasticBlockStoreVolumeSource: "VolumeID FSType Partition ReadOnly",
  GitRepoVolumeSource: "Repository Revision Directory",
  SecretVolumeSource: "SecretName Items DefaultMode Optional DefaultUser",
  NFSVolumeSource: "Server Path ReadOnly",
  ISCSIVolumeSource:
    "TargetPortal IQN Lun ISCSIInterface FSType ReadOnly Portals DiscoveryCHAPAuth=chapAuthDiscovery SessionCHAPAuth=chapAuthSession SecretRef InitiatorName",
  GlusterfsVolumeSource: "EndpointsName=endpoints Path ReadOnly",
  PersistentVolumeClaimVolumeSource: "ClaimName ReadOnly",
  RBDVolumeSource: "CephMonitors=monitors RBDImage=image FSType RBDPool=pool RadosUser=user Keyring SecretRef ReadOnly",
  QuobyteVolumeSource: "Registry Volume ReadOnly User Group Tenant",
  FlexVolumeSource: "Driver FSType SecretRef ReadOnly Options",
  CinderVolumeSource: "VolumeID FSType ReadOnly SecretRef",
  CephFSVolumeSource: "Monitors Path User SecretFile SecretRef ReadOnly",
  FlockerVolumeSource: "DatasetName DatasetUUID",
  DownwardAPIVolumeSource: "Items DefaultMode DefaultUser",
  DownwardAPIVolumeFile: "Path FieldRef ResourceFieldRef Mode User",
  FCVolumeSource: "TargetWWNs Lun FSType ReadOnly WWIDs",
  AzureFileVolumeSource: "SecretName ShareName ReadOnly",
  ConfigMapVolumeSource: "Name Items DefaultMode Optional DefaultUser",
  VsphereVirtualDiskVolumeSource: "VolumePath FSType StoragePolicyName StoragePolicyID",
  AzureDiskVolumeSource: "DiskName DataDiskURI=diskURI CachingMode FSType ReadOnly Kind",
  PhotonPersistentDiskVolumeSource: "PdID FSType",
  ProjectedVolumeSource: "Sources DefaultMode DefaultUser",
  VolumeProjection: "Secret DownwardAPI ConfigMap ServiceAccountToken ClusterTrustBundle PodCertificate",
  SecretProjection: "Name Items Optional",
  ConfigMapProjection: "Name Items Optional",
  DownwardAPIProjection: "Items",
  ServiceAccountTokenProjection: "Audience ExpirationSeconds Path User",
  ClusterTrustBundleProjection: "Name SignerName LabelSelector Optional Path User",
  PodCertificateProjection:
    "SignerName KeyType MaxExpirationSeconds CredentialBundlePath KeyPath CertificateChainPath UserAnnotations User",
  PortworxVolumeSource: "VolumeID FSType ReadOnly",
  ScaleIOVolumeSource:
    "Gateway System SecretRef SSLEnabled ProtectionDomain StoragePool StorageMode VolumeName FSType ReadOnly",
  StorageOSVolumeSource: "VolumeName VolumeNamespace FSType ReadOnly SecretRef",
  CSIVolumeSource: "Driver ReadOnly FSType VolumeAttributes NodePublishSecretRef",
  EphemeralVolumeSource: "VolumeClaimTemplate",
  PersistentVolumeClaimSpec:
    "AccessModes Selector Resources VolumeName StorageClassName VolumeMode DataSource DataSourceRef VolumeAttributesClassName",
  VolumeResourceRequirements: "Limits Requests",
  TypedLocalObjectReference: "APIGroup Kind Name",
  TypedObjectReference: "APIGroup Kind Name Namespace",
  ImageVolumeSource: "Reference PullPolicy",
  KeyToPath: "Key Path Mode User",
  Container: container,
  EphemeralContainer: `${container} TargetContainerName`,
  ContainerPort: "Name HostPort ContainerPort Protocol HostIP",
  EnvFromSource: "Prefix ConfigMapRef SecretRef",
  ConfigMapEnvSource: "Name Optional",
  SecretEnvSource: "Name Optional",
  EnvVar: "Name Value ValueFrom",
  EnvVarSource: "FieldRef ResourceFieldRef ConfigMapKeyRef SecretKeyRef FileKeyRef",
  ObjectFieldSelector: "APIVersion FieldPath",
  ResourceFieldSelector: "ContainerName Resource Divisor",
  ConfigMapKeySelector: "Name Key Optional",
  SecretKeySelector: "Name Key Optional",
  FileKeySelector: "VolumeName Path Key Optional",
  ResourceRequirements: "Limits Requests Claims",
  "v1/ResourceClaim": "Name Request",
  ContainerResizePolicy: "ResourceName RestartPolicy",
  ContainerRestartRule: "Action ExitCodes",
  ContainerRestartRuleOnExitCodes: "Operator Values",
  VolumeMount: "Name ReadOnly RecursiveReadOnly MountPath SubPath MountPropagation SubPathExpr BindMountOptions",
  VolumeDevice: "Name DevicePath",
  Probe: probe,
  ExecAction: "Command",
  HTTPGetAction: "Path Port Host Scheme HTTPHeaders Protocol",
  HTTPHeader: "Name Value",
  TCPSocketAction: "Port Host",
  GRPCAction: "Port Service Mode",
  SleepAction: "Seconds",
  Lifecycle: "PostStart PreStop StopSignal",
  LifecycleHandler: "Exec HTTPGet TCPSocket Sleep",
  SecurityContext:
    "Capabilities Privileged SELinuxOptions WindowsOptions RunAsUser RunAsGroup RunAsNonRoot ReadOnlyRootFilesystem AllowPrivilegeEscalation ProcMount SeccompProfile AppArmorProfile",
  Capabilities: "Add Drop",
  SELinuxOptions: "User Role Type Level",
  WindowsSecurityContextOptions: "GMSACredentialSpecName GMSACredentialSpec RunAsUserName HostProcess",
  SeccompProfile: "Type LocalhostProfile",
  AppArmorProfile: "Type LocalhostProfile",
  PodSecurityContext:
    "SELinuxOptions WindowsOptions RunAsUser RunAsGroup RunAsNonRoot SupplementalGroups SupplementalGroupsPolicy FSGroup FSGroupChangePolicy Sysctls SeccompProfile AppArmorProfile SELinuxChangePolicy",
  Sysctl: "Name Value",
  LocalObjectReference: "Name",
  Affinity: "NodeAffinity PodAffinity PodAntiAffinity",
  NodeAffinity: affinity,
  PodAffinity: affinity,
  PodAntiAffinity: affinity,
  NodeSelector: "NodeSelectorTerms",
  NodeSelectorTerm: "MatchExpressions MatchFields",
  NodeSelectorRequirement: "Key Operator Values",
  PreferredSchedulingTerm: "Weight Preference",
  WeightedPodAffinityTerm: "Weight PodAffinityTerm",
  PodAffinityTerm: "LabelSelector Namespaces TopologyKey NamespaceSelector MatchLabelKeys MismatchLabelKeys",
  Toleration: "Key Operator Value Effect TolerationSeconds",
  HostAlias: "IP Hostnames",
  PodDNSConfig: "Nameservers Searches Options",
  PodDNSConfigOption: "Name Value",
  PodReadinessGate: "ConditionType",
  TopologySpreadConstraint:
    "MaxSkew TopologyKey WhenUnsatisfiable LabelSelector MinDomains NodeAffinityPolicy NodeTaintsPolicy MatchLabelKeys",
  PodOS: "Name",
  PodSchedulingGate: "Name",
  PodResourceClaim: "Name ResourceClaimName ResourceClaimTemplateName",
  PodSchedulingGroup: "PodGroupName",
};

/** Structs that are there also when nothing of them is set. */
const valueStructs: ReadonlySet<string> = new Set([
  "Container.resources",
  "EphemeralContainer.resources",
  "PersistentVolumeClaimSpec.resources",
  "PreferredSchedulingTerm.preference",
  "WeightedPodAffinityTerm.podAffinityTerm",
]);

/** Scalars behind a pointer that are never zero when they are there, so that nothing else depends on it. */
const pointers: ReadonlySet<string> = new Set([
  "stopSignal",
  "protocol",
  "mode",
  "user",
  "defaultUser",
  "podGroupName",
]);

/** `{"labels":{…},"Spec":{"Volumes":null,…}}`. */
export function internalTemplateText(template: JsonObject, target: Target): string {
  return text({ ...metadata(template["metadata"]), Spec: podSpec(asObject(template["spec"]), target) });
}

export function internalPodSpecText(spec: JsonObject, target: Target): string {
  return text(podSpec(spec, target));
}

/** As Go writes JSON: safe inside of HTML. */
function text(value: Json): string {
  const hex = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, hex);
}

/** What the server's own type has in a Pod's security context, and the texts have beside it. */
function podSpec(spec: JsonObject, target: Target): JsonObject {
  const host = {
    HostNetwork: spec["hostNetwork"] ?? false,
    HostPID: spec["hostPID"] ?? false,
    HostIPC: spec["hostIPC"] ?? false,
    ShareProcessNamespace: spec["shareProcessNamespace"] ?? null,
    HostUsers: spec["hostUsers"] ?? null,
  };
  const made = struct(spec, "PodSpec", target);
  return spec["securityContext"]
    ? { ...made, SecurityContext: { ...host, ...asObject(made["SecurityContext"]) } }
    : made;
}

function struct(object: JsonObject, type: string, target: Target): JsonObject {
  if (type === "PersistentVolumeClaimTemplate") {
    const spec = struct(asObject(object["spec"]), "PersistentVolumeClaimSpec", target);
    return { ...metadata(object["metadata"]), Spec: spec };
  }
  const order = orders[type];
  if (order === undefined) return published(object);
  const fields = fieldTable.types[type]?.fields ?? {};
  const made: Record<string, Json> = {};
  for (const word of order.split(" ")) {
    const [name = "", other] = word.split("=");
    const key = other ?? Object.keys(fields).find((one) => one.toLowerCase() === name.toLowerCase());
    const field = key === undefined ? undefined : fields[key];
    if (key === undefined || field === undefined || field.versions?.includes(target) === false) continue;
    made[name] = written(object[key], field, { type, key, target });
  }
  return made;
}

interface Place {
  readonly type: string;
  readonly key: string;
  readonly target: Target;
}

function written(value: Json | undefined, field: FieldType, place: Place): Json {
  if (value === undefined || value === null) return nothing(field, place);
  if (field.kind === "object") return struct(asObject(value), field.type ?? "", place.target);
  if (field.kind === "map") return byName(asObject(value));
  if (field.kind !== "list" || !field.of || !Array.isArray(value)) return value;
  const { of } = field;
  return value.map((one) => written(one, of, place));
}

/** What stands for a field that is not set. */
function nothing(field: FieldType, { type, key, target }: Place): Json {
  if (field.kind === "object" && valueStructs.has(`${type}.${key}`)) return struct({}, field.type ?? "", target);
  if (field.kind === "intOrString") return 0;
  if (key === "divisor") return "0";
  if (keepsZero(type, key) || pointers.has(key)) return null;
  if (field.kind === "string") return "";
  if (field.kind === "boolean") return false;
  return field.kind === "integer" ? 0 : null;
}

function byName(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Metadata and selectors have the names of the published texts, and nothing that is not set. */
function metadata(value: Json | undefined): JsonObject {
  return published(asObject(value));
}

function published(object: JsonObject): JsonObject {
  const first = ["name", "generateName", "namespace", "labels", "annotations", "ownerReferences", "finalizers"];
  const keys = [...first, "matchLabels", "matchExpressions"];
  const rest = Object.keys(object).filter((key) => !keys.includes(key));
  const maps = new Set(["labels", "annotations", "matchLabels"]);
  return Object.fromEntries(
    [...keys.filter((key) => Object.hasOwn(object, key)), ...rest].map((key) => [
      key,
      maps.has(key) ? byName(asObject(object[key])) : (object[key] ?? null),
    ]),
  ) as JsonObject;
}
