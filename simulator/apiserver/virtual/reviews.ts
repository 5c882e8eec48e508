/**
 * Who somebody is and what they may do: in the simulated cluster there is one person, who may do everything. Models
 * pkg/registry/authorization and pkg/registry/authentication.
 */
import { asObject, type JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";

/** Who works on the simulated cluster. */
export const userInfo: JsonObject = {
  username: "seatrial",
  groups: ["system:masters", "system:authenticated"],
};

const everything: JsonObject = {
  resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }],
  nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
  incomplete: false,
};

const statuses: Readonly<Record<string, Json>> = {
  SelfSubjectAccessReview: { allowed: true },
  SubjectAccessReview: { allowed: true },
  LocalSubjectAccessReview: { allowed: true },
  SelfSubjectRulesReview: everything,
  SelfSubjectReview: { userInfo },
};

/** The review with its answer; nothing is kept of it. */
export function review(kind: string, apiVersion: string, body: unknown): JsonObject {
  const { spec } = asObject(body as Json);
  return {
    kind,
    apiVersion,
    metadata: { creationTimestamp: null },
    ...(spec === undefined ? {} : { spec }),
    status: statuses[kind] ?? {},
  };
}
