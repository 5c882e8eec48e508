/** What ConfigMaps and Secrets hold, as texts. */
import { decodeBase64, textOf } from "../../api/base64.ts";
import { asObject } from "../../api/json.ts";
import { isStatus } from "../../apiserver/types.ts";
import { found, type Lookup } from "../describe/lookup.ts";

/** The values by their keys; undefined when there is no such object. */
export function valuesIn(
  look: Lookup,
  kind: "ConfigMap" | "Secret",
  namespace: string,
  name: string,
): Readonly<Record<string, string>> | undefined {
  const object = found(look, kind, namespace, name);
  if (isStatus(object)) return undefined;
  const text = (value: unknown) => (kind === "Secret" ? textOf(decodeBase64(String(value)) ?? []) : String(value));
  const data = Object.entries(asObject(object["data"]));
  return Object.fromEntries(data.map(([key, value]) => [key, text(value)]));
}
