/** Objects in an editor. Models kubectl/pkg/cmd/util/editor/editoptions.go. */

import { semanticEqual } from "../../api/equality.ts";
import { isObject, type JsonObject } from "../../api/json.ts";
import { resourcePlural } from "../../api/kind.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { yamlText } from "../print/yaml-text.ts";
import type { Context, Steps } from "./command.ts";
import { type Failure, failureText } from "./failure.ts";
import type { Info } from "./info.ts";
import type { Answered } from "./requests.ts";

export type Edited = { readonly object: ApiObject } | { readonly failures: readonly Failure[] };

const heading = [
  "# Please edit the object below. Lines beginning with a '#' will be ignored,",
  "# and an empty file will abort the edit. If an error occurs while saving this file will be",
  "# reopened with the relevant failures.",
  "#",
];

/** Opens a text, hands the object that comes back to `write`, and opens it again with what was wrong; until it is right or left as it is. */
export function* edited(
  context: Context,
  { place }: Info,
  before: JsonObject,
  write: (next: JsonObject) => Steps<Answered>,
): Steps<Edited> {
  const name = `${resourcePlural(place.row)}-${place.name}.yaml`;
  let body = yamlText(before);
  let faults: readonly string[] = [];
  for (;;) {
    const text = [...heading, ...faults.map((one) => `# ${one}`), ...(faults.length > 0 ? ["#"] : [])].join("\n");
    const opened = `${text}\n${body}`;
    const answer = yield { edit: { name, text: opened } };
    if (answer === undefined || answer === opened) {
      if (faults.length > 0) return { failures: ["Edit cancelled, no valid changes were saved."] };
      yield { err: "Edit cancelled, no changes made.\n" };
      return { failures: [] };
    }
    const lines = answer.split("\n").filter((line) => !line.startsWith("#"));
    if (lines.join("").trim() === "") {
      yield { err: "Edit cancelled, saved file was empty.\n" };
      return { failures: [] };
    }
    body = lines.join("\n");
    const [document] = context.readDocuments(body);
    if (document === undefined || "error" in document || !isObject(document.value as JsonObject)) {
      const why = document && "error" in document ? document.error : "the text is no object";
      faults = [`The edited file had a syntax error: ${why}`];
      continue;
    }
    const next = document.value as JsonObject;
    if (semanticEqual(next, before)) {
      yield { err: "Edit cancelled, no changes made.\n" };
      return { failures: [] };
    }
    const written = yield* write(next);
    if (written.ok) return { object: written.object };
    const { status } = written;
    yield { err: failureText([status]) };
    const causes = (status.details?.causes ?? []).map(({ field, message }) => `* ${field}: ${message}`);
    faults = [
      `${resourcePlural(place.row)} "${place.name}" was not valid:`,
      ...(causes.length > 0 ? causes : [`* ${status.message}`]),
    ];
  }
}
