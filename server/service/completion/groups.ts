/** Fields that rule each other out: of one group only one may be set, and some need another to say so. */
import { typeNamed } from "./shape.ts";

/** By type: groups of which only one member may be there. Models the unions that validation speaks of. */
const groups: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Volume: [allBut("Volume", "name")],
  VolumeProjection: [allBut("VolumeProjection")],
  PersistentVolumeSpec: [
    allBut(
      "PersistentVolumeSpec",
      "accessModes",
      "capacity",
      "claimRef",
      "mountOptions",
      "nodeAffinity",
      "persistentVolumeReclaimPolicy",
      "storageClassName",
      "volumeAttributesClassName",
      "volumeMode",
    ),
  ],
  Probe: [["exec", "httpGet", "tcpSocket", "grpc"]],
  LifecycleHandler: [["exec", "httpGet", "tcpSocket", "sleep"]],
  EnvVar: [["value", "valueFrom"]],
  EnvVarSource: [allBut("EnvVarSource")],
  EnvFromSource: [["configMapRef", "secretRef"]],
  PodFailurePolicyRule: [["onExitCodes", "onPodConditions"]],
  PodDisruptionBudgetSpec: [["minAvailable", "maxUnavailable"]],
  IngressBackend: [["service", "resource"]],
  ServiceBackendPort: [["name", "number"]],
  DownwardAPIVolumeFile: [["fieldRef", "resourceFieldRef"]],
  MetricTarget: [["averageUtilization", "averageValue", "value"]],
  KustomizePatch: [["path", "patch"]],
};

function allBut(type: string, ...others: readonly string[]): readonly string[] {
  return Object.keys(typeNamed(type)?.fields ?? {}).filter((field) => !others.includes(field));
}

type Written = Readonly<Record<string, unknown>>;

const otherThan =
  (key: string, ...values: readonly string[]) =>
  (written: Written) =>
    written[key] !== undefined && written[key] !== null && !values.includes(String(written[key]));

/** By type and field: whether what stands beside it rules it out. What is not written yet rules nothing out. */
const ruledOut: Readonly<Record<string, (beside: Written) => boolean>> = {
  "DeploymentStrategy.rollingUpdate": otherThan("type", "RollingUpdate"),
  "StatefulSetUpdateStrategy.rollingUpdate": otherThan("type", "RollingUpdate"),
  "DaemonSetUpdateStrategy.rollingUpdate": otherThan("type", "RollingUpdate"),
  "JobSpec.backoffLimitPerIndex": otherThan("completionMode", "Indexed"),
  "JobSpec.maxFailedIndexes": otherThan("completionMode", "Indexed"),
  "JobSpec.successPolicy": otherThan("completionMode", "Indexed"),
  "ServiceSpec.externalName": otherThan("type", "ExternalName"),
  "ServiceSpec.loadBalancerIP": otherThan("type", "LoadBalancer"),
  "ServiceSpec.loadBalancerClass": otherThan("type", "LoadBalancer"),
  "ServiceSpec.loadBalancerSourceRanges": otherThan("type", "LoadBalancer"),
  "ServiceSpec.allocateLoadBalancerNodePorts": otherThan("type", "LoadBalancer"),
  "ServiceSpec.healthCheckNodePort": otherThan("type", "LoadBalancer"),
  "ServiceSpec.externalTrafficPolicy": otherThan("type", "LoadBalancer", "NodePort"),
  "ServiceSpec.sessionAffinityConfig": otherThan("sessionAffinity", "ClientIP"),
  "SeccompProfile.localhostProfile": otherThan("type", "Localhost"),
  "AppArmorProfile.localhostProfile": otherThan("type", "Localhost"),
  "Toleration.tolerationSeconds": otherThan("effect", "NoExecute"),
  "Toleration.value": (beside) => beside["operator"] === "Exists",
  "NodeSelectorRequirement.values": (beside) => /Exist/.test(String(beside["operator"] ?? "")),
  "LabelSelectorRequirement.values": (beside) => /Exist/.test(String(beside["operator"] ?? "")),
  "MetricSpec.resource": otherThan("type", "Resource"),
  "MetricSpec.containerResource": otherThan("type", "ContainerResource"),
  "MetricSpec.pods": otherThan("type", "Pods"),
  "MetricSpec.object": otherThan("type", "Object"),
  "MetricSpec.external": otherThan("type", "External"),
};

/** Whether a field of a type cannot be added to what is written there. */
export function isRuledOut(type: string, field: string, beside: Written): boolean {
  const group = groups[type]?.find((members) => members.includes(field));
  if (group?.some((member) => member !== field && Object.hasOwn(beside, member))) return true;
  const rule = ruledOut[`${type}.${field}`];
  return rule?.(beside) === true;
}

/** The groups of a type of which one member has to be there: handlers of a probe, sources of a value. */
export function membersOf(type: string): readonly string[] {
  return groups[type]?.flat() ?? [];
}
