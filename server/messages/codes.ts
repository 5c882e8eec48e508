/** Codes of findings that the API server does not make. */
export type AdviceCode =
  | "selector-overlap"
  | "service-missing"
  | "service-not-headless"
  | "service-selects-others"
  | "target-port-unnamed"
  | "target-port-undeclared"
  | "probe-port-unnamed"
  | "volume-unused"
  | "schedule-never"
  | "removed-api-version"
  | "unserved-kind";
