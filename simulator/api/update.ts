/** Replacing one manifest by another: the rules of the new one and what may not change, as the registry judges them. */
import { type Admission, type AdmitOptions, admit } from "./admit.ts";
import type { Draft } from "./defaults-pod.ts";
import { isObject, type JsonObject, objectAt } from "./json.ts";
import type { KindRow } from "./kind.ts";
import { servedKinds } from "./kind-rules.ts";
import type { Json, ManifestObject } from "./objects.ts";
import { storedObject } from "./registry/create.ts";
import { copy } from "./registry/read.ts";
import type { Surroundings } from "./registry/surroundings.ts";
import { updatedObject } from "./registry/update.ts";
import { anyCluster } from "./service-ranges.ts";
import type { Target } from "./target.ts";

/**
 * Admits `next` as a replacement of `old`, both plain manifests, as a cluster without admission does; `status` is the status
 * the old object has. The old one need not be such that it could be created. What replaces something of another kind is a
 * creation. A Job keeps the selector and the labels that the server made, as nobody can write them beforehand.
 */
export function admitUpdate(
  old: unknown,
  next: unknown,
  target: Target,
  status?: unknown,
  { kinds = servedKinds, isRead = false }: Pick<AdmitOptions, "kinds" | "isRead"> = {},
): Admission {
  const row = isObject(next) ? kinds.serving(String(next["apiVersion"]), String(next["kind"])) : undefined;
  const isReplaced = isObject(old) && kinds.serving(String(old["apiVersion"]), String(old["kind"]))?.kind === row?.kind;
  if (!row || !isObject(next) || !isObject(old) || !isReplaced) return admit(next, target, { kinds, isRead });
  const surroundings: Surroundings = { target, admission: false, ranges: anyCluster, isRead };
  const stored = storedObject(old, row, surroundings);
  const live = status === undefined ? stored : { ...stored, status: status as Json };
  const answer = updatedObject(live, withGenerated(next, row), row, surroundings);
  const object = (answer.object ?? null) as unknown as ManifestObject | null;
  const problems = answer.ok ? [] : answer.problems;
  return {
    kind: row.kind,
    apiVersion: String(next["apiVersion"]),
    object,
    problems,
    warnings: answer.warnings,
    dropped: [],
  };
}

function withGenerated(next: JsonObject, row: KindRow): JsonObject {
  if (row.kind !== "Job" || !objectAt(objectAt(next, "spec"), "template")) return next;
  const made = copy(next);
  row.prepare?.(made as Draft);
  return made;
}
