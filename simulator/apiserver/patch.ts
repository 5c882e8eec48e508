/** patch in its four ways. Models apiserver/pkg/endpoints/handlers/patch.go. */
import { typeOf } from "../api/decode.ts";
import { asObject, isObject } from "../api/json.ts";
import { apiVersionOf } from "../api/kind.ts";
import type { Json } from "../api/objects.ts";
import { jsonMergePatch } from "../api/patch/json-merge.ts";
import { jsonPatch } from "../api/patch/json-patch.ts";
import { strategicMergePatch } from "../api/patch/strategic.ts";
import type { Patched } from "../api/patch/values.ts";
import { inStoredVersion } from "../api/registry/versions.ts";
import { bodyAt, createApplied } from "./create.ts";
import { liveAt } from "./find.ts";
import { appliedObject } from "./managers.ts";
import { objectOut } from "./out/object.ts";
import { spoken } from "./read.ts";
import { badRequest, notFound, unsupportedMediaType } from "./status.ts";
import { type Answer, type ApiObject, type ApiServer, done, type Place, refused, type WriteOptions } from "./types.ts";
import { decodedAndWritten, type Part } from "./update.ts";

/** How a patch is to be read. */
export type PatchType = "strategic" | "merge" | "json";

function patched(before: ApiObject, patch: Json, type: PatchType): Patched {
  const { apiVersion, kind } = before;
  switch (type) {
    case "strategic":
      return strategicMergePatch(before as Json, patch, typeOf(apiVersion, kind));
    case "merge":
      return { ok: true, value: jsonMergePatch(before as Json, patch) };
    case "json":
      return jsonPatch(before as Json, patch);
  }
}

/** The object with the patch laid over it, not written yet; or why it cannot be laid over. */
export function patchedObject(place: Place, before: ApiObject, patch: unknown, type: PatchType): Answer {
  const { row } = place;
  const wanted = type === "json" ? Array.isArray(patch) : isObject(patch as Json);
  if (!wanted) return refused(badRequest(unreadable(patch, type)));
  if (
    type === "strategic" &&
    typeOf(apiVersionOf(row), row.kind) === undefined &&
    row.is === "stored" &&
    !isCore(row.group)
  ) {
    return refused(
      unsupportedMediaType(
        "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
      ),
    );
  }
  const result = patched(before, patch as Json, type);
  if (!result.ok)
    return refused(badRequest(`unable to apply the patch: ${result.problem.code} ${result.problem.value}`));
  const object = result.value as unknown as ApiObject;
  if (object.kind !== row.kind || object.metadata?.name !== before.metadata.name) {
    return refused(
      badRequest(
        `the name of the object (${object.metadata?.name}) does not match the name on the URL (${place.name})`,
      ),
    );
  }
  return done(object);
}

/** What Go's decoder says of a patch that has not the form of its type. */
function unreadable(patch: unknown, type: PatchType): string {
  const is = Array.isArray(patch) ? "array" : isObject(patch as Json) ? "object" : typeof patch;
  const into = type === "json" ? "jsonpatch.Patch" : "map[string]interface {}";
  return type === "merge"
    ? "Invalid JSON Patch"
    : `json: cannot unmarshal ${is === "boolean" ? "bool" : is} into Go value of type ${into}`;
}

/** Groups of Kubernetes itself, whose types strategic merge patches know. */
function isCore(group: string): boolean {
  return group === "" || !group.includes(".") || group.endsWith(".k8s.io");
}

/** Changes the object at a place by a patch. */
export function patch(
  server: ApiServer,
  place: Place,
  body: unknown,
  type: PatchType,
  options: WriteOptions = {},
  part: Part = "",
): Answer {
  const live = liveAt(place, server);
  if (!live) return refused(notFound(place.row, place.name));
  // Only a patch that names single places in a list can mean one of the managers; they stay what they are in any case.
  const before = spoken(objectOut(live, server, type === "json" ? "all" : "unmanaged"), place);
  const next = patchedObject(place, before, body, type);
  if (!next.ok) return next;
  return decodedAndWritten(server, place, live, next.object, options, part);
}

/** Lays a text over the object at a place by field ownership, and creates the object when it is not there. */
export function apply(
  server: ApiServer,
  place: Place,
  body: unknown,
  options: WriteOptions = {},
  part: Part = "",
): Answer {
  const text = bodyAt(place, body);
  if (!text.ok) return text;
  const { row, name } = place;
  const live = liveAt(place, server);
  if (!live && part !== "") return refused(notFound(row, name));
  const before = live ? objectOut(live, server) : null;
  // Fields are owned in the version in which they are stored.
  const object = inStoredVersion(text.object);
  const named = { ...object, metadata: { ...asObject(object["metadata"]), name } } as unknown as ApiObject;
  const merged = appliedObject(server, row, before, named, options, part);
  if (!merged.ok) return merged;
  if (!live) return createApplied(server, place, merged.object, options);
  return decodedAndWritten(server, place, live, merged.object, { ...options, applied: true }, part);
}
