/** Validation of HorizontalPodAutoscalers, decoded and defaulted. Models pkg/apis/autoscaling/validation/validation.go. */
import { FieldPath, forbidden, invalid, notSupported, required } from "./field-path.ts";
import { asObject, isObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "./json.ts";
import { validateObjectMeta } from "./metadata.ts";
import { isNegative, nanosOf } from "./pod/amounts.ts";
import { checkRange, checkRequired } from "./pod/check.ts";
import type { Problem } from "./problem.ts";
import { since, type Target } from "./target.ts";
import { metadataOf, specOf } from "./workload-checks.ts";

const specPath = FieldPath.root.child("spec");

/** The problems of an autoscaler of either version; what `autoscaling/v1` says of CPU is judged as the metric that it means. */
export function validateAutoscaler(object: JsonObject, target: Target, replaced?: JsonObject): Problem[] {
  const spec = specOf(object);
  const options = { target, namespaced: true, nameCheck: "dns-subdomain" } as const;
  const found = validateObjectMeta(metadataOf(object), FieldPath.root.child("metadata"), options);
  const min = numberAt(spec, "minReplicas");
  const max = numberAt(spec, "maxReplicas") ?? 0;
  const least = since(target, "1.37") ? 0 : 1;
  const maxPath = specPath.child("maxReplicas");
  if (min !== undefined && min < least && !(min === 0 && numberAt(replaced, "minReplicas") === 0)) {
    found.push(invalid("below-minimum", specPath.child("minReplicas"), { value: min, min: least }));
  }
  if (max < 1) found.push(invalid("not-positive", maxPath, { value: max }));
  if (min !== undefined && max < min) found.push(invalid("max-below-min-replicas", maxPath, { value: max, min }));
  checkReference(asObject(spec["scaleTargetRef"]), specPath.child("scaleTargetRef"), found);
  checkMetrics(spec, min, found);
  const behavior = objectAt(spec, "behavior");
  for (const key of ["scaleUp", "scaleDown"]) {
    const rules = objectAt(behavior, key);
    if (rules !== undefined) checkRules(rules, specPath.child("behavior").child(key), found);
  }
  return found;
}

/** What is scaled or measured; its name becomes a part of a path. */
function checkReference(reference: JsonObject, path: FieldPath, found: Problem[]): void {
  for (const key of ["kind", "name"]) {
    const text = checkRequired(reference, key, path, found);
    if (text === "." || text === ".." || /[/%]/.test(text)) {
      found.push(invalid("not-a-path-segment", path.child(key), { value: text }));
    }
  }
  if (stringAt(reference, "apiVersion").split("/").length > 2) {
    found.push(
      invalid("owner-version-missing", path.child("apiVersion"), { value: stringAt(reference, "apiVersion") }),
    );
  }
}

const sources = ["object", "external", "pods", "resource", "containerResource"] as const;
const types = ["ContainerResource", "External", "Object", "Pods", "Resource"];

function checkMetrics(spec: JsonObject, min: number | undefined, found: Problem[]): void {
  const path = specPath.child("metrics");
  const metrics = listAt(spec, "metrics").map(asObject);
  for (const [index, metric] of metrics.entries()) checkMetric(metric, path.index(index), found);
  const cpu = numberAt(spec, "targetCPUUtilizationPercentage");
  if (cpu !== undefined && cpu < 1) {
    const at = specPath.child("targetCPUUtilizationPercentage");
    const spelled = path.index(0).child("resource").child("target").child("averageUtilization").text;
    found.push(invalid("not-positive", at.as(spelled), { value: cpu }));
  }
  const canWake = metrics.some(
    (one) => objectAt(one, "object") !== undefined || objectAt(one, "external") !== undefined,
  );
  if (min === 0 && !canWake) found.push(forbidden("zero-replicas-without-metric", path));
}

function checkMetric(metric: JsonObject, path: FieldPath, found: Problem[]): void {
  const type = stringAt(metric, "type");
  const at = path.child("type");
  if (type === "") found.push(required("value-missing", at, { allowed: types }));
  if (!types.includes(type)) found.push(notSupported("value-not-supported", at, type, types));
  const given = sources.filter((key) => isObject(metric[key]));
  const [first] = given;
  if (first !== undefined) checkSource(first, asObject(metric[first]), path.child(first), found);
  const expected = type === "ContainerResource" ? "containerResource" : type.toLowerCase();
  if (types.includes(type) && !given.some((key) => key === expected)) {
    found.push(required("field-required", path.child(expected), { field: expected }));
  }
  if (given.length === 1) return;
  for (const key of given) {
    if (key !== expected) found.push(forbidden("second-metric-source", path.child(key), { field: key }));
  }
}

function checkSource(kind: (typeof sources)[number], source: JsonObject, path: FieldPath, found: Problem[]): void {
  if (kind === "resource" || kind === "containerResource") checkRequired(source, "name", path, found);
  if (kind === "containerResource") checkRequired(source, "container", path, found);
  if (kind === "object") checkReference(asObject(source["describedObject"]), path.child("describedObject"), found);
  if (kind !== "resource" && kind !== "containerResource") {
    checkIdentifier(asObject(source["metric"]), path.child("metric"), found);
  }
  checkTarget(kind, asObject(source["target"]), path.child("target"), found);
}

function checkIdentifier(metric: JsonObject, path: FieldPath, found: Problem[]): void {
  const name = checkRequired(metric, "name", path, found);
  if (name === "." || name === ".." || /[/%]/.test(name)) {
    found.push(invalid("not-a-path-segment", path.child("name"), { value: name }));
  }
}

const targetTypes = ["AverageValue", "Utilization", "Value"];

function checkTarget(kind: (typeof sources)[number], target: JsonObject, path: FieldPath, found: Problem[]): void {
  const type = stringAt(target, "type");
  if (type === "") found.push(required("value-missing", path.child("type"), { allowed: targetTypes }));
  if (!targetTypes.includes(type)) {
    found.push(invalid("value-not-supported", path.child("type"), { value: type, allowed: targetTypes }));
  }
  for (const key of ["value", "averageValue"]) {
    const amount = target[key];
    if (amount === undefined || (nanosOf(amount) ?? 0n) > 0n) continue;
    found.push(invalid("not-positive", path.child(key), { value: String(amount) }));
  }
  const utilization = numberAt(target, "averageUtilization");
  if (utilization !== undefined && utilization < 1) {
    found.push(invalid("not-positive", path.child("averageUtilization"), { value: utilization }));
  }
  const has = (key: string) => target[key] !== undefined;
  const missing = (key: string) => found.push(required("field-required", path.child(key), { field: key }));
  const both = (key: string) => found.push(forbidden("second-metric-target", path.child(key), { field: key }));
  if (kind === "pods") {
    if (!has("averageValue") || (nanosOf(target["averageValue"]) ?? 0n) <= 0n) missing("averageValue");
  } else if (kind === "object" || kind === "external") {
    if (!has("value") && !has("averageValue")) missing("averageValue");
    if (kind === "external" && has("value") && has("averageValue")) both("value");
  } else {
    if (!has("averageUtilization") && !has("averageValue")) missing("averageUtilization");
    if (has("averageUtilization") && has("averageValue")) both("averageValue");
  }
}

const longestWindow = 3600;
const longestPeriod = 1800;

function checkRules(rules: JsonObject, path: FieldPath, found: Problem[]): void {
  const window = numberAt(rules, "stabilizationWindowSeconds");
  checkRange(window, 0, longestWindow, path.child("stabilizationWindowSeconds"), found);
  const select = stringAt(rules, "selectPolicy");
  const choices = ["Disabled", "Max", "Min"];
  if (typeof rules["selectPolicy"] === "string" && !choices.includes(select)) {
    found.push(notSupported("value-not-supported", path.child("selectPolicy"), select, choices));
  }
  const policies = listAt(rules, "policies").map(asObject);
  const at = path.child("policies");
  if (policies.length === 0) found.push(required("field-required", at, { field: "policies" }));
  for (const [index, policy] of policies.entries()) checkPolicy(policy, at.index(index), found);
  const tolerance = rules["tolerance"];
  if (isNegative(tolerance)) found.push(invalid("negative", path.child("tolerance"), { value: String(tolerance) }));
}

function checkPolicy(policy: JsonObject, path: FieldPath, found: Problem[]): void {
  const type = stringAt(policy, "type");
  const allowed = ["Percent", "Pods"];
  if (!allowed.includes(type)) found.push(notSupported("value-not-supported", path.child("type"), type, allowed));
  const value = numberAt(policy, "value") ?? 0;
  if (value <= 0) found.push(invalid("not-positive", path.child("value"), { value }));
  const period = numberAt(policy, "periodSeconds") ?? 0;
  checkRange(period, 1, longestPeriod, path.child("periodSeconds"), found);
}
