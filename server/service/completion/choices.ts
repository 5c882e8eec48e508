/** Which fields have values to choose from. */
import type { FieldType, Whole } from "./shape.ts";

/** Values of fields of which the table does not say them. Models the constants beside the types of k8s.io/api. */
const more: Readonly<Record<string, readonly string[]>> = {
  "PersistentVolumeClaimSpec.accessModes": ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"],
  "PersistentVolumeSpec.accessModes": ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"],
  "LabelSelectorRequirement.operator": ["In", "NotIn", "Exists", "DoesNotExist"],
  "MetricSpec.type": ["Resource", "ContainerResource", "Pods", "Object", "External"],
  "MetricTarget.type": ["Utilization", "AverageValue", "Value"],
  "EmptyDirVolumeSource.medium": ["Memory"],
  "Secret.type": [
    "Opaque",
    "kubernetes.io/dockerconfigjson",
    "kubernetes.io/tls",
    "kubernetes.io/basic-auth",
    "kubernetes.io/ssh-auth",
    "kubernetes.io/service-account-token",
  ],
  "HPAScalingRules.selectPolicy": ["Max", "Min", "Disabled"],
  "HPAScalingPolicy.type": ["Pods", "Percent"],
  "StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted": ["Retain", "Delete"],
  "StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled": ["Retain", "Delete"],
  "PodOS.name": ["linux", "windows"],
  "ResourceMetricSource.name": ["cpu", "memory"],
  "ContainerResourceMetricSource.name": ["cpu", "memory"],
  "CrossVersionObjectReference.kind": ["Deployment", "StatefulSet", "ReplicaSet"],
  "CrossVersionObjectReference.apiVersion": ["apps/v1"],
  "ObjectFieldSelector.fieldPath": [
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.podIP",
    "status.podIPs",
  ],
  "ResourceFieldSelector.resource": [
    "requests.cpu",
    "requests.memory",
    "limits.cpu",
    "limits.memory",
    "requests.ephemeral-storage",
    "limits.ephemeral-storage",
  ],
  "TopologySpreadConstraint.topologyKey": ["topology.kubernetes.io/zone", "kubernetes.io/hostname"],
  "PodAffinityTerm.topologyKey": ["kubernetes.io/hostname", "topology.kubernetes.io/zone"],
  "TopologySpreadConstraint.matchLabelKeys": ["pod-template-hash"],
  "NodeSelectorRequirement.key": [
    "kubernetes.io/arch",
    "kubernetes.io/os",
    "kubernetes.io/hostname",
    "topology.kubernetes.io/zone",
    "topology.kubernetes.io/region",
    "node.kubernetes.io/instance-type",
  ],
  "Toleration.key": [
    "node-role.kubernetes.io/control-plane",
    "node.kubernetes.io/not-ready",
    "node.kubernetes.io/unreachable",
    "node.kubernetes.io/disk-pressure",
    "node.kubernetes.io/memory-pressure",
    "node.kubernetes.io/unschedulable",
  ],
  "Capabilities.drop": ["ALL"],
  "Capabilities.add": [
    "NET_BIND_SERVICE",
    "NET_ADMIN",
    "NET_RAW",
    "CHOWN",
    "SETUID",
    "SETGID",
    "SYS_PTRACE",
    "SYS_TIME",
  ],
  "ServiceSpec.clusterIP": ["None"],
  "ServiceSpec.ipFamilies": ["IPv4", "IPv6"],
  "ContainerResizePolicy.restartPolicy": ["NotRequired", "RestartContainer"],
  "ContainerResizePolicy.resourceName": ["cpu", "memory"],
  "PodFailurePolicyOnPodConditionsPattern.type": ["DisruptionTarget"],
  "PodFailurePolicyOnPodConditionsPattern.status": ["True", "False"],
  "PodSpec.priorityClassName": ["system-cluster-critical", "system-node-critical"],
};

/** The values of a field that are known whatever the text is; empty for those that are free. */
export function fixedValues(owner: string, field: string, type: FieldType, whole: Whole): readonly string[] {
  if (`${owner}.${field}` === "PodSpec.restartPolicy") return restartPolicies(whole);
  if (`${owner}.${field}` === "Container.restartPolicy") return ["Always", "OnFailure", "Never"];
  if (type.enum !== undefined) return type.enum.filter((one) => one !== "");
  if (type.kind === "boolean") return ["true", "false"];
  return more[`${owner}.${field}`] ?? [];
}

/** Pods of a Job may not be restarted whatever they did, those of what keeps pods running always are. */
function restartPolicies({ kind }: Whole): readonly string[] {
  if (kind === "Job" || kind === "CronJob") return ["OnFailure", "Never"];
  if (kind === "Pod" || kind === "PodTemplate") return ["Always", "OnFailure", "Never"];
  return ["Always"];
}
