/**
 * References to fields of the pod and to resources of a container, in variables and in volumes.
 * Models validateObjectFieldSelector, validateContainerResourceFieldSelector and pkg/apis/core/pods/helpers.go
 */
import { checkFormat } from "../check-format.ts";
import { type FieldPath, invalid, notSupported, required } from "../field-path.ts";
import { type JsonObject, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { parseQuantity } from "../quantity.ts";
import { isZero } from "./amounts.ts";

export const environmentFieldPaths: readonly string[] = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];

export const volumeFieldPaths: readonly string[] = [
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
];

/** Field paths that the conversion between API versions knows; more than are then supported in each place. */
const knownFieldPaths: ReadonlySet<string> = new Set([
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.restartPolicy",
  "spec.schedulerName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.phase",
  "status.podIP",
  "status.podIPs",
  // Read as spec.nodeName.
  "spec.host",
]);

const subscripted = /^(metadata\.(?:annotations|labels))\['(.*)'\]$/s;
const anySubscript = /^(.+)\['(.*)'\]$/s;

export function checkFieldRef(
  reference: JsonObject,
  allowed: readonly string[],
  path: FieldPath,
  found: Problem[],
): void {
  const version = stringAt(reference, "apiVersion");
  if (version === "") {
    found.push(required("field-required", path.child("apiVersion"), { field: "apiVersion" }));
    return;
  }
  const fieldPath = stringAt(reference, "fieldPath");
  const at = path.child("fieldPath");
  if (fieldPath === "") {
    found.push(required("field-required", at, { field: "fieldPath" }));
    return;
  }
  if (version !== "v1") {
    found.push(invalid("field-path-version", at, { value: fieldPath, version }));
    return;
  }
  const parts = subscripted.exec(fieldPath);
  if (parts !== null) {
    const key = parts[2] ?? "";
    const name = parts[1] === "metadata.annotations" ? key.toLowerCase() : key;
    checkFormat("invalid-qualified-name", name, path, found);
  } else if (anySubscript.test(fieldPath) || !knownFieldPaths.has(fieldPath)) {
    found.push(invalid("field-path-unknown", at, { value: fieldPath, allowed: [...allowed] }));
  } else {
    const internal = fieldPath === "spec.host" ? "spec.nodeName" : fieldPath;
    if (!allowed.includes(internal)) found.push(notSupported("field-path-not-supported", at, fieldPath, allowed));
  }
}

const resources: readonly string[] = [
  "limits.cpu",
  "limits.ephemeral-storage",
  "limits.memory",
  "requests.cpu",
  "requests.ephemeral-storage",
  "requests.memory",
];
const hugePages = /^(?:requests|limits)\.hugepages-/;
const cpuDivisors: readonly string[] = ["1m", "1"];
const byteDivisors: readonly string[] = [..."1,1k,1M,1G,1T,1P,1E".split(","), ..."1Ki,1Mi,1Gi,1Ti,1Pi,1Ei".split(",")];

/** `inVolume`: a volume must name the container. */
export function checkResourceFieldRef(
  reference: JsonObject,
  inVolume: boolean,
  path: FieldPath,
  found: Problem[],
): void {
  const resource = stringAt(reference, "resource");
  if (inVolume && stringAt(reference, "containerName") === "") {
    found.push(required("field-required", path.child("containerName"), { field: "containerName" }));
  } else if (resource === "") {
    found.push(required("field-required", path.child("resource"), { field: "resource" }));
  } else if (!resources.includes(resource) && !hugePages.test(resource)) {
    found.push(notSupported("value-not-supported", path.child("resource"), resource, resources));
  }
  checkDivisor(resource, reference["divisor"], path.child("divisor"), found);
}

function checkDivisor(resource: string, divisor: unknown, path: FieldPath, found: Problem[]): void {
  if (divisor === undefined || divisor === null || isZero(divisor)) return;
  const allowed = resource.endsWith(".cpu") && resources.includes(resource) ? cpuDivisors : byteDivisors;
  if (allowed === byteDivisors && !resources.includes(resource) && !hugePages.test(resource)) return;
  // The server compares texts, and it keeps some spellings: +1 is not 1 here.
  const parsed = parseQuantity(String(divisor).trim());
  const value = parsed.ok ? parsed.quantity.text : String(divisor);
  if (!allowed.includes(value)) found.push(invalid("divisor-not-supported", path, { value, resource, allowed }));
}
