/** How objects are written: with what they said when they were applied, and how strictly they are read. */
import { isObject, type JsonObject } from "../../api/json.ts";
import { lastAppliedAnnotation, lastAppliedText } from "../../api/patch/server-side.ts";
import type { Status } from "../../apiserver/status.ts";
import type { FieldValidation } from "../../apiserver/types.ts";
import { validateOf } from "./files.ts";
import type { Words } from "./words.ts";

/** What `--validate` asks of the server. */
export function fieldValidationOf(words: Words): FieldValidation {
  const validate = validateOf(words);
  return validate === "strict" ? "Strict" : validate === "warn" ? "Warn" : "Ignore";
}

/** The text with itself in an annotation, so that the next apply knows what this one said. */
export function withLastApplied(text: JsonObject): JsonObject {
  const metadata = isObject(text["metadata"]) ? text["metadata"] : {};
  const annotations = isObject(metadata["annotations"]) ? metadata["annotations"] : {};
  const said = { ...annotations, [lastAppliedAnnotation]: lastAppliedText(text) };
  return { ...text, metadata: { ...metadata, annotations: said } };
}

/** A refusal with the file that it is about. Models AddSourceToErr of kubectl/pkg/cmd/util. */
export function at(status: Status, doing: string, source: string): Status {
  return source === "" ? status : { ...status, message: `error when ${doing} "${source}": ${status.message ?? ""}` };
}
