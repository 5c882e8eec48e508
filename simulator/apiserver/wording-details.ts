/** What the server says about single rules, by the code of the problem. */
import type { Params } from "../api/problem.ts";

/** The words after the sort of the error and the value. */
export const details: Readonly<Record<string, (params: Params) => string>> = {
  immutable: () => "field is immutable",
  "immutable-part": () => "field is immutable",
  "annotation-immutable": () => "field is immutable",
  "immutable-fields": () =>
    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
  negative: () => "must be greater than or equal to 0",
  "not-positive": () => "must be greater than 0",
  "out-of-range": ({ min, max }) => `must be between ${min} and ${max}, inclusive`,
  "selector-empty": () => "empty selector is invalid for deployment",
  "selector-mismatch": () => "`selector` does not match template `labels`",
  "name-missing": () => "name or generateName is required",
};
