/**
 * Requests as plain values, for whoever has them come from elsewhere: a server on a port, a kept scenario. The verbs are told
 * apart here and nowhere else. Models apiserver/pkg/endpoints/installer.go.
 */
import type { JsonObject } from "../api/json.ts";
import { isScalable, type KindRow } from "../api/kind.ts";
import { create } from "./create.ts";
import { type DeleteOptions, remove, removeAll } from "./delete.ts";
import { evict } from "./eviction.ts";
import { type LogOptions, log } from "./log.ts";
import { apply, type PatchType, patch } from "./patch.ts";
import { get, type ListOptions, list, spoken } from "./read.ts";
import { methodNotAllowed, noSuchResource, type Status } from "./status.ts";
import { bind, getScale, patchScale, putScale } from "./subresources.ts";
import {
  type Answer,
  type ApiList,
  type ApiObject,
  type ApiServer,
  type Place,
  refused,
  type WriteOptions,
} from "./types.ts";
import { update } from "./update.ts";
import { answerVirtual, virtualFor } from "./virtual/virtual.ts";
import { warningText } from "./wording.ts";

export interface Request {
  readonly verb: "get" | "list" | "create" | "update" | "patch" | "delete" | "deletecollection";
  readonly group: string;
  readonly version: string;
  /** The plural name, as in a path. */
  readonly resource: string;
  readonly subresource?: string;
  /** Absent: of the cluster, or all namespaces of a list. */
  readonly namespace?: string;
  readonly name?: string;
  readonly body?: unknown;
  readonly patchType?: PatchType | "apply";
  readonly options?: WriteOptions & DeleteOptions & ListOptions & LogOptions;
}

/** A request that may change the cluster. */
export interface WriteRequest extends Request {
  readonly verb: Exclude<Request["verb"], "get" | "list">;
}

/** Whether a request may change the cluster. */
export function isWrite(request: Request): request is WriteRequest {
  const { verb, options } = request;
  return verb !== "get" && verb !== "list" && options?.dryRun !== true && !isTried(request) && !virtualFor(request);
}

/** An eviction carries the options of the deletion in its body, a dry run too. */
function isTried(request: Request): boolean {
  return request.subresource === "eviction" && evictionOptions(request).dryRun === true;
}

export interface Response {
  /** As in HTTP. */
  readonly code: number;
  /** Lines of a log are text. */
  readonly body: ApiObject | ApiList | Status | readonly string[];
  readonly warnings: readonly string[];
}

type Given = ApiObject | ApiList | Status | readonly string[];

function rowOf(server: ApiServer, { group, version, resource }: Request): KindRow | undefined {
  return server.kinds.rows.find(
    (row) => row.plural === resource && row.group === group && row.versions.includes(version),
  );
}

/** What a request comes to. */
export function answer(server: ApiServer, request: Request): Response {
  const row = rowOf(server, request);
  const given: Answer<Given> = row ? dispatch(server, row, request) : other(server, request);
  const found = row && given.ok ? { ...given, object: inSpoken(given.object, row, request) } : given;
  if (!found.ok) return { code: found.status.code, body: found.status, warnings: [] };
  const code = request.verb === "create" && !("code" in found.object) ? 201 : codeOf(found.object);
  return { code, body: found.object, warnings: found.warnings.map(warningText) };
}

/** What is given back in the version of the request. */
function inSpoken(given: Given, row: KindRow, { group, version }: Request): Given {
  if (row.versions[0] === version || Array.isArray(given)) return given;
  const apiVersion = `${group}/${version}`;
  const one = (object: ApiObject) => spoken(object, { apiVersion });
  const whole = given as ApiObject | ApiList;
  return "items" in whole
    ? { ...whole, apiVersion, items: (whole as ApiList).items.map(one) }
    : one(whole as ApiObject);
}

function other(server: ApiServer, request: Request): Answer<Given> {
  const virtual = virtualFor(request);
  return virtual ? answerVirtual(server, virtual, request) : refused(noSuchResource());
}

function codeOf(given: Given): number {
  return "code" in given && typeof given.code === "number" ? given.code : 200;
}

function dispatch(server: ApiServer, row: KindRow, request: Request): Answer<Given> {
  const { namespace = "", name = "", subresource = "" } = request;
  const speaks = row.versions[0] === request.version ? {} : { apiVersion: `${row.group}/${request.version}` };
  const place: Place = { row, namespace: row.namespaced ? namespace : "", name, ...speaks };
  if (subresource === "") return onObject(server, place, request);
  if (!row.subresources.includes(subresource)) return refused(noSuchResource());
  switch (subresource) {
    case "status":
      return onStatus(server, place, request);
    case "scale":
      return isScalable(row) ? onScale(server, place, request) : refused(noSuchResource());
    case "eviction":
      return request.verb === "create" ? evict(server, place, evictionOptions(request)) : refused(methodNotAllowed());
    case "binding":
      return request.verb === "create" ? bind(server, place, request.body) : refused(methodNotAllowed());
    case "log":
      return request.verb === "get" ? log(server, place, request.options) : refused(methodNotAllowed());
    default:
      return refused(methodNotAllowed());
  }
}

function onObject(server: ApiServer, place: Place, request: Request): Answer<Given> {
  const { verb, body, options = {}, patchType = "strategic" } = request;
  switch (verb) {
    case "get":
      return get(server, place, options.answer);
    case "list":
      return list(server, place, options);
    case "create":
      return create(server, place, body, options);
    case "update":
      return update(server, place, body, options);
    case "patch":
      return patchType === "apply"
        ? apply(server, place, body, options)
        : patch(server, place, body, patchType, options);
    case "delete":
      return remove(server, place, options);
    case "deletecollection":
      return removeAll(server, place, options, options);
  }
}

function onStatus(server: ApiServer, place: Place, request: Request): Answer<Given> {
  const { verb, body, options = {}, patchType = "strategic" } = request;
  switch (verb) {
    case "get":
      return get(server, place);
    case "update":
      return update(server, place, body, options, "status");
    case "patch":
      return patchType === "apply"
        ? apply(server, place, body, options, "status")
        : patch(server, place, body, patchType, options, "status");
    default:
      return refused(methodNotAllowed());
  }
}

function onScale(server: ApiServer, place: Place, request: Request): Answer<Given> {
  const { verb, body, options = {}, patchType = "merge" } = request;
  switch (verb) {
    case "get":
      return getScale(server, place);
    case "update":
      return putScale(server, place, body, options);
    case "patch":
      return patchScale(server, place, body, patchType === "json" ? "json" : "merge", options);
    default:
      return refused(methodNotAllowed());
  }
}

function evictionOptions({ body, options }: Request): DeleteOptions {
  const given = (body as { readonly deleteOptions?: JsonObject } | undefined)?.deleteOptions ?? {};
  return { ...options, ...deleteOptionsOf(given) };
}

const propagations: Readonly<Record<string, NonNullable<DeleteOptions["propagation"]>>> = {
  Background: "background",
  Foreground: "foreground",
  Orphan: "orphan",
};

/** Options of a deletion as DeleteOptions of meta/v1 spells them. */
export function deleteOptionsOf(given: JsonObject): DeleteOptions {
  const { propagationPolicy, orphanDependents, gracePeriodSeconds, preconditions, dryRun } = given;
  const propagation = propagations[String(propagationPolicy)] ?? (orphanDependents === true ? "orphan" : undefined);
  return {
    ...(propagation ? { propagation } : {}),
    ...(typeof gracePeriodSeconds === "number" ? { gracePeriodSeconds } : {}),
    ...(preconditions ? { preconditions: preconditions as NonNullable<DeleteOptions["preconditions"]> } : {}),
    ...(Array.isArray(dryRun) && dryRun.includes("All") ? { dryRun: true } : {}),
  };
}
