/** Ingresses and their classes. Models pkg/apis/networking/validation (ValidateIngress, ValidateIngressClass). */
import { addressBytes } from "../addresses.ts";
import { checkFormat } from "../check-format.ts";
import { type FieldPath, invalid, notSupported, required, tooLong } from "../field-path.ts";
import { dnsSubdomain } from "../formats.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";
import { metadataOf, specOf } from "../workload-checks.ts";
import { immutableFields, metadataProblems, root, specPath } from "./shared.ts";

const classAnnotation = "kubernetes.io/ingress.class";

/** The problems of an Ingress; a class that is said twice is looked at in new ones only. */
export function validateIngress(object: JsonObject, target: Target, replaces: boolean): Problem[] {
  const spec = specOf(object);
  const found = metadataProblems(object, target, true);
  const rules = listAt(spec, "rules").map(asObject);
  const backend = objectAt(spec, "defaultBackend");
  if (rules.length === 0 && !backend)
    found.push(invalid("one-of-missing", specPath, { fields: ["defaultBackend", "rules"] }));
  for (const [index, entry] of listAt(spec, "tls").entries()) {
    const tls = asObject(entry);
    const at = specPath.child("tls").index(index);
    for (const [place, host] of listAt(tls, "hosts").entries())
      checkHost(String(host), at.child("hosts").index(place), found);
    const secret = stringAt(tls, "secretName");
    if (secret !== "") checkFormat("invalid-dns-subdomain", secret, at.child("secretName"), found);
  }
  if (backend) checkBackend(backend, specPath.child("defaultBackend"), found);
  for (const [index, rule] of rules.entries()) checkRule(rule, specPath.child("rules").index(index), found);
  const name = spec["ingressClassName"];
  if (typeof name === "string") checkFormat("invalid-dns-subdomain", name, specPath.child("ingressClassName"), found);
  const annotation = objectAt(metadataOf(object), "annotations")?.[classAnnotation];
  if (!replaces && typeof name === "string" && typeof annotation === "string" && annotation !== name) {
    const at = root.silent("metadata").child("annotations").silent(classAnnotation).spelled(classAnnotation);
    found.push(invalid("ingress-class-differs", at, { value: annotation, other: name }));
  }
  return found;
}

function checkRule(rule: JsonObject, path: FieldPath, found: Problem[]): void {
  const host = stringAt(rule, "host");
  if (host !== "") {
    if (addressBytes(host) !== undefined) found.push(invalid("host-is-address", path.child("host"), { value: host }));
    checkHost(host, path.child("host"), found);
  }
  const http = objectAt(rule, "http");
  if (!http) return;
  const at = path.child("http").child("paths");
  const paths = listAt(http, "paths");
  if (paths.length === 0) found.push(required("field-required", at, { field: "paths" }));
  for (const [index, entry] of paths.entries()) checkPath(asObject(entry), at.index(index), found);
}

function checkHost(host: string, path: FieldPath, found: Problem[]): void {
  const bare = host.startsWith("*.") ? host.slice(2) : host;
  const rules = dnsSubdomain(bare);
  if (rules.length > 0) found.push(invalid("invalid-dns-subdomain", path, { value: host, rules }));
}

const badParts = ["//", "/./", "/../", "%2f", "%2F"];
const badEnds = ["/..", "/."];
const pathTypes = ["Exact", "ImplementationSpecific", "Prefix"];

function checkPath(entry: JsonObject, path: FieldPath, found: Problem[]): void {
  const type = entry["pathType"];
  const text = stringAt(entry, "path");
  const at = path.child("path");
  if (typeof type !== "string" || type === "")
    found.push(required("value-missing", path.child("pathType"), { allowed: pathTypes }));
  else if (type === "Exact" || type === "Prefix") {
    if (!text.startsWith("/")) found.push(invalid("path-not-absolute", at, { value: text }));
    const bad = [...badParts.filter((part) => text.includes(part)), ...badEnds.filter((end) => text.endsWith(end))];
    for (const part of bad) found.push(invalid("path-part-not-allowed", at, { value: text, part }));
  } else if (type === "ImplementationSpecific") {
    if (text !== "" && !text.startsWith("/")) found.push(invalid("path-not-absolute", at, { value: text }));
  } else found.push(notSupported("value-not-supported", path.child("pathType"), type, pathTypes));
  checkBackend(objectAt(entry, "backend") ?? {}, path.child("backend"), found);
}

function checkBackend(backend: JsonObject, path: FieldPath, found: Problem[]): void {
  const [service, resource] = [objectAt(backend, "service"), objectAt(backend, "resource")];
  if (service && resource) found.push(invalid("fields-exclusive", path, { fields: ["service", "resource"] }));
  else if (resource) {
    const at = path.child("resource");
    for (const key of ["kind", "name"]) {
      if (stringAt(resource, key) === "") found.push(required("field-required", at.child(key), { field: key }));
    }
  } else if (service) checkService(service, path, found);
  else found.push(invalid("one-of-missing", path, { fields: ["service", "resource"] }));
}

function checkService(service: JsonObject, path: FieldPath, found: Problem[]): void {
  const at = path.child("service");
  const name = stringAt(service, "name");
  if (name === "") found.push(required("field-required", at.child("name"), { field: "name" }));
  else checkFormat("invalid-dns-label", name, at.child("name"), found);
  const port = objectAt(service, "port");
  const [portName, number] = [stringAt(port, "name"), numberAt(port, "number") ?? 0];
  const portPath = at.child("port");
  if (portName !== "" && number !== 0) found.push(invalid("fields-exclusive", path, { fields: ["name", "number"] }));
  else if (portName !== "") checkFormat("invalid-port-name", portName, portPath.child("name"), found);
  else if (number === 0) found.push(required("field-required", path, { field: "port" }));
  else if (number < 1 || number > 65_535) {
    found.push(invalid("out-of-range", portPath.child("number"), { value: number, min: 1, max: 65_535 }));
  }
}

const longestController = 250;

export function validateIngressClass(object: JsonObject, target: Target): Problem[] {
  const spec = specOf(object);
  const found = metadataProblems(object, target, false);
  const controller = stringAt(spec, "controller");
  const at = specPath.child("controller");
  if (controller.length > longestController) {
    found.push(tooLong("text-too-long", at, { actual: controller.length, limit: longestController }));
  }
  if (controller === "") found.push(required("field-required", at, { field: "controller" }));
  else {
    const slash = controller.indexOf("/");
    if (slash <= 0 || slash === controller.length - 1)
      found.push(invalid("managed-by-not-a-path", at, { value: controller }));
    else checkFormat("invalid-dns-subdomain", controller.slice(0, slash), at, found);
  }
  const parameters = objectAt(spec, "parameters");
  for (const key of parameters ? ["kind", "name"] : []) {
    if (stringAt(parameters, key) !== "") continue;
    found.push(required("field-required", specPath.child("parameters").child(key), { field: key }));
  }
  return found;
}

export function ingressClassChanges(from: JsonObject, to: JsonObject): Problem[] {
  return immutableFields(specOf(from), specOf(to), ["controller"], specPath);
}
