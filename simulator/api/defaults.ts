/** Defaults of every kind. Models pkg/apis/{apps,batch,core}/v1/defaults.go and the create strategies of the registry. */
import {
  type Draft,
  defaultClaimSpec,
  defaultPodSpec,
  draftAt,
  draftsAt,
  ensure,
  fill,
  nullWhenEmpty,
} from "./defaults-pod.ts";
import type { Json } from "./objects.ts";
import { defaultPodLevelResources } from "./pod/pod-level-defaults.ts";
import { since, type Target } from "./target.ts";

/** Defaults of a kind, filled in in place. */
type Defaults = (object: Draft, target: Target) => void;

/** Defaults of a kind with a spec, which is made where there is none. */
function ofSpec(fillIn: (spec: Draft, object: Draft, target: Target) => void): Defaults {
  return (object, target) => fillIn(ensure(object, "spec"), object, target);
}

/** The same for a kind with a pod template in its spec. */
function ofTemplate(fillIn: (spec: Draft, object: Draft, target: Target) => void): Defaults {
  return ofSpec((spec, object, target) => {
    defaultTemplate(spec);
    fillIn(spec, object, target);
  });
}

function defaultTemplate(owner: Draft): void {
  const template = draftAt(owner, "template");
  if (template) defaultPodSpec(ensure(template, "spec"), false);
}

export const defaultReplicaSet = ofTemplate((spec) => absent(spec, { replicas: 1 }));

export const defaultDeployment = ofTemplate((spec) => {
  absent(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  defaultRolling(ensure(spec, "strategy"), { maxUnavailable: "25%", maxSurge: "25%" });
});

export const defaultDaemonSet = ofTemplate((spec, object) => {
  absent(spec, { revisionHistoryLimit: 10 });
  const strategy = ensure(spec, "updateStrategy");
  defaultRolling(strategy, { maxUnavailable: 1, maxSurge: 0 });
  // Bounds of a strategy that has none are written all the same.
  const left = draftAt(strategy, "rollingUpdate");
  if (left) absent(left, { maxUnavailable: 0, maxSurge: 0 });
  defaultTemplateGeneration(ensure(ensure(object, "metadata"), "annotations"));
});

export const defaultCronJob = ofSpec((spec) => {
  fill(spec, "concurrencyPolicy", "Allow");
  absent(spec, { suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
  defaultJobTemplate(ensure(ensure(spec, "jobTemplate"), "spec"));
});

export function defaultPod(object: Draft): void {
  const spec = ensure(object, "spec");
  defaultPodSpec(spec, true);
  defaultPodLevelResources(spec);
  // As it means 1; in a template it stays as it is.
  if (Number(spec["terminationGracePeriodSeconds"]) < 0) spec["terminationGracePeriodSeconds"] = 1;
}

export const defaultClaim = ofSpec((spec) => defaultClaimSpec(spec, true));

export const defaultResourceClaim = ofSpec((spec) => nullWhenEmpty(ensure(spec, "devices"), "requests"));

/** The label is there in every namespace, so that selectors can ask for it. */
export function defaultNamespace(object: Draft): void {
  const metadata = ensure(object, "metadata");
  const { name } = metadata;
  if (typeof name === "string") ensure(metadata, "labels")["kubernetes.io/metadata.name"] = name;
  const spec = ensure(object, "spec");
  const { finalizers } = spec as { finalizers?: readonly string[] };
  if (finalizers?.includes("kubernetes") !== true) spec["finalizers"] = [...(finalizers ?? []), "kubernetes"];
}

/** Texts of `stringData` become a part of the data, over what stands there. */
export function defaultPriorityClass(object: Draft): void {
  absent(object, { preemptionPolicy: "PreemptLowerPriority" });
}

/** A PodTemplate has its template where others have their spec. */
export const defaultPodTemplate: Defaults = defaultTemplate;

function absent(value: Draft, defaults: Readonly<Record<string, Json>>): void {
  for (const [key, fallback] of Object.entries(defaults)) if (value[key] === undefined) value[key] = fallback;
}

/** Labels and selector are those of the template unless given. */
export const defaultReplicationController = ofTemplate((spec, object) => {
  absent(spec, { replicas: 1 });
  const labels = draftAt(draftAt(draftAt(spec, "template"), "metadata"), "labels");
  if (!labels) return;
  if (Object.keys(draftAt(spec, "selector") ?? {}).length === 0) spec["selector"] = { ...labels };
  const metadata = ensure(object, "metadata");
  if (Object.keys(draftAt(metadata, "labels") ?? {}).length === 0) metadata["labels"] = { ...labels };
});

/** Models pkg/apis/autoscaling/v2/defaults.go: 80 % of the requested CPU, and how fast to go up and down. */
export const defaultAutoscaler = ofSpec((spec, object) => {
  absent(spec, { minReplicas: 1 });
  if (object["apiVersion"] === "autoscaling/v1") {
    absent(spec, { targetCPUUtilizationPercentage: 80 });
    return;
  }
  if (draftsAt(spec, "metrics").length === 0) {
    const target = { type: "Utilization", averageUtilization: 80 };
    spec["metrics"] = [{ type: "Resource", resource: { name: "cpu", target } }];
  }
  const behavior = draftAt(spec, "behavior");
  if (!behavior) return;
  const double = { type: "Percent", value: 100, periodSeconds: 15 };
  const policies = [{ type: "Pods", value: 4, periodSeconds: 15 }, double];
  absent(ensure(behavior, "scaleUp"), { stabilizationWindowSeconds: 0, selectPolicy: "Max", policies });
  absent(ensure(behavior, "scaleDown"), { selectPolicy: "Max", policies: [double] });
});

function defaultRolling(strategy: Draft, bounds: Readonly<Record<string, Json>>): void {
  fill(strategy, "type", "RollingUpdate");
  if (strategy["type"] === "RollingUpdate") absent(ensure(strategy, "rollingUpdate"), bounds);
}

const templateGeneration = "deprecated.daemonset.template.generation";

/** A generation from the times before apps/v1 is kept, but is at least 1. */
function defaultTemplateGeneration(annotations: Draft): void {
  const given = annotations[templateGeneration];
  const isNumber = typeof given === "string" && /^[+-]?[0-9]+$/.test(given);
  annotations[templateGeneration] = String(Math.max(1, isNumber ? Number(given) : 1));
}

export const defaultStatefulSet = ofTemplate((spec, _object, target) => {
  fill(spec, "podManagementPolicy", "OrderedReady");
  absent(spec, { replicas: 1, revisionHistoryLimit: 10 });
  const strategy = ensure(spec, "updateStrategy");
  // A strategy that names its type gets no bounds of its own, only those that are there are completed.
  const bounds = draftAt(strategy, "rollingUpdate");
  const defaults = since(target, "1.37") ? { partition: 0, maxUnavailable: 1 } : { partition: 0 };
  if (strategy["type"] === undefined) defaultRolling(strategy, defaults);
  else if (strategy["type"] === "RollingUpdate" && bounds) absent(bounds, defaults);
  const retention = ensure(spec, "persistentVolumeClaimRetentionPolicy");
  fill(retention, "whenDeleted", "Retain");
  fill(retention, "whenScaled", "Retain");
  for (const claim of draftsAt(spec, "volumeClaimTemplates")) {
    claim["kind"] = "PersistentVolumeClaim";
    claim["apiVersion"] = "v1";
    claim["status"] = { phase: "Pending" };
    defaultClaimSpec(ensure(claim, "spec"), false);
  }
});

function defaultJobTemplate(spec: Draft): void {
  defaultTemplate(spec);
  nullWhenEmpty(draftAt(spec, "podFailurePolicy"), "rules");
  for (const rule of draftsAt(draftAt(spec, "podFailurePolicy"), "rules")) {
    for (const pattern of draftsAt(rule, "onPodConditions")) fill(pattern, "status", "True");
  }
}

/** What stands where the server puts the uid it generates. */
const uid = "<uid>";

export const defaultJob = ofSpec((spec, object) => {
  defaultJobTemplate(spec);
  if (spec["completions"] === undefined && spec["parallelism"] === undefined) absent(spec, { completions: 1 });
  const perIndex = spec["backoffLimitPerIndex"] !== undefined;
  absent(spec, {
    parallelism: 1,
    backoffLimit: perIndex ? 2147483647 : 6,
    completionMode: "NonIndexed",
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: draftAt(spec, "podFailurePolicy") ? "Failed" : "TerminatingOrFailed",
  });
  // One map of labels is both the Job's and its template's until it is written: what is added to one is added to both.
  const labels = draftAt(ensure(ensure(spec, "template"), "metadata"), "labels");
  const metadata = ensure(object, "metadata");
  if (draftAt(metadata, "labels") === undefined && labels) metadata["labels"] = labels;
});

/** Gives a new Job the selector and the labels that tell its pods from others. Models pkg/registry/batch/job/strategy.go. */
export function generateJobSelector(object: Draft): readonly [] {
  const spec = ensure(object, "spec");
  const metadata = ensure(object, "metadata");
  const templateMeta = ensure(ensure(spec, "template"), "metadata");
  if (spec["manualSelector"] !== true) {
    const name = metadata["name"] ?? (metadata["generateName"] === undefined ? "" : "<name>");
    absent(ensure(templateMeta, "labels"), {
      "controller-uid": uid,
      "batch.kubernetes.io/controller-uid": uid,
      "job-name": name,
      "batch.kubernetes.io/job-name": name,
    });
    absent(ensure(ensure(spec, "selector"), "matchLabels"), { "batch.kubernetes.io/controller-uid": uid });
  }
  const labels = draftAt(metadata, "labels") ?? draftAt(templateMeta, "labels");
  if (labels) metadata["labels"] = { ...labels };
  return [];
}

export const defaultService = ofSpec((spec) => {
  fill(spec, "sessionAffinity", "None");
  if (spec["sessionAffinity"] === "ClientIP") {
    absent(ensure(ensure(spec, "sessionAffinityConfig"), "clientIP"), { timeoutSeconds: 10800 });
  } else delete spec["sessionAffinityConfig"];
  fill(spec, "type", "ClusterIP");
  const address = spec["clusterIP"];
  if (typeof address === "string" && address !== "") absent(spec, { clusterIPs: [address] });
  for (const port of draftsAt(spec, "ports")) {
    fill(port, "protocol", "TCP");
    if (port["targetPort"] === undefined || port["targetPort"] === 0 || port["targetPort"] === "") {
      port["targetPort"] = port["port"] ?? 0;
    }
  }
  const type = spec["type"];
  const external = type === "ClusterIP" && Array.isArray(spec["externalIPs"]) && spec["externalIPs"].length > 0;
  if (type === "NodePort" || type === "LoadBalancer" || external) fill(spec, "externalTrafficPolicy", "Cluster");
  if (type === "NodePort" || type === "LoadBalancer" || type === "ClusterIP") {
    absent(spec, { internalTrafficPolicy: "Cluster" });
  }
  if (type === "LoadBalancer") absent(spec, { allocateLoadBalancerNodePorts: true });
});
