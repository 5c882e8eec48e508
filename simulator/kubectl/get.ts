/** `kubectl get` as far as it prints tables and names. Models staging/src/k8s.io/kubectl/pkg/cmd/get. */
import { type KindRow, type KindTable, resourceName, resourcePlural } from "../api/kind.ts";
import { inDiscoveryOrder } from "../apiserver/discovery.ts";
import { tableOf } from "../apiserver/table.ts";
import type { ApiObject } from "../apiserver/types.ts";
import { tableText } from "./table-text.ts";

export interface GetRequest {
  /** `deploy`, `deploy,rs`, `all`. */
  readonly resources: string;
  readonly names: readonly string[];
  readonly output: "" | "wide" | "name";
  readonly noHeaders: boolean;
  readonly namespace: string;
}

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const refuse = (stderr: string): Printed => ({ stdout: "", stderr, exitCode: 1 });

/** The rows that a list of resources names, a category among them; or the name that is none. */
export function namedRows(kinds: KindTable, resources: string): readonly KindRow[] | string {
  const rows: KindRow[] = [];
  for (const name of resources.split(",")) {
    const row = kinds.resource(name);
    const group = row ? [row] : inDiscoveryOrder(kinds).filter(({ categories }) => categories.includes(name));
    if (group.length === 0) return name;
    rows.push(...group);
  }
  return rows;
}

/** What is printed; `list` gives the objects of a kind, `now` is in milliseconds since 1970. */
export function getText(
  request: GetRequest,
  kinds: KindTable,
  list: (row: KindRow) => readonly ApiObject[],
  now: number,
): Printed {
  const { resources, names, output, noHeaders, namespace } = request;
  const rows = namedRows(kinds, resources);
  if (typeof rows === "string") return refuse(`error: the server doesn't have a resource type "${rows}"\n`);
  const parts: string[] = [];
  for (const row of rows) {
    const all = list(row);
    const missing = names.find((name) => !all.some((one) => one.metadata.name === name));
    if (missing !== undefined) {
      return refuse(`Error from server (NotFound): ${resourcePlural(row)} "${missing}" not found\n`);
    }
    const chosen = names.length === 0 ? all : names.map((name) => all.find((one) => one.metadata.name === name)!);
    if (chosen.length === 0) continue;
    if (output === "name") parts.push(chosen.map((one) => `${resourceName(row)}/${one.metadata.name}\n`).join(""));
    else {
      const prefix = rows.length > 1 ? `${resourceName(row)}/` : "";
      parts.push(tableText(tableOf(row, chosen, now), { wide: output === "wide", noHeaders, prefix }));
    }
  }
  if (parts.length > 0) return { stdout: parts.join(output === "name" ? "" : "\n"), stderr: "", exitCode: 0 };
  return { stdout: "", stderr: `No resources found in ${namespace} namespace.\n`, exitCode: 0 };
}
