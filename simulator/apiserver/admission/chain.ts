/** The steps of admission, one after the other. Models apiserver/pkg/admission/chain.go. */

import type { JsonObject } from "../../api/json.ts";
import {
  type AdmissionRequest,
  type AdmissionStep,
  type Answer,
  type ApiServer,
  done,
  isStatus,
  refused,
} from "../types.ts";
import { lookups } from "./lookups.ts";
import { admitPodSpec } from "./pod-defaults.ts";
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

/** Service account and tolerations of pods that are created. */
export const podDefaults: AdmissionStep = {
  name: "ServiceAccount",
  admit: ({ row, verb, subresource, object }) =>
    row.kind === "Pod" && verb === "create" && subresource === ""
      ? { ...object, spec: admitPodSpec(object["spec"] as JsonObject) }
      : object,
};

/** The steps that a server has by default. */
export const defaultAdmission: readonly AdmissionStep[] = [priority, podDefaults];

/** Those of a server that speaks for a whole cluster, in which what an object names has to be there. */
export const wholeCluster: readonly AdmissionStep[] = [lookups, ...defaultAdmission];
