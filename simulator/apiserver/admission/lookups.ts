/**
 * What admission looks up in the cluster: the namespace and the service account that an object names. For servers that speak for
 * a whole cluster; a scenario takes for granted what its manifests name. Models apiserver/pkg/admission/plugin/namespace/lifecycle
 * and plugin/pkg/admission/serviceaccount.
 */
import { type ClusterFacts, freshCluster } from "../../api/admission/lookup.ts";
import { admitNew } from "../../api/admission/refuse.ts";
import type { Problem } from "../../api/problem.ts";
import { priorityClasses } from "../../cluster/priority.ts";
import { namespaceAt } from "../namespaces.ts";
import { forbidden, internalError, notFound, type Status } from "../status.ts";
import type { AdmissionRequest, AdmissionStep, ApiServer } from "../types.ts";

/** What there is in the cluster of a server, beside what every cluster has. */
export function factsOf(server: ApiServer): ClusterFacts {
  const { store } = server;
  const hasNamespace = (name: string) => freshCluster.hasNamespace(name) || namespaceAt(server, name) !== undefined;
  return {
    hasNamespace,
    hasServiceAccount: (namespace, name) =>
      store.getStored("serviceaccounts", namespace, name) !== undefined ||
      (name === "default" && hasNamespace(namespace)),
    priorityClass(name) {
      const found = priorityClasses(store).find((one) => one.name === name);
      return found && { value: found.value, preemptionPolicy: found.preemptionPolicy as "Never" };
    },
    hasRuntimeClass: (name) => store.getStored("runtimeclasses.node.k8s.io", "", name) !== undefined,
  };
}

/** The refusal in the server's words; undefined for what another step looks up. */
function statusOf(
  { row, name, namespace }: AdmissionRequest,
  { code, params }: Problem,
  server: ApiServer,
): Status | undefined {
  const value = String(params["value"] ?? "");
  switch (code) {
    case "namespace-missing":
      return notFound(server.kinds.named("Namespace") ?? row, value);
    case "service-account-missing": {
      const why = `error looking up service account ${namespace}/${value}: serviceaccount "${value}" not found`;
      return forbidden(row, name, why);
    }
    case "runtime-class-missing":
      return forbidden(row, name, `pod rejected: RuntimeClass "${value}" not found`);
    case "runtime-class-empty":
      return internalError("resource name may not be empty");
    default:
      return undefined;
  }
}

/** Refuses what names a namespace, service account or class that is not there, or a namespace that is going. */
export const lookups: AdmissionStep = {
  name: "NamespaceLifecycle",
  admit(request, server) {
    const { row, verb, subresource, object, namespace, name } = request;
    if (verb !== "create" || subresource !== "") return object;
    if (row.namespaced && namespaceAt(server, namespace)?.deleted != null) {
      const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
      const message = `namespace ${namespace} is being terminated`;
      return forbidden(row, name, why, [{ reason: "NamespaceTerminating", message, field: "metadata.namespace" }]);
    }
    const { refusal } = admitNew(row, object, factsOf(server));
    return (refusal && statusOf(request, refusal, server)) ?? object;
  },
};
