/** Quotas, ranges, priorities and what else belongs to a cluster. Models pkg/apis/{core,scheduling,node,apps,discovery}/validation. */
import { systemPriorityClass } from "../admission/facts.ts";
import { checkFormat } from "../check-format.ts";
import { type Draft, ensure, fill } from "../defaults-pod.ts";
import { type FieldPath, forbidden, invalid, required } from "../field-path.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import { nanosOf } from "../pod/amounts.ts";
import { checkOptionalChoice } from "../pod/check.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";
import { metadataOf, specOf } from "../workload-checks.ts";
import { forbiddenChanges, immutableFields, metadataProblems, root, specPath } from "./shared.ts";

export function validateQuota(object: JsonObject, target: Target): Problem[] {
  const found = metadataProblems(object, target, true);
  const path = specPath.child("hard");
  for (const [name, amount] of Object.entries(objectAt(specOf(object), "hard") ?? {})) {
    const nanos = nanosOf(amount);
    if (nanos !== undefined && nanos < 0n) found.push(invalid("negative", path.key(name), { value: String(amount) }));
  }
  return found;
}

export function quotaChanges(from: JsonObject, to: JsonObject): Problem[] {
  const sorted = (object: JsonObject) => ({ scopes: listAt(specOf(object), "scopes").map(String).sort() });
  return immutableFields(sorted(from), sorted(to), ["scopes"], specPath);
}

const bounds = ["min", "max", "default", "defaultRequest", "maxLimitRequestRatio"];

/** A container that says no more gets what is asked of it from the limits. */
export function defaultLimitRange(object: Draft): void {
  for (const entry of listAt(ensure(object, "spec"), "limits") as Draft[]) {
    if (entry["type"] !== "Container") continue;
    const parts = bounds.slice(0, 4).map((key) => objectAt(entry, key) ?? {});
    const [min = {}, max = {}, given = {}, asked = {}] = parts;
    const limits: Draft = { ...max, ...given };
    const requests: Draft = { ...min, ...limits, ...asked };
    if (Object.keys(limits).length > 0) entry["default"] = limits;
    if (Object.keys(requests).length > 0) entry["defaultRequest"] = requests;
  }
}

export function validateLimitRange(object: JsonObject, target: Target): Problem[] {
  const found = metadataProblems(object, target, true);
  for (const [index, entry] of listAt(specOf(object), "limits").entries()) {
    checkLimit(asObject(entry), specPath.child("limits").index(index), found);
  }
  return found;
}

function checkLimit(limit: JsonObject, path: FieldPath, found: Problem[]): void {
  const type = stringAt(limit, "type");
  const part = (key: string) => objectAt(limit, key) ?? {};
  if (type === "Pod") {
    for (const key of ["default", "defaultRequest"]) {
      if (Object.keys(part(key)).length > 0) found.push(forbidden("limit-default-of-pods", path.child(key)));
    }
  }
  if (
    type === "PersistentVolumeClaim" &&
    part("min")["storage"] === undefined &&
    part("max")["storage"] === undefined
  ) {
    found.push(required("field-required", path.child("limits"), { field: "storage" }));
  }
  const names = new Set(bounds.flatMap((key) => Object.keys(part(key))));
  for (const name of names) {
    const amount = (key: string) => nanosOf(part(key)[name]);
    const above = (key: string, other: string, at: string) => {
      const [small, large] = [amount(key), amount(other)];
      if (small === undefined || large === undefined || small <= large) return;
      const params = { field: key, other, value: String(part(key)[name]), bound: String(part(other)[name]) };
      found.push(invalid("limit-out-of-order", path.child(at).key(name), params));
    };
    above("min", "max", "min");
    above("min", "defaultRequest", "defaultRequest");
    above("defaultRequest", "max", "defaultRequest");
    above("defaultRequest", "default", "defaultRequest");
    above("min", "default", "default");
    above("default", "max", "default");
    const ratio = amount("maxLimitRequestRatio");
    if (ratio !== undefined && ratio < 1_000_000_000n) {
      const at = path.child("maxLimitRequestRatio").key(name);
      found.push(invalid("below-minimum", at, { value: String(part("maxLimitRequestRatio")[name]), min: 1 }));
    }
  }
}

const highestPriority = 1_000_000_000;

export function defaultPriorityClass(object: Draft): void {
  fill(object, "preemptionPolicy", "PreemptLowerPriority");
}

export function validatePriorityClass(object: JsonObject, target: Target): Problem[] {
  const found = metadataProblems(object, target, false);
  const name = stringAt(metadataOf(object), "name");
  const value = numberAt(object, "value") ?? 0;
  if (name.startsWith("system-")) {
    if (systemPriorityClass(name)?.value === value) return found;
    found.push(forbidden("priority-class-reserved", root.child("metadata").child("name"), { value: name }));
  } else if (value > highestPriority) {
    found.push(forbidden("priority-too-high", root.child("value"), { value, limit: highestPriority }));
  }
  checkOptionalChoice(object, "preemptionPolicy", ["PreemptLowerPriority", "Never"], root, found);
  return found;
}

export function priorityClassChanges(from: JsonObject, to: JsonObject): Problem[] {
  return [...forbiddenChanges(from, to, ["value"]), ...immutableFields(from, to, ["preemptionPolicy"])];
}

export function validateRuntimeClass(object: JsonObject, target: Target): Problem[] {
  const found = metadataProblems(object, target, false);
  checkFormat("invalid-dns-label", stringAt(object, "handler"), root.child("handler"), found);
  return found;
}

export function runtimeClassChanges(from: JsonObject, to: JsonObject): Problem[] {
  return immutableFields(from, to, ["handler"]);
}

export function revisionChanges(from: JsonObject, to: JsonObject): Problem[] {
  return immutableFields(from, to, ["data"]);
}

export function endpointSliceChanges(from: JsonObject, to: JsonObject): Problem[] {
  return immutableFields(from, to, ["addressType"]);
}

const nameLabel = "kubernetes.io/metadata.name";
const finalizers = ["kubernetes"];

/** A Namespace bears its own name as a label. */
export function defaultNamespace(object: Draft): void {
  const metadata = ensure(object, "metadata");
  const name = stringAt(metadata, "name");
  if (name !== "") ensure(metadata, "labels")[nameLabel] = name;
}

/** A new Namespace is emptied before it goes. */
export function protectNamespace(object: Draft): readonly [] {
  const spec = ensure(object, "spec");
  const given = listAt(spec, "finalizers");
  if (!given.includes("kubernetes")) spec["finalizers"] = [...given, ...finalizers];
  return [];
}

/** Only the server takes the finalizers of a Namespace away. */
export function keepFinalizers(object: Draft, old: JsonObject): void {
  const spec = ensure(object, "spec");
  const kept = specOf(old)["finalizers"];
  if (kept === undefined) delete spec["finalizers"];
  else spec["finalizers"] = kept;
}

export function validateNamespace(object: JsonObject, target: Target): Problem[] {
  return metadataProblems(object, target, false, "dns-label");
}

/** Kinds of which nothing but the metadata is judged. */
export function validatePlain(object: JsonObject, target: Target, namespaced: boolean): Problem[] {
  return metadataProblems(object, target, namespaced);
}
