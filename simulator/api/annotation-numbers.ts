/**
 * Annotations that become numbers when an object is read, and keep it from being read when they are none.
 * Models pkg/apis/apps/v1/conversion.go.
 */
import { FieldPath, problem } from "./field-path.ts";
import { type JsonObject, objectAt, stringAt } from "./json.ts";
import type { Problem } from "./problem.ts";

const annotations = FieldPath.root.child("metadata").child("annotations");

const keys: Readonly<Record<string, string>> = {
  DaemonSet: "deprecated.daemonset.template.generation",
  Deployment: "deprecated.deployment.rollback.to",
};

/** The problem of such an annotation of a decoded object, if there is one. */
export function annotationNumberProblem(kind: string, object: JsonObject): Problem | undefined {
  const key = Object.hasOwn(keys, kind) ? (keys[kind] ?? "") : "";
  const values = objectAt(objectAt(object, "metadata"), "annotations");
  const value = stringAt(values, key);
  const isUnsaid = values?.[key] === undefined || (value === "" && kind === "Deployment");
  if (isUnsaid || isInt64(value)) return undefined;
  return problem("wrong-type", "Malformed", annotations.key(key).as(""), { value, expected: "int64" });
}

function isInt64(text: string): boolean {
  if (!/^[+-]?[0-9]+$/.test(text)) return false;
  const value = BigInt(text.replace("+", ""));
  return BigInt.asIntN(64, value) === value;
}
