/** `kubectl apply` and `kubectl patch`. Models staging/src/k8s.io/kubectl/pkg/cmd/apply. */
import { typeOf } from "../api/decode.ts";
import { isObject, type JsonObject } from "../api/json.ts";
import type { Json, ManifestObject } from "../api/objects.ts";
import { threeWayJsonMergePatch } from "../api/patch/json-merge.ts";
import { lastApplied, lastAppliedAnnotation, lastAppliedText } from "../api/patch/server-side.ts";
import { threeWayStrategicPatch } from "../api/patch/strategic-diff.ts";
import type { Patched } from "../api/patch/values.ts";
import { create } from "../apiserver/create.ts";
import { apply as applyByServer, patch as patchObject } from "../apiserver/patch.ts";
import { get } from "../apiserver/read.ts";
import type { ApiObject, ApiServer, Place } from "../apiserver/types.ts";
import type { Action } from "../scenario/scenario.ts";
import { refusedResult } from "./refusal.ts";
import { findTarget, isResult, named, placeOf } from "./resources.ts";
import { type ActResult, actionProblem } from "./result.ts";

/** kubectl lets no field pass that the server does not know, and shows nobody who manages which. */
const manager = {
  fieldManager: "kubectl-client-side-apply",
  fieldValidation: "Strict",
  answer: "unmanaged",
} as const;

/** The place of a manifest, or why it has none. */
function placeOfManifest(server: ApiServer, { kind, apiVersion, metadata }: ManifestObject): Place | ActResult {
  // Scenarios come from files, so nothing about their objects is certain.
  const row = [apiVersion, kind].every(isText) ? server.kinds.serving(apiVersion, kind) : undefined;
  if (!row) return actionProblem("unknown-kind", "object.kind", { kind: isText(kind) ? kind : "" });
  const name = metadata?.name;
  if (!isText(name) || name === "") return actionProblem("name-required", "object.metadata.name", { kind });
  const speaks = row.versions.length > 1 ? { apiVersion } : {};
  return { ...placeOf(row, name, metadata.namespace), ...speaks };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isPlace = (one: Place | ActResult): one is Place => "row" in one;

/** The text as kubectl sends it: with itself in an annotation, so that the next apply knows what this one said. */
export function annotated(text: JsonObject): JsonObject {
  const metadata = text["metadata"] as JsonObject;
  const annotations = isObject(metadata["annotations"]) ? metadata["annotations"] : {};
  const said = { ...annotations, [lastAppliedAnnotation]: lastAppliedText(text) };
  return { ...text, metadata: { ...metadata, annotations: said } };
}

/** The patch that brings the live object to what the text says, and takes away what the text before said and this one does not. */
function patchFor(text: JsonObject, live: ApiObject): Patched {
  const type = typeOf(live.apiVersion, live.kind);
  const before = lastApplied(live) ?? {};
  return type === undefined
    ? threeWayJsonMergePatch(before, annotated(text), live)
    : threeWayStrategicPatch(before, annotated(text), live, type);
}

/** Creates the object, or changes the live one to what the manifest says now. */
export function apply(server: ApiServer, manifest: ManifestObject): ActResult {
  const place = placeOfManifest(server, manifest);
  if (!isPlace(place)) return place;
  const { row, namespace } = place;
  const metadata = { ...manifest.metadata, ...(row.namespaced ? { namespace } : {}) };
  const text = { ...manifest, metadata } as unknown as JsonObject;
  const live = get(server, place, "unmanaged");
  if (!live.ok) {
    const created = create(server, place, annotated(text), manager);
    return created.ok ? { output: `${named(place)} created` } : refusedResult(created, place, "object", true);
  }
  const patch = patchFor(text, live.object);
  if (!patch.ok) return actionProblem("bad-patch", "object", { kind: row.kind, name: place.name });
  if (Object.keys(patch.value as JsonObject).length === 0) return { output: `${named(place)} unchanged` };
  const type = typeOf(live.object.apiVersion, live.object.kind) === undefined ? "merge" : "strategic";
  const patched = patchObject(server, place, patch.value, type, manager);
  return patched.ok ? { output: `${named(place)} configured` } : refusedResult(patched, place, "object", true);
}

/** `kubectl apply --server-side --force-conflicts`. */
export function serverSideApply(server: ApiServer, manifest: ManifestObject): ActResult {
  const place = placeOfManifest(server, manifest);
  if (!isPlace(place)) return place;
  const applied = applyByServer(server, place, manifest, { fieldManager: "kubectl", force: true });
  return applied.ok ? { output: `${named(place)} serverside-applied` } : refusedResult(applied, place, "object", true);
}

/** `kubectl patch` with a strategic merge patch. */
export function patch(server: ApiServer, action: Extract<Action, { do: "patch" }>): ActResult {
  const found = findTarget(server, action);
  if (isResult(found)) return found;
  const { place, object } = found;
  const type = typeOf(object.apiVersion, object.kind) === undefined ? "merge" : "strategic";
  const { subresource = "" } = action;
  const patched = patchObject(
    server,
    place,
    action.patch as Json,
    type,
    { fieldManager: "kubectl-patch", answer: "unmanaged" },
    subresource,
  );
  if (!patched.ok) return refusedResult(patched, place, "patch", true);
  const changed = patched.object.metadata.resourceVersion !== object.metadata.resourceVersion;
  return { output: `${named(place)} patched${changed ? "" : " (no change)"}` };
}
