/** What kubectl says of a document that it cannot send. */
import { asObject, isObject, type JsonObject, stringAt } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import type { Path } from "../../api/problem.ts";
import { goQuote } from "../../api/schedule/error-text.ts";
import { unmarshalText } from "../../api/unmarshal-text.ts";
import { compactJson } from "../print/json-text.ts";
import type { Fault } from "../read-document.ts";

/** A text for what is wrong with a document: what is found in checking it is told together. */
export function faultsText(
  faults: readonly Fault[],
  value: unknown,
  file: string,
  isChecked: boolean,
): readonly string[] {
  const checked: string[] = [];
  const others: string[] = [];
  for (const fault of faults) {
    const text = isChecked ? checkText(fault, value) : undefined;
    if (text !== undefined) checked.push(text);
    else others.push(otherText(fault, value, file));
  }
  if (checked.length === 0) return others;
  const all = checked.length === 1 ? checked[0] : `[${checked.join(", ")}]`;
  return [
    `error validating "${file}": error validating data: ${all}; if you choose to ignore these errors, turn validation off with --validate=false`,
    ...others,
  ];
}

function checkText({ is, at, field }: Fault, value: unknown): string | undefined {
  switch (is) {
    case "not-an-object":
      return "invalid object to validate";
    case "api-version-missing":
      return "apiVersion not set";
    case "kind-missing":
      return "kind not set";
    case "api-version-not-a-text":
      return "apiVersion isn't string type";
    case "kind-not-a-text":
      return "kind isn't string type";
    case "bad-api-version":
      return `unexpected GroupVersion string: ${stringAt(asObject(value as Json), "apiVersion")}`;
    case "schema-unknown":
    case "schema-required":
    case "schema-type":
    case "schema-null":
      return `ValidationError(${at.join(".")}): ${is} ${field}`;
    default:
      return undefined;
  }
}

function otherText({ is, at, field = "" }: Fault, value: unknown, file: string): string {
  const object = isObject(value) ? value : {};
  const { name = "", namespace = "" } = asObject(object["metadata"]);
  switch (is) {
    case "no-such-kind": {
      const of = `no matches for kind ${goQuote(String(object["kind"] ?? ""))} in version ${goQuote(String(object["apiVersion"] ?? "").replace(/^\//, ""))}`;
      return `resource mapping not found for name: "${String(name)}" namespace: "${String(namespace)}" from "${file}": ${of}\nensure CRDs are installed first`;
    }
    case "not-a-list":
      return "*unstructured.Unstructured is not a list: no Items field in this object";
    case "bad-namespace":
      return `error when creating "${file}": invalid namespace "${String(namespace)}": [may not contain '/']`;
    case "kind-missing":
      return `unable to decode "${file}": Object 'Kind' is missing in '${compactJson(object)}'`;
    default:
      return `unable to decode "${file}": ${decodingText(object, at, field)}`;
  }
}

/** What of the metadata, or of a list, has the wrong type. */
function decodingText(object: JsonObject, at: Path, field: string): string {
  const given = object["metadata"];
  if (field === "items" || at[0] === "items") {
    return `json: cannot unmarshal ${jsonTypeOf(object["items"])} into Go struct field decodeList.items of type []json.RawMessage`;
  }
  if (at.length <= 1) {
    return `json: cannot unmarshal ${jsonTypeOf(given)} into Go struct field metadataOnlyObject.metadata of type v1.ObjectMeta`;
  }
  return unmarshalText(given ?? null, "ObjectMeta", at.slice(1)).replace(
    "field ObjectMeta.",
    "field ObjectMeta.metadata.",
  );
}

function jsonTypeOf(value: Json | undefined): string {
  if (Array.isArray(value)) return "array";
  return isObject(value) ? "object" : typeof value === "boolean" ? "bool" : typeof value;
}
