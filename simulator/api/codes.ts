/**
 * The codes of all problems of the simulator's API, each with the names of its params. Codes are part of the public
 * surface: they are never renamed.
 */
import { podCodes } from "./pod/codes.ts";

const decodeCodes = {
  "unserved-kind": ["apiVersion", "kind"],
  "unknown-field": ["value", "type"],
  "field-of-another-version": ["value", "type", "target", "versions"],
  "wrong-type": ["value", "expected"],
  "invalid-quantity": ["value"],
  "invalid-time": ["value"],
} as const;

const workloadCodes = {
  "selector-missing": ["kind"],
  "selector-empty": ["kind"],
  "selector-unusable": [],
  "selector-mismatch": ["labels"],
  "invalid-percent": ["value"],
  "percent-above-100": ["value"],
  "both-bounds-zero": ["value"],
  "max-unavailable-zero": ["value"],
  "daemon-bounds-zero": [],
  "surge-with-unavailable": ["value"],
  "deadline-not-above-min-ready": ["value", "minReadySeconds"],
  "strategy-type-not-supported": ["value", "allowed"],
  "strategy-type-invalid": ["value", "allowed"],
  "rolling-update-with-recreate": [],
  "rolling-update-with-on-delete": [],
  "pod-management-policy-invalid": ["value", "allowed"],
  "restart-policy-not-always": ["value", "allowed"],
  "active-deadline-not-allowed": [],
} as const;

const otherCodes = {
  "below-minimum": ["value", "min"],
  "max-below-min-replicas": ["value", "min"],
  "not-a-path-segment": ["value"],
  "zero-replicas-without-metric": [],
  "second-metric-source": ["field"],
  "second-metric-target": ["field"],
  "budget-bounds-exclusive": [],
} as const;

const jobCodes = {
  "restart-policy-missing": ["allowed"],
  "restart-policy-not-supported": ["value", "allowed"],
  "restart-policy-not-never": ["value", "because"],
  "above-maximum": ["value", "max"],
  "requires-indexed": ["field"],
  "completions-missing": [],
  "backoff-limit-per-index-missing": [],
  "max-failed-indexes-missing": [],
  "managed-by-not-a-path": ["value"],
  "generated-label-missing": ["key", "expected"],
  "generated-label-changed": ["key", "value", "expected"],
  "selector-not-generated": [],
  "pod-hostname-invalid": ["value", "hostname"],
  "fail-index-without-limit": ["value"],
  "failure-rule-both": [],
  "failure-rule-neither": [],
  "unknown-container": ["value", "allowed"],
  "exit-codes-missing": [],
  "exit-codes-unordered": [],
  "exit-code-zero": ["value"],
  "exit-code-repeated": ["value"],
  "success-rules-missing": [],
  "success-rule-empty": [],
  "indexes-not-a-number": ["value", "part"],
  "indexes-not-increasing": ["value", "part"],
  "indexes-too-large": ["value", "part"],
  "indexes-too-many-hyphens": ["value", "part"],
  "cron-job-name-too-long": ["value", "limit"],
  "manual-selector-in-cron-job": ["value", "allowed"],
  "selector-in-cron-job": [],
  "schedule-missing": [],
  "schedule-field-count": ["value", "detail", "count"],
  "schedule-bad-descriptor": ["value", "detail"],
  "schedule-bad-duration": ["value", "detail"],
  "schedule-bad-location": ["value", "detail"],
  "schedule-malformed-tz-prefix": ["value", "detail"],
  "schedule-tz-in-schedule": ["value", "detail"],
  "schedule-tz-twice": ["value", "detail"],
  "schedule-bad-number": ["value", "detail", "field"],
  "schedule-negative": ["value", "detail", "field"],
  "schedule-above-maximum": ["value", "detail", "field"],
  "schedule-below-minimum": ["value", "detail", "field"],
  "schedule-range-reversed": ["value", "detail", "field"],
  "schedule-step-zero": ["value", "detail", "field"],
  "schedule-too-many-slashes": ["value", "detail", "field"],
  "schedule-too-many-hyphens": ["value", "detail", "field"],
  "timezone-empty": ["value"],
  "timezone-local": ["value"],
  "timezone-unknown": ["value"],
} as const;

const serviceCodes = {
  "service-ports-missing": [],
  "service-port-name-missing": [],
  "service-port-name-repeated": ["value"],
  "service-port-repeated": ["value"],
  "node-port-not-allowed": ["type"],
  "node-port-repeated": ["value"],
  "node-port-taken": ["value"],
  "cluster-ip-other-family": ["value", "family"],
  "cluster-ips-first-differs": ["value", "expected"],
  "cluster-ips-none-alone": ["value"],
  "cluster-ips-same-family": [],
  "cluster-ips-too-many": ["actual", "limit"],
  "cluster-ips-without-first": [],
  "ip-family-policy-not-single": [],
  "ip-family-policy-single": ["field"],
  "ip-family-repeated": ["value"],
  "headless-not-allowed": ["value", "type"],
  "not-for-external-name": [],
  "special-ip-address": ["value", "range"],
  "affinity-config-not-allowed": [],
  "only-for-load-balancers": ["type"],
  "not-externally-accessible": ["value"],
  "health-check-port-not-allowed": ["value"],
  "topology-annotations-differ": ["value", "other"],
  "data-source-with-namespace": [],
} as const;

/** Of a change by itself: nothing of the kind is said of a new object. */
export const changeCodes = {
  immutable: ["value"],
  "immutable-part": ["value"],
  "immutable-fields": [],
  "annotation-immutable": ["value"],
  "claim-shrinks": [],
  "config-immutable": [],
  "containers-changed": [],
  "deadline-extended": ["value"],
  "gate-added": [],
  "node-affinity-widened": [],
  "node-selector-widened": [],
  "toleration-removed": [],
} as const;

const admissionCodes = {
  "namespace-missing": ["value"],
  "service-account-missing": ["value", "namespace"],
  "priority-class-missing": ["value"],
  "priority-not-of-class": ["value", "computed"],
  "preemption-policy-not-of-class": ["value", "computed"],
  "runtime-class-missing": ["value"],
  "runtime-class-empty": [],
  "runtime-overhead-differs": [],
  "runtime-selector-conflict": ["key", "value", "computed"],
} as const;

const configurationCodes = {
  "data-key-twice": ["value"],
  "data-too-large": ["limit"],
  "not-base64": [],
  "secret-key-missing": ["key", "type"],
  "priority-class-reserved": ["value"],
  "priority-too-high": ["value", "limit"],
} as const;

/** Of kinds that only configure a cluster. */
const configCodes = {
  "secret-not-json": [],
  "no-pem-data": ["part"],
  "fields-exclusive": ["fields"],
  "one-of-missing": ["fields"],
  "end-port-without-number": ["value"],
  "except-not-within": ["value", "range"],
  "host-is-address": ["value"],
  "path-part-not-allowed": ["value", "part"],
  "ingress-class-differs": ["value", "other"],
  "limit-default-of-pods": [],
  "limit-out-of-order": ["field", "other", "value", "bound"],
  "urls-in-namespace": [],
  "invalid-path-segment": ["value", "rules"],
  "zone-in-schedule": [],
} as const;

/** Why a request is refused as a whole, whatever its fields say. */
const refusalCodes = {
  "cluster-ip-taken": ["value"],
  "cluster-not-dual-stack": [],
  "ip-family-not-configured": ["value"],
  "claim-cannot-grow": ["name", "class"],
  "claim-not-bound": [],
  "object-modified": ["name"],
  "object-missing": ["kind", "name"],
  "uid-differs": ["value", "expected"],
  "uid-without-object": ["value"],
  "managed-fields-given": [],
  "managed-by-another": ["value", "manager", "subresource"],
  "apply-field-not-declared": [],
  "apply-wrong-type": [],
  "apply-duplicate-entry": [],
  "apply-entry-without-key": [],
  "patch-cannot-be-made": ["value"],
  "patch-cannot-be-merged": ["value"],
  "patch-unreadable": ["value"],
  "no-such-subresource": ["value"],
  "qos-class-changed": ["value"],
  "resize-not-allowed": [],
  "resize-removes": ["field"],
} as const;

/** What a change does without a word from the server. */
const silentCodes = {
  "text-dropped": [],
  "text-overridden": ["actual"],
  "text-reordered": [],
  "kept-from-before": ["value"],
} as const;

const warningCodes = {
  "address-not-standard": ["value", "rules"],
  "external-ips-deprecated": [],
  "external-name-ignored": ["type"],
  "ignored-for-external-name": ["field"],
  "ignored-for-headless": ["field"],
  "negative-history-limit": ["value"],
  "pod-names-not-labels": ["value", "rules"],
  "too-many-indexes-to-track": ["completions", "parallelism"],
  "topology-hints-replaced": ["value", "replacement"],
  "traffic-distribution-replaced": ["value", "replacement"],
} as const;

export const codes = {
  ...decodeCodes,
  ...podCodes,
  ...workloadCodes,
  ...otherCodes,
  ...jobCodes,
  ...serviceCodes,
  ...changeCodes,
  ...configCodes,
  ...refusalCodes,
  ...silentCodes,
  ...warningCodes,
  ...admissionCodes,
  ...configurationCodes,
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Code = keyof typeof codes;
