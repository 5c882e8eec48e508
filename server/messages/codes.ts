/** Codes of findings that the API server does not make. */
export type AdviceCode =
  | "selector-overlap"
  | "service-missing"
  | "service-not-headless"
  | "service-selects-others"
  | "target-port-unnamed"
  | "target-port-undeclared"
  | "pods-refused"
  | "probe-port-unnamed"
  | "volume-unused"
  | "schedule-never"
  | "rollout-downtime"
  | "rollout-past-deadline"
  | "daemon-nowhere"
  | "job-past-deadline"
  | "schedule-overlap"
  | "schedule-twice"
  | "schedule-skipped"
  | "removed-api-version"
  | "unserved-kind";

/** Codes that have a page of their own: all advice, and of the server's findings the commonest. */
export type ExplainedCode =
  | AdviceCode
  | "unknown-field"
  | "selector-mismatch"
  | "both-bounds-zero"
  | "restart-policy-missing"
  | "schedule-field-count"
  | "invalid-quantity";
