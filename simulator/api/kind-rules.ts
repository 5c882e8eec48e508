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
  defaultService,
  defaultStatefulSet,
  generateJobSelector,
} from "./defaults.ts";
import { ensure } from "./defaults-pod.ts";
import { groupRules } from "./groups/rules.ts";
import type { JsonObject } from "./json.ts";
import { type KindRow, type KindRules, kindTable, resourcePlural } from "./kind.ts";
import { kindRows } from "./kinds.ts";
import { preparePod } from "./pod/prepare.ts";
import { podWarnings, validatePod } from "./pod/template.ts";
import { printers } from "./printers/by-kind.ts";
import { inBudgets, inClaims, inPods, inServices } from "./registry/tolerances.ts";
import { beginService } from "./service-begin.ts";
import { serviceWarnings } from "./service-warnings.ts";
import { claimAnnotationChanges, podAnnotationChanges, storageClassAnnotation } from "./update-annotations.ts";
import { claimChanges } from "./update-claim.ts";
import { podChanges } from "./update-pod.ts";
import { serviceChanges } from "./update-service.ts";
import {
  countsWithAnnotations,
  countTemplate,
  jobChanges,
  selectorChanges,
  statefulSetChanges,
} from "./update-workloads.ts";
import { validateDaemonSet, validateDeployment, validateReplicaSet, validateStatefulSet } from "./validate-apps.ts";
import { validateAutoscaler } from "./validate-autoscaler.ts";
import { validateCronJob, validateJob } from "./validate-jobs.ts";
import {
  validateBudget,
  validateEndpointSlice,
  validatePodTemplateObject,
  validateReplicationController,
} from "./validate-others.ts";
import { validateService } from "./validate-service.ts";
import { serviceProblems, validateClaim } from "./validate-service-and-claim.ts";
import {
  claimWarnings,
  cronJobWarnings,
  daemonSetWarnings,
  jobWarnings,
  namedWorkloadWarnings,
  statefulSetWarnings,
  zoneWarnings,
} from "./warnings.ts";
import { specOf } from "./workload-checks.ts";

const noReplicas: JsonObject = { replicas: 0 };
const pending: JsonObject = { phase: "Pending" };
const noBalancer: JsonObject = { loadBalancer: {} };

/** By the plural name and the group, as `deployments.apps`. */
const rules: Readonly<Record<string, KindRules>> = {
  "deployments.apps": {
    tolerated: inPods,
    defaults: defaultDeployment,
    validate: (object, { target }) => validateDeployment(object, target),
    changes: selectorChanges,
    counts: countsWithAnnotations,
    warnings: namedWorkloadWarnings,
  },
  "replicasets.apps": {
    tolerated: inPods,
    defaults: defaultReplicaSet,
    validate: (object, { target }) => validateReplicaSet(object, target),
    changes: selectorChanges,
    warnings: namedWorkloadWarnings,
  },
  "statefulsets.apps": {
    tolerated: inPods,
    defaults: defaultStatefulSet,
    validate: (object, { target, replaced }) => validateStatefulSet(object, target, replaced !== undefined),
    changes: statefulSetChanges,
    warnings: statefulSetWarnings,
  },
  "daemonsets.apps": {
    tolerated: inPods,
    defaults: defaultDaemonSet,
    validate: (object, { target }) => validateDaemonSet(object, target),
    prepareUpdate: countTemplate,
    changes: selectorChanges,
    warnings: daemonSetWarnings,
  },
  "jobs.batch": {
    tolerated: inPods,
    defaults: defaultJob,
    prepare: generateJobSelector,
    validate: (object, { target, replaced }) => validateJob(object, target, replaced !== undefined),
    changes: jobChanges,
    warnings: jobWarnings,
  },
  "cronjobs.batch": {
    tolerated: inPods,
    defaults: defaultCronJob,
    validate: (object, { target, replaced, given }) =>
      validateCronJob(object, target, (given["spec"] ?? null) !== null, replaced),
    warnings: cronJobWarnings,
    warningsOfChange: zoneWarnings,
  },
  pods: {
    tolerated: inPods,
    defaults: defaultPod,
    prepare: preparePod,
    validate: (object, { target, replaced }) => validatePod(object, target, replaced !== undefined),
    changes: (from, to) => [...podAnnotationChanges(from, to), ...podChanges(specOf(from), specOf(to))],
    warnings: podWarnings,
  },
  services: {
    tolerated: inServices,
    defaults: defaultService,
    begin: (object, old, ranges, target) => beginService(ensure(object, "spec"), old && specOf(old), ranges, target),
    validate: (object, { target, replaced }) =>
      replaced ? serviceProblems(object, target) : validateService(object, target),
    changes: serviceChanges,
    warnings: serviceWarnings,
  },
  persistentvolumeclaims: {
    tolerated: inClaims,
    defaults: defaultClaim,
    validate: (object, { target }) => validateClaim(object, target),
    changes: (from, to, { status }) => [
      ...claimAnnotationChanges(from, to),
      ...claimChanges(specOf(from), specOf(to), status, storageClassAnnotation(from)),
    ],
    warnings: claimWarnings,
  },
  replicationcontrollers: {
    tolerated: inPods,
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
    validate: (object, { target, replaced }) => validateAutoscaler(object, target, replaced),
    emptyStatus: { currentMetrics: null, desiredReplicas: 0 },
  },
  "poddisruptionbudgets.policy": {
    tolerated: inBudgets,
    validate: (object, { target }) => validateBudget(object, target),
    emptyStatus: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  },
  "endpointslices.discovery.k8s.io": { validate: (object, { target }) => validateEndpointSlice(object, target) },
  // The list of requests is written even where there is none.
  "resourceclaims.resource.k8s.io": { defaults: defaultResourceClaim },
  namespaces: {
    defaults: defaultNamespace,
    emptyStatus: { phase: "Active" },
  },
  "priorityclasses.scheduling.k8s.io": {
    defaults: defaultPriorityClass,
  },
  persistentvolumes: { emptyStatus: pending },
  "ingresses.networking.k8s.io": { emptyStatus: noBalancer },
  resourcequotas: { emptyStatus: {} },
};

function withRules(row: KindRow): KindRow {
  const name = resourcePlural(row);
  const printer = printers[name];
  return { ...row, ...rules[name], ...groupRules[name], ...(printer ? { printer } : {}) };
}

/** Every kind with its rules: what an API server serves. */
export const servedKinds = kindTable(kindRows.map(withRules));
