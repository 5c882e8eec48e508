/** The steps of admission, in the order of AllOrderedPlugins of pkg/kubeapiserver/options/plugins.go. Models apiserver/pkg/admission/chain.go. */

import {
  type AdmissionRequest,
  type AdmissionStep,
  type Answer,
  type ApiServer,
  done,
  isStatus,
  refused,
} from "../types.ts";
import { namespaceLifecycle } from "./namespace.ts";
import { plainAdmission, wholeAdmission } from "./objects.ts";
import { onlyDefaultClass } from "./priority-class.ts";

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

/** What the limits of the namespace fill in for pods that are created. */
const limitRanger: AdmissionStep = {
  name: "LimitRanger",
  admit: ({ row, verb, subresource, namespace, object }, { cluster }) =>
    row.kind === "Pod" && verb === "create" && subresource === ""
      ? { ...object, spec: cluster.guard.limited(namespace, object["spec"] as never) as never }
      : object,
};

/** The steps that a server has by default. */
export const defaultAdmission: readonly AdmissionStep[] = [limitRanger, plainAdmission, onlyDefaultClass];

/** Those of a server that speaks for a whole cluster, in which what an object names has to be there. */
export const wholeCluster: readonly AdmissionStep[] = [
  namespaceLifecycle,
  limitRanger,
  wholeAdmission,
  onlyDefaultClass,
];
