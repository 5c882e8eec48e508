/** update, and the writing of what a patch came to. Models apiserver/pkg/registry/generic/registry/store.go (Update). */

import { sameJson, semanticEqual } from "../api/equality.ts";
import { asObject, without } from "../api/json.ts";
import type { KindRow } from "../api/kind.ts";
import type { Json } from "../api/objects.ts";
import { serverMetadata } from "../api/server-metadata.ts";
import type { Kept, LiveObject } from "../cluster/objects.ts";
import { graceOf } from "../cluster/pods.ts";
import { admitted } from "./admission/chain.ts";
import { bodyAt } from "./create.ts";
import { liveAt } from "./find.ts";
import { keptIn } from "./in/metadata.ts";
import { changesOf } from "./in/object.ts";
import { decoded, judgedChange } from "./judge.ts";
import { managedAfter } from "./managers.ts";
import { objectOut } from "./out/object.ts";
import { resizedPod, resizeRefusal } from "./resize.ts";
import { badRequest, conflict, invalidBecause, notFound, wasModified } from "./status.ts";
import { type Answer, type ApiObject, type ApiServer, done, type Place, refused, type WriteOptions } from "./types.ts";

/** Which part of an object a request may change. */
export type Part = "" | "status" | "resize";

/** Puts the object of the body in the place of the one that is there. */
export function update(
  server: ApiServer,
  place: Place,
  body: unknown,
  options: WriteOptions = {},
  part: Part = "",
): Answer {
  const given = bodyAt(place, body);
  if (!given.ok) return given;
  const own = given.object.metadata.name ?? "";
  if (own !== place.name) {
    return refused(badRequest(`the name of the object (${own}) does not match the name on the URL (${place.name})`));
  }
  const live = liveAt(place, server);
  if (!live) return refused(notFound(place.row, place.name));
  return decodedAndWritten(server, place, live, given.object, options, part);
}

/** Writes what a request wants once its fields are read, with the warnings of both. */
export function decodedAndWritten(
  server: ApiServer,
  place: Place,
  live: LiveObject,
  next: ApiObject,
  options: WriteOptions,
  part: Part,
): Answer {
  const read = decoded(next, options.fieldValidation ?? "Warn", server);
  if (!read.ok) return read;
  const written = write(server, place, live, read.object, options, part);
  return written.ok ? { ...written, warnings: [...read.warnings, ...written.warnings] } : written;
}

/** Whether the request speaks of the object as it is now. */
function precondition(row: KindRow, before: ApiObject, next: ApiObject): Answer<null> {
  const { name, uid, resourceVersion } = before.metadata;
  const wanted = next.metadata;
  if (wanted.uid && wanted.uid !== uid) {
    const why = `Precondition failed: UID in precondition: ${wanted.uid}, UID in object meta: ${uid}`;
    return refused(conflict(row, name, why));
  }
  const version = wanted.resourceVersion;
  if (!version || version === resourceVersion) return done(null);
  if (!/^[0-9]+$/.test(version)) {
    const cause = {
      reason: "FieldValueInvalid",
      field: "metadata.resourceVersion",
      message: `Invalid value: ${JSON.stringify(version)}: must be an unsigned integer`,
    };
    return refused(invalidBecause(row, name, [cause]));
  }
  return refused(conflict(row, name, wasModified));
}

/** What no update changes: who the object is, and the part that the request is not about. */
function held(before: ApiObject, next: ApiObject, part: Part, applied: boolean): ApiObject {
  if (part === "status") {
    const { status: _, ...rest } = before;
    return { ...rest, ...(next["status"] ? { status: next["status"] } : {}) } as ApiObject;
  }
  if (part === "resize") return resizedPod(before, next);
  const keys = applied ? serverMetadata : [...serverMetadata, "managedFields"];
  const own = Object.fromEntries(Object.entries(before.metadata).filter(([key]) => keys.includes(key)));
  const metadata = { ...without(next.metadata, keys), ...own } as ApiObject["metadata"];
  const { status } = before;
  return { ...(without(next, ["status"]) as ApiObject), metadata, ...(status === undefined ? {} : { status }) };
}

/**
 * Writes `next` in the place of a live object: admitted, judged, and stored as far as it differs. Nothing is stored, and no
 * version spent, when it does not.
 */
export function write(
  server: ApiServer,
  place: Place,
  live: LiveObject,
  next: ApiObject,
  options: WriteOptions = {},
  part: Part = "",
  subresource: "" | "status" | "scale" | "resize" = part,
): Answer {
  const { row } = place;
  const applied = options.applied === true;
  const before = objectOut(live, server, applied ? "all" : "unmanaged");
  const meant = precondition(row, before, next);
  if (!meant.ok) return meant;
  const dryRun = options.dryRun === true;
  const wanted = held(before, next, row.subresources.includes("status") ? part : "", applied);
  const request = { ...place, verb: "update", subresource, object: wanted, old: before, dryRun } as const;
  const steps = admitted(request, server);
  if (!steps.ok) return steps;
  const tooLarge = part === "resize" ? resizeRefusal(server, place, live, steps.object) : undefined;
  if (tooLarge) return refused(tooLarge);
  const judged = part === "" ? judgedChange(row, before, steps.object, server) : done(steps.object);
  if (!judged.ok) return judged;
  // The status is not what was judged, and some of its zeros are written.
  const { status } = steps.object;
  const judgedNow = { ...judged.object, ...(status === undefined ? {} : { status }) } as ApiObject;
  const after = applied ? withManagers(judgedNow, before, wanted) : judgedNow;
  const changed = changesOf(live, before, after, server.start);
  if (Object.keys(changed).length === 0) return done(objectOut(live, server, options.answer), judged.warnings);
  const managedFields = applied
    ? undefined
    : managedAfter(server, row, live.kept?.managedFields, before, after, options, subresource);
  const generation = live.generation + (grows(row, before, after) ? 1 : 0);
  if (dryRun) {
    const entries = managedFields?.() ?? [];
    const managed = entries.length > 0 ? { managedFields: entries } : {};
    const metadata = { ...after.metadata, ...managed, ...(row.counted ? { generation } : {}) };
    return done({ ...after, metadata }, judged.warnings);
  }
  const changes = managedFields
    ? { ...changed, kept: { ...keptIn(after.metadata, live.kept), ...(changed["kept"] as Kept), managedFields } }
    : changed;
  if (isReleased(live, after)) {
    server.store.update(live as never, changes as never);
    server.store.remove(live);
  } else server.store.update(live as never, { ...changes, generation } as never);
  return done(objectOut(live, server, options.answer), judged.warnings);
}

/** The object with the managers that an apply has noted; they stay as they were when nothing but their times is new. */
function withManagers(object: ApiObject, before: ApiObject, wanted: ApiObject): ApiObject {
  const old = before.metadata["managedFields"];
  const noted = wanted.metadata["managedFields"];
  const timeless = (entries: Json | undefined) =>
    listOf(entries).map((entry) => JSON.stringify(without(asObject(entry), ["time"])));
  const managedFields = sameJson(timeless(old), timeless(noted)) ? old : noted;
  const metadata = without(object.metadata, ["managedFields"]);
  const managed = managedFields === undefined ? {} : { managedFields };
  return { ...object, metadata: { ...metadata, ...managed } as ApiObject["metadata"] };
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Whether the generation moves on: with what is wanted, or with what the kind says. */
function grows(row: KindRow, before: ApiObject, after: ApiObject): boolean {
  return row.counted && (row.counts?.(before, after) ?? !semanticEqual(before["spec"], after["spec"]));
}

/** Whether the object was only held back by finalizers that are gone now. */
function isReleased(live: LiveObject, after: ApiObject): boolean {
  if (live.deleted === null || (after.metadata.finalizers ?? []).length > 0) return false;
  return live.finalizers.length > 0 && (live.kind !== "Pod" || graceOf(live) === 0);
}

/** The number in the spec that the scale subresource writes; undefined for what has none. */
export function replicasOf(object: ApiObject): number | undefined {
  const replicas = asObject(object["spec"])["replicas"];
  return typeof replicas === "number" ? replicas : undefined;
}
