/**
 * The specification of a persistent volume claim, wherever it stands: in a claim, a claim template or an ephemeral volume.
 * Models ValidatePersistentVolumeClaimSpec of pkg/apis/core/validation and pkg/api/persistentvolumeclaim.
 */
import { checkFormat } from "../check-format.ts";
import { type FieldPath, forbidden, invalid, notSupported, required, warning } from "../field-path.ts";
import { type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import { validateLabelSelector } from "../label-selector.ts";
import type { Problem } from "../problem.ts";
import { isWhole, nanosOf } from "./amounts.ts";
import { checkOptionalChoice, checkOptionalFormat, checkRequired } from "./check.ts";

const accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

/** Adds the problems of a claim's `spec`. */
export function validateClaimSpec(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  validateAccessModes(spec, path.child("accessModes"), found);
  found.push(...validateLabelSelector(objectAt(spec, "selector"), path.child("selector")));
  validateStorage(spec, path, found);
  for (const key of ["storageClassName", "volumeAttributesClassName"]) {
    const name = stringAt(spec, key);
    if (name !== "") checkFormat("invalid-dns-subdomain", name, path.child(key), found);
  }
  checkOptionalChoice(spec, "volumeMode", ["Block", "Filesystem"], path, found);
  const source = objectAt(spec, "dataSource");
  const reference = objectAt(spec, "dataSourceRef");
  if (source !== undefined) validateDataSource(source, path.child("dataSource"), found);
  if (reference !== undefined) {
    validateDataSource(reference, path.child("dataSourceRef"), found);
    checkOptionalFormat("invalid-dns-label", reference, "namespace", path.child("dataSourceRef"), found);
  }
  if (source === undefined || reference === undefined) return;
  if (stringAt(reference, "namespace") !== "") found.push(invalid("data-source-with-namespace", path));
  else if (!isSameSource(source, reference)) found.push(invalid("data-sources-differ", path));
}

function validateAccessModes(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const modes = listAt(spec, "accessModes").map((mode) => (typeof mode === "string" ? mode : ""));
  if (modes.length === 0) found.push(required("access-modes-missing", path, { allowed: accessModes }));
  for (const [index, mode] of modes.entries()) {
    if (!accessModes.includes(mode))
      found.push(notSupported("value-not-supported", path.silent(index), mode, accessModes));
  }
  const others = modes.filter((mode) => mode !== "ReadWriteOncePod" && accessModes.includes(mode));
  if (modes.includes("ReadWriteOncePod") && others.length > 0) {
    found.push(forbidden("read-write-once-pod-alone", path, { others }));
  }
}

/** The server leaves `requests` out of its spelling. */
function validateStorage(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const requests = objectAt(objectAt(spec, "resources"), "requests");
  const at = path.child("resources");
  const amount = nanosOf(requests?.["storage"]);
  if (amount === undefined) found.push(required("storage-request-missing", at.key("storage")));
  else if (amount <= 0n) {
    const value = String(requests?.["storage"]);
    found.push(invalid("not-positive", at.silent("requests").key("storage"), { value }));
  }
}

function validateDataSource(source: JsonObject, path: FieldPath, found: Problem[]): void {
  checkRequired(source, "name", path, found);
  const kind = checkRequired(source, "kind", path, found);
  const group = stringAt(source, "apiGroup");
  if (group === "" && kind !== "PersistentVolumeClaim") found.push(invalid("data-source-kind", path, { value: kind }));
  if (group !== "") checkFormat("invalid-dns-subdomain", group, path.child("apiGroup"), found);
}

function isSameSource(one: JsonObject, other: JsonObject): boolean {
  // A group that is empty and one that is not given are not the same.
  const hasSameGroup = (one["apiGroup"] ?? null) === (other["apiGroup"] ?? null);
  return hasSameGroup && ["kind", "name"].every((key) => stringAt(one, key) === stringAt(other, key));
}

/** What the server warns about in a claim's `spec`. */
export function claimSpecWarnings(spec: JsonObject, path: FieldPath): Problem[] {
  const found: Problem[] = [];
  const resources = objectAt(spec, "resources");
  for (const key of ["requests", "limits"]) {
    const value = objectAt(resources, key)?.["storage"];
    if (value !== undefined && !isWhole(value)) {
      found.push(
        warning("fractional-bytes", path.child("resources").child(key).key("storage"), { value: String(value) }),
      );
    }
  }
  return found;
}
