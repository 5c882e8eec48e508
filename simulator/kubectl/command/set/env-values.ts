/** What variables that refer to something stand for. Models kubectl/pkg/cmd/set/env/env_resolve.go. */

import { decodeBase64, textOf } from "../../../api/base64.ts";
import { asObject, type JsonObject, stringAt } from "../../../api/json.ts";
import type { ApiObject } from "../../../apiserver/types.ts";
import { fieldText, resourceText } from "../../describe/environment.ts";
import type { Context } from "../command.ts";

/** Where a value is looked for. */
export interface Lookup {
  readonly context: Context;
  readonly namespace: string;
  readonly object: ApiObject;
  readonly container: JsonObject;
}

/** `configmap settings, key colour`. */
export function reference(from: JsonObject): string {
  const [map, secret, field, resource] = ["configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef"].map(
    (key) => (from[key] === undefined ? undefined : asObject(from[key])),
  );
  if (map) return `configmap ${stringAt(map, "name")}, key ${stringAt(map, "key")}`;
  if (secret) return `secret ${stringAt(secret, "name")}, key ${stringAt(secret, "key")}`;
  if (field) return `field path ${stringAt(field, "fieldPath")}`;
  if (!resource) return "invalid valueFrom";
  const container = stringAt(resource, "containerName");
  return `resource field ${container === "" ? "" : `${container}/`}${stringAt(resource, "resource")}`;
}

export type Value = { readonly value: string } | { readonly error: string };

/** The value, or why there is none. */
export function resolved(look: Lookup, from: JsonObject): Value {
  if (from["secretKeyRef"]) return keyOf(look, asObject(from["secretKeyRef"]), "Secret");
  if (from["configMapKeyRef"]) return keyOf(look, asObject(from["configMapKeyRef"]), "ConfigMap");
  if (from["fieldRef"]) {
    const path = stringAt(asObject(from["fieldRef"]), "fieldPath");
    const known = /^metadata\.(?:annotations|labels)(?:\['.*'\])?$|^metadata\.(?:name|namespace|uid)$/.test(path);
    return known ? { value: fieldText(look.object, path) } : { error: `unsupported fieldPath: ${path}` };
  }
  if (!from["resourceFieldRef"]) return { error: "invalid valueFrom" };
  const ref = asObject(from["resourceFieldRef"]);
  const value = resourceText(ref, asObject(look.container["resources"]));
  return value === "" ? { error: `Unsupported container resource : ${stringAt(ref, "resource")}` } : { value };
}

function keyOf({ context, namespace }: Lookup, ref: JsonObject, kind: "Secret" | "ConfigMap"): Value {
  const [name, key] = [stringAt(ref, "name"), stringAt(ref, "key")];
  const resource = kind === "Secret" ? "secrets" : "configmaps";
  const place = { group: "", version: "v1", resource, namespace, name };
  const { code, body } = context.door.request({ verb: "get", ...place });
  if (code !== 200) return { error: stringAt(body as unknown as JsonObject, "message") };
  const value = asObject((body as ApiObject)["data"])[key];
  if (typeof value !== "string") {
    return { error: `key ${key} not found in ${kind === "Secret" ? "secret" : "config map"} ${name}` };
  }
  return { value: kind === "Secret" ? textOf(decodeBase64(value) ?? []) : value };
}
