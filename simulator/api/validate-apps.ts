/** Validation of the kinds of apps/v1, decoded and defaulted. Models pkg/apis/apps/validation/validation.go. */
import { checkFormat } from "./check-format.ts";
import { FieldPath, forbidden, invalid, notSupported, required } from "./field-path.ts";
import { asObject, isObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "./json.ts";
import { isUsableSelector, validateLabelSelector } from "./label-selector.ts";
import { type NameCheck, validateObjectMeta } from "./metadata.ts";
import type { Json, LabelSelector } from "./objects.ts";
import { validateClaimSpec } from "./pod/claim-spec.ts";
import { validatePodTemplate } from "./pod/template.ts";
import type { Path, Problem } from "./problem.ts";
import type { Target } from "./target.ts";
import {
  checkAtMostAll,
  checkIntOrPercent,
  checkNonnegatives,
  checkRunsForEver,
  checkSelectorAndTemplate,
  checkSelectorMatches,
  metadataOf,
  plainNumber,
  specOf,
} from "./workload-checks.ts";

const specPath = FieldPath.root.child("spec");

function checkMetadata(object: unknown, nameCheck: NameCheck, target: Target): Problem[] {
  const options = { target, namespaced: true, nameCheck };
  return validateObjectMeta(metadataOf(object), FieldPath.root.child("metadata"), options);
}

export function validateReplicaSet(object: unknown, target: Target): Problem[] {
  const spec = specOf(object);
  const found = checkMetadata(object, "dns-subdomain", target);
  checkNonnegatives(spec, ["replicas", "minReadySeconds"], specPath, found);
  checkSelectorAndTemplate(spec, { kind: "ReplicaSet", target }, specPath, found);
  if (isSelectable(spec)) checkRunsForEver(spec, specPath, found);
  return found;
}

/** A selector with bad parts keeps the server from looking at the template at all. */
function isSelectable(spec: JsonObject): boolean {
  return isUsableSelector(objectAt(spec, "selector") as LabelSelector | undefined);
}

export function validateDeployment(object: unknown, target: Target): Problem[] {
  const spec = specOf(object);
  const found = checkMetadata(object, "dns-subdomain", target);
  checkNonnegatives(spec, ["replicas", "minReadySeconds", "revisionHistoryLimit"], specPath, found);
  checkSelectorAndTemplate(spec, { kind: "Deployment", target }, specPath, found);
  if (isSelectable(spec)) checkRunsForEver(spec, specPath, found);
  checkDeploymentStrategy(asObject(spec["strategy"]), specPath.child("strategy"), found);
  const deadline = numberAt(spec, "progressDeadlineSeconds");
  if (deadline !== undefined) {
    const at = specPath.child("progressDeadlineSeconds");
    const minReadySeconds = numberAt(spec, "minReadySeconds") ?? 0;
    checkNonnegatives(spec, ["progressDeadlineSeconds"], specPath, found);
    if (deadline <= minReadySeconds)
      found.push(invalid("deadline-not-above-min-ready", at, { value: deadline, minReadySeconds }));
  }
  return found;
}

function checkDeploymentStrategy(strategy: JsonObject, path: FieldPath, found: Problem[]): void {
  const type = stringAt(strategy, "type");
  const rolling = objectAt(strategy, "rollingUpdate");
  const at = path.child("rollingUpdate");
  if (type === "Recreate") {
    if (rolling) found.push(forbidden("rolling-update-with-recreate", at));
  } else if (type === "RollingUpdate") {
    if (!rolling) found.push(required("field-required", at, { field: "rollingUpdate" }));
    else checkRollingDeployment(rolling, at, found);
  } else found.push(notSupported("strategy-type-not-supported", path, type, ["Recreate", "RollingUpdate"]));
}

function checkRollingDeployment(rolling: JsonObject, path: FieldPath, found: Problem[]): void {
  const { maxUnavailable, maxSurge } = rolling;
  checkIntOrPercent(maxUnavailable, path.child("maxUnavailable"), found);
  checkIntOrPercent(maxSurge, path.child("maxSurge"), found);
  if (plainNumber(maxUnavailable) === 0 && plainNumber(maxSurge) === 0) {
    found.push(invalid("both-bounds-zero", path.child("maxUnavailable"), { value: String(maxUnavailable ?? 0) }));
  }
  checkAtMostAll(maxUnavailable, path.child("maxUnavailable"), found);
}

export function validateDaemonSet(object: unknown, target: Target): Problem[] {
  const spec = specOf(object);
  const found = checkMetadata(object, "dns-subdomain", target);
  const selector = objectAt(spec, "selector");
  found.push(...validateLabelSelector(selector, specPath.child("selector")));
  if (isSelectable(spec)) checkSelectorMatches(selector, objectAt(spec, "template"), specPath.child("template"), found);
  if (selector && Object.values(selector).every((part) => isEmptyPart(part))) {
    found.push(invalid("selector-empty", specPath.child("selector"), { kind: "DaemonSet" }));
  }
  found.push(...validatePodTemplate(spec["template"], specPath.child("template"), { kind: "DaemonSet", target }));
  checkRunsForEver(spec, specPath, found);
  checkNonnegatives(spec, ["minReadySeconds", "revisionHistoryLimit"], specPath, found);
  checkDaemonSetStrategy(asObject(spec["updateStrategy"]), specPath.child("updateStrategy"), found);
  return found;
}

function isEmptyPart(part: Json): boolean {
  return typeof part === "object" && part !== null && Object.keys(part).length === 0;
}

function checkDaemonSetStrategy(strategy: JsonObject, path: FieldPath, found: Problem[]): void {
  const type = stringAt(strategy, "type");
  if (type === "OnDelete") return;
  if (type !== "RollingUpdate") {
    found.push(notSupported("strategy-type-not-supported", path, type, ["RollingUpdate", "OnDelete"]));
    return;
  }
  const rolling = objectAt(strategy, "rollingUpdate");
  const at = path.child("rollingUpdate");
  if (!rolling) {
    found.push(required("field-required", at, { field: "rollingUpdate" }));
    return;
  }
  const { maxUnavailable, maxSurge } = rolling;
  for (const key of ["maxUnavailable", "maxSurge"]) checkIntOrPercent(rolling[key], at.child(key), found);
  for (const key of ["maxUnavailable", "maxSurge"]) checkAtMostAll(rolling[key], at.child(key), found);
  const hasUnavailable = plainNumber(maxUnavailable) !== 0;
  const hasSurge = plainNumber(maxSurge) !== 0;
  if (hasUnavailable && hasSurge) {
    found.push(invalid("surge-with-unavailable", at.child("maxSurge"), { value: String(maxSurge) }));
  } else if (!hasUnavailable && !hasSurge) {
    found.push(required("daemon-bounds-zero", at.child("maxUnavailable")));
  }
}

/** What of a StatefulSet may not change is not judged again when it replaces another. */
export function validateStatefulSet(object: unknown, target: Target, replaces = false): Problem[] {
  const spec = specOf(object);
  const found = checkMetadata(object, "dns-label", target);
  const policies = ["OrderedReady", "Parallel"];
  const policy = stringAt(spec, "podManagementPolicy");
  if (policy === "")
    found.push(required("field-required", specPath.child("podManagementPolicy"), { allowed: policies }));
  else if (!policies.includes(policy)) {
    found.push(
      invalid("pod-management-policy-invalid", specPath.child("podManagementPolicy"), {
        value: policy,
        allowed: policies,
      }),
    );
  }
  checkStatefulSetStrategy(asObject(spec["updateStrategy"]), specPath.child("updateStrategy"), found);
  const retention = objectAt(spec, "persistentVolumeClaimRetentionPolicy");
  for (const key of ["whenDeleted", "whenScaled"]) {
    const value = stringAt(retention, key);
    if (retention && value !== "Retain" && value !== "Delete") {
      const at = specPath.child("persistentVolumeClaimRetentionPolicy").child(key);
      found.push(notSupported("value-not-supported", at, value, ["Retain", "Delete"]));
    }
  }
  checkNonnegatives(spec, ["replicas", "minReadySeconds"], specPath, found);
  checkNonnegatives(asObject(spec["ordinals"]), ["start"], specPath.child("ordinals"), found);
  const service = stringAt(spec, "serviceName");
  if (service !== "" && !replaces) checkFormat("invalid-dns-label", service, specPath.child("serviceName"), found);
  const claims = listAt(spec, "volumeClaimTemplates");
  for (const [index, claim] of claims.entries()) {
    const at = specPath.child("volumeClaimTemplates").index(index).child("spec");
    if (!replaces) validateClaimSpec(asObject(asObject(claim)["spec"]), at, found);
  }
  const { template, volumes } = withClaimVolumes(spec, claims);
  const before = found.length;
  checkSelectorAndTemplate(spec, { kind: "StatefulSet", target }, specPath, found, template);
  for (let i = before; i < found.length; i++) found[i] = { ...found[i]!, at: volumes(found[i]!.at) };
  checkRunsForEver(spec, specPath, found);
  return found;
}

function checkStatefulSetStrategy(strategy: JsonObject, path: FieldPath, found: Problem[]): void {
  const type = stringAt(strategy, "type");
  const rolling = objectAt(strategy, "rollingUpdate");
  const at = path.child("rollingUpdate");
  const types = ["RollingUpdate", "OnDelete"];
  if (type === "") found.push(required("field-required", path, { allowed: types }));
  else if (!types.includes(type)) found.push(invalid("strategy-type-invalid", path, { value: type, allowed: types }));
  else if (rolling && type === "OnDelete") found.push(invalid("rolling-update-with-on-delete", at));
  else if (rolling) {
    checkNonnegatives(rolling, ["partition"], at, found);
    checkMaxUnavailable(rolling["maxUnavailable"], at.child("maxUnavailable"), found);
  }
}

/** How many pods a StatefulSet may lack; versions that do not heed it have dropped it. */
function checkMaxUnavailable(value: Json | undefined, path: FieldPath, found: Problem[]): void {
  if (value === undefined || value === null) return;
  checkIntOrPercent(value, path, found);
  if (plainNumber(value) === 0) found.push(invalid("max-unavailable-zero", path, { value: String(value) }));
  checkAtMostAll(value, path, found);
}

/**
 * Claim templates become volumes that stand before those of the template and replace volumes of the same name; the
 * server counts volumes that way. `volumes` leads from a place in the merged list back to where it was written.
 */
function withClaimVolumes(spec: JsonObject, claims: readonly Json[]) {
  const template = objectAt(spec, "template");
  const pod = objectAt(template, "spec");
  const unchanged = { template, volumes: (at: Path): Path => at };
  if (claims.length === 0) return unchanged;
  const names = claims.map((claim) => stringAt(objectAt(asObject(claim), "metadata"), "name"));
  const origins: Path[] = [];
  const merged: Json[] = [];
  // Of claim templates with one name the last one counts.
  names.forEach((name, index) => {
    if (names.lastIndexOf(name) !== index) return;
    merged.push({ name, persistentVolumeClaim: { claimName: name } });
    origins.push(["spec", "volumeClaimTemplates", index, "metadata", "name"]);
  });
  listAt(pod, "volumes").forEach((volume, index) => {
    if (names.includes(stringAt(isObject(volume) ? volume : undefined, "name"))) return;
    merged.push(volume);
    origins.push(["spec", "template", "spec", "volumes", index]);
  });
  const prefix = ["spec", "template", "spec", "volumes"];
  return {
    template: { ...template, spec: { ...pod, volumes: merged } } as JsonObject,
    volumes(at: Path): Path {
      const index = at[prefix.length];
      if (typeof index !== "number" || !prefix.every((step, i) => at[i] === step)) return at;
      const origin = origins[index];
      if (!origin) return at;
      return origin[1] === "volumeClaimTemplates" ? origin : [...origin, ...at.slice(prefix.length + 1)];
    },
  };
}
