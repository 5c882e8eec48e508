/** Affinity to nodes and pods. Models validateAffinity of pkg/apis/core/validation. */
import { checkFormat } from "../check-format.ts";
import { type FieldPath, forbidden, invalid, required } from "../field-path.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import { validateLabelSelector } from "../label-selector.ts";
import type { Problem } from "../problem.ts";
import { checkLabelKeys, checkMergedKeys } from "./label-keys.ts";

const requiredKey = "requiredDuringSchedulingIgnoredDuringExecution";
const preferredKey = "preferredDuringSchedulingIgnoredDuringExecution";

export function validateAffinity(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const affinity = objectAt(spec, "affinity");
  if (affinity === undefined) return;
  const at = path.child("affinity");
  const nodeAffinity = objectAt(affinity, "nodeAffinity");
  if (nodeAffinity !== undefined) validateNodeAffinity(nodeAffinity, at.child("nodeAffinity"), found);
  for (const key of ["podAffinity", "podAntiAffinity"]) {
    const podAffinity = objectAt(affinity, key);
    if (podAffinity !== undefined) validatePodAffinity(podAffinity, at.child(key), found);
  }
}

function checkWeight(entry: JsonObject, path: FieldPath, found: Problem[]): void {
  const value = numberAt(entry, "weight") ?? 0;
  if (value < 1 || value > 100) found.push(invalid("out-of-range", path.child("weight"), { value, min: 1, max: 100 }));
}

function validateNodeAffinity(affinity: JsonObject, path: FieldPath, found: Problem[]): void {
  const selector = objectAt(affinity, requiredKey);
  if (selector !== undefined) {
    const at = path.child(requiredKey).child("nodeSelectorTerms");
    const terms = listAt(selector, "nodeSelectorTerms");
    if (terms.length === 0) found.push(required("node-terms-missing", at));
    for (const [index, term] of terms.entries()) validateTerm(asObject(term), true, at.index(index), found);
  }
  for (const [index, entry] of listAt(affinity, preferredKey).entries()) {
    const term = asObject(entry);
    const at = path.child(preferredKey).index(index);
    checkWeight(term, at, found);
    // Values are not checked here: the server only warns.
    validateTerm(objectAt(term, "preference") ?? {}, false, at.child("preference"), found);
  }
}

function validateTerm(term: JsonObject, checkValues: boolean, path: FieldPath, found: Problem[]): void {
  for (const [index, entry] of listAt(term, "matchExpressions").entries()) {
    validateExpression(asObject(entry), checkValues, path.child("matchExpressions").index(index), found);
  }
  for (const [index, entry] of listAt(term, "matchFields").entries()) {
    validateField(asObject(entry), path.child("matchFields").index(index), found);
  }
}

const operators = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];

function validateExpression(expression: JsonObject, checkValues: boolean, path: FieldPath, found: Problem[]): void {
  const operator = stringAt(expression, "operator");
  const values = listAt(expression, "values");
  const at = path.child("values");
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length === 0) found.push(required("selector-values-missing", at, { operator }));
      break;
    case "Exists":
    case "DoesNotExist":
      if (values.length > 0) found.push(forbidden("selector-values-not-allowed", at, { operator }));
      break;
    case "Gt":
    case "Lt":
      if (values.length !== 1) found.push(required("selector-one-value", at, { operator, actual: values.length }));
      break;
    default:
      found.push(invalid("selector-operator-invalid", path.child("operator"), { value: operator, allowed: operators }));
  }
  checkFormat("invalid-qualified-name", stringAt(expression, "key"), path.child("key"), found);
  if (!checkValues) return;
  for (const [index, value] of values.entries()) {
    checkFormat("invalid-label-value", typeof value === "string" ? value : "", at.index(index), found);
  }
}

function validateField(requirement: JsonObject, path: FieldPath, found: Problem[]): void {
  const operator = stringAt(requirement, "operator");
  const values = listAt(requirement, "values");
  if (operator !== "In" && operator !== "NotIn") {
    const allowed = ["In", "NotIn"];
    found.push(invalid("selector-operator-invalid", path.child("operator"), { value: operator, allowed }));
  } else if (values.length !== 1) {
    found.push(required("selector-one-value", path.child("values"), { operator, actual: values.length }));
  }
  const key = stringAt(requirement, "key");
  if (key !== "metadata.name") {
    found.push(invalid("node-field-unknown", path.child("key"), { value: key, allowed: ["metadata.name"] }));
    return;
  }
  for (const [index, value] of values.entries()) {
    const text = typeof value === "string" ? value : "";
    checkFormat("invalid-dns-subdomain", text, path.child("values").index(index), found);
  }
}

function validatePodAffinity(affinity: JsonObject, path: FieldPath, found: Problem[]): void {
  for (const [index, term] of listAt(affinity, requiredKey).entries()) {
    validatePodTerm(asObject(term), path.child(requiredKey).index(index), found);
  }
  for (const [index, entry] of listAt(affinity, preferredKey).entries()) {
    const weighted = asObject(entry);
    const at = path.child(preferredKey).index(index);
    checkWeight(weighted, at, found);
    validatePodTerm(objectAt(weighted, "podAffinityTerm") ?? {}, at.child("podAffinityTerm"), found);
  }
}

function validatePodTerm(term: JsonObject, path: FieldPath, found: Problem[]): void {
  const selector = objectAt(term, "labelSelector");
  found.push(...validateLabelSelector(selector, path.child("labelSelector")));
  found.push(...validateLabelSelector(objectAt(term, "namespaceSelector"), path.child("namespaceSelector")));
  for (const [index, name] of listAt(term, "namespaces").entries()) {
    const at = path.silent("namespaces").silent(index).spelled("namespace");
    checkFormat("invalid-dns-label", typeof name === "string" ? name : "", at, found);
  }
  const matching = checkLabelKeys(term, "matchLabelKeys", selector, path, found);
  const mismatching = checkLabelKeys(term, "mismatchLabelKeys", selector, path, found);
  if (selector !== undefined) checkMergedKeys(matching, selector, path, found);
  for (const [index, key] of matching.entries()) {
    if (!mismatching.includes(key)) continue;
    found.push(invalid("label-key-in-both", path.child("matchLabelKeys").index(index), { value: key }));
  }
  const topologyKey = stringAt(term, "topologyKey");
  if (topologyKey === "") found.push(required("field-required", path.child("topologyKey"), { field: "topologyKey" }));
  checkFormat("invalid-qualified-name", topologyKey, path.child("topologyKey"), found);
}
