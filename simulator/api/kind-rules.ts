/** The rules of the kinds, each beside the row of kinds.ts that it belongs to: defaults, validation, changes, warnings, columns. */
import {
  defaultAutoscaler,
  defaultClaim,
  defaultCronJob,
  defaultDaemonSet,
  defaultDeployment,
  defaultJob,
  defaultNamespace,
  defaultPod,
  defaultPodTemplate,
  defaultPriorityClass,
  defaultReplicaSet,
  defaultReplicationController,
  defaultResourceClaim,
  defaultSecret,
  defaultService,
  defaultStatefulSet,
} from "./defaults.ts";
import type { JsonObject } from "./json.ts";
import { type KindRow, type KindRules, kindTable, resourcePlural } from "./kind.ts";
import { kindRows } from "./kinds.ts";
import { preparePod } from "./pod/prepare.ts";
import { podWarnings, validatePod } from "./pod/template.ts";
import { printers } from "./printers/by-kind.ts";
import { serviceWarnings } from "./service-warnings.ts";
import { claimAnnotationChanges, podAnnotationChanges, storageClassAnnotation } from "./update-annotations.ts";
import { claimChanges } from "./update-claim.ts";
import { podChanges } from "./update-pod.ts";
import { validateReplacedService } from "./update-service.ts";
import { jobChanges, selectorChanges, statefulSetChanges } from "./update-workloads.ts";
import { validateDaemonSet, validateDeployment, validateReplicaSet, validateStatefulSet } from "./validate-apps.ts";
import { validateAutoscaler } from "./validate-autoscaler.ts";
import {
  validateConfigMap,
  validateNamespace,
  validatePriorityClass,
  validateSecret,
  validateServiceAccount,
} from "./validate-configuration.ts";
import { validateCronJob, validateJob } from "./validate-jobs.ts";
import {
  validateBudget,
  validateEndpointSlice,
  validatePodTemplateObject,
  validateReplicationController,
} from "./validate-others.ts";
import { validateClaim, validateService } from "./validate-service-and-claim.ts";
import {
  claimWarnings,
  cronJobWarnings,
  daemonSetWarnings,
  jobWarnings,
  namedWorkloadWarnings,
  statefulSetWarnings,
} from "./warnings.ts";
import { specOf } from "./workload-checks.ts";

const noReplicas: JsonObject = { replicas: 0 };
const pending: JsonObject = { phase: "Pending" };
const noBalancer: JsonObject = { loadBalancer: {} };

/** By the plural name and the group, as `deployments.apps`. */
const rules: Readonly<Record<string, KindRules>> = {
  "deployments.apps": {
    defaults: defaultDeployment,
    validate: (object, { target }) => validateDeployment(object, target),
    changes: selectorChanges,
    warnings: namedWorkloadWarnings,
  },
  "replicasets.apps": {
    defaults: defaultReplicaSet,
    validate: (object, { target }) => validateReplicaSet(object, target),
    changes: selectorChanges,
    warnings: namedWorkloadWarnings,
  },
  "statefulsets.apps": {
    defaults: defaultStatefulSet,
    validate: (object, { target, replaced }) => validateStatefulSet(object, target, replaced !== undefined),
    changes: statefulSetChanges,
    warnings: statefulSetWarnings,
  },
  "daemonsets.apps": {
    defaults: defaultDaemonSet,
    validate: (object, { target }) => validateDaemonSet(object, target),
    changes: selectorChanges,
    warnings: daemonSetWarnings,
  },
  "jobs.batch": {
    defaults: defaultJob,
    validate: (object, { target, replaced }) => validateJob(object, target, replaced !== undefined),
    changes: jobChanges,
    warnings: jobWarnings,
  },
  "cronjobs.batch": {
    defaults: defaultCronJob,
    validate: (object, { target, replaced, given }) =>
      validateCronJob(object, target, (given["spec"] ?? null) !== null, replaced),
    warnings: cronJobWarnings,
  },
  pods: {
    defaults: defaultPod,
    prepare: preparePod,
    validate: (object, { target, replaced }) => validatePod(object, target, replaced !== undefined),
    changes: (from, to) => [...podAnnotationChanges(from, to), ...podChanges(specOf(from), specOf(to))],
    warnings: podWarnings,
  },
  services: {
    defaults: defaultService,
    validate: (object, { target, replaced }) =>
      replaced ? validateReplacedService(object, replaced, target) : validateService(object, target),
    warnings: serviceWarnings,
  },
  persistentvolumeclaims: {
    defaults: defaultClaim,
    validate: (object, { target }) => validateClaim(object, target),
    changes: (from, to, { status }) => [
      ...claimAnnotationChanges(from, to),
      ...claimChanges(specOf(from), specOf(to), status, storageClassAnnotation(from)),
    ],
    warnings: claimWarnings,
  },
  replicationcontrollers: {
    defaults: defaultReplicationController,
    validate: (object, { target }) => validateReplicationController(object, target),
    warnings: namedWorkloadWarnings,
    emptyStatus: noReplicas,
  },
  podtemplates: {
    defaults: defaultPodTemplate,
    validate: (object, { target }) => validatePodTemplateObject(object, target),
  },
  "horizontalpodautoscalers.autoscaling": {
    defaults: defaultAutoscaler,
    validate: (object, { target }) => validateAutoscaler(object, target),
    emptyStatus: { currentMetrics: null, desiredReplicas: 0 },
  },
  "poddisruptionbudgets.policy": {
    validate: (object, { target }) => validateBudget(object, target),
    emptyStatus: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  },
  "endpointslices.discovery.k8s.io": { validate: (object, { target }) => validateEndpointSlice(object, target) },
  // The list of requests is written even where there is none.
  "resourceclaims.resource.k8s.io": { defaults: defaultResourceClaim },
  namespaces: {
    defaults: defaultNamespace,
    validate: (object, { target }) => validateNamespace(object, target),
    emptyStatus: { phase: "Active" },
  },
  configmaps: { validate: (object, { target }) => validateConfigMap(object, target) },
  secrets: { defaults: defaultSecret, validate: (object, { target }) => validateSecret(object, target) },
  serviceaccounts: { validate: (object, { target }) => validateServiceAccount(object, target) },
  "priorityclasses.scheduling.k8s.io": {
    defaults: defaultPriorityClass,
    validate: (object, { target }) => validatePriorityClass(object, target),
  },
  persistentvolumes: { emptyStatus: pending },
  "ingresses.networking.k8s.io": { emptyStatus: noBalancer },
  resourcequotas: { emptyStatus: {} },
};

function withRules(row: KindRow): KindRow {
  const name = resourcePlural(row);
  const printer = printers[name];
  return { ...row, ...rules[name], ...(printer ? { printer } : {}) };
}

/** Every kind with its rules: what an API server serves. */
export const servedKinds = kindTable(kindRows.map(withRules));
