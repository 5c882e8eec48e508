/** Requests of commands, with the warnings that come back told as kubectl tells them. Models cli-runtime/pkg/resource/helper.go. */
import type { JsonObject } from "../../api/json.ts";
import { apiVersionOf, type KindRow } from "../../api/kind.ts";
import type { Json } from "../../api/objects.ts";
import type { PatchType } from "../../apiserver/patch.ts";
import type { Request, Response } from "../../apiserver/request.ts";
import type { Status } from "../../apiserver/status.ts";
import type { ApiList, ApiObject, Place } from "../../apiserver/types.ts";
import type { Context, Steps } from "./command.ts";

export type Answered<T = ApiObject> =
  | { readonly ok: true; readonly object: T }
  | { readonly ok: false; readonly status: Status };

type Options = NonNullable<Request["options"]>;

/** Sends a request; each warning is told once by a command. */
export function* send({ door, warned }: Context, request: Request): Steps<Response> {
  const response = door.request(request);
  for (const warning of response.warnings) {
    if (warned.has(warning)) continue;
    warned.add(warning);
    yield { err: `Warning: ${warning}\n` };
  }
  return response;
}

function answered<T>({ code, body }: Response): Answered<T> {
  if (code >= 400) return { ok: false, status: body as Status };
  return { ok: true, object: body as T };
}

type What = Pick<Request, "verb" | "body" | "patchType" | "subresource" | "options">;

/** A request about one object, or the objects of a kind; `version` is the one that was asked for. */
export function requestAt({ row, namespace, name }: Place, what: What, version = row.versions[0]): Request {
  return {
    group: row.group,
    version,
    resource: row.plural,
    ...(namespace === "" ? {} : { namespace }),
    ...(name === "" ? {} : { name }),
    ...what,
  };
}

/** The object at a place. */
export function* getObject(context: Context, place: Place, subresource = ""): Steps<Answered> {
  const options: Options = { answer: context.parts };
  return answered(yield* send(context, requestAt(place, { verb: "get", subresource, options })));
}

/** The objects of a kind in a namespace; in all of them when it is empty. */
export function* listObjects(
  context: Context,
  row: KindRow,
  namespace: string,
  options: Options = {},
): Steps<Answered<ApiList>> {
  const place = { row, namespace: row.namespaced ? namespace : "", name: "" };
  const what = { verb: "list", options: { answer: context.parts, ...options } } as const;
  const answer = answered<ApiList>(yield* send(context, requestAt(place, what)));
  return answer.ok ? answer : { ok: false, status: asked(answer.status, row, options) };
}

/** A refusal with what was asked for. Models cli-runtime/pkg/resource/selector.go. */
function asked(status: Status, row: KindRow, { labelSelector = "", fieldSelector = "" }: Options): Status {
  if (status.reason !== "BadRequest" && status.reason !== "NotFound") return status;
  const resource = `"${row.group}/${row.versions[0]}, Resource=${row.plural}"`;
  const isSelecting = labelSelector !== "" || fieldSelector !== "";
  const which = `that match label selector "${labelSelector}", field selector "${fieldSelector}"`;
  const what = isSelecting ? `Unable to find ${resource} ${which}` : `Unable to list ${resource}`;
  return { ...status, message: `${what}: ${status.message ?? ""}` };
}

/** Creates an object in a namespace. */
export function* createObject(
  context: Context,
  row: KindRow,
  namespace: string,
  body: JsonObject,
  options: Options,
): Steps<Answered> {
  const place = { row, namespace: row.namespaced ? namespace : "", name: "" };
  return answered(yield* send(context, requestAt(place, { verb: "create", body, options }, versionOf(body, row))));
}

/** Puts an object in the place of the one that is there. */
export function* updateObject(
  context: Context,
  place: Place,
  body: JsonObject,
  options: Options,
  subresource = "",
): Steps<Answered> {
  const what = { verb: "update", body, options, subresource } as const;
  return answered(yield* send(context, requestAt(place, what, versionOf(body, place.row))));
}

/** Changes an object by a patch. */
export function* patchObject(
  context: Context,
  place: Place,
  body: Json,
  patchType: PatchType | "apply",
  options: Options,
  subresource = "",
): Steps<Answered> {
  return answered(yield* send(context, requestAt(place, { verb: "patch", body, patchType, options, subresource })));
}

/** Sets how many pods an object wants. */
export function* scaleObject(context: Context, place: Place, replicas: number, dryRun: boolean): Steps<Answered> {
  const options = { dryRun, fieldManager: "kubectl" };
  return yield* patchObject(context, place, { spec: { replicas } }, "merge", options, "scale");
}

/** Asks for the deletion of an object: gives it while it is still there, else a status. */
export function* deleteObject(context: Context, place: Place, options: Options): Steps<Answered<ApiObject | Status>> {
  return answered(yield* send(context, requestAt(place, { verb: "delete", options })));
}

function versionOf({ apiVersion }: JsonObject, row: KindRow): string {
  const given = typeof apiVersion === "string" ? apiVersion : apiVersionOf(row);
  return given.split("/").at(-1) ?? row.versions[0];
}
