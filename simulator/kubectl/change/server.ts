/** A server that holds one object: enough to say what a text does to it. Models endpoints/handlers of apiserver. */
import { typeOf } from "../../api/decode.ts";
import { sameJson } from "../../api/equality.ts";
import { FieldPath, invalid } from "../../api/field-path.ts";
import { asObject, isObject, type JsonObject, stringAt } from "../../api/json.ts";
import type { KindRow } from "../../api/kind.ts";
import type { Json } from "../../api/objects.ts";
import { writeFieldsV1 } from "../../api/patch/field-set.ts";
import { managersAfterWrite, managersOf, type Writer, withManagers } from "../../api/patch/managers.ts";
import { atomOf, entrySchema, type Schema, schemaAt, schemaOf } from "../../api/patch/schema.ts";
import type { Conflict } from "../../api/patch/server-side.ts";
import { serverSideApply } from "../../api/patch/server-side.ts";
import { strategicMergePatch } from "../../api/patch/strategic.ts";
import { type Answer, refusal, refusedFor } from "../../api/registry/answer.ts";
import { createdObject, storedObject } from "../../api/registry/create.ts";
import { readObject } from "../../api/registry/read.ts";
import type { Surroundings } from "../../api/registry/surroundings.ts";
import { updatedObject } from "../../api/registry/update.ts";

/** Where a text goes: what kind it is and what the server knows. */
export interface Place {
  readonly row: KindRow;
  readonly surroundings: Surroundings;
}

/** Parts that are not written through the object itself. */
export const ignoredParts = (row: KindRow): readonly string[] =>
  row.subresources.includes("status") ? ["status"] : [];

const apiVersionIn = (object: JsonObject): string => stringAt(object, "apiVersion");

/**
 * The object with its managers as they are after a write. What admission and the server itself put into it belongs to nobody:
 * `given` is the body as it was read.
 */
export function managed(
  live: JsonObject,
  next: JsonObject,
  given: JsonObject,
  manager: string,
  row: KindRow,
  subresource = "",
): JsonObject {
  const writer: Writer = { manager, apiVersion: apiVersionIn(next), subresource };
  const atom = atomOf(typeOf(apiVersionIn(next), row.kind));
  return withManagers(next, managersAfterWrite(managersOf(live), live, given, writer, atom, ignoredParts(row)));
}

function noted(answer: Answer, live: JsonObject, value: JsonObject, manager: string, place: Place): Answer {
  if (!answer.ok) return answer;
  const object = managed(live, answer.object, asRead(value, place), manager, place.row);
  return { ...answer, object, changed: answer.changed || !isOwnedAlike(live, object) };
}

/** A body as the server reads it, amounts as they are written. */
export function asRead(value: JsonObject, { row, surroundings }: Place): JsonObject {
  const { object } = readObject(value, row, surroundings.target);
  return spelledAs(object, value, schemaOf(typeOf(apiVersionIn(value), row.kind))) as JsonObject;
}

function spelledAs(read: Json, given: Json | undefined, schema: Schema): Json {
  // An amount in powers of two is compared as it is written.
  if (schema?.kind === "quantity" && typeof given === "string" && given.endsWith("i")) return given;
  if (Array.isArray(read) && Array.isArray(given)) {
    return read.map((one, index) => spelledAs(one, given[index], entrySchema(schema)));
  }
  if (!isObject(read) || !isObject(given)) return read;
  return Object.fromEntries(
    Object.entries(read).map(([key, one]) => [key, spelledAs(one, given[key], schemaAt(schema, key))]),
  );
}

/** Whether the same managers own the same fields: who owns what is stored, too. */
export function isOwnedAlike(live: JsonObject, next: JsonObject): boolean {
  const entries = (object: JsonObject) =>
    managersOf(object)
      .map(({ time: _, fields, ...who }) => JSON.stringify([who, writeFieldsV1(fields)]))
      .sort();
  return sameJson(entries(live), entries(next));
}

/** POST. */
export function post(value: JsonObject, manager: string, place: Place): Answer {
  return noted(createdObject(value, place.row, place.surroundings), {}, value, manager, place);
}

/** What a POST would have stored at a server that asks for nothing. */
export function stored(value: JsonObject, manager: string, place: Place): JsonObject {
  const object = storedObject(value, place.row, place.surroundings);
  return managed({}, object, asRead(value, place), manager, place.row);
}

/** PUT. The uid of the text has to be that of the object, if it has one. */
export function put(live: JsonObject, value: JsonObject, manager: string, place: Place): Answer {
  const [uid, own] = [stringAt(asObject(value["metadata"]), "uid"), stringAt(asObject(live["metadata"]), "uid")];
  if (uid !== "" && uid !== own) return refusedFor("Conflict", "uid-differs", { value: uid, expected: own });
  return noted(updatedObject(live, value, place.row, place.surroundings), live, value, manager, place);
}

/** PATCH with a strategic merge patch. What cannot be read of the outcome is said of the patch. */
export function patch(live: JsonObject, changes: Json, manager: string, place: Place): Answer {
  const { row, surroundings } = place;
  const merged = strategicMergePatch(live, changes, typeOf(apiVersionIn(live), row.kind));
  if (!merged.ok) return refusedFor("InternalError", "patch-cannot-be-merged", { value: merged.problem.value });
  const answer = updatedObject(live, merged.value as JsonObject, row, surroundings);
  if (!answer.ok && answer.reason === "BadRequest") {
    const [first] = answer.problems;
    const at = first?.at ?? [];
    const field = at.reduce<FieldPath>((path, step) => path.silent(step), FieldPath.root).as("patch");
    return refusal("Invalid", [invalid("patch-unreadable", field, { detail: first?.code ?? "", ...first?.params })]);
  }
  return noted(answer, live, merged.value as JsonObject, manager, place);
}

/** PATCH by server-side apply; the object may not be there yet. */
export function applyPatch(
  live: JsonObject | undefined,
  text: JsonObject,
  manager: string,
  force: boolean,
  { row, surroundings }: Place,
): Answer | { readonly conflicts: readonly Conflict[] } {
  const metadata = asObject(text["metadata"]);
  if (metadata["managedFields"] !== undefined) return refusedFor("BadRequest", "managed-fields-given");
  if (live === undefined && stringAt(metadata, "uid") !== "") {
    return refusedFor("Conflict", "uid-without-object", { value: stringAt(metadata, "uid") });
  }
  const type = typeOf(apiVersionIn(text), row.kind);
  const writer: Writer = { manager, apiVersion: apiVersionIn(text) };
  const bare = live ?? { apiVersion: text["apiVersion"] ?? "", kind: text["kind"] ?? "" };
  const applied = serverSideApply({ live: bare, text, writer, force, type, ignored: ignoredParts(row) });
  if (applied.is === "conflict") return { conflicts: applied.conflicts };
  if (applied.is === "untyped") {
    const [first] = applied.problems;
    const path = (first?.path ?? []).reduce<FieldPath>(
      (at, step) => (typeof step === "number" ? at.index(step) : at.child(step)),
      FieldPath.root,
    );
    return refusedFor("InternalError", `apply-${first?.code ?? "wrong-type"}`, {}, path);
  }
  const managers = managersOf(applied.object);
  const answer = live
    ? updatedObject(live, applied.object, row, surroundings)
    : createdObject(applied.object, row, surroundings);
  if (answer.ok) {
    const object = withManagers(answer.object, managers);
    return { ...answer, object, changed: answer.changed };
  }
  return answer.reason === "BadRequest"
    ? refusedFor("InternalError", "apply-wrong-type", {}, pathOfFirst(answer))
    : answer;
}

function pathOfFirst(answer: Extract<Answer, { ok: false }>): FieldPath {
  const at = answer.problems[0]?.at ?? [];
  return at.reduce<FieldPath>(
    (path, step) => (typeof step === "number" ? path.index(step) : path.child(step)),
    FieldPath.root,
  );
}
