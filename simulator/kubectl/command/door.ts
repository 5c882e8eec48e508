/** What kubectl asks of an API server, so that a command is the same on a running cluster and on a given state of one. */
import { isScalable, type KindRow, type KindTable } from "../../api/kind.ts";
import { create } from "../../apiserver/create.ts";
import { remove } from "../../apiserver/delete.ts";
import { type PatchType, patch } from "../../apiserver/patch.ts";
import { list } from "../../apiserver/read.ts";
import { noSuchResource } from "../../apiserver/status.ts";
import { putScale } from "../../apiserver/subresources.ts";
import { type Answer, type ApiObject, type ApiServer, type Place, refused } from "../../apiserver/types.ts";
import type { Propagation } from "../../cluster/deletion.ts";

export interface Door {
  readonly kinds: KindTable;
  /** Where objects are looked for when nothing else is said. */
  readonly namespace: string;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** The objects of a kind in the namespace, by name. */
  readonly list: (row: KindRow) => readonly ApiObject[];
  readonly create: (row: KindRow, body: unknown, dryRun: boolean) => Answer;
  readonly patch: (place: Place, body: unknown, type: PatchType, dryRun: boolean, manager: string) => Answer;
  readonly scale: (place: Place, replicas: number, dryRun: boolean) => Answer;
  readonly remove: (place: Place, propagation: Propagation, dryRun: boolean) => Answer<unknown>;
}

/** The door of a running cluster. */
export function doorOf(server: ApiServer, namespace: string): Door {
  return {
    kinds: server.kinds,
    namespace,
    now: server.start + server.cluster.now(),
    list: (row) => {
      const answer = list(server, { row, namespace: row.namespaced ? namespace : "", name: "" });
      return answer.ok ? answer.object.items : [];
    },
    create: (row, body, dryRun) =>
      create(server, { row, namespace, name: "" }, body, { dryRun, fieldManager: "kubectl-create" }),
    patch: (place, body, type, dryRun, fieldManager) => patch(server, place, body, type, { dryRun, fieldManager }),
    scale: (place, replicas, dryRun) =>
      isScalable(place.row)
        ? putScale(server, place, { spec: { replicas } }, { dryRun, fieldManager: "kubectl" })
        : refused(noSuchResource()),
    remove: (place, propagation, dryRun) => remove(server, place, { propagation, dryRun }),
  };
}
