/** Objects as the table that the server answers with when asked for one. Models Table of meta/v1. */

import { asObject, stringAt } from "../api/json.ts";
import type { Cell, Column, KindRow, Printer } from "../api/kind.ts";
import { columns } from "../api/printers/cells.ts";
import type { ApiObject } from "./types.ts";

export interface TableRow {
  readonly cells: readonly Cell[];
  /** Whose row it is: its metadata only. */
  readonly object: { readonly apiVersion: string; readonly kind: string; readonly metadata: ApiObject["metadata"] };
}

export interface Table {
  readonly apiVersion: "meta.k8s.io/v1";
  readonly kind: "Table";
  readonly metadata: { readonly resourceVersion?: string };
  readonly columnDefinitions: readonly Column[];
  readonly rows: readonly TableRow[];
}

/** What a kind without columns of its own shows: names, and since when. */
const plain: Printer = {
  columns: columns("Created At"),
  cells: (object) => {
    const metadata = asObject(object["metadata"]);
    return [stringAt(metadata, "name"), stringAt(metadata, "creationTimestamp")];
  },
};

/** The table of some objects of a kind; `now` in milliseconds since 1970. */
export function tableOf(row: KindRow, objects: readonly ApiObject[], now: number, resourceVersion?: string): Table {
  const printer = row.printer ?? plain;
  return {
    apiVersion: "meta.k8s.io/v1",
    kind: "Table",
    metadata: resourceVersion === undefined ? {} : { resourceVersion },
    columnDefinitions: printer.columns,
    rows: objects.map((object) => ({
      cells: printer.cells(object, now),
      object: { apiVersion: "meta.k8s.io/v1", kind: "PartialObjectMetadata", metadata: object.metadata },
    })),
  };
}
