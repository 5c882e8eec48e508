/** The objects of files, applied to a session as `kubectl apply -f` does. */
import type { JsonObject } from "../../simulator/api/json.ts";
import { resourceName } from "../../simulator/api/kind.ts";
import type { ManifestObject } from "../../simulator/api/objects.ts";
import type { Status } from "../../simulator/apiserver/status.ts";
import { annotated } from "../../simulator/kubectl/apply.ts";
import { readDocument, type SentObject } from "../../simulator/kubectl/read-document.ts";
import type { Session } from "../../simulator/session.ts";
import { type Input, textOf } from "../cli/files.ts";
import { plain } from "../yaml/numbers.ts";
import { parseManifest } from "../yaml/parse.ts";

/** What became of a document: what kubectl prints of it, or why it was not applied. */
export type Applied =
  | { readonly file: string; readonly done: string }
  | { readonly file: string; readonly refused: string };

/** Applies all objects of the files in their order; those that are refused are left out. */
export function applyFiles(session: Session, inputs: readonly Input[]): readonly Applied[] {
  return inputs.flatMap((input) => {
    const { name: file } = input;
    const read = textOf(input);
    if ("why" in read) return [{ file, refused: read.why }];
    return parseManifest(read.text).flatMap(({ value, problems, isEmpty }): readonly Applied[] => {
      if (isEmpty) return [];
      const [bad] = problems;
      if (bad) return [{ file, refused: bad.code }];
      const { sent, faults } = readDocument(plain(value), session.server.target, { table: session.kinds });
      const wrong = faults.map((fault) => ({ file, refused: [fault.is, fault.field].filter(Boolean).join(" ") }));
      return [...wrong, ...sent.map((one) => ({ file, ...applied(session, one) }))];
    });
  });
}

function applied(
  session: Session,
  { object, row }: SentObject,
): { readonly done: string } | { readonly refused: string } {
  const { metadata: given, kind } = object as unknown as ManifestObject;
  if (!row) return { refused: `no matches for kind "${kind}" in version "${String(object["apiVersion"])}"` };
  const namespace = row.namespaced ? (given?.namespace ?? "default") : undefined;
  const name = given?.name;
  const [version] = row.versions;
  const place = { group: row.group, version, resource: row.plural, ...(namespace ? { namespace } : {}) };
  const what = `${resourceName(row)}/${name ?? given?.generateName ?? ""}`;
  if (name && session.request({ verb: "get", ...place, name }).code === 200) {
    const result = session.perform({ do: "apply", object: object as unknown as ManifestObject });
    if ("step" in result && result.step.output) return { done: result.step.output };
    return { refused: `${what}: ${"step" in result ? (result.step.problem?.code ?? "") : ""}` };
  }
  const placed = { ...object, metadata: { ...given, ...(namespace ? { namespace } : {}) } } as unknown as JsonObject;
  const options = { fieldManager: "kubectl-client-side-apply", fieldValidation: "Strict" } as const;
  const { code, body } = session.request({ verb: "create", ...place, body: annotated(placed), options });
  return code < 400 ? { done: `${what} created` } : { refused: String((body as Status).message) };
}
