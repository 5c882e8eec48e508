/**
 * The API over HTTP as a function: a method, an address and a body come in, and what is to be answered goes out. It knows nothing
 * of sockets. Models apiserver/pkg/endpoints.
 */
import { groupDiscoveries } from "../../simulator/apiserver/aggregated-discovery.ts";
import { coreVersions, groupList, resourceList } from "../../simulator/apiserver/discovery.ts";
import { tooOld } from "../../simulator/apiserver/read.ts";
import { isWrite, type Request } from "../../simulator/apiserver/request.ts";
import {
  badRequest,
  gatewayTimeout,
  methodNotAllowed,
  noSuchResource,
  notAcceptable,
  notImplemented,
  type Status,
} from "../../simulator/apiserver/status.ts";
import type { ApiList, ApiObject, Place } from "../../simulator/apiserver/types.ts";
import { versionInfo } from "../../simulator/apiserver/version.ts";
import type { Session } from "../../simulator/session.ts";
import { type Form, formOf } from "./accept.ts";
import { readBody } from "./body.ts";
import { inForm } from "./forms.ts";
import { binaryType } from "./openapi/binary.ts";
import type { OpenApi } from "./openapi/openapi.ts";
import { type ApiPath, readPath } from "./paths.ts";
import { type Delivery, readQuery } from "./query.ts";

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly accept?: string | undefined;
  readonly contentType?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly body: Buffer;
}

export interface JsonReply {
  readonly is: "json";
  readonly code: number;
  readonly body: unknown;
  readonly warnings?: readonly string[];
  /** Default: plain JSON. */
  readonly type?: string;
}

/** What is to be answered: once, or as long as something changes. */
export type Reply =
  | JsonReply
  | { readonly is: "bytes"; readonly bytes: Buffer; readonly type: string }
  | { readonly is: "text"; readonly code: number; readonly text: string }
  | {
      readonly is: "watch";
      readonly place: Place;
      readonly options: NonNullable<Request["options"]>;
      readonly form: Form;
      readonly delivery: Delivery;
    }
  | { readonly is: "log"; readonly request: Request; readonly lines: readonly string[]; readonly delivery: Delivery };

/** A status as an answer. */
export function refusal(status: Status): JsonReply {
  return { is: "json", code: status.code, body: status };
}

const json = (body: unknown): JsonReply => ({ is: "json", code: 200, body });

/** What a request comes to; writes become steps of the session. */
export function replyTo(session: Session, openApi: OpenApi, asked: Asked): Reply {
  const path = readPath(asked.url.pathname);
  if (!path) return refusal(noSuchResource());
  const form = formOf(asked.accept);
  const { kinds } = session;
  if (path.is !== "resource" && asked.method !== "GET") return refusal(methodNotAllowed());
  switch (path.is) {
    case "versions":
      if (form === "APIGroupDiscoveryList") return discoveryList(session, true);
      return json({ kind: "APIVersions", versions: coreVersions(kinds), serverAddressByClientCIDRs: [] });
    case "groups":
      return form === "APIGroupDiscoveryList" ? discoveryList(session, false) : json(groupList(kinds));
    case "group": {
      const group = groupList(kinds).groups.find(({ name }) => name === path.group);
      return group ? json({ kind: "APIGroup", apiVersion: "v1", ...group }) : refusal(noSuchResource());
    }
    case "group-version": {
      const list = resourceList(kinds, path.group, path.version);
      return list ? json(list) : refusal(noSuchResource());
    }
    case "other":
      return otherPath(session, openApi, path.path, asked);
    case "resource":
      return form === undefined ? refusal(notAcceptable()) : onResource(session, path, form, asked);
  }
}

function discoveryList(session: Session, core: boolean): Reply {
  const items = groupDiscoveries(session.kinds, core);
  const body = { kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2", metadata: {}, items };
  return { ...json(body), type: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList" };
}

const health = /^\/(healthz|livez|readyz)(\/.*)?$/;

function otherPath(session: Session, openApi: OpenApi, path: string, { accept }: Asked): Reply {
  if (path === "/version") return json(versionInfo(session.server.target));
  if (health.test(path)) return { is: "text", code: 200, text: "ok" };
  const document = openApi.at(path, accept ?? "");
  if (Buffer.isBuffer(document)) return { is: "bytes", bytes: document, type: binaryType };
  return document === undefined ? refusal(noSuchResource()) : json(document);
}

type Verb = Request["verb"];

function verbOf(method: string, name: string | undefined): Verb | undefined {
  switch (method) {
    case "GET":
      return name === undefined ? "list" : "get";
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return name === undefined ? "deletecollection" : "delete";
    default:
      return undefined;
  }
}

/** What a simulated pod cannot do: there is no process in it. */
const processes: ReadonlySet<string> = new Set(["exec", "attach", "portforward", "proxy"]);

function onResource(session: Session, path: Extract<ApiPath, { is: "resource" }>, form: Form, asked: Asked): Reply {
  const verb = verbOf(asked.method, path.name);
  if (!verb) return refusal(methodNotAllowed());
  if (path.subresource !== undefined && processes.has(path.subresource)) {
    return refusal(notImplemented(`no process runs in a simulated pod, so there is no ${path.subresource}`));
  }
  const body = readBody(asked.body, asked.contentType, verb === "patch");
  if ("status" in body) return refusal(body.status);
  const query = readQuery(asked.url.searchParams, body.value);
  if ("bad" in query) return refusal(badRequest(query.bad));
  const { delivery } = query;
  // Who applies says who it is; everybody else is called by the name of the program.
  const manager = asked.userAgent?.split("/")[0] || "unknown";
  const options = body.patchType === "apply" ? query.options : { fieldManager: manager, ...query.options };
  const { is: _, ...place } = path;
  const row = session.kinds.rows.find(
    (one) => one.plural === path.resource && one.group === path.group && one.versions.includes(path.version),
  );
  const isRead = verb === "get" || verb === "list";
  if (delivery.watch && isRead && row && path.subresource === undefined) {
    const watched = { row, namespace: row.namespaced ? (path.namespace ?? "") : "", name: path.name ?? "" };
    return { is: "watch", place: watched, options, form, delivery };
  }
  if (verb === "list") {
    const stale = refusedVersion(session, delivery);
    if (stale) return refusal(stale);
  }
  // Who manages what takes long to work out, and no row of a table shows it.
  const read = form === "Table" && delivery.includeObject !== "Object" ? ({ answer: "unmanaged" } as const) : {};
  const request: Request = {
    verb,
    ...place,
    ...(body.value === undefined ? {} : { body: body.value }),
    ...(body.patchType === undefined ? {} : { patchType: body.patchType }),
    options: isWrite({ verb, ...place }) ? written(options) : { ...options, ...read },
  };
  const { code, body: given, warnings } = session.request(request);
  if (isLines(given)) return { is: "log", request, lines: given, delivery };
  const isObject = code < 400 && given.kind !== "Status";
  const answered = isObject
    ? inForm(row, given as ApiObject | ApiList, form, session.now(), delivery.includeObject)
    : given;
  return { is: "json", code, body: answered, warnings };
}

const isLines = (given: unknown): given is readonly string[] => Array.isArray(given);

/** Of the options what a write is kept with: nothing that only concerns reading. */
function written(options: NonNullable<Request["options"]>): NonNullable<Request["options"]> {
  const { limit: _, continue: __, container: ___, ...rest } = options;
  return rest;
}

/** Why a list cannot be of the version that is asked for: only the present one is kept. */
function refusedVersion({ server }: Session, { resourceVersion, match }: Delivery): Status | undefined {
  if (resourceVersion === undefined || resourceVersion === "0") return undefined;
  const current = server.store.version();
  if (!/^\d+$/.test(resourceVersion)) return badRequest(`Invalid value: ${JSON.stringify(resourceVersion)}`);
  const wanted = Number(resourceVersion);
  if (wanted > current) return gatewayTimeout(`Too large resource version: ${wanted}, current: ${current}`);
  return match === "Exact" && wanted < current ? tooOld(wanted, current) : undefined;
}

/** What is answered as long as something changes. */
export type WatchReply = Extract<Reply, { is: "watch" }>;
export type LogReply = Extract<Reply, { is: "log" }>;
