/** Validation of `metadata.ownerReferences`. The server leaves the index out of its spelling. */
import { type FieldPath, invalid } from "./field-path.ts";
import { type JsonObject, stringAt } from "./json.ts";
import type { Problem } from "./problem.ts";

/** Adds the problems of one reference; `path` is spelled without its index. */
export function validateOwnerReference(reference: JsonObject | undefined, path: FieldPath, found: Problem[]): void {
  const apiVersion = stringAt(reference, "apiVersion");
  const kind = stringAt(reference, "kind");
  if (versionOf(apiVersion) === "")
    found.push(invalid("owner-version-missing", path.child("apiVersion"), { value: apiVersion }));
  if (kind === "") found.push(invalid("owner-field-missing", path.child("kind"), { field: "kind" }));
  if (stringAt(reference, "name") === "")
    found.push(invalid("owner-field-missing", path.child("name"), { field: "name" }));
  if (stringAt(reference, "uid") === "")
    found.push(invalid("owner-field-missing", path.child("uid"), { field: "uid" }));
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
