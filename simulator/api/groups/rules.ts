/** The rules of the kinds that only configure a cluster, by the plural name and the group. */
import type { KindRules } from "../kind.ts";
import { inIngresses, inNetworkPolicies } from "../registry/tolerances.ts";
import {
  configChanges,
  defaultSecret,
  secretChanges,
  secretWarnings,
  validateConfigMap,
  validateSecret,
} from "./config.ts";
import { ingressClassChanges, validateIngress, validateIngressClass } from "./ingress.ts";
import { defaultNetworkPolicy, networkPolicyWarnings, validateNetworkPolicy } from "./networking.ts";
import {
  defaultLimitRange,
  defaultNamespace,
  defaultPriorityClass,
  endpointSliceChanges,
  keepFinalizers,
  priorityClassChanges,
  protectNamespace,
  quotaChanges,
  revisionChanges,
  runtimeClassChanges,
  validateLimitRange,
  validateNamespace,
  validatePlain,
  validatePriorityClass,
  validateQuota,
  validateRuntimeClass,
} from "./policy.ts";
import { bindingChanges, defaultBinding, validateBinding, validateRole } from "./rbac.ts";
import {
  attributesClassChanges,
  defaultDriver,
  defaultStorageClass,
  defaultVolume,
  driverChanges,
  storageClassChanges,
  validateStorageClass,
  validateVolume,
  volumeChanges,
} from "./storage.ts";

const never = () => false;

const binding = (namespaced: boolean): KindRules => ({
  defaults: defaultBinding,
  validate: (object, { target }) => validateBinding(object, target, namespaced),
  changes: bindingChanges,
});

/** Merged with the rules of the other kinds in kind-rules.ts; the status of new objects stands there. */
export const groupRules: Readonly<Record<string, KindRules>> = {
  configmaps: { validate: (object, { target }) => validateConfigMap(object, target), changes: configChanges },
  secrets: {
    defaults: defaultSecret,
    validate: (object, { target }) => validateSecret(object, target),
    changes: secretChanges,
    warnings: secretWarnings,
  },
  serviceaccounts: { validate: (object, { target }) => validatePlain(object, target, true) },
  namespaces: {
    defaults: defaultNamespace,
    prepare: protectNamespace,
    prepareUpdate: keepFinalizers,
    validate: (object, { target }) => validateNamespace(object, target),
  },
  resourcequotas: { validate: (object, { target }) => validateQuota(object, target), changes: quotaChanges },
  limitranges: { defaults: defaultLimitRange, validate: (object, { target }) => validateLimitRange(object, target) },
  persistentvolumes: {
    defaults: defaultVolume,
    validate: (object, { target }) => validateVolume(object, target),
    changes: volumeChanges,
  },
  "ingresses.networking.k8s.io": {
    validate: (object, { target, replaced }) => validateIngress(object, target, replaced !== undefined),
    tolerated: inIngresses,
  },
  "ingressclasses.networking.k8s.io": {
    validate: (object, { target }) => validateIngressClass(object, target),
    changes: ingressClassChanges,
  },
  "networkpolicies.networking.k8s.io": {
    defaults: defaultNetworkPolicy,
    validate: (object, { target }) => validateNetworkPolicy(object, target),
    warnings: networkPolicyWarnings,
    tolerated: inNetworkPolicies,
  },
  "roles.rbac.authorization.k8s.io": { validate: (object, { target }) => validateRole(object, target, true) },
  "clusterroles.rbac.authorization.k8s.io": { validate: (object, { target }) => validateRole(object, target, false) },
  "rolebindings.rbac.authorization.k8s.io": binding(true),
  "clusterrolebindings.rbac.authorization.k8s.io": binding(false),
  "storageclasses.storage.k8s.io": {
    defaults: defaultStorageClass,
    validate: (object, { target }) => validateStorageClass(object, target),
    changes: storageClassChanges,
  },
  "csidrivers.storage.k8s.io": { defaults: defaultDriver, changes: driverChanges },
  "volumeattributesclasses.storage.k8s.io": { changes: attributesClassChanges },
  "priorityclasses.scheduling.k8s.io": {
    defaults: defaultPriorityClass,
    validate: (object, { target }) => validatePriorityClass(object, target),
    changes: priorityClassChanges,
    counts: never,
  },
  "runtimeclasses.node.k8s.io": {
    validate: (object, { target }) => validateRuntimeClass(object, target),
    changes: runtimeClassChanges,
  },
  "controllerrevisions.apps": { changes: revisionChanges },
  "endpointslices.discovery.k8s.io": { changes: endpointSliceChanges },
};
