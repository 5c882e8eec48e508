/** What the server makes of a new object. Models BeforeCreate of apiserver/pkg/registry/rest and the strategies of pkg/registry. */
import { admitNew } from "../admission/admission.ts";
import { type Draft, ensure } from "../defaults-pod.ts";
import { type JsonObject, stringAt, without } from "../json.ts";
import type { KindRow } from "../kind.ts";
import type { Problem } from "../problem.ts";
import { serverMetadata } from "../server-metadata.ts";
import { metadataOf } from "../workload-checks.ts";
import { type Answer, refusal } from "./answer.ts";
import { copy, readIn, readStored } from "./read.ts";
import type { Surroundings } from "./surroundings.ts";

/** Stands where the server puts the uid it generates. */
export const newUid = "<uid>";

/** The stored object that a body of this kind makes, or why the server does not create it. */
export function createdObject(value: JsonObject, row: KindRow, surroundings: Surroundings): Answer {
  const { target } = surroundings;
  const { object, problems } = readStored(value, row, target);
  if (problems.length > 0) return refusal("BadRequest", problems);
  const metadata = ensure(object, "metadata");
  for (const key of [...serverMetadata, "managedFields"]) delete metadata[key];
  if (row.subresources.includes("status")) delete object["status"];
  metadata["uid"] = newUid;
  if (row.counted) metadata["generation"] = 1;
  const refused = surroundings.admission ? admitNew(object, row, target, surroundings) : undefined;
  if (refused) return refused;
  const begun = row.begin?.(object, undefined, surroundings.ranges, target);
  const early = row.prepare?.(object) ?? [];
  if (begun && begun.problems.length > 0) {
    return refusal(begun.status === 500 ? "InternalError" : "Invalid", begun.problems, early);
  }
  const found = row.validate?.(object, { target, replaced: undefined, given: value }) ?? [];
  const warnings = [...early, ...(row.warnings?.(object, target) ?? [])];
  if (found.length > 0) return refusal("Invalid", found, early);
  return { ok: true, object: inOrder(object), warnings, changed: true };
}

/**
 * The object as a server stores it that asks for nothing: what an older one let in, or what cannot be created any more but
 * is to be compared with. What cannot be read of it is left out.
 */
export function storedObject(value: JsonObject, row: KindRow, surroundings: Surroundings): JsonObject {
  const { object } = readIn(value, row, surroundings);
  const metadata = ensure(object, "metadata");
  metadata["uid"] ??= newUid;
  if (row.counted) metadata["generation"] ??= 1;
  const isLive = stringAt(metadataOf(value), "uid") !== "";
  if (!isLive) {
    if (surroundings.admission) admitNew(object, row, surroundings.target, surroundings);
    row.begin?.(object, undefined, surroundings.ranges, surroundings.target);
    row.prepare?.(object);
  }
  return inOrder(object);
}

/** Kind and version first, as objects are written. */
export function inOrder(object: Draft): JsonObject {
  const { apiVersion = "", kind = "", metadata = {} } = object;
  return { apiVersion, kind, metadata, ...without(object, ["apiVersion", "kind", "metadata"]) };
}

/** The problems that a create of the object would have, whatever it is. */
export function createProblems(object: JsonObject, row: KindRow, surroundings: Surroundings): readonly Problem[] {
  return row.validate?.(copy(object), { target: surroundings.target, replaced: undefined, given: object }) ?? [];
}
