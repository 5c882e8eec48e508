/** Validation of Jobs and CronJobs, decoded and defaulted. Models pkg/apis/batch/validation/validation.go. */
import { checkFormat } from "./check-format.ts";
import { FieldPath, invalid, notSupported, required, tooLong } from "./field-path.ts";
import { dnsLabel, dnsSubdomain } from "./formats.ts";
import { asObject, type JsonObject, numberAt, objectAt, stringAt } from "./json.ts";
import { isUsableSelector, matchesSelector, validateLabelSelector } from "./label-selector.ts";
import { nameOf, utf8Length, validateObjectMeta } from "./metadata.ts";
import type { LabelMap, LabelSelector } from "./objects.ts";
import { checkChoice } from "./pod/check.ts";
import { type PodTemplateOptions, validatePodTemplate } from "./pod/template.ts";
import type { Problem } from "./problem.ts";
import { validateSchedule, validateTimeZone } from "./schedule/validate.ts";
import { since, type Target } from "./target.ts";
import { checkFailurePolicy, checkSuccessPolicy } from "./validate-job-policies.ts";
import { checkNonnegatives, checkSelectorMatches, metadataOf, specOf } from "./workload-checks.ts";

const specPath = FieldPath.root.child("spec");
const metadataPath = FieldPath.root.child("metadata");

/** What stands for the UID and the name that the server makes, and a UID to judge in its place. */
const uidPlaceholder = "<uid>";
const namePlaceholder = "<name>";
const generatedUid = "00000000-0000-4000-8000-000000000000";

const longestCronJobName = 52;
const longestManagedBy = 63;
const mostIndexedPods = 100_000;
const mostIndexedPodsWithLimits = 10_000;

/** The problems of a Job. The host names of its pods are not judged again when it replaces another. */
export function validateJob(given: unknown, target: Target, replaces = false): Problem[] {
  const name = nameOf(metadataOf(given));
  // A new object gets a UID of its own, whatever it says.
  const own = stringAt(metadataOf(given), "uid");
  const uid = replaces && own !== "" && own !== uidPlaceholder ? own : generatedUid;
  const object = withGenerated(given, name, uid);
  const spec = specOf(object);
  const metadata = metadataOf(object);
  const found = validateObjectMeta(metadata, metadataPath, { target, namespaced: true, nameCheck: "dns-subdomain" });
  checkGeneratedSelector(spec, name, uid, found);
  checkJobSpec(spec, specPath, { kind: "Job", target }, found);
  const selector = objectAt(spec, "selector");
  if (!selector) found.push(required("selector-missing", specPath.child("selector"), { kind: "Job" }));
  else found.push(...validateLabelSelector(selector, specPath.child("selector")));
  if (isUsableSelector(selector as LabelSelector | undefined)) {
    checkSelectorMatches(selector, objectAt(spec, "template"), specPath.child("template"), found);
  }
  if (!replaces) checkPodHostname(spec, name, found);
  return found;
}

/** The object with a UID and a name of the real shape wherever their placeholders stand as a label. */
function withGenerated(object: unknown, name: string, uid: string): JsonObject {
  const made: Readonly<Record<string, string>> = { [uidPlaceholder]: uid, [namePlaceholder]: name };
  const fill = (labels: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, made[String(value)] ?? value]));
  const change = (value: JsonObject, [key, ...rest]: readonly string[]): JsonObject => {
    if (key === undefined) return fill(value);
    const inner = objectAt(value, key);
    return inner ? { ...value, [key]: change(inner, rest) } : value;
  };
  const places = [
    ["metadata", "labels"],
    ["spec", "selector", "matchLabels"],
    ["spec", "template", "metadata", "labels"],
  ];
  return places.reduce(change, asObject(object as JsonObject));
}

/** Without `manualSelector` the labels that the server makes must be there, and select by them. */
function checkGeneratedSelector(spec: JsonObject, name: string, uid: string, found: Problem[]): void {
  const selector = objectAt(spec, "selector");
  if (spec["manualSelector"] === true || !selector) return;
  const labels = objectAt(objectAt(objectAt(spec, "template"), "metadata"), "labels");
  const expected: LabelMap = {
    "controller-uid": uid,
    "job-name": name,
    "batch.kubernetes.io/controller-uid": uid,
    "batch.kubernetes.io/job-name": name,
  };
  const path = specPath.child("template").child("metadata").child("labels");
  for (const [key, value] of Object.entries(expected)) {
    const actual = labels?.[key];
    if (actual === undefined) found.push(required("generated-label-missing", path.key(key), { key, expected: value }));
    else if (actual !== value) {
      found.push(invalid("generated-label-changed", path.key(key), { key, value: String(actual), expected: value }));
    }
  }
  const usable = isUsableSelector(selector as LabelSelector);
  if (usable && !matchesSelector(selector as LabelSelector, expected)) {
    found.push(invalid("selector-not-generated", specPath.child("selector")));
  }
}

/** Pods of an indexed Job are called `<job>-<index>`: the longest of these names must be one. */
function checkPodHostname(spec: JsonObject, name: string, found: Problem[]): void {
  const completions = numberAt(spec, "completions") ?? 0;
  if (stringAt(spec, "completionMode") !== "Indexed" || completions <= 0) return;
  const hostname = `${name}-${completions - 1}`;
  if (dnsLabel(hostname).length > 0)
    found.push(invalid("pod-hostname-invalid", metadataPath.child("name"), { value: name, hostname }));
}

/** The fields that a Job and the template of a CronJob share. */
function checkJobSpec(spec: JsonObject, path: FieldPath, options: PodTemplateOptions, found: Problem[]): void {
  const amounts = [
    "parallelism",
    "completions",
    "activeDeadlineSeconds",
    "backoffLimit",
    "ttlSecondsAfterFinished",
    "backoffLimitPerIndex",
    "maxFailedIndexes",
  ];
  checkNonnegatives(spec, amounts, path, found);
  const perIndex = numberAt(spec, "backoffLimitPerIndex");
  const maxFailed = numberAt(spec, "maxFailedIndexes");
  if (maxFailed !== undefined && perIndex === undefined) {
    found.push(required("backoff-limit-per-index-missing", path.child("backoffLimitPerIndex")));
  }
  checkManagedBy(spec, path.child("managedBy"), found);
  checkCompletionMode(spec, path, found);
  const failurePolicy = objectAt(spec, "podFailurePolicy");
  if (failurePolicy) checkFailurePolicy(failurePolicy, spec, path.child("podFailurePolicy"), found);
  const successPolicy = objectAt(spec, "successPolicy");
  if (successPolicy && spec["completionMode"] !== "Indexed") {
    found.push(invalid("requires-indexed", path.child("successPolicy"), { field: "successPolicy" }));
  } else if (successPolicy) checkSuccessPolicy(successPolicy, spec, path.child("successPolicy"), found);
  checkReplacementPolicy(spec, path.child("podReplacementPolicy"), found);
  found.push(...validatePodTemplate(spec["template"], path.child("template"), options));
  checkRestartPolicy(spec, path.child("template").child("spec").child("restartPolicy"), found);
}

const domainPath = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

function checkManagedBy(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const value = spec["managedBy"];
  if (typeof value !== "string") return;
  const slash = value.indexOf("/");
  if (value === "") found.push(required("field-required", path, { field: "managedBy" }));
  else if (slash <= 0 || slash === value.length - 1) found.push(invalid("managed-by-not-a-path", path, { value }));
  else {
    if (dnsSubdomain(value.slice(0, slash)).length > 0)
      checkFormat("invalid-dns-subdomain", value.slice(0, slash), path, found);
    if (!domainPath.test(value.slice(slash + 1))) found.push(invalid("managed-by-not-a-path", path, { value }));
  }
  if (utf8Length(value) > longestManagedBy) {
    found.push(tooLong("text-too-long", path, { actual: utf8Length(value), limit: longestManagedBy }));
  }
}

function checkCompletionMode(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const mode = spec["completionMode"];
  const completions = numberAt(spec, "completions");
  const parallelism = numberAt(spec, "parallelism");
  const perIndex = numberAt(spec, "backoffLimitPerIndex");
  const maxFailed = numberAt(spec, "maxFailedIndexes");
  const tooLarge = (key: string, value: number, max: number) =>
    found.push(invalid("above-maximum", path.child(key), { value, max }));
  if (typeof mode === "string" && mode !== "NonIndexed" && mode !== "Indexed") {
    found.push(notSupported("value-not-supported", path.child("completionMode"), mode, ["NonIndexed", "Indexed"]));
  }
  if (mode === "Indexed") {
    if (completions === undefined) found.push(required("completions-missing", path.child("completions")));
    if (parallelism !== undefined && parallelism > mostIndexedPods)
      tooLarge("parallelism", parallelism, mostIndexedPods);
    if (completions !== undefined && maxFailed !== undefined && maxFailed > completions) {
      tooLarge("maxFailedIndexes", maxFailed, completions);
    }
    if (maxFailed !== undefined && maxFailed > mostIndexedPods)
      tooLarge("maxFailedIndexes", maxFailed, mostIndexedPods);
    if (completions !== undefined && completions > mostIndexedPods && perIndex !== undefined) {
      if (maxFailed === undefined) found.push(required("max-failed-indexes-missing", path.child("maxFailedIndexes")));
      if (parallelism !== undefined && parallelism > mostIndexedPodsWithLimits) {
        tooLarge("parallelism", parallelism, mostIndexedPodsWithLimits);
      }
      if (maxFailed !== undefined && maxFailed > mostIndexedPodsWithLimits) {
        tooLarge("maxFailedIndexes", maxFailed, mostIndexedPodsWithLimits);
      }
    }
  } else if (mode === undefined || mode === "NonIndexed") {
    for (const key of ["backoffLimitPerIndex", "maxFailedIndexes"]) {
      if (spec[key] !== undefined) found.push(invalid("requires-indexed", path.child(key), { field: key }));
    }
  }
}

function checkReplacementPolicy(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const policy = spec["podReplacementPolicy"];
  if (typeof policy !== "string") return;
  const allowed = objectAt(spec, "podFailurePolicy") ? ["Failed"] : ["Failed", "TerminatingOrFailed"];
  if (!allowed.includes(policy)) found.push(notSupported("value-not-supported", path, policy, allowed));
}

function checkRestartPolicy(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const policy = stringAt(objectAt(objectAt(spec, "template"), "spec"), "restartPolicy");
  const allowed = ["OnFailure", "Never"];
  // The default Always is as good as nothing said.
  if (policy === "Always") found.push(required("restart-policy-missing", path, { allowed }));
  else if (!allowed.includes(policy)) found.push(notSupported("restart-policy-not-supported", path, policy, allowed));
  else if (policy !== "Never" && spec["podFailurePolicy"] !== undefined) {
    found.push(invalid("restart-policy-not-never", path, { value: policy, because: "podFailurePolicy" }));
  }
}

/**
 * The problems of a CronJob. Names and zones from before the present rules stay as they are in what it replaces. `hasSpec`:
 * whether the manifest has a spec at all.
 */
export function validateCronJob(object: unknown, target: Target, hasSpec: boolean, replaced?: JsonObject): Problem[] {
  const spec = specOf(object);
  const metadata = metadataOf(object);
  const found = validateObjectMeta(metadata, metadataPath, { target, namespaced: true, nameCheck: "dns-subdomain" });
  const name = nameOf(metadata);
  if (name.length > longestCronJobName && replaced === undefined) {
    found.push(
      invalid("cron-job-name-too-long", metadataPath.child("name"), { value: name, limit: longestCronJobName }),
    );
  }
  // From 1.37 on the schedule is judged by what the field is declared to be, and only where there is a spec.
  if (hasSpec || !since(target, "1.37")) checkSchedule(spec, stringAt(replaced, "schedule").includes("TZ"), found);
  const zone = spec["timeZone"];
  if (typeof zone === "string" && zone !== replaced?.["timeZone"]) {
    for (const { code } of validateTimeZone(zone))
      found.push(invalid(code, specPath.child("timeZone"), { value: zone }));
  }
  const limits = ["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"];
  checkNonnegatives(spec, limits, specPath, found);
  checkChoice(
    stringAt(spec, "concurrencyPolicy"),
    ["Allow", "Forbid", "Replace"],
    specPath.child("concurrencyPolicy"),
    found,
  );
  const job = asObject(asObject(spec["jobTemplate"])["spec"]);
  const jobPath = specPath.child("jobTemplate").child("spec");
  checkJobSpec(job, jobPath, { kind: "CronJob", target }, found);
  if (job["manualSelector"] === true) {
    found.push(notSupported("manual-selector-in-cron-job", jobPath.child("manualSelector"), "true", ["nil", "false"]));
  }
  if (objectAt(job, "selector")) found.push(invalid("selector-in-cron-job", jobPath.child("selector")));
  return found;
}

function checkSchedule(spec: JsonObject, allowZone: boolean, found: Problem[]): void {
  const schedule = stringAt(spec, "schedule");
  const at = specPath.child("schedule");
  const hasTimeZone = spec["timeZone"] !== undefined;
  for (const { code, text, where, error } of validateSchedule(schedule, { allowZone, hasTimeZone })) {
    const place = where ? { field: where.field } : {};
    const count = error?.code === "field-count" ? { count: error.fields.length } : {};
    const params = { value: schedule, detail: text, ...place, ...count };
    found.push(code === "required" ? required("schedule-missing", at) : invalid(`schedule-${code}`, at, params));
  }
}
