/** The objects of `kubectl get`, those of one kind together. Models the builder as kubectl/pkg/cmd/get/get.go uses it. */
import type { KindRow } from "../../api/kind.ts";
import type { ListOptions } from "../../apiserver/read.ts";
import type { ApiObject, Place } from "../../apiserver/types.ts";
import type { Context, Steps } from "./command.ts";
import type { Failure } from "./failure.ts";
import { objectsOfFiles } from "./files.ts";
import { placeIn } from "./pick.ts";
import { getObject, listObjects } from "./requests.ts";
import { meantBy } from "./resolve.ts";
import { flag, type Words } from "./words.ts";

/** Objects of one kind that were asked for together. */
export interface Group {
  readonly row: KindRow;
  readonly objects: readonly ApiObject[];
}

export interface Asked {
  readonly groups: readonly Group[];
  readonly failures: readonly Failure[];
  /** One object was named, and not a list of them. */
  readonly isSingle: boolean;
  /** What a watch is to look at: the one object, or the objects of the first kind. */
  readonly place: Place | undefined;
  readonly options: ListOptions;
  /** From which version a watch goes on. */
  readonly version: number;
}

/** Asks for what the arguments mean; or says why they mean nothing. */
export function* ask(context: Context, words: Words): Steps<Asked | { readonly wrong: string }> {
  const meant = meantBy(context, words, { everyOf: true });
  const failures: Failure[] = [];
  const groups: Group[] = [];
  if (meant.is === "wrong") return { wrong: meant.why };
  if (meant.is === "kinds") {
    const { rows, namespace, options } = meant;
    let version = 0;
    for (const row of rows) {
      const answer = yield* listObjects(context, row, namespace, options);
      if (!answer.ok) failures.push(answer.status);
      else {
        groups.push({ row, objects: answer.object.items });
        version = Number(answer.object.metadata.resourceVersion) || 0;
      }
    }
    const [row] = rows;
    const place = row ? { row, namespace: row.namespaced ? namespace : "", name: "" } : undefined;
    return { groups, failures, isSingle: false, place, options, version };
  }
  const files = meant.is === "files" ? objectsOfFiles(context, words) : { infos: [], failures: [] };
  failures.push(...files.failures);
  const places =
    meant.is === "names"
      ? meant.names.map(({ row, name }) => placeIn(context, row, name))
      : files.infos.map(({ place }) => place);
  let version = 0;
  for (const place of places) {
    const answer = yield* getObject(context, place, flag(words, "subresource"));
    if (!answer.ok) failures.push(answer.status);
    else {
      groups.push({ row: place.row, objects: [answer.object] });
      version = Number(answer.object.metadata.resourceVersion) || 0;
    }
  }
  return { groups, failures, isSingle: places.length === 1, place: places[0], options: {}, version };
}
