/** What a description asks of the server beside the object itself. */
import { asObject, isTrue, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import type { KindTable } from "../../api/kind.ts";
import { selectorText } from "../../api/label-selector.ts";
import type { ListOptions } from "../../apiserver/read.ts";
import type { Request, Response } from "../../apiserver/request.ts";
import type { Status } from "../../apiserver/status.ts";
import type { ApiList, ApiObject } from "../../apiserver/types.ts";

/** Where objects are looked up. */
export interface Lookup {
  readonly kinds: KindTable;
  /** In milliseconds since 1970. */
  readonly now: number;
  readonly request: (request: Request) => Response;
}

function placeOf(look: Lookup, kind: string): Pick<Request, "group" | "version" | "resource"> {
  const row = look.kinds.named(kind);
  return { group: row?.group ?? "", version: row?.versions[0] ?? "v1", resource: row?.plural ?? "" };
}

/** The objects of a kind; none when the server does not give them. */
export function listed(look: Lookup, kind: string, namespace: string, options: ListOptions = {}): readonly ApiObject[] {
  const scope = namespace === "" ? {} : { namespace };
  const { code, body } = look.request({ verb: "list", ...placeOf(look, kind), ...scope, options });
  return code === 200 ? (body as ApiList).items : [];
}

/** An object by its name, or why there is none. */
export function found(look: Lookup, kind: string, namespace: string, name: string): ApiObject | Status {
  const scope = namespace === "" ? {} : { namespace };
  return look.request({ verb: "get", ...placeOf(look, kind), ...scope, name }).body as ApiObject | Status;
}

/** The owner that controls an object. */
export function controllerOf({ metadata }: JsonObject): JsonObject | undefined {
  return listAt(asObject(metadata), "ownerReferences")
    .map(asObject)
    .find((owner) => isTrue(owner, "controller"));
}

/** `Controlled By:` with kind and name, when there is a controller. */
export function controllerLine(object: JsonObject): string {
  const owner = controllerOf(object);
  return owner ? `Controlled By:\t${stringAt(owner, "kind")}/${stringAt(owner, "name")}\n` : "";
}

/** The objects of a kind that the selector of another object chooses and that it controls. */
export function controlled(look: Lookup, kind: string, owner: ApiObject, selector: JsonObject): readonly ApiObject[] {
  const labelSelector = selectorText(selector as never) ?? "";
  return listed(look, kind, owner.metadata.namespace ?? "", { labelSelector }).filter(
    (one) => controllerOf(one)?.["uid"] === owner.metadata.uid,
  );
}
