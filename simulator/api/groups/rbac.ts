/** Roles and bindings. Models pkg/apis/rbac/{validation,v1/defaults.go}. */
import { checkFormat } from "../check-format.ts";
import { type Draft, draftsAt, ensure, fill } from "../defaults-pod.ts";
import { type FieldPath, invalid, notSupported, required } from "../field-path.ts";
import { asObject, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";
import { immutableFields, metadataProblems, root } from "./shared.ts";

const group = "rbac.authorization.k8s.io";

export function defaultBinding(object: Draft): void {
  fill(ensure(object, "roleRef"), "apiGroup", group);
  for (const subject of draftsAt(object, "subjects")) {
    if (subject["kind"] === "User" || subject["kind"] === "Group") fill(subject, "apiGroup", group);
  }
}

export function validateRole(object: JsonObject, target: Target, namespaced: boolean): Problem[] {
  const found = metadataProblems(object, target, namespaced, "path-segment");
  for (const [index, rule] of listAt(object, "rules").entries()) {
    checkRule(asObject(rule), root.child("rules").index(index), namespaced, found);
  }
  return found;
}

function checkRule(rule: JsonObject, path: FieldPath, namespaced: boolean, found: Problem[]): void {
  const isEmpty = (key: string) => listAt(rule, key).length === 0;
  const need = (key: string) => {
    if (isEmpty(key)) found.push(required("field-required", path.child(key), { field: key }));
  };
  need("verbs");
  if (!isEmpty("nonResourceURLs")) {
    const at = path.child("nonResourceURLs");
    if (namespaced) found.push(invalid("urls-in-namespace", at));
    if (!["apiGroups", "resources", "resourceNames"].every(isEmpty))
      found.push(invalid("fields-exclusive", at, { fields: ["nonResourceURLs", "resources"] }));
    return;
  }
  need("apiGroups");
  need("resources");
}

export function validateBinding(object: JsonObject, target: Target, namespaced: boolean): Problem[] {
  const found = metadataProblems(object, target, namespaced, "path-segment");
  const reference = objectAt(object, "roleRef") ?? {};
  const path = root.child("roleRef");
  const apiGroup = stringAt(reference, "apiGroup");
  if (apiGroup !== group) found.push(notSupported("value-not-supported", path.child("apiGroup"), apiGroup, [group]));
  const kinds = namespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
  const kind = stringAt(reference, "kind");
  if (!kinds.includes(kind)) found.push(notSupported("value-not-supported", path.child("kind"), kind, kinds));
  if (stringAt(reference, "name") === "") found.push(required("field-required", path.child("name"), { field: "name" }));
  for (const [index, subject] of listAt(object, "subjects").entries()) {
    checkSubject(asObject(subject), root.child("subjects").index(index), namespaced, found);
  }
  return found;
}

function checkSubject(subject: JsonObject, path: FieldPath, namespaced: boolean, found: Problem[]): void {
  const [kind, name, apiGroup] = ["kind", "name", "apiGroup"].map((key) => stringAt(subject, key));
  if (name === "") found.push(required("field-required", path.child("name"), { field: "name" }));
  const expectGroup = (wanted: string) => {
    if (apiGroup !== wanted)
      found.push(notSupported("value-not-supported", path.child("apiGroup"), apiGroup ?? "", [wanted]));
  };
  switch (kind) {
    case "ServiceAccount":
      if (name !== "" && name !== undefined) checkFormat("invalid-dns-subdomain", name, path.child("name"), found);
      expectGroup("");
      if (!namespaced && stringAt(subject, "namespace") === "") {
        found.push(required("field-required", path.child("namespace"), { field: "namespace" }));
      }
      return;
    case "User":
    case "Group":
      expectGroup(group);
      return;
    default:
      found.push(
        notSupported("value-not-supported", path.child("kind"), kind ?? "", ["ServiceAccount", "User", "Group"]),
      );
  }
}

export function bindingChanges(from: JsonObject, to: JsonObject): Problem[] {
  return immutableFields(from, to, ["roleRef"]);
}
