/** create. Models apiserver/pkg/registry/generic/registry/store.go (Create) and endpoints/handlers/create.go. */

import { isObject, type JsonObject, without } from "../api/json.ts";
import { apiVersionOf, type KindRow } from "../api/kind.ts";
import type { Json } from "../api/objects.ts";
import { serverMetadata } from "../api/server-metadata.ts";
import { generateName } from "../cluster/names.ts";
import type { Kept, Kind, LiveObject } from "../cluster/objects.ts";
import type { Creation } from "../cluster/store.ts";
import { timeText } from "../cluster/time.ts";
import { createRandom } from "../engine/random.ts";
import { admitted } from "./admission/chain.ts";
import { liveAt } from "./find.ts";
import { creationOf } from "./in/object.ts";
import { decoded, judgedNew } from "./judge.ts";
import { managedAfter } from "./managers.ts";
import { furnish, isNamespace } from "./namespaces.ts";
import { objectOut } from "./out/object.ts";
import { alreadyExists, badRequest, forbidden } from "./status.ts";
import { type Answer, type ApiObject, type ApiServer, done, type Place, refused, type WriteOptions } from "./types.ts";
import { uuidOf } from "./uid.ts";

/** The object as JSON with its place in it, or why the body does not belong there. */
export function bodyAt({ row, namespace }: Place, body: unknown): Answer {
  if (!isObject(body as Json))
    return refused(badRequest("the object provided is unrecognized (must be of type Object)"));
  const given = body as JsonObject;
  const { apiVersion = apiVersionOf(row), kind = row.kind } = given;
  const metadata = (isObject(given["metadata"]) ? given["metadata"] : {}) as JsonObject;
  const served = row.versions.some(
    (version) => apiVersion === (row.group === "" ? version : `${row.group}/${version}`),
  );
  if (!served || kind !== row.kind) {
    return refused(
      badRequest(
        `${String(kind)} in version ${JSON.stringify(apiVersion)} cannot be handled as a ${row.kind}: no kind is registered`,
      ),
    );
  }
  const own = metadata["namespace"];
  if (row.namespaced && typeof own === "string" && own !== "" && own !== namespace) {
    return refused(badRequest("the namespace of the provided object does not match the namespace sent on the request"));
  }
  const placed = { ...metadata, ...(row.namespaced ? { namespace } : {}) };
  return done({ ...given, apiVersion, kind, metadata: placed } as unknown as ApiObject);
}

/** The end of a generated name is drawn of what makes the request unlike others: the same run gives the same names. */
function nameFor(server: ApiServer, row: KindRow, namespace: string, base: string): string {
  const random = createRandom(server.store.version(), `${row.plural}/${namespace}/${base}`);
  let name = generateName(base, random);
  while (liveAt({ row, namespace, name }, server)) name = generateName(base, random);
  return name;
}

function named(server: ApiServer, { row, namespace }: Place, object: ApiObject): ApiObject {
  const { name, generateName: base } = object.metadata as { name?: string; generateName?: string };
  if (name || !base) return object;
  return { ...object, metadata: { ...object.metadata, name: nameFor(server, row, namespace, base) } };
}

/** The object as it begins: without what only the server or a status request writes. */
function fresh(row: KindRow, object: ApiObject): ApiObject {
  const metadata = without(object.metadata, serverMetadata) as ApiObject["metadata"];
  // What a node can hold is all that is said of it, and nobody else says it.
  const isReset = row.subresources.includes("status") && row.kind !== "Node";
  const rest = isReset ? (without(object, ["status"]) as ApiObject) : object;
  return { ...rest, metadata };
}

/** Creates the object of the body at a place whose name may be left out, or says why not. */
export function create(server: ApiServer, place: Place, body: unknown, options: WriteOptions = {}): Answer {
  const given = bodyAt(place, body);
  if (!given.ok) return given;
  const { row } = place;
  const read = decoded(given.object, options.fieldValidation ?? "Warn", server);
  if (!read.ok) return read;
  const object = named(server, place, fresh(row, read.object));
  const { managedFields: _, ...metadata } = object.metadata;
  const unmanaged = { ...object, metadata } as ApiObject;
  const managedFields = managedAfter(server, row, undefined, null, unmanaged, options, "");
  const answer = store(server, place, unmanaged, options, { managedFields });
  return answer.ok ? { ...answer, warnings: [...read.warnings, ...answer.warnings] } : answer;
}

/** The same for an object that server-side apply has put together, its managers noted. */
export function createApplied(server: ApiServer, place: Place, object: ApiObject, options: WriteOptions): Answer {
  const read = decoded(object, options.fieldValidation ?? "Warn", server);
  if (!read.ok) return read;
  const answer = store(server, place, fresh(place.row, read.object), options);
  return answer.ok ? { ...answer, warnings: [...read.warnings, ...answer.warnings] } : answer;
}

/** `noted`: what is kept of the write beside the object. */
function store(
  server: ApiServer,
  place: Place,
  object: ApiObject,
  options: WriteOptions,
  noted: Kept | null = null,
): Answer {
  const { row, namespace } = place;
  const name = object.metadata.name ?? "";
  const dryRun = options.dryRun === true;
  const request = { ...place, name, verb: "create", subresource: "", object, old: null, dryRun } as const;
  const steps = admitted(request, server);
  if (!steps.ok) return steps;
  const judged = judgedNew(row, steps.object, server);
  if (!judged.ok) return judged;
  const at = { row, namespace: row.namespaced ? namespace : "", name };
  if (liveAt(at, server)) return refused(alreadyExists(row, name));
  const made = creationOf(row, judged.object, at.namespace);
  const creation = noted ? { ...made, kept: { ...made.kept, ...noted } } : made;
  const { guard } = server.cluster;
  const why = guard.isActive() ? guard.refusal(creation) : undefined;
  if (why !== undefined) return refused(forbidden(row, name, why));
  if (dryRun) return done(tried(server, row, creation), judged.warnings);
  const live = server.store.create(creation as Creation<Kind>) as LiveObject;
  if (guard.isActive()) guard.charge(creation);
  if (isNamespace(live)) furnish(server, name);
  return done(objectOut(live, server, options.answer), judged.warnings);
}

/** What would have been created. */
function tried(server: ApiServer, row: KindRow, creation: Creation<Kind>): ApiObject {
  const now = server.cluster.now();
  const sequence = 2 ** 41;
  const uid = `00000000-${sequence}`;
  const live = { generation: 1, kept: null, ...creation, uid, sequence, created: now, deleted: null, version: 0 };
  const object = objectOut(live as unknown as LiveObject, server);
  const { resourceVersion: _, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: {
      ...metadata,
      uid: uuidOf(uid),
      creationTimestamp: timeText(now, server.start),
    } as ApiObject["metadata"],
    kind: row.kind,
  };
}
