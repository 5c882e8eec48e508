import type { YamlCode } from "../yaml/problem.ts";

/** Codes of findings that the API server does not make. */
export type AdviceCode =
  | "selector-overlap"
  | "service-missing"
  | "service-not-headless"
  | "service-selects-others"
  | "service-selects-nothing"
  | "node-port-outside-range"
  | "object-repeated"
  | "target-port-unnamed"
  | "target-port-undeclared"
  | "pods-refused"
  | "probe-port-unnamed"
  | "volume-unused"
  | "field-dropped"
  | "schedule-never"
  | "rollout-downtime"
  | "rollout-past-deadline"
  | "daemon-nowhere"
  | "job-past-deadline"
  | "schedule-overlap"
  | "schedule-twice"
  | "schedule-skipped"
  | "counterpart-missing"
  | "key-missing"
  | "image-unreadable"
  | "external-name-is-address"
  | "template-value-missing"
  | "resource-version-given"
  | "invisible-character"
  | "not-an-object"
  | "list-in-list"
  | "namespace-with-slash"
  | "removed-api-version"
  | "unserved-kind";

/** Codes whose pages say more than the rule: all advice, all of YAML, and of the server's findings the commonest. */
export type ExplainedCode =
  | AdviceCode
  | YamlCode
  | "unknown-field"
  | "selector-mismatch"
  | "both-bounds-zero"
  | "restart-policy-missing"
  | "schedule-field-count"
  | "invalid-quantity";
