/** Validation of what workloads are configured with. Models pkg/apis/core/validation and pkg/apis/scheduling/validation. */
import { systemPriorityClass } from "./admission/lookup.ts";
import { checkFormat } from "./check-format.ts";
import { FieldPath, forbidden, invalid, notSupported, problem, required, tooLong } from "./field-path.ts";
import { type JsonObject, objectAt, stringAt } from "./json.ts";
import { validateObjectMeta } from "./metadata.ts";
import type { Problem } from "./problem.ts";
import type { Target } from "./target.ts";
import { metadataOf } from "./workload-checks.ts";

const { root } = FieldPath;
const metadataPath = root.child("metadata");
/** Bytes that all values of a ConfigMap or Secret may take together. */
const mostBytes = 1024 * 1024;

function validateMetadata(object: JsonObject, target: Target, namespaced = true): Problem[] {
  return validateObjectMeta(metadataOf(object), metadataPath, { target, namespaced, nameCheck: "dns-subdomain" });
}

/** Models ValidateConfigMap. */
export function validateConfigMap(object: JsonObject, target: Target): Problem[] {
  const found = validateMetadata(object, target);
  const [data, binary] = [objectAt(object, "data") ?? {}, objectAt(object, "binaryData") ?? {}];
  for (const key of Object.keys(data)) {
    checkFormat("invalid-config-key", key, root.child("data").key(key), found);
    if (Object.hasOwn(binary, key)) found.push(invalid("data-key-twice", root.child("data").key(key), { value: key }));
  }
  for (const key of Object.keys(binary)) {
    checkFormat("invalid-config-key", key, root.child("binaryData").key(key), found);
  }
  const size = bytesOf(data) + decodedBytesOf(binary);
  if (size > mostBytes) found.push(tooLong("data-too-large", root, { limit: mostBytes }));
  found.push(...undecodable(binary, root.child("binaryData")));
  return found;
}

/** Models ValidateSecret. Texts of `stringData` are a part of the data by then. */
export function validateSecret(object: JsonObject, target: Target): Problem[] {
  const found = validateMetadata(object, target);
  const data = objectAt(object, "data") ?? {};
  const path = root.child("data");
  const keys = new Set(Object.keys(data));
  for (const key of keys) checkFormat("invalid-config-key", key, path.key(key), found);
  if (decodedBytesOf(data) > mostBytes) found.push(tooLong("data-too-large", path, { limit: mostBytes }));
  for (const key of keysOfType(stringAt(object, "type"), keys)) {
    found.push(required("secret-key-missing", path.key(key), { key, type: stringAt(object, "type") }));
  }
  if (stringAt(object, "type") === "kubernetes.io/service-account-token") {
    const annotations = objectAt(metadataOf(object), "annotations");
    if (stringAt(annotations, tokenAnnotation) === "") {
      const at = metadataPath.child("annotations").key(tokenAnnotation);
      found.push(required("secret-key-missing", at, { key: tokenAnnotation, type: stringAt(object, "type") }));
    }
  }
  found.push(...undecodable(data, path));
  return found;
}

const tokenAnnotation = "kubernetes.io/service-account.name";
const keysByType: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
};

/** The keys that a type asks for and that are not there; of user and password one is enough. */
function keysOfType(type: string, keys: ReadonlySet<string>): readonly string[] {
  if (type === "kubernetes.io/basic-auth") {
    return keys.has("username") || keys.has("password") ? [] : ["username", "password"];
  }
  const wanted = Object.hasOwn(keysByType, type) ? (keysByType[type] ?? []) : [];
  return wanted.filter((key) => !keys.has(key));
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Values that are no base64: the server cannot read them, and names no field. */
function undecodable(data: JsonObject, path: FieldPath): readonly Problem[] {
  return Object.entries(data)
    .filter(([, value]) => typeof value === "string" && !base64.test(value.replace(/[\r\n]/g, "")))
    .map(([key]) => ({ ...problem("not-base64", "Malformed", path.key(key)), path: "" }));
}

function bytesOf(data: JsonObject): number {
  return Object.values(data).reduce<number>((sum, value) => sum + utf8Length(String(value)), 0);
}

function decodedBytesOf(data: JsonObject): number {
  return Object.values(data).reduce<number>((sum, value) => sum + Math.floor((String(value).length * 3) / 4), 0);
}

function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

/** Models ValidateServiceAccount. */
export function validateServiceAccount(object: JsonObject, target: Target): Problem[] {
  return validateMetadata(object, target);
}

/** Models ValidateNamespace. */
export function validateNamespace(object: JsonObject, target: Target): Problem[] {
  const options = { target, namespaced: false, nameCheck: "dns-label" } as const;
  return validateObjectMeta(metadataOf(object), metadataPath, options);
}

const highestOfUsers = 1_000_000_000;
const policies = ["Never", "PreemptLowerPriority"];

/** Models ValidatePriorityClass. */
export function validatePriorityClass(object: JsonObject, target: Target): Problem[] {
  const found = validateMetadata(object, target, false);
  const name = stringAt(metadataOf(object), "name");
  const { value, preemptionPolicy } = object;
  if (name.startsWith("system-")) {
    if (systemPriorityClass(name)?.value !== value) {
      found.push(forbidden("priority-class-reserved", metadataPath.child("name"), { value: name }));
    }
  } else if (typeof value === "number" && value > highestOfUsers) {
    found.push(forbidden("priority-too-high", root.child("value"), { value, limit: highestOfUsers }));
  }
  if (typeof preemptionPolicy === "string" && !policies.includes(preemptionPolicy)) {
    found.push(notSupported("value-not-supported", root.child("preemptionPolicy"), preemptionPolicy, policies));
  }
  return found;
}
