/** In which order fields are offered, and what has to be said with each. */
import type { FieldDocs } from "../hover-context.ts";
import { membersOf } from "./groups.ts";
import { typeNamed } from "./shape.ts";

/**
 * What the API server wants beyond what the table calls required, or what makes no sense without it: a mapping opens with
 * these as well.
 */
const alsoRequired: Readonly<Record<string, readonly string[]>> = {
  PodTemplateSpec: ["metadata", "spec"],
  JobTemplateSpec: ["spec"],
  Container: ["name", "image"],
  EphemeralContainer: ["name", "image"],
  LabelSelector: ["matchLabels"],
  PersistentVolumeClaim: ["metadata", "spec"],
  PersistentVolumeClaimSpec: ["accessModes", "resources"],
  PersistentVolumeClaimTemplate: ["spec"],
  ServiceSpec: ["selector", "ports"],
  PodDisruptionBudgetSpec: ["selector"],
  CrossVersionObjectReference: ["apiVersion", "kind", "name"],
  VolumeResourceRequirements: ["requests"],
  ConfigMapVolumeSource: ["name"],
  ConfigMapEnvSource: ["name"],
  SecretEnvSource: ["name"],
  ConfigMapKeySelector: ["name", "key"],
  SecretKeySelector: ["name", "key"],
  SecretVolumeSource: ["secretName"],
  LocalObjectReference: ["name"],
  ExecAction: ["command"],
  Deployment: ["metadata", "spec"],
  ReplicaSet: ["metadata", "spec"],
  StatefulSet: ["metadata", "spec"],
  DaemonSet: ["metadata", "spec"],
  Job: ["metadata", "spec"],
  CronJob: ["metadata", "spec"],
  Pod: ["metadata", "spec"],
  Service: ["metadata", "spec"],
  PodDisruptionBudget: ["metadata", "spec"],
  HorizontalPodAutoscaler: ["metadata", "spec"],
  ConfigMap: ["metadata"],
  Secret: ["metadata"],
  ServiceAccount: ["metadata"],
  Namespace: ["metadata"],
  Object: ["metadata"],
};

/** What is set most, in the order in which it is mostly written. */
const common: Readonly<Record<string, readonly string[]>> = {
  ObjectMeta: ["name", "namespace", "labels", "annotations"],
  Object: ["apiVersion", "kind", "metadata"],
  Deployment: ["apiVersion", "kind", "metadata", "spec"],
  DeploymentSpec: ["replicas", "selector", "strategy", "template", "minReadySeconds", "revisionHistoryLimit"],
  ReplicaSetSpec: ["replicas", "selector", "template"],
  StatefulSetSpec: [
    "serviceName",
    "replicas",
    "selector",
    "template",
    "volumeClaimTemplates",
    "updateStrategy",
    "podManagementPolicy",
  ],
  DaemonSetSpec: ["selector", "updateStrategy", "template"],
  JobSpec: [
    "completions",
    "parallelism",
    "backoffLimit",
    "activeDeadlineSeconds",
    "ttlSecondsAfterFinished",
    "completionMode",
    "template",
  ],
  CronJobSpec: [
    "schedule",
    "timeZone",
    "concurrencyPolicy",
    "jobTemplate",
    "startingDeadlineSeconds",
    "successfulJobsHistoryLimit",
    "failedJobsHistoryLimit",
    "suspend",
  ],
  PodSpec: [
    "containers",
    "initContainers",
    "restartPolicy",
    "serviceAccountName",
    "volumes",
    "securityContext",
    "nodeSelector",
    "affinity",
    "tolerations",
    "topologySpreadConstraints",
    "terminationGracePeriodSeconds",
    "imagePullSecrets",
    "priorityClassName",
    "automountServiceAccountToken",
  ],
  Container: [
    "name",
    "image",
    "imagePullPolicy",
    "command",
    "args",
    "ports",
    "env",
    "envFrom",
    "resources",
    "volumeMounts",
    "readinessProbe",
    "livenessProbe",
    "startupProbe",
    "lifecycle",
    "securityContext",
    "workingDir",
  ],
  ContainerPort: ["name", "containerPort", "protocol"],
  EnvVar: ["name", "value", "valueFrom"],
  EnvVarSource: ["configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef"],
  ResourceRequirements: ["requests", "limits"],
  Probe: ["httpGet", "tcpSocket", "exec", "grpc", "initialDelaySeconds", "periodSeconds", "timeoutSeconds"],
  HTTPGetAction: ["path", "port"],
  VolumeMount: ["name", "mountPath", "subPath", "readOnly"],
  Volume: ["name", "configMap", "secret", "emptyDir", "persistentVolumeClaim", "projected", "hostPath"],
  SecurityContext: [
    "runAsNonRoot",
    "runAsUser",
    "readOnlyRootFilesystem",
    "allowPrivilegeEscalation",
    "capabilities",
    "seccompProfile",
  ],
  PodSecurityContext: ["runAsNonRoot", "runAsUser", "runAsGroup", "fsGroup", "seccompProfile"],
  ServiceSpec: ["type", "selector", "ports", "clusterIP"],
  ServicePort: ["name", "port", "targetPort", "protocol", "nodePort"],
  PersistentVolumeClaimSpec: ["accessModes", "storageClassName", "resources"],
  PodDisruptionBudgetSpec: ["minAvailable", "maxUnavailable", "selector"],
  HorizontalPodAutoscalerSpec: ["scaleTargetRef", "minReplicas", "maxReplicas", "metrics", "behavior"],
  ConfigMap: ["apiVersion", "kind", "metadata", "data"],
  Secret: ["apiVersion", "kind", "metadata", "type", "stringData", "data"],
  DeploymentStrategy: ["type", "rollingUpdate"],
  RollingUpdateDeployment: ["maxSurge", "maxUnavailable"],
  TopologySpreadConstraint: ["maxSkew", "topologyKey", "whenUnsatisfiable", "labelSelector"],
  Toleration: ["key", "operator", "value", "effect"],
  Kustomization: ["apiVersion", "kind", "resources", "namespace", "labels", "images", "patches", "configMapGenerator"],
};

/** What the server fills in; nobody writes it. */
const filledIn: Readonly<Record<string, readonly string[]>> = {
  ObjectMeta: [
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generation",
    "managedFields",
    "ownerReferences",
    "resourceVersion",
    "selfLink",
    "uid",
  ],
};

/** How an object begins, whatever its kind. */
const wholeOrder = ["apiVersion", "kind", "metadata", "spec"];

/** What has to be there in an object of a type, in the order in which it is written. */
export function requiredOf(type: string): readonly string[] {
  const all = [...new Set([...(typeNamed(type)?.required ?? []), ...(alsoRequired[type] ?? [])])];
  const isWhole = typeNamed(type)?.fields["metadata"] !== undefined && typeNamed(type)?.fields["kind"] !== undefined;
  const order = common[type] ?? (isWhole ? wholeOrder : alsoRequired[type]) ?? [];
  const place = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length);
  return all.sort((a, b) => place(a) - place(b));
}

/** Where a field of a type comes among the others: required, common, others, old, filled in by the server. */
export function rankOf(type: string, field: string, docs: FieldDocs): string {
  const [required, usual] = [requiredOf(type).indexOf(field), (common[type] ?? []).indexOf(field)];
  if (required >= 0) return `0${two(required)}`;
  if (usual >= 0) return `1${two(usual)}`;
  if (isFilledIn(type, field)) return "4";
  if (isDeprecated(type, field, docs)) return "3";
  return membersOf(type).includes(field) ? "20" : "21";
}

function two(index: number): string {
  return String(index).padStart(2, "0");
}

function isFilledIn(type: string, field: string): boolean {
  if (field === "status" && typeNamed(type)?.fields["metadata"] !== undefined) return true;
  return filledIn[type]?.includes(field) === true;
}

/** Whether its description says that a field is on its way out. */
export function isDeprecated(type: string, field: string, docs: FieldDocs): boolean {
  const text = docs[type]?.fields[field] ?? "";
  if (type === "Kustomization") return field === "commonLabels";
  return /^Deprecated\b|Deprecated: (?!It isn't)|is a deprecated alias|^DeprecatedService/.test(text);
}
