/** A deletion as kubectl tells it. */
import { resourceName } from "../../api/kind.ts";
import type { Place } from "../../apiserver/types.ts";
import { operationText } from "./output.ts";
import { flag, type Words } from "./words.ts";

/** `deployment.apps "web" deleted from default namespace`. */
export function deletionText({ row, namespace, name }: Place, did: string, words: Words): string {
  if (flag(words, "output") === "name") return `${resourceName(row)}/${name}\n`;
  const from = row.namespaced ? ` from ${namespace} namespace` : "";
  return `${resourceName(row)} "${name}" ${operationText(`${did}${from}`, words)}\n`;
}
