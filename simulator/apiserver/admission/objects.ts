/** The admission that diagnostics run too, at the door: what a new object gets, and what it names that is not there. */
import { admitMerged, admitNew, isChangedWhenNew } from "../../api/admission/admission.ts";
import { type ClusterFacts, freshCluster } from "../../api/admission/facts.ts";
import { admissionText } from "../../api/admission/wording.ts";
import type { Draft } from "../../api/defaults-pod.ts";
import type { Refused } from "../../api/registry/answer.ts";
import { copy } from "../../api/registry/read.ts";
import { namespaceAt } from "../namespaces.ts";
import { forbidden, internalError, notFound, type Status } from "../status.ts";
import type { AdmissionRequest, AdmissionStep, ApiObject, ApiServer } from "../types.ts";

/** The whole cluster of a server, in which what an object names has to be there. */
function wholeFacts(server: ApiServer): ClusterFacts {
  const hasNamespace = (name: string) =>
    freshCluster.hasNamespace?.(name) === true || namespaceAt(server, name) !== undefined;
  return {
    ...server.cluster.facts,
    hasNamespace,
    hasServiceAccount: (namespace, name) =>
      server.store.getStored("serviceaccounts", namespace, name) !== undefined ||
      (name === "default" && hasNamespace(namespace)),
  };
}

/** The refusal in the server's words. */
function statusOf({ row, name }: AdmissionRequest, { reason, problems }: Refused, server: ApiServer): Status {
  const [first] = problems;
  const text = first ? admissionText(first) : "";
  if (reason === "InternalError") return internalError(text);
  if (reason !== "NotFound") return forbidden(row, name, text);
  return notFound(server.kinds.named("Namespace") ?? row, String(first?.params["value"] ?? ""));
}

/** Admits new and changed objects; `facts` is what is looked up. */
function admission(facts: (server: ApiServer) => ClusterFacts): AdmissionStep {
  return {
    name: "ServiceAccount",
    admit(request, server) {
      const { row, verb, subresource, object, old } = request;
      if (subresource !== "" || verb === "delete") return object;
      const isPod = row.kind === "Pod";
      // Claims and volumes are protected when they are deleted: what says so before is not kept.
      const draft = isPod || (!old && isChangedWhenNew(row)) ? copy(object) : (object as Draft);
      if (old) admitMerged(draft, old, row);
      else {
        const refused = admitNew(draft, row, server.target, facts(server));
        if (refused) return statusOf(request, refused, server);
      }
      return isPod ? (draft as ApiObject) : object;
    },
  };
}

/** Takes namespaces and service accounts for granted: a scenario has only what its manifests hold. */
export const plainAdmission = admission(({ cluster }) => cluster.facts);

/** Refuses what names a namespace or service account that is not there. */
export const wholeAdmission = admission(wholeFacts);
