/** ConfigMaps and Secrets. Models Validate{ConfigMap,Secret} and their updates of pkg/apis/core/validation. */
import { asciiOf, base64Of, decodeBase64 } from "../base64.ts";
import { checkFormat } from "../check-format.ts";
import { type Draft, draftAt, ensure, fill } from "../defaults-pod.ts";
import { semanticEqual } from "../equality.ts";
import { forbidden, invalid, problem, required, tooLong, warning } from "../field-path.ts";
import { isTrue, type JsonObject, objectAt, stringAt } from "../json.ts";
import { utf8Length } from "../metadata.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";
import { metadataOf } from "../workload-checks.ts";
import { immutableFields, metadataProblems, root } from "./shared.ts";

const largest = 1024 * 1024;

/** The problem of a value that should be base64 and is none, which keeps the object from being read. */
export function bytesProblem(kind: string, value: JsonObject): Problem | undefined {
  const field = kind === "Secret" ? "data" : kind === "ConfigMap" ? "binaryData" : "";
  for (const [key, one] of Object.entries(objectAt(value, field) ?? {})) {
    if (typeof one === "string" && decodeBase64(one) === undefined) {
      return { ...problem("not-base64", "Malformed", root.child(field).key(key)), path: "" };
    }
  }
  return undefined;
}

export function validateConfigMap(object: JsonObject, target: Target): Problem[] {
  const found = metadataProblems(object, target, true);
  const [data, binary] = [objectAt(object, "data") ?? {}, objectAt(object, "binaryData") ?? {}];
  for (const key of Object.keys(data)) {
    const at = root.child("data").key(key);
    checkFormat("invalid-config-key", key, at, found);
    if (binary[key] !== undefined) found.push(invalid("data-key-twice", at, { value: key }));
  }
  for (const key of Object.keys(binary))
    checkFormat("invalid-config-key", key, root.child("binaryData").key(key), found);
  const size = sizeOf(data) + bytesOf(binary);
  if (size > largest) found.push(tooLong("data-too-large", root, { limit: largest }));
  return found;
}

function sizeOf(data: JsonObject): number {
  return Object.values(data).reduce<number>((sum, one) => sum + utf8Length(String(one)), 0);
}

function bytesOf(data: JsonObject): number {
  return Object.values(data).reduce<number>((sum, one) => sum + (decodeBase64(String(one))?.length ?? 0), 0);
}

/** An immutable map keeps what it holds, and stays immutable. */
export function configChanges(from: JsonObject, to: JsonObject): Problem[] {
  if (!isTrue(from, "immutable")) return [];
  const found: Problem[] = [];
  if (!isTrue(to, "immutable")) found.push(forbidden("config-immutable", root.child("immutable")));
  for (const key of ["data", "binaryData"]) {
    if (!semanticEqual(from[key], to[key])) found.push(forbidden("config-immutable", root.child(key)));
  }
  return found;
}

/** What is written as text becomes data. Models the conversion of Secrets. */
export function defaultSecret(object: Draft): void {
  const texts = draftAt(object, "stringData");
  if (texts !== undefined) {
    const data = ensure(object, "data");
    for (const [key, value] of Object.entries(texts)) data[key] = base64Of(String(value ?? ""));
  }
  delete object["stringData"];
  fill(object, "type", "Opaque");
}

const accountName = "kubernetes.io/service-account.name";

/** What a Secret of a type has to hold. */
const neededKeys: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
};

export function validateSecret(object: JsonObject, target: Target): Problem[] {
  const found = metadataProblems(object, target, true);
  const data = objectAt(object, "data") ?? {};
  const path = root.child("data");
  for (const key of Object.keys(data)) checkFormat("invalid-config-key", key, path.key(key), found);
  const size = bytesOf(data);
  if (size > largest) found.push(tooLong("data-too-large", path, { limit: largest }));
  const type = stringAt(object, "type");
  if (type === "kubernetes.io/service-account-token") {
    const name = stringAt(objectAt(metadataOf(object), "annotations"), accountName);
    const at = root.child("metadata").child("annotations").key(accountName);
    if (name === "") found.push(required("secret-key-missing", at, { key: accountName, type }));
  }
  if (type === "kubernetes.io/basic-auth" && data["username"] === undefined && data["password"] === undefined) {
    for (const key of ["username", "password"])
      found.push(required("secret-key-missing", path.key(key), { key, type }));
  }
  const needed = Object.hasOwn(neededKeys, type) ? (neededKeys[type] ?? []) : [];
  for (const key of needed) {
    if (data[key] === undefined) found.push(required("secret-key-missing", path.key(key), { key, type }));
    else if (key.startsWith(".docker") && !isJson(asciiOf(String(data[key])))) {
      found.push(invalid("secret-not-json", path.key(key)));
    }
  }
  return found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export function secretChanges(from: JsonObject, to: JsonObject): Problem[] {
  return [...immutableFields(from, to, ["type"]), ...configChanges(from, to)];
}

/** A certificate and its key are looked into, but only to warn. */
export function secretWarnings(object: JsonObject): readonly Problem[] {
  if (stringAt(object, "type") !== "kubernetes.io/tls") return [];
  const data = objectAt(object, "data") ?? {};
  for (const [key, part] of [
    ["tls.crt", "certificate"],
    ["tls.key", "key"],
  ] as const) {
    if (/-----BEGIN [A-Z0-9 ]+-----/.test(asciiOf(String(data[key] ?? "")))) continue;
    return [warning("no-pem-data", root.child("data").child(key).as("tls"), { part })];
  }
  return [];
}
