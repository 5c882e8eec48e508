/** How objects are written: with what they said when they were applied, and how strictly they are read. */
import { asObject, type JsonObject } from "../../api/json.ts";
import { lastAppliedAnnotation } from "../../api/patch/server-side.ts";
import type { FieldValidation } from "../../apiserver/types.ts";
import { orderedJson } from "../print/json-text.ts";
import { validateOf } from "./files.ts";
import type { Words } from "./words.ts";

/** What `--validate` asks of the server. */
export function fieldValidationOf(words: Words): FieldValidation {
  const validate = validateOf(words);
  return validate === "strict" ? "Strict" : validate === "warn" ? "Warn" : "Ignore";
}

/** An object that kubectl has made itself with itself in the annotation, its keys in their order. */
export function withLastAppliedInOrder(object: JsonObject): JsonObject {
  const metadata = asObject(object["metadata"]);
  const said = { ...asObject(metadata["annotations"]), [lastAppliedAnnotation]: `${orderedJson(object)}\n` };
  return { ...object, metadata: { ...metadata, annotations: said } };
}
