/**
 * Regular, init and ephemeral containers.
 * Models validateContainers, validateInitContainers and validateEphemeralContainers of pkg/apis/core/validation.
 */
import { duplicate, type FieldPath, forbidden, invalid, notFound, required } from "../field-path.ts";
import { asObject, isObject, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import { checkChoice, checkRequired, checkRequiredFormat } from "./check.ts";
import { validateContainerRestart } from "./container-restart.ts";
import { validateSecurityContext } from "./container-security.ts";
import type { PodContext } from "./context.ts";
import { validateEnv } from "./env.ts";
import { validateMounts } from "./mounts.ts";
import { validateHostPortConflicts, validatePorts } from "./ports.ts";
import { validateProbes } from "./probes.ts";
import { validateResizePolicy } from "./resize-policy.ts";
import { validateResources } from "./resources.ts";

const pullPolicies = ["Always", "IfNotPresent", "Never"];
const messagePolicies = ["File", "FallbackToLogsOnError"];

export function validateAllContainers(spec: JsonObject, path: FieldPath, context: PodContext): void {
  const regularNames = validateContainers(spec, path.child("containers"), context);
  const initNames = validateInitContainers(spec, regularNames, path.child("initContainers"), context);
  validateEphemeralContainers(spec, initNames, path.child("ephemeralContainers"), context);
}

/** Returns the names of the containers. */
function validateContainers(spec: JsonObject, path: FieldPath, context: PodContext): ReadonlySet<string> {
  const found = context.found;
  const containers = listAt(spec, "containers");
  const names = new Set<string>();
  const hostPorts = new Set<string>();
  if (containers.length === 0) found.push(required("containers-missing", path));
  for (const [index, entry] of containers.entries()) {
    const container = asObject(entry);
    const at = path.index(index);
    validateCommon(container, false, at, context);
    const name = stringAt(container, "name");
    if (names.has(name)) found.push(duplicate("duplicate-container-name", at.child("name"), { value: name }));
    names.add(name);
    validateProbes(container, at, context);
    validateContainerRestart(container, at, context);
    validateHostPortConflicts(container, at, hostPorts, context);
  }
  return names;
}

const probes = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"];

/** Returns the names of all containers so far. */
function validateInitContainers(
  spec: JsonObject,
  regularNames: ReadonlySet<string>,
  path: FieldPath,
  context: PodContext,
): ReadonlySet<string> {
  const found = context.found;
  const names = new Set(regularNames);
  for (const [index, entry] of listAt(spec, "initContainers").entries()) {
    const container = asObject(entry);
    const at = path.index(index);
    const isSidecar = container["restartPolicy"] === "Always";
    validateCommon(container, !isSidecar, at, context);
    validateContainerRestart(container, at, context);
    const name = stringAt(container, "name");
    if (names.has(name)) found.push(duplicate("duplicate-container-name", at.child("name"), { value: name }));
    else if (name !== "") names.add(name);
    // The server judges the ports of each init container alone, and then counts it as the first.
    validateHostPortConflicts(container, path.index(index).as(`${path.text}[0]`), new Set(), context);
    if (isSidecar) validateProbes(container, at, context);
    else {
      for (const key of probes) {
        if (isObject(container[key])) found.push(forbidden("not-for-init-containers", at.child(key), { field: key }));
      }
    }
  }
  return names;
}

/** Fields of a container that an ephemeral one must not have. */
const notForEphemeral = [
  "ports",
  "resources",
  "resizePolicy",
  "restartPolicy",
  "restartPolicyRules",
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle",
];

function validateEphemeralContainers(
  spec: JsonObject,
  otherNames: ReadonlySet<string>,
  path: FieldPath,
  context: PodContext,
): void {
  const found = context.found;
  const names = new Set(otherNames);
  for (const [index, entry] of listAt(spec, "ephemeralContainers").entries()) {
    const container = asObject(entry);
    const at = path.index(index);
    validateCommon(container, false, at, context);
    validateImagePadding(container, at, context);
    const name = stringAt(container, "name");
    if (names.has(name)) found.push(duplicate("duplicate-container-name", at.child("name"), { value: name }));
    names.add(name);
    const target = stringAt(container, "targetContainerName");
    if (target !== "" && !otherNames.has(target)) {
      found.push(notFound("container-not-found", at.child("targetContainerName"), { name: target }));
    }
    for (const key of notForEphemeral) {
      if (isGiven(container, key)) found.push(forbidden("not-for-ephemeral", at.child(key), { field: key }));
    }
    for (const [mountIndex, mount] of listAt(container, "volumeMounts").entries()) {
      for (const key of ["subPath", "subPathExpr"]) {
        if (stringAt(asObject(mount), key) === "") continue;
        const place = at.child("volumeMounts").index(mountIndex).child(key);
        found.push(forbidden("not-for-ephemeral", place, { field: key }));
      }
    }
  }
}

/** Whether a field is set: `{}` of resources is not, `{}` of a probe or a lifecycle is. */
function isGiven(container: JsonObject, key: string): boolean {
  const value = container[key];
  if (key === "resources") return isObject(value) && Object.keys(value).length > 0;
  return value !== undefined && value !== null;
}

function validateCommon(container: JsonObject, isPlainInit: boolean, path: FieldPath, context: PodContext): void {
  const found = context.found;
  checkRequiredFormat("invalid-dns-label", container, "name", path, found);
  checkRequired(container, "image", path, found);
  checkChoice(
    stringAt(container, "terminationMessagePolicy"),
    messagePolicies,
    path.child("terminationMessagePolicy"),
    found,
  );
  validatePorts(container, path, context);
  validateEnv(container, path, context);
  validateMounts(container, path, context);
  checkChoice(stringAt(container, "imagePullPolicy"), pullPolicies, path.child("imagePullPolicy"), found);
  validateResources(objectAt(container, "resources"), "container", path.child("resources"), context);
  validateResizePolicy(container, isPlainInit, path, context);
  validateSecurityContext(objectAt(container, "securityContext"), path.child("securityContext"), context);
}

/** Blanks around an image: an error in Pods only, templates have always had them. */
export function validateImagePadding(container: JsonObject, path: FieldPath, context: PodContext): void {
  const image = stringAt(container, "image");
  if (image.trim() !== image) context.found.push(invalid("image-padded", path.child("image"), { value: image }));
}
