/**
 * Validation of small kinds, decoded and defaulted. Models pkg/apis/{policy,discovery}/validation and
 * ValidateReplicationController of pkg/apis/core/validation.
 */
import { FieldPath, invalid, notSupported, required } from "./field-path.ts";
import { type JsonObject, objectAt, stringAt } from "./json.ts";
import { matchesSelector, validateLabelSelector } from "./label-selector.ts";
import { validateObjectMeta } from "./metadata.ts";
import type { LabelMap } from "./objects.ts";
import { checkChoice } from "./pod/check.ts";
import { validatePodTemplate } from "./pod/template.ts";
import type { Problem } from "./problem.ts";
import type { Target } from "./target.ts";
import {
  checkAtMostAll,
  checkIntOrPercent,
  checkNonnegatives,
  checkRunsForEver,
  metadataOf,
  specOf,
} from "./workload-checks.ts";

const specPath = FieldPath.root.child("spec");

function validateMetadata(object: JsonObject, target: Target): Problem[] {
  const options = { target, namespaced: true, nameCheck: "dns-subdomain" } as const;
  return validateObjectMeta(metadataOf(object), FieldPath.root.child("metadata"), options);
}

export function validateBudget(object: JsonObject, target: Target): Problem[] {
  const spec = specOf(object);
  const found = validateMetadata(object, target);
  const given = ["minAvailable", "maxUnavailable"].filter((key) => spec[key] !== undefined);
  if (given.length > 1) found.push(invalid("budget-bounds-exclusive", specPath));
  for (const key of given) {
    checkIntOrPercent(spec[key], specPath.child(key), found);
    checkAtMostAll(spec[key], specPath.child(key), found);
  }
  found.push(...validateLabelSelector(objectAt(spec, "selector"), specPath.child("selector")));
  const policy = spec["unhealthyPodEvictionPolicy"];
  const policies = ["AlwaysAllow", "IfHealthyBudget"];
  if (typeof policy === "string" && !policies.includes(policy)) {
    found.push(notSupported("value-not-supported", specPath.child("unhealthyPodEvictionPolicy"), policy, policies));
  }
  return found;
}

export function validateEndpointSlice(object: JsonObject, target: Target): Problem[] {
  const found = validateMetadata(object, target);
  const type = stringAt(object, "addressType");
  checkChoice(type, ["FQDN", "IPv4", "IPv6"], FieldPath.root.child("addressType"), found);
  return found;
}

export function validateReplicationController(object: JsonObject, target: Target): Problem[] {
  const spec = specOf(object);
  const found = validateMetadata(object, target);
  checkNonnegatives(spec, ["minReadySeconds"], specPath, found);
  const selector = (objectAt(spec, "selector") ?? {}) as LabelMap;
  if (Object.keys(selector).length === 0) {
    found.push(required("selector-missing", specPath.child("selector"), { kind: "ReplicationController" }));
  }
  checkNonnegatives(spec, ["replicas"], specPath, found);
  const template = objectAt(spec, "template");
  const at = specPath.child("template");
  if (template === undefined) return [...found, required("field-required", at, { field: "template" })];
  const labels = (objectAt(objectAt(template, "metadata"), "labels") ?? {}) as LabelMap;
  if (Object.keys(selector).length > 0 && !matchesSelector({ matchLabels: selector }, labels)) {
    const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    found.push(invalid("selector-mismatch", at.child("metadata").child("labels"), { labels: pairs }));
  }
  found.push(...validatePodTemplate(template, at, { kind: "ReplicationController", target }));
  checkRunsForEver(spec, specPath, found);
  return found;
}

export function validatePodTemplateObject(object: JsonObject, target: Target): Problem[] {
  const at = FieldPath.root.child("template");
  return [
    ...validateMetadata(object, target),
    ...validatePodTemplate(object["template"], at, { kind: "PodTemplate", target }),
  ];
}
