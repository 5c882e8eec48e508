/** A namespace that is going takes nothing new. Models apiserver/pkg/admission/plugin/namespace/lifecycle. */
import { namespaceAt } from "../namespaces.ts";
import { forbidden } from "../status.ts";
import type { AdmissionStep } from "../types.ts";

/** Refuses new objects of a namespace that is being deleted. */
export const namespaceLifecycle: AdmissionStep = {
  name: "NamespaceLifecycle",
  admit({ row, verb, subresource, object, namespace, name }, server) {
    if (verb !== "create" || subresource !== "" || !row.namespaced) return object;
    if (namespaceAt(server, namespace)?.deleted == null) return object;
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    const message = `namespace ${namespace} is being terminated`;
    return forbidden(row, name, why, [{ reason: "NamespaceTerminating", message, field: "metadata.namespace" }]);
  },
};
