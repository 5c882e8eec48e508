/** The printer of each kind that has one of its own, by the plural name and the group. */
import type { Printer } from "../kind.ts";
import {
  accountPrinter,
  bindingPrinter,
  configMapPrinter,
  eventPrinter,
  leasePrinter,
  podTemplatePrinter,
  runtimeClassPrinter,
  secretPrinter,
  webhooksPrinter,
} from "./config.ts";
import {
  endpointSlicePrinter,
  endpointsPrinter,
  ingressClassPrinter,
  ingressPrinter,
  networkPolicyPrinter,
  servicePrinter,
} from "./network.ts";
import { namespacePrinter, nodePrinter } from "./nodes.ts";
import { podPrinter } from "./pods.ts";
import { autoscalerPrinter, budgetPrinter, priorityClassPrinter, quotaPrinter } from "./policy.ts";
import { attachmentPrinter, claimPrinter, storageClassPrinter, volumePrinter } from "./storage.ts";
import {
  cronJobPrinter,
  daemonSetPrinter,
  deploymentPrinter,
  jobPrinter,
  replicaSetPrinter,
  replicationControllerPrinter,
  revisionPrinter,
  statefulSetPrinter,
} from "./workloads.ts";

export const printers: Readonly<Record<string, Printer>> = {
  "deployments.apps": deploymentPrinter,
  "replicasets.apps": replicaSetPrinter,
  "statefulsets.apps": statefulSetPrinter,
  "daemonsets.apps": daemonSetPrinter,
  "controllerrevisions.apps": revisionPrinter,
  "jobs.batch": jobPrinter,
  "cronjobs.batch": cronJobPrinter,
  pods: podPrinter,
  podtemplates: podTemplatePrinter,
  replicationcontrollers: replicationControllerPrinter,
  services: servicePrinter,
  endpoints: endpointsPrinter,
  "endpointslices.discovery.k8s.io": endpointSlicePrinter,
  "ingresses.networking.k8s.io": ingressPrinter,
  "ingressclasses.networking.k8s.io": ingressClassPrinter,
  "networkpolicies.networking.k8s.io": networkPolicyPrinter,
  nodes: nodePrinter,
  namespaces: namespacePrinter,
  persistentvolumeclaims: claimPrinter,
  persistentvolumes: volumePrinter,
  "storageclasses.storage.k8s.io": storageClassPrinter,
  "volumeattachments.storage.k8s.io": attachmentPrinter,
  "poddisruptionbudgets.policy": budgetPrinter,
  "horizontalpodautoscalers.autoscaling": autoscalerPrinter,
  resourcequotas: quotaPrinter,
  "priorityclasses.scheduling.k8s.io": priorityClassPrinter,
  configmaps: configMapPrinter,
  secrets: secretPrinter,
  serviceaccounts: accountPrinter,
  events: eventPrinter,
  "events.events.k8s.io": eventPrinter,
  "leases.coordination.k8s.io": leasePrinter,
  "runtimeclasses.node.k8s.io": runtimeClassPrinter,
  "rolebindings.rbac.authorization.k8s.io": bindingPrinter,
  "clusterrolebindings.rbac.authorization.k8s.io": bindingPrinter,
  "validatingwebhookconfigurations.admissionregistration.k8s.io": webhooksPrinter,
  "mutatingwebhookconfigurations.admissionregistration.k8s.io": webhooksPrinter,
};
