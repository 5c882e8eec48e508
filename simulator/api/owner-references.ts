/** Validation of `metadata.ownerReferences`. Models ValidateOwnerReferences of apimachinery/pkg/api/validation/objectmeta.go. */
import { type FieldPath, invalid, required } from "./field-path.ts";
import { type JsonObject, stringAt } from "./json.ts";
import type { Problem } from "./problem.ts";

const fields = ["apiVersion", "kind", "name", "uid"];

/** Adds the problems of one reference, as Kubernetes from 1.37 on finds them. */
export function validateOwnerReference(reference: JsonObject | undefined, path: FieldPath, found: Problem[]): void {
  const missing = fields.filter((field) => stringAt(reference, field) === "");
  for (const field of missing) found.push(required("owner-field-missing", path.child(field), { field }));
  const apiVersion = stringAt(reference, "apiVersion");
  if (apiVersion !== "" && versionOf(apiVersion) === "") {
    found.push(invalid("owner-version-missing", path.child("apiVersion"), { value: apiVersion }));
  }
  forbidEvents(reference, path, found);
}

/** The same up to 1.36; `path` is spelled without the index of the reference. */
export function validateOwnerReferenceUnindexed(
  reference: JsonObject | undefined,
  path: FieldPath,
  found: Problem[],
): void {
  const apiVersion = stringAt(reference, "apiVersion");
  const kind = stringAt(reference, "kind");
  if (versionOf(apiVersion) === "")
    found.push(invalid("owner-version-missing", path.child("apiVersion"), { value: apiVersion }));
  if (kind === "") found.push(invalid("owner-field-missing", path.child("kind"), { field: "kind" }));
  if (stringAt(reference, "name") === "")
    found.push(invalid("owner-field-missing", path.child("name"), { field: "name" }));
  if (stringAt(reference, "uid") === "")
    found.push(invalid("owner-field-missing", path.child("uid"), { field: "uid" }));
  forbidEvents(reference, path, found);
}

function forbidEvents(reference: JsonObject | undefined, path: FieldPath, found: Problem[]): void {
  const { apiVersion, kind } = reference ?? {};
  if (apiVersion === "v1" && kind === "Event") found.push(invalid("owner-not-allowed", path, { kind, apiVersion }));
}

/** Only one owner may be the controller. */
export function duplicateControllerProblem(path: FieldPath, controllers: readonly string[]): Problem {
  return invalid("owner-second-controller", path, { owners: [...controllers] });
}

/** `v1` of `apps/v1`; `""` when there is none or more than one slash. */
function versionOf(apiVersion: string): string {
  if (apiVersion === "/") return "";
  const parts = apiVersion.split("/");
  if (parts.length > 2) return "";
  return parts[parts.length - 1] ?? "";
}
