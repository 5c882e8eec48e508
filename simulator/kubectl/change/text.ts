/** A manifest as kubectl holds it before it is sent. Models cli-runtime/pkg/resource and kubectl/pkg/util/apply.go. */
import { decode } from "../../api/decode.ts";
import { FieldPath, problem } from "../../api/field-path.ts";
import { asObject, isObject, type JsonObject, stringAt } from "../../api/json.ts";
import type { KindRow, KindTable } from "../../api/kind.ts";
import type { Json } from "../../api/objects.ts";
import { lastAppliedAnnotation, lastAppliedText } from "../../api/patch/server-side.ts";
import type { Problem } from "../../api/problem.ts";
import type { Target } from "../../api/target.ts";

/** What kubectl makes of a manifest, or why it gives up before anything is sent. */
export type Text =
  | { readonly ok: true; readonly object: JsonObject; readonly row: KindRow }
  | { readonly ok: false; readonly problem: Problem };

const metadataPath = FieldPath.root.child("metadata");

/** Reads a manifest for the namespace that is the present one. */
export function readText(value: unknown, namespace: string, kinds: KindTable, target: Target): Text {
  const plain = withNumbers(value as Json);
  const given = isObject(plain) ? plain : {};
  const [apiVersion, kind] = [stringAt(given, "apiVersion"), stringAt(given, "kind")];
  const row = kinds.serving(apiVersion, kind);
  if (row === undefined) {
    return {
      ok: false,
      problem: problem("unserved-kind", "Unserved", FieldPath.root.child("apiVersion"), { apiVersion, kind }),
    };
  }
  const metadata = given["metadata"] ?? {};
  const wrong = decode(metadata, "ObjectMeta", target).problems.find(({ reason }) => reason === "Malformed");
  if (wrong) return { ok: false, problem: { ...wrong, path: `metadata.${wrong.path}`, at: ["metadata", ...wrong.at] } };
  const placed: Record<string, Json> = { ...asObject(metadata) };
  if (!row.namespaced) delete placed["namespace"];
  else if (stringAt(placed, "namespace") === "") placed["namespace"] = namespace;
  return { ok: true, object: { ...given, metadata: placed }, row };
}

/** Integers beyond what a number holds as the nearest number, so that the text can be written down. */
function withNumbers(value: Json): Json {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(withNumbers);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withNumbers(one)]));
}

/** Why an object cannot be found: it has no name. */
export function unnamed(object: JsonObject): Problem | undefined {
  if (stringAt(asObject(object["metadata"]), "name") !== "") return undefined;
  return problem("name-missing", "FieldValueRequired", metadataPath.child("name"));
}

/** The text with what it says of itself in the last-applied annotation. */
export function annotated(object: JsonObject): JsonObject {
  const metadata = asObject(object["metadata"]);
  const annotations = { ...asObject(metadata["annotations"]), [lastAppliedAnnotation]: lastAppliedText(object) };
  return { ...object, metadata: { ...metadata, annotations } };
}

/** Whether the last-applied annotation is there. */
export function isAnnotated(object: JsonObject): boolean {
  return stringAt(asObject(asObject(object["metadata"])["annotations"]), lastAppliedAnnotation) !== "";
}

/** The value without nulls in its maps, as `kubectl apply` sends an object that is not there yet. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([key, one]) => [key, withoutNulls(one)]),
  );
}

/** What tells an object from every other: kind, namespace and name. */
export function identityOf(object: JsonObject, row: KindRow, namespace: string): string {
  const metadata = asObject(object["metadata"]);
  const place = row.namespaced ? stringAt(metadata, "namespace") || namespace : "";
  return `${row.plural}.${row.group}/${place}/${stringAt(metadata, "name")}`;
}
