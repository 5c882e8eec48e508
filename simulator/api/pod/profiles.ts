/**
 * Seccomp and AppArmor profiles, as fields and as the annotations that came before them.
 * Models validateSeccompProfileField, ValidateAppArmorProfileField and their annotations in pkg/apis/core/validation.
 */
import { type FieldPath, forbidden, invalid, notSupported, required, tooLong } from "../field-path.ts";
import { type JsonObject, objectAt, stringAt } from "../json.ts";
import { utf8Length } from "../metadata.ts";
import type { Problem } from "../problem.ts";
import { checkDescendingPath } from "./paths.ts";

const types = ["Localhost", "RuntimeDefault", "Unconfined"];
const maxProfileBytes = 4095;

export function validateSeccompProfile(owner: JsonObject, path: FieldPath, found: Problem[]): void {
  const profile = objectAt(owner, "seccompProfile");
  if (profile === undefined) return;
  const at = path.child("seccompProfile");
  const type = stringAt(profile, "type");
  if (type === "") found.push(required("profile-type-missing", at.child("type"), { allowed: types }));
  else if (!types.includes(type)) found.push(notSupported("value-not-supported", at.child("type"), type, types));
  const local = profile["localhostProfile"];
  const place = at.child("localhostProfile");
  if (type !== "Localhost") {
    if (typeof local === "string") found.push(invalid("profile-not-localhost", place, { value: local, type }));
  } else if (typeof local !== "string") {
    found.push(required("profile-missing", place));
  } else {
    checkDescendingPath(local, place, found);
  }
}

export function validateAppArmorProfile(owner: JsonObject, path: FieldPath, found: Problem[]): void {
  const profile = objectAt(owner, "appArmorProfile");
  if (profile === undefined) return;
  const at = path.child("appArmorProfile");
  const type = stringAt(profile, "type");
  const local = profile["localhostProfile"];
  const place = at.child("localhostProfile");
  if (type === "Localhost") {
    if (typeof local !== "string" || local === "") {
      found.push(required("profile-missing", place));
      return;
    }
    if (local.trim() !== local) found.push(invalid("profile-padded", place, { value: local }));
    const bytes = utf8Length(local);
    if (bytes > maxProfileBytes) found.push(tooLong("text-too-long", place, { actual: bytes, limit: maxProfileBytes }));
  } else if (type === "RuntimeDefault" || type === "Unconfined") {
    if (typeof local === "string") found.push(invalid("profile-not-localhost", place, { value: local, type }));
  } else if (type === "") {
    found.push(required("profile-type-missing", at.child("type"), { allowed: types }));
  } else {
    found.push(notSupported("value-not-supported", at.child("type"), type, types));
  }
}

const localhostPrefix = "localhost/";

/** The value of a seccomp annotation. */
export function validateSeccompText(value: string, path: FieldPath, found: Problem[]): void {
  if (value === "runtime/default" || value === "docker/default" || value === "unconfined") return;
  if (value.startsWith(localhostPrefix)) checkDescendingPath(value.slice(localhostPrefix.length), path, found);
  else found.push(invalid("seccomp-annotation-invalid", path, { value }));
}

/** Whether the value of an AppArmor annotation can be read. */
export function isAppArmorText(value: string): boolean {
  return value === "" || value === "runtime/default" || value === "unconfined" || value.startsWith(localhostPrefix);
}

/** An annotation and a field that say different things of one container (or of the pod). */
export function checkProfileAgreement(
  annotation: string,
  profile: JsonObject,
  kind: "seccomp" | "apparmor",
  path: FieldPath,
  found: Problem[],
): void {
  const type = stringAt(profile, "type");
  const differs = () =>
    found.push(forbidden("profile-annotation-differs", path.child("type"), { kind, annotation, type }));
  if (type === "Unconfined") {
    if (annotation !== "unconfined") differs();
  } else if (type === "RuntimeDefault") {
    const isDocker = kind === "seccomp" && annotation === "docker/default";
    if (annotation !== "runtime/default" && !isDocker) differs();
  } else if (type === "Localhost") {
    const local = profile["localhostProfile"];
    if (!annotation.startsWith(localhostPrefix)) differs();
    else if (local !== annotation.slice(localhostPrefix.length)) {
      found.push(forbidden("profile-annotation-differs", path.child("localhostProfile"), { kind, annotation, type }));
    }
  }
}
