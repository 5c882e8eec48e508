/**
 * The table of kinds: how each is spoken of and what can be done with it. Its rules stand beside it in kind-rules.ts, so
 * that who only needs names is not made to carry them. Models the storages of pkg/registry and kubectl's polymorphic helpers.
 */
import { type KindRow, kindTable } from "./kind.ts";

type Rest = Partial<Omit<KindRow, "group" | "versions" | "kind" | "plural">>;

/** A row; `served` is `apps/v1`, or `autoscaling/v2,v1` with the preferred version first. */
export function kindRow(served: string, kind: string, plural: string, rest: Rest = {}): KindRow {
  const [group, versions] = served.includes("/") ? (served.split("/") as [string, string]) : ["", served];
  return {
    group,
    versions: versions.split(",") as [string, ...string[]],
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames: [],
    categories: [],
    namespaced: true,
    is: "stored",
    workload: false,
    subresources: [],
    settable: false,
    rolls: false,
    pausable: false,
    counted: false,
    ...rest,
  };
}

const clusterWide = { namespaced: false } as const;
const withStatus = { subresources: ["status"] } as const;
const inAll = { categories: ["all"] } as const;
const simulated = { is: "simulated" } as const;
const judged = { is: "judged" } as const;
const template = ["spec", "template"];
/** What makes pods by a template that it lets a person change. */
const controller = { ...simulated, ...inAll, workload: true, template, settable: true, counted: true } as const;
const scaled = { subresources: ["status", "scale"] } as const;

/** The workloads of apps/v1 and batch/v1, and what keeps their history. */
const workloads: readonly KindRow[] = [
  kindRow("apps/v1", "Deployment", "deployments", {
    ...controller,
    ...scaled,
    shortNames: ["deploy"],
    rolls: true,
    pausable: true,
    history: "ReplicaSet",
    formerly: { "extensions/v1beta1": 16, "apps/v1beta1": 16, "apps/v1beta2": 16 },
  }),
  kindRow("apps/v1", "ReplicaSet", "replicasets", {
    ...controller,
    ...scaled,
    shortNames: ["rs"],
    formerly: { "extensions/v1beta1": 16, "apps/v1beta2": 16 },
  }),
  kindRow("apps/v1", "StatefulSet", "statefulsets", {
    ...controller,
    ...scaled,
    shortNames: ["sts"],
    rolls: true,
    history: "ControllerRevision",
    formerly: { "apps/v1beta1": 16, "apps/v1beta2": 16 },
  }),
  kindRow("apps/v1", "DaemonSet", "daemonsets", {
    ...controller,
    ...withStatus,
    shortNames: ["ds"],
    rolls: true,
    history: "ControllerRevision",
    formerly: { "extensions/v1beta1": 16, "apps/v1beta2": 16 },
  }),
  kindRow("batch/v1", "Job", "jobs", { ...controller, ...withStatus, settable: false }),
  kindRow("batch/v1", "CronJob", "cronjobs", {
    ...controller,
    ...withStatus,
    shortNames: ["cj"],
    template: ["spec", "jobTemplate", "spec", "template"],
    formerly: { "batch/v2alpha1": 21, "batch/v1beta1": 25 },
  }),
  kindRow("apps/v1", "ControllerRevision", "controllerrevisions", simulated),
];

const core: readonly KindRow[] = [
  kindRow("v1", "Pod", "pods", {
    ...simulated,
    ...inAll,
    shortNames: ["po"],
    template: [],
    subresources: ["status", "binding", "eviction", "log", "exec", "attach", "portforward", "resize"],
    settable: true,
    counted: true,
  }),
  kindRow("v1", "Service", "services", { ...simulated, ...withStatus, ...inAll, shortNames: ["svc"] }),
  kindRow("v1", "PersistentVolumeClaim", "persistentvolumeclaims", {
    ...simulated,
    ...withStatus,
    shortNames: ["pvc"],
  }),
  kindRow("v1", "Node", "nodes", { ...simulated, ...withStatus, ...clusterWide, shortNames: ["no"] }),
  kindRow("v1", "ReplicationController", "replicationcontrollers", {
    ...inAll,
    ...scaled,
    ...judged,
    shortNames: ["rc"],
    template,
    settable: true,
    counted: true,
  }),
  kindRow("v1", "PodTemplate", "podtemplates", { template: ["template"], counted: true }),
  kindRow("v1", "ConfigMap", "configmaps", { ...judged, shortNames: ["cm"] }),
  kindRow("v1", "Secret", "secrets", judged),
  kindRow("v1", "ServiceAccount", "serviceaccounts", { ...judged, shortNames: ["sa"], subresources: ["token"] }),
  kindRow("v1", "Namespace", "namespaces", { ...judged, ...clusterWide, ...withStatus, shortNames: ["ns"] }),
  kindRow("v1", "PersistentVolume", "persistentvolumes", {
    ...judged,
    ...clusterWide,
    ...withStatus,
    shortNames: ["pv"],
  }),
  kindRow("v1", "Endpoints", "endpoints", { shortNames: ["ep"] }),
  kindRow("v1", "Event", "events", { shortNames: ["ev"] }),
  kindRow("v1", "LimitRange", "limitranges", { ...judged, shortNames: ["limits"] }),
  kindRow("v1", "ResourceQuota", "resourcequotas", { ...judged, ...withStatus, shortNames: ["quota"] }),
];

const groups: readonly KindRow[] = [
  kindRow("autoscaling/v2,v1", "HorizontalPodAutoscaler", "horizontalpodautoscalers", {
    ...withStatus,
    ...inAll,
    ...judged,
    shortNames: ["hpa"],
    formerly: { "autoscaling/v2beta1": 25, "autoscaling/v2beta2": 26 },
  }),
  kindRow("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", {
    ...withStatus,
    ...judged,
    shortNames: ["pdb"],
    counted: true,
    formerly: { "policy/v1beta1": 25 },
  }),
  kindRow("scheduling.k8s.io/v1", "PriorityClass", "priorityclasses", {
    ...judged,
    ...clusterWide,
    shortNames: ["pc"],
    counted: true,
  }),
  kindRow("coordination.k8s.io/v1", "Lease", "leases"),
  kindRow("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", { counted: true }),
  kindRow("events.k8s.io/v1", "Event", "events", { shortNames: ["ev"] }),
  kindRow("networking.k8s.io/v1", "Ingress", "ingresses", {
    ...judged,
    ...withStatus,
    shortNames: ["ing"],
    counted: true,
    formerly: { "extensions/v1beta1": 22, "networking.k8s.io/v1beta1": 22 },
  }),
  kindRow("networking.k8s.io/v1", "IngressClass", "ingressclasses", { ...judged, ...clusterWide, counted: true }),
  kindRow("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", {
    ...judged,
    shortNames: ["netpol"],
    counted: true,
    formerly: { "extensions/v1beta1": 16 },
  }),
  kindRow("node.k8s.io/v1", "RuntimeClass", "runtimeclasses", { ...judged, ...clusterWide }),
  kindRow("rbac.authorization.k8s.io/v1", "Role", "roles", judged),
  kindRow("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", judged),
  kindRow("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", { ...judged, ...clusterWide }),
  kindRow("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", { ...judged, ...clusterWide }),
  kindRow("storage.k8s.io/v1", "StorageClass", "storageclasses", { ...judged, ...clusterWide, shortNames: ["sc"] }),
  kindRow("storage.k8s.io/v1", "VolumeAttachment", "volumeattachments", { ...clusterWide, ...withStatus }),
  kindRow("storage.k8s.io/v1", "VolumeAttributesClass", "volumeattributesclasses", {
    ...judged,
    ...clusterWide,
    shortNames: ["vac"],
  }),
  kindRow("resource.k8s.io/v1", "ResourceClaim", "resourceclaims", withStatus),
  kindRow("resource.k8s.io/v1", "ResourceClaimTemplate", "resourceclaimtemplates"),
  kindRow("resource.k8s.io/v1", "DeviceClass", "deviceclasses", { ...clusterWide, counted: true }),
  kindRow("storage.k8s.io/v1", "CSIDriver", "csidrivers", { ...judged, ...clusterWide }),
  kindRow("storage.k8s.io/v1", "CSINode", "csinodes", clusterWide),
  kindRow("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", {
    ...clusterWide,
    categories: ["api-extensions"],
    counted: true,
  }),
  kindRow("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", {
    ...clusterWide,
    categories: ["api-extensions"],
    counted: true,
  }),
  kindRow("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", {
    ...clusterWide,
    ...withStatus,
    categories: ["api-extensions"],
    shortNames: ["crd", "crds"],
    counted: true,
  }),
];

/** Every kind of the core groups that a person applies or meets. */
export const kindRows: readonly KindRow[] = [...workloads, ...core, ...groups];

/** Names and abilities of all kinds, without their rules. */
export const kinds = kindTable(kindRows);
