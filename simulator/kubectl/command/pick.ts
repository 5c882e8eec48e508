/** The objects that the arguments of a command name. Models cli-runtime/pkg/resource/builder.go. */
import type { KindRow } from "../../api/kind.ts";
import { notFound } from "../../apiserver/status.ts";
import type { ApiObject, Place } from "../../apiserver/types.ts";
import { namedRows } from "../get.ts";
import type { Door } from "./door.ts";
import type { Failure } from "./failure.ts";

export interface Info {
  readonly place: Place;
  readonly object: ApiObject;
}

export interface Picked {
  readonly infos: readonly Info[];
  readonly failures: readonly Failure[];
  /** The arguments themselves are wrong: nothing was asked of the server. */
  readonly unasked?: true;
}

export interface Picking {
  /** A kind alone means all of its objects. */
  readonly everyOf: boolean;
}

export const noResources = [
  "You must provide one or more resources by argument or filename.",
  "Example resource specifications include:",
  "   '-f rsrc.yaml'",
  "   '--filename=rsrc.json'",
  "   '<resource> <name>'",
  "   '<resource>'",
].join("\n");

const mixed =
  "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form " +
  "(e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'";
const notOne = "arguments in resource/name form must have a single resource and name";
const nameless = "resource(s) were provided, but no name was specified";

const wrong = (failure: Failure): Picked => ({ infos: [], failures: [failure], unasked: true });

/** What `TYPE`, `TYPE NAME…` or `TYPE/NAME…` stands for; names that are not there are failures beside what is. */
export function pick(door: Door, args: readonly string[], { everyOf }: Picking): Picked {
  if (args.length === 0) return wrong(noResources);
  if (args.some((arg) => arg.includes("/"))) {
    if (args.some((arg) => !arg.includes("/"))) return wrong(mixed);
    const pairs: { readonly row: KindRow; readonly name: string }[] = [];
    for (const arg of args) {
      const [type = "", name = "", ...more] = arg.split("/");
      if (type === "" || name === "" || more.length > 0) return wrong(notOne);
      const rows = namedRows(door.kinds, type);
      if (typeof rows === "string") return wrong(`the server doesn't have a resource type "${rows}"`);
      pairs.push(...rows.map((row) => ({ row, name })));
    }
    return found(door, pairs);
  }
  const [types = "", ...names] = args;
  const rows = namedRows(door.kinds, types);
  if (typeof rows === "string") return wrong(`the server doesn't have a resource type "${rows}"`);
  if (names.length > 0)
    return found(
      door,
      rows.flatMap((row) => names.map((name) => ({ row, name }))),
    );
  if (!everyOf) return wrong(nameless);
  const infos = rows.flatMap((row) =>
    door.list(row).map((object) => ({ place: placeIn(door, row, object.metadata.name), object })),
  );
  return { infos, failures: [] };
}

function placeIn(door: Door, row: KindRow, name: string): Place {
  return { row, namespace: row.namespaced ? door.namespace : "", name };
}

function found(door: Door, pairs: readonly { readonly row: KindRow; readonly name: string }[]): Picked {
  const infos: Info[] = [];
  const failures: Failure[] = [];
  for (const { row, name } of pairs) {
    const object = door.list(row).find((one) => one.metadata.name === name);
    if (object) infos.push({ place: placeIn(door, row, name), object });
    else failures.push(notFound(row, name));
  }
  return { infos, failures };
}
