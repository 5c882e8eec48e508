/** Which description an object has by its kind, and the whole of it. Models describerMap of kubectl/pkg/describe/describe.go. */
import { groupKind, type KindRow } from "../../api/kind.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { bindingText, roleText } from "./access.ts";
import { autoscalerText } from "./autoscaler.ts";
import { claimLines } from "./claims.ts";
import { budgetText, configMapText, priorityClassText, secretText, serviceAccountText } from "./config.ts";
import { eventLines, eventsOf } from "./events.ts";
import { genericText } from "./generic.ts";
import { cronJobText, jobText } from "./jobs.ts";
import type { Lookup } from "./lookup.ts";
import { limitRangeText, namespaceText, quotaText } from "./namespace.ts";
import { ingressClassText, ingressText, networkPolicyText } from "./network.ts";
import { nodeText } from "./node.ts";
import { podText } from "./pod.ts";
import { endpointSliceText, endpointsObjectText, serviceText } from "./services.ts";
import { attributesClassText, csiNodeText, storageClassText, volumeText } from "./storage.ts";
import { escaped, tabbed } from "./tabwriter.ts";
import {
  daemonSetText,
  deploymentText,
  replicaSetText,
  replicationControllerText,
  statefulSetText,
} from "./workloads.ts";

interface Describer {
  /** The lines, tabs between what stands in columns. */
  readonly text: (object: ApiObject, look: Lookup) => string;
  /** Nothing is said of the events of such an object. */
  readonly quiet?: true;
}

const describers: Readonly<Record<string, Describer>> = {
  Pod: { text: podText },
  ReplicationController: { text: replicationControllerText },
  Secret: { text: secretText, quiet: true },
  Service: { text: serviceText },
  ServiceAccount: { text: serviceAccountText },
  Node: { text: nodeText },
  LimitRange: { text: limitRangeText, quiet: true },
  ResourceQuota: { text: quotaText, quiet: true },
  PersistentVolume: { text: volumeText },
  PersistentVolumeClaim: { text: claimLines },
  Namespace: { text: namespaceText, quiet: true },
  Endpoints: { text: endpointsObjectText },
  ConfigMap: { text: configMapText },
  "EndpointSlice.discovery.k8s.io": { text: endpointSliceText },
  "HorizontalPodAutoscaler.autoscaling": { text: autoscalerText },
  "Ingress.networking.k8s.io": { text: ingressText },
  "IngressClass.networking.k8s.io": { text: ingressClassText },
  "Job.batch": { text: jobText },
  "CronJob.batch": { text: cronJobText },
  "StatefulSet.apps": { text: statefulSetText },
  "Deployment.apps": { text: deploymentText },
  "DaemonSet.apps": { text: daemonSetText },
  "ReplicaSet.apps": { text: replicaSetText },
  "StorageClass.storage.k8s.io": { text: storageClassText },
  "CSINode.storage.k8s.io": { text: csiNodeText },
  "VolumeAttributesClass.storage.k8s.io": { text: attributesClassText },
  "PodDisruptionBudget.policy": { text: budgetText },
  "Role.rbac.authorization.k8s.io": { text: roleText, quiet: true },
  "ClusterRole.rbac.authorization.k8s.io": { text: roleText, quiet: true },
  "RoleBinding.rbac.authorization.k8s.io": { text: bindingText, quiet: true },
  "ClusterRoleBinding.rbac.authorization.k8s.io": { text: bindingText, quiet: true },
  "NetworkPolicy.networking.k8s.io": { text: networkPolicyText, quiet: true },
  "PriorityClass.scheduling.k8s.io": { text: priorityClassText },
};

/** An object in words and columns, with its events when they are wanted. */
export function describeText(row: KindRow, object: ApiObject, look: Lookup, showEvents: boolean): string {
  const { text, quiet = false } = describers[groupKind(row)] ?? { text: genericText };
  const events = showEvents && !quiet ? eventLines(eventsOf(look, object), look.now) : "";
  return tabbed(escaped(text(object, look) + events));
}
