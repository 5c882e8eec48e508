/** What the server says about single rules, by the code of the problem: the words after the sort of the error and the value. */
import { systemPriorityClass } from "../api/admission/facts.ts";
import type { Params } from "../api/problem.ts";

type Words = string | ((params: Params) => string);

const list = (value: Params[string] | undefined): readonly string[] => (Array.isArray(value) ? value : []);
const inQuotes = (values: readonly string[]): string => values.map((one) => JSON.stringify(one)).join(", ");
const ticked = (values: readonly string[]): readonly string[] => values.map((one) => `\`${one}\``);
const detail = ({ detail: words }: Params): string => String(words ?? "");

const workloads: Readonly<Record<string, Words>> = {
  "active-deadline-not-allowed": "activeDeadlineSeconds in ReplicaSet is not Supported",
  "daemon-bounds-zero": "cannot be 0 when maxSurge is 0",
  "both-bounds-zero": "may not be 0 when `maxSurge` is 0",
  "invalid-percent":
    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
  "percent-above-100": "must not be greater than 100%",
  "deadline-not-above-min-ready": "must be greater than minReadySeconds",
  "pod-management-policy-invalid": "must be 'OrderedReady' or 'Parallel'",
  "rolling-update-with-recreate": "may not be specified when strategy `type` is 'Recreate'",
  "rolling-update-with-on-delete": "only allowed for updateStrategy 'RollingUpdate'",
  "selector-empty": ({ kind }) => `empty selector is invalid for ${String(kind ?? "deployment").toLowerCase()}`,
  "selector-mismatch": "`selector` does not match template `labels`",
  "selector-unusable": "invalid label selector",
  "strategy-type-invalid": "must be 'RollingUpdate' or 'OnDelete'",
  "surge-with-unavailable": "may not be set when maxUnavailable is non-zero",
};

const warnings: Readonly<Record<string, Words>> = {
  "annotation-replaced": ({ field }) => `deprecated since v1.8; use "${String(field)}" attribute instead`,
  "fractional-bytes": ({ value }) => `fractional byte value ${JSON.stringify(value)} is invalid, must be an integer`,
  "pod-names-not-labels": ({ rules }) =>
    `this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${list(rules).join(", ")}]`,
  "pull-secret-without-name": 'invalid empty name ""',
};

const jobs: Readonly<Record<string, Words>> = {
  "above-maximum": "must be less than or equal to completions",
  "backoff-limit-per-index-missing": "when maxFailedIndexes is specified",
  "completions-missing": "when completion mode is Indexed",
  "cron-job-name-too-long": ({ limit }) => `must be no more than ${limit} characters`,
  "exit-code-zero": "must not be 0 for the In operator",
  "exit-codes-missing": "at least one value is required",
  "exit-codes-unordered": "must be ordered",
  "fail-index-without-limit": "requires the backoffLimitPerIndex to be set",
  "indexes-not-a-number": ({ part }) =>
    `error parsing succeededIndexes: cannot convert string to integer for index: ${JSON.stringify(part)}`,
  "indexes-too-large": ({ part }) => `error parsing succeededIndexes: too large index: ${JSON.stringify(part)}`,
  "indexes-too-many-hyphens": ({ part }) =>
    `error parsing succeededIndexes: the fragment ${JSON.stringify(part)} violates the requirement that an index interval can have at most two parts separated by '-'`,
  "max-failed-indexes-missing": "must be specified when completions is above 100000",
  "requires-indexed": "requires indexed completion mode",
  "restart-policy-missing": ({ allowed }) => `valid values: ${inQuotes(list(allowed))}`,
  "restart-policy-not-never": ({ because }) => `only "Never" is supported when ${because} is specified`,
  "selector-in-cron-job": "`selector` will be auto-generated",
  "selector-not-generated": "`selector` not auto-generated",
  "success-rule-empty": "at least one of succeededCount or succeededIndexes must be specified",
  "success-rules-missing": "at least one rules must be specified when the successPolicy is specified",
  "timezone-empty": "timeZone must be nil or non-empty string",
  "timezone-unknown": ({ value }) => `unknown time zone ${value}`,
  "unknown-container": "must be one of the container or initContainer names in the pod template",
  "schedule-field-count": detail,
  "schedule-bad-descriptor": detail,
  "schedule-bad-duration": detail,
  "schedule-bad-location": detail,
  "schedule-malformed-tz-prefix": detail,
  "schedule-tz-in-schedule": "cannot use TZ or CRON_TZ in schedule, use timeZone field instead",
  "schedule-bad-number": detail,
  "schedule-negative": detail,
  "schedule-above-maximum": detail,
  "schedule-below-minimum": detail,
  "schedule-range-reversed": detail,
  "schedule-step-zero": detail,
  "schedule-too-many-slashes": detail,
  "schedule-too-many-hyphens": detail,
};

const services: Readonly<Record<string, Words>> = {
  "cluster-ip-other-family": ({ family }) => `expected an ${family} value as indicated by \`ipFamilies[0]\``,
  "cluster-ips-first-differs": "first value must match `clusterIP`",
  "cluster-ips-none-alone": "'None' must be the first and only value",
  "cluster-ips-same-family": "may specify no more than one IP for each IP family",
  "cluster-ips-without-first": "must be empty when `clusterIP` is not specified",
  "headless-not-allowed": ({ type }) => `may not be set to 'None' for ${type} services`,
  "health-check-port-not-allowed":
    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
  "node-port-not-allowed": ({ type }) => `may not be used when \`type\` is '${type}'`,
  "node-port-taken": "provided port is already allocated",
  "not-externally-accessible": "may only be set for externally-accessible services",
  "not-for-external-name": "may not be set for ExternalName services",
  "only-for-load-balancers": "may only be used when `type` is 'LoadBalancer'",
  "data-source-kind": "must be 'PersistentVolumeClaim' when referencing the default apiGroup",
};

const changes: Readonly<Record<string, Words>> = {
  immutable: "field is immutable",
  "immutable-part": "field is immutable",
  "annotation-immutable": "field is immutable",
  "immutable-fields":
    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
  "containers-changed": "pod updates may not add or remove containers",
  "toleration-removed": "existing toleration can not be modified except its tolerationSeconds",
};

const classes: Readonly<Record<string, Words>> = {
  "priority-class-reserved": ({ value }) => {
    const known = systemPriorityClass(String(value));
    const why = known
      ? `value of ${value} PriorityClass must be ${known.value}`
      : `${value} is not a known system priority class`;
    return `priority class names with 'system-' prefix are reserved for system use only. error: ${why}`;
  },
  "priority-too-high": ({ limit }) => `maximum allowed value of a user defined priority is ${limit}`,
};

const selectors: Readonly<Record<string, Words>> = {
  "selector-operator-invalid": "not a valid selector operator",
  "selector-values-missing": "must be specified when `operator` is 'In' or 'NotIn'",
  "selector-values-not-allowed": "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
  "selector-one-value": "must be specified single value when `operator` is 'Lt' or 'Gt'",
  "label-key-in-both": "exists in both matchLabelKeys and mismatchLabelKeys",
  "label-key-in-selector": "exists in both matchLabelKeys and labelSelector",
  "label-keys-without-selector": "must not be specified when labelSelector is not set",
  "node-field-unknown": "not a valid field selector key",
  "node-terms-missing": "must have at least one node selector term",
  "toleration-without-key": 'operator must be Exists when `key` is empty, which means "match all values and all keys"',
  "toleration-seconds-effect": "effect must be 'NoExecute' when `tolerationSeconds` is set",
  "toleration-value-with-exists": "value must be empty when `operator` is 'Exists'",
  "min-domains-action": ({ action }) => `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`,
};

const containers: Readonly<Record<string, Words>> = {
  negative: "must be greater than or equal to 0",
  "not-positive": "must be greater than zero",
  "not-whole": "must be an integer",
  "out-of-range": ({ min, max }) => `must be between ${min} and ${max}, inclusive`,
  "file-mode-out-of-range": "must be a number between 0 and 0777 (octal), both inclusive",
  "name-missing": "name or generateName is required",
  "owner-field-missing": "must not be empty",
  "owner-not-allowed": ({ apiVersion, kind }) =>
    `${String(apiVersion).includes("/") ? apiVersion : `/${apiVersion}`}, Kind=${kind} is disallowed from being an owner`,
  "path-not-relative": "must be a relative path",
  "path-with-backstep": "must not contain '..'",
  "path-with-leading-dots": "must not start with '..'",
  "text-with-slash": "must not contain '/'",
  "text-empty": ({ field }) => `${field} cannot be an empty string`,
  "value-missing": ({ allowed }) =>
    `valid values: [${list(allowed)
      .map((one) => JSON.stringify(one))
      .join(" ")}]`,
  "image-padded": "must not have leading or trailing whitespace",
  "env-source-missing": ({ allowed }) => `must specify one of: ${ticked(list(allowed)).join(" or ")}`,
  "env-sources-exclusive": "may not have more than one field specified at a time",
  "env-value-and-source": "may not be specified when `value` is not empty",
  "field-path-unknown": ({ value }) =>
    /\['/.test(String(value))
      ? `error converting fieldPath: field label does not support subscript: ${value}`
      : `error converting fieldPath: field label not supported: ${value}`,
  "field-path-version": ({ version }) => `error converting fieldPath: unsupported pod version: ${version}`,
  "field-and-resource": "fieldRef and resourceFieldRef can not be specified simultaneously",
  "field-or-resource-missing": "one of fieldRef and resourceFieldRef is required",
  "handler-missing": "must specify a handler type",
  "second-handler": "may not specify more than 1 handler type",
  "not-for-init-containers": "may not be set for init containers without restartPolicy=Always",
  "not-for-ephemeral": "cannot be set for an Ephemeral Container",
  "ephemeral-in-template": "ephemeral containers not allowed in pod template",
  "ephemeral-on-create": "cannot be set on create",
  "host-port-differs": "must match `containerPort` when `hostNetwork` is true",
  "restart-rules-without-policy": "must specify restartPolicy when restart rules are used",
  "resize-restart-of-init": "must not be set to 'RestartContainer' for non-sidecar initContainers",
  "resize-restart-with-never": "must be 'NotRequired' when pod `restartPolicy` is 'Never'",
  "sleep-out-of-range": ({ max }) => `must be non-negative and less than terminationGracePeriodSeconds (${max})`,
  "success-threshold-not-one": "must be 1",
  "request-above-limit": ({ resource, limit }) => `must be less than or equal to ${resource} limit of ${limit}`,
  "request-not-limit": ({ resource, limit }) => `must be equal to ${resource} limit of ${limit}`,
  "container-limit-above-pod": ({ limit }) => `must be less than or equal to pod limits of ${limit}`,
  "limit-missing": "Limit must be set for non overcommitable resources",
  "huge-pages-alone": "HugePages require cpu or memory",
  "huge-pages-not-divisible": ({ value, resource }) => `${value} is not positive integer multiple of ${resource}`,
  "resource-unknown": "must be a standard resource type or fully qualified",
  "resource-not-for-containers": "must be a standard resource for containers",
  "claims-at-pod-level": "claims may not be set for Resources at pod-level",
  "claim-not-found": ({ allowed }) =>
    list(allowed).length === 0
      ? "must be one of the names in pod.spec.resourceClaims which is empty"
      : `must be one of the names in pod.spec.resourceClaims: ${list(allowed).join(", ")}`,
  "claim-sources-exclusive": "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified",
  "claim-source-missing": "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`",
};

const volumes: Readonly<Record<string, Words>> = {
  "second-volume-source": "may not specify more than 1 volume type",
  "second-projection": "may not specify more than 1 volume type per source",
  "volume-mounted-and-device": "must not already exist in volumeDevices",
  "volume-not-empty-dir": "referenced volume must be of type emptyDir",
  "duplicate-device": "must be unique",
  "projected-path-conflict": "conflicting duplicate paths",
  "bidirectional-needs-privileged": "Bidirectional mount propagation is available only to privileged containers",
  "recursive-needs-read-only": "may only be specified when readOnly is true",
  "recursive-with-propagation": "may only be specified when mountPropagation is None or not specified",
  "read-write-once-pod-alone": "may not use ReadWriteOncePod with other access modes",
  "token-without-account": "must not be specified when serviceAccountName is not set",
  "iscsi-name-too-long":
    "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.",
  "iscsi-name-prefix": "must be valid format starting with iqn, eui, or naa",
  "fc-target-missing": "must specify either targetWWNs or wwids, but not both",
  "fc-targets-exclusive": "targetWWNs and wwids can not be specified simultaneously",
  "dataset-missing": "one of datasetName and datasetUUID is required",
  "datasets-exclusive": "datasetName and datasetUUID can not be specified simultaneously",
  "registry-host-port": "must be a host:port pair or multiple pairs separated by commas",
  "tenant-too-long": ({ limit }) => `must be a UUID and may not exceed a length of ${limit} characters`,
};

const pods: Readonly<Record<string, Words>> = {
  "not-for-windows": "cannot be set for a windows pod",
  "not-for-linux": "windows options cannot be set for a linux pod",
  "template-metadata-not-allowed": "cannot be set",
  "host-namespace-with-user-namespace": "when `hostUsers` is false",
  "devices-with-user-namespace": "when `hostUsers` is false",
  "unmasked-needs-user-namespace": "`hostUsers` must be false to use `Unmasked`",
  "host-process-mixed": "If pod contains any hostProcess containers then all containers must be HostProcess containers",
  "host-process-network": "hostNetwork must be true if pod contains any hostProcess containers",
  "hostname-override-with": ({ field }) => `may not be specified when ${field} is true`,
  "share-process-and-host-pid": "ShareProcessNamespace and HostPID cannot both be enabled",
  "sysctl-of-host": ({ field }) => `may not be specified when '${field}' is true`,
  "dns-config-missing": "must provide `dnsConfig` when `dnsPolicy` is None",
  "nameserver-missing": "must provide at least one DNS nameserver when `dnsPolicy` is None",
  "node-name-with-gates": "cannot be set until all schedulingGates have been cleared",
  "mirror-without-node": "must set spec.nodeName if mirror pod annotation is set",
  "deletion-cost-invalid": "must be a 32bit integer",
  "annotation-container-missing": "container not found",
  "seccomp-annotation-invalid": "must be a valid seccomp profile",
  "profile-missing": "must be set when seccomp type is Localhost",
  "profile-padded": "must not be padded with whitespace",
  "windows-user-invalid": ({ rules }) =>
    list(rules).includes("not-empty")
      ? "runAsUserName cannot be an empty string"
      : "runAsUserName cannot contain more than one backslash",
};

const all: Readonly<Record<string, Words>> = {
  ...workloads,
  ...jobs,
  ...warnings,
  ...services,
  ...changes,
  ...classes,
  ...selectors,
  ...containers,
  ...volumes,
  ...pods,
};

/** The words for a rule; empty where the sort of the error says it all. */
export function detailOf(code: string, params: Params): string {
  const words = Object.hasOwn(all, code) ? all[code] : undefined;
  return typeof words === "function" ? words(params) : (words ?? "");
}
