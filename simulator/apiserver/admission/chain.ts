/** The steps of admission, one after the other. Models apiserver/pkg/admission/chain.go. */

import { admitChangedPod, admitNewPod } from "../../api/admission/pod.ts";
import { copy } from "../../api/registry/read.ts";
import { anySurroundings } from "../../api/registry/surroundings.ts";
import {
  type AdmissionRequest,
  type AdmissionStep,
  type Answer,
  type ApiObject,
  type ApiServer,
  done,
  isStatus,
  refused,
} from "../types.ts";
import { lookups } from "./lookups.ts";
import { priority } from "./priority.ts";

/** The object after all steps, or the first refusal. */
export function admitted(request: AdmissionRequest, server: ApiServer): Answer {
  let { object } = request;
  for (const step of server.admission) {
    const next = step.admit({ ...request, object }, server);
    if (isStatus(next)) return refused(next);
    object = next;
  }
  return done(object);
}

/** What every pod is given: service account and token, tolerations; a changed one what it had been given before. */
export const podDefaults: AdmissionStep = {
  name: "ServiceAccount",
  admit({ row, verb, subresource, object, old }, { target }) {
    if (row.kind !== "Pod" || subresource !== "" || verb === "delete") return object;
    const draft = copy(object);
    if (old) admitChangedPod(draft, old);
    else admitNewPod(draft, anySurroundings(target));
    return draft as ApiObject;
  },
};

/** What the limits of the namespace fill in for pods that are created. */
export const limitRanger: AdmissionStep = {
  name: "LimitRanger",
  admit: ({ row, verb, subresource, namespace, object }, { cluster }) =>
    row.kind === "Pod" && verb === "create" && subresource === ""
      ? { ...object, spec: cluster.guard.limited(namespace, object["spec"] as never) as never }
      : object,
};

/** The steps that a server has by default. */
export const defaultAdmission: readonly AdmissionStep[] = [limitRanger, priority, podDefaults];

/** Those of a server that speaks for a whole cluster, in which what an object names has to be there. */
export const wholeCluster: readonly AdmissionStep[] = [lookups, ...defaultAdmission];
