/** What the server makes of an object that replaces a stored one. Models BeforeUpdate of apiserver/pkg/registry/rest. */
import { admitChanged, admitMerged } from "../admission/admission.ts";
import { type Draft, ensure } from "../defaults-pod.ts";
import { sameJson, semanticEqual } from "../equality.ts";
import { asObject, type JsonObject, stringAt } from "../json.ts";
import type { KindRow } from "../kind.ts";
import type { Problem } from "../problem.ts";
import { metadataOf, specOf } from "../workload-checks.ts";
import { type Answer, refusal, refusedFor } from "./answer.ts";
import { createProblems, inOrder } from "./create.ts";
import { carryMetadata, metadataChanges } from "./metadata.ts";
import { readIn } from "./read.ts";
import type { Surroundings } from "./surroundings.ts";
import { intolerable } from "./tolerance.ts";

/** Warnings that are given to new objects only. */
const onlyForNew: ReadonlySet<string> = new Set(["pod-names-not-labels", "pod-name-not-label"]);

/** The stored object after `value` took the place of `live`, or why the server refuses that. */
export function updatedObject(live: JsonObject, value: JsonObject, row: KindRow, surroundings: Surroundings): Answer {
  const { target } = surroundings;
  const { object: next, problems } = readIn(value, row, surroundings);
  if (problems.length > 0) return refusal("BadRequest", problems);
  const stale = staleVersion(live, value);
  if (stale) return stale;
  carryMetadata(next, live);
  if (surroundings.admission) admitMerged(next, live, row);
  const begun = row.begin?.(next, live, surroundings.ranges, target);
  if (begun && begun.problems.length > 0) {
    return { ...refusal(begun.status === 500 ? "InternalError" : "Invalid", begun.problems), object: inOrder(next) };
  }
  if (row.subresources.includes("status")) keepStatus(next, live);
  row.prepareUpdate?.(next, live);
  count(next, live, row);
  const found = judged(next, live, value, row, surroundings);
  const warnings = warningsOf(next, live, row, surroundings);
  const object = inOrder(next);
  if (found.length > 0) return { ...refusal("Invalid", found), object };
  const refused = surroundings.admission ? admitChanged(next, live, row, surroundings) : undefined;
  if (refused) return refused;
  return { ok: true, object, warnings, changed: !sameJson(timeless(object), timeless(live)) };
}

function staleVersion(live: JsonObject, value: JsonObject): Answer | undefined {
  const given = stringAt(asObject(value["metadata"]), "resourceVersion");
  const stored = stringAt(metadataOf(live), "resourceVersion");
  if (given === "" || given === "0" || given === stored) return undefined;
  return refusedFor("Conflict", "object-modified", { name: stringAt(metadataOf(live), "name") });
}

function keepStatus(next: Draft, live: JsonObject): void {
  if (live["status"] === undefined) delete next["status"];
  else next["status"] = live["status"];
}

function count(next: Draft, live: JsonObject, row: KindRow): void {
  if (!row.counted) return;
  const before = metadataOf(live)?.["generation"];
  const moves = row.counts?.(live, next) ?? !semanticEqual(specOf(live), specOf(next));
  ensure(next, "metadata")["generation"] = (typeof before === "number" ? before : 1) + (moves ? 1 : 0);
}

function judged(
  next: JsonObject,
  live: JsonObject,
  given: JsonObject,
  row: KindRow,
  surroundings: Surroundings,
): readonly Problem[] {
  const { target } = surroundings;
  const found = row.validate?.(next, { target, replaced: specOf(live), given }) ?? [];
  const borne = intolerable(found, row.tolerated ?? [], next, live, () => createProblems(live, row, surroundings));
  const changes = row.changes?.(live, next, { target, status: asObject(live["status"]) }) ?? [];
  return [...metadataChanges(live, next), ...borne, ...changes];
}

function warningsOf(next: JsonObject, live: JsonObject, row: KindRow, { target }: Surroundings): readonly Problem[] {
  // Pods are changed by machines: nobody would read it.
  if (row.kind === "Pod") return [];
  const isCounted = row.counted && row.template !== undefined;
  if (isCounted && metadataOf(next)?.["generation"] === metadataOf(live)?.["generation"]) return [];
  const found = (row.warnings?.(next, target) ?? []).filter(({ code }) => !onlyForNew.has(code));
  return [...found, ...(row.warningsOfChange?.(next) ?? [])];
}

/** The object without the times of its managers, which alone are no change. */
function timeless(object: JsonObject): JsonObject {
  const metadata = metadataOf(object) ?? {};
  const managers = metadata["managedFields"];
  if (!Array.isArray(managers)) return object;
  const still = managers.map((one) => {
    const { time: _, ...rest } = asObject(one);
    return rest;
  });
  return { ...object, metadata: { ...metadata, managedFields: still } };
}
