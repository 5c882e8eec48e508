/** The objects that the arguments of a command name. Models cli-runtime/pkg/resource/visitor.go. */
import type { KindRow } from "../../api/kind.ts";
import type { ApiObject, Place } from "../../apiserver/types.ts";
import type { Context, Steps } from "./command.ts";
import type { Failure } from "./failure.ts";
import { objectsOfFiles } from "./files.ts";
import type { Info } from "./info.ts";
import { getObject, listObjects } from "./requests.ts";
import { type Meaning, type Meant, meantBy } from "./resolve.ts";
import type { Words } from "./words.ts";

export interface Picked {
  readonly infos: readonly Info[];
  readonly failures: readonly Failure[];
  /** The arguments themselves are wrong: nothing was asked of the server. */
  readonly unasked?: true;
  /** One object was named, and not a list of them. */
  readonly single?: true;
}

export interface Picking extends Meaning {
  /** What files hold is taken as it stands there; else it is asked for again. */
  readonly asInFile?: boolean;
  readonly subresource?: string;
}

/** The objects that a command is about; names that are not there are failures beside what is. */
export function* pick(context: Context, words: Words, picking: Picking = {}): Steps<Picked> {
  const meant = meantBy(context, words, picking);
  switch (meant.is) {
    case "wrong":
      return { infos: [], failures: [meant.why], unasked: true };
    case "files":
      return yield* ofFiles(context, words, picking);
    case "names": {
      const places = meant.names.map(({ row, name }) => placeIn(context, row, name));
      return yield* found(
        context,
        places.map((place) => ({ place })),
        picking,
      );
    }
    case "kinds":
      return yield* listed(context, meant);
  }
}

/** Where a name is looked for. */
export function placeIn({ namespace }: Context, row: KindRow, name: string): Place {
  return { row, namespace: row.namespaced ? namespace : "", name };
}

/** Where an object is. */
export function placeOf(row: KindRow, { metadata }: ApiObject): Place {
  return { row, namespace: metadata.namespace ?? "", name: metadata.name };
}

function* found(
  context: Context,
  wanted: readonly Pick<Info, "place" | "source">[],
  { subresource = "" }: Picking,
): Steps<Picked> {
  const infos: Info[] = [];
  const failures: Failure[] = [];
  for (const one of wanted) {
    const answer = yield* getObject(context, one.place, subresource);
    if (answer.ok) infos.push({ ...one, object: answer.object });
    else failures.push(answer.status);
  }
  return { infos, failures, ...(wanted.length === 1 ? { single: true as const } : {}) };
}

function* listed(
  context: Context,
  { rows, namespace, options }: Extract<Meant, { readonly is: "kinds" }>,
): Steps<Picked> {
  const infos: Info[] = [];
  const failures: Failure[] = [];
  for (const row of rows) {
    const answer = yield* listObjects(context, row, namespace, options);
    if (!answer.ok) failures.push(answer.status);
    else infos.push(...answer.object.items.map((object) => ({ place: placeOf(row, object), object })));
  }
  return { infos, failures };
}

function* ofFiles(context: Context, words: Words, picking: Picking): Steps<Picked> {
  const { infos, failures } = objectsOfFiles(picking.local ? { ...context, namespace: "" } : context, words);
  const single = infos.length === 1 ? { single: true as const } : {};
  if (picking.local) return { infos: infos.map(asWritten), failures, ...single };
  if (picking.asInFile) return { infos, failures, ...single };
  const picked = yield* found(context, infos, picking);
  return { ...picked, failures: [...failures, ...picked.failures] };
}

/** What never gets to a server gets no namespace either. */
function asWritten(info: Info): Info {
  const { namespace, ...metadata } = info.object.metadata;
  return namespace === "" ? { ...info, object: { ...info.object, metadata } as ApiObject } : info;
}
