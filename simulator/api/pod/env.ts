/** Environment variables of a container. Models validateEnv and validateEnvFrom of pkg/apis/core/validation. */
import { checkFormat } from "../check-format.ts";
import { type FieldPath, invalid, notFound, required } from "../field-path.ts";
import { asObject, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { checkRequired, checkRequiredFormat } from "./check.ts";
import type { PodContext } from "./context.ts";
import { checkFieldRef, checkResourceFieldRef, environmentFieldPaths } from "./downward.ts";
import { checkNoBackstep } from "./paths.ts";

const valueSources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"] as const;
const envFromSources = ["configMapRef", "secretRef"] as const;

export function validateEnv(container: JsonObject, path: FieldPath, context: PodContext): void {
  const found = context.found;
  for (const [index, entry] of listAt(container, "env").entries()) {
    const variable = asObject(entry);
    const at = path.child("env").index(index);
    checkRequiredFormat("invalid-environment-name", variable, "name", at, found);
    const valueFrom = objectAt(variable, "valueFrom");
    if (valueFrom !== undefined)
      validateValueFrom(valueFrom, stringAt(variable, "value"), at.child("valueFrom"), context);
  }
  validateEnvFrom(container, path.child("envFrom"), found);
}

function validateValueFrom(valueFrom: JsonObject, value: string, path: FieldPath, context: PodContext): void {
  const found = context.found;
  const fieldRef = objectAt(valueFrom, "fieldRef");
  if (fieldRef !== undefined) checkFieldRef(fieldRef, environmentFieldPaths, path.child("fieldRef"), found);
  const resourceFieldRef = objectAt(valueFrom, "resourceFieldRef");
  if (resourceFieldRef !== undefined) {
    checkResourceFieldRef(resourceFieldRef, false, path.child("resourceFieldRef"), found);
  }
  for (const source of ["configMapKeyRef", "secretKeyRef"]) {
    const reference = objectAt(valueFrom, source);
    if (reference !== undefined) checkKeySelector(reference, path.child(source), found);
  }
  const fileKeyRef = objectAt(valueFrom, "fileKeyRef");
  if (fileKeyRef !== undefined) checkFileKey(fileKeyRef, path.child("fileKeyRef"), context);
  const given = valueSources.filter((source) => objectAt(valueFrom, source) !== undefined);
  if (given.length === 0) {
    found.push(invalid("env-source-missing", path, { allowed: [...valueSources] }));
  } else if (value !== "") {
    found.push(invalid("env-value-and-source", path, { sources: given }));
  } else if (given.length > 1) {
    found.push(invalid("env-sources-exclusive", path, { sources: given }));
  }
}

/** A key of a config map or a secret; an empty name is an invalid one here, not a missing one. */
function checkKeySelector(reference: JsonObject, path: FieldPath, found: Problem[]): void {
  checkFormat("invalid-dns-subdomain", stringAt(reference, "name"), path.child("name"), found);
  checkRequiredFormat("invalid-config-key", reference, "key", path, found);
}

/** A variable read from a file that an init container wrote into an `emptyDir`. */
function checkFileKey(reference: JsonObject, path: FieldPath, context: PodContext): void {
  const found = context.found;
  checkRequiredFormat("invalid-environment-name", reference, "key", path, found);
  const name = stringAt(reference, "volumeName");
  checkRequiredFormat("invalid-dns-label", reference, "volumeName", path, found);
  const file = checkRequired(reference, "path", path, found);
  if (file !== "") checkNoBackstep(file, path.child("path"), found);
  const volume = context.volumes.get(name);
  if (volume === undefined) {
    found.push(notFound("volume-not-found", path.child("volumeName"), { name }));
  } else if (objectAt(volume, "emptyDir") === undefined) {
    found.push(invalid("volume-not-empty-dir", path.child("volumeName"), { name }));
  }
}

/** The server leaves the index out where the number of sources is wrong. */
function validateEnvFrom(container: JsonObject, path: FieldPath, found: Problem[]): void {
  for (const [index, entry] of listAt(container, "envFrom").entries()) {
    const source = asObject(entry);
    const at = path.index(index);
    const prefix = stringAt(source, "prefix");
    if (prefix !== "") checkFormat("invalid-environment-name", prefix, at.child("prefix"), found);
    const given = envFromSources.filter((key) => objectAt(source, key) !== undefined);
    for (const key of given) {
      const reference = asObject(source[key]);
      const name = stringAt(reference, "name");
      if (name === "") found.push(required("field-required", at.child(key).child("name"), { field: "name" }));
      else checkFormat("invalid-dns-subdomain", prefixName(name), at.child(key).child("name"), found);
    }
    if (given.length === 0) {
      found.push(invalid("env-source-missing", path.silent(index), { allowed: [...envFromSources] }));
    } else if (given.length > 1) {
      found.push(invalid("env-sources-exclusive", path.silent(index), { sources: given }));
    }
  }
}

/** Names here are checked as if something were appended: a trailing dash is fine. */
function prefixName(name: string): string {
  return name.length > 1 && name.endsWith("-") ? `${name.slice(0, -2)}a` : name;
}
