/** The objects that actions speak of: where they are, and which kinds know which action. */
import { type KindRow, resourceName } from "../api/kind.ts";
import { get } from "../apiserver/read.ts";
import type { ApiObject, ApiServer, Place } from "../apiserver/types.ts";
import { refusedResult } from "./refusal.ts";
import { type ActResult, actionProblem } from "./result.ts";

export const defaultNamespace = "default";

export interface Target {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** An object with the place where it is. */
export interface Found {
  readonly place: Place;
  readonly object: ApiObject;
}

/** The place of an object of a kind. */
export function placeOf(row: KindRow, name: string, namespace: string | undefined): Place {
  return { row, namespace: row.namespaced ? (namespace ?? defaultNamespace) : "", name };
}

/** The object that an action names, or the problem that there is none. */
export function findTarget(server: ApiServer, target: Target): Found | ActResult {
  const row = server.kinds.named(target.kind);
  if (!row) return actionProblem("unknown-kind", "kind", { kind: target.kind });
  const place = placeOf(row, target.name, target.namespace);
  const answer = get(server, place, "unmanaged");
  return answer.ok ? { place, object: answer.object } : refusedResult(answer, place, "name");
}

export function isResult(found: Found | ActResult): found is ActResult {
  return !("place" in found);
}

/** The workload that an action names, or the problem: there is none, or the kind knows no such action. */
export function findWorkload(server: ApiServer, target: Target): Found | ActResult {
  const found = findTarget(server, target);
  if (isResult(found) || found.place.row.workload) return found;
  return actionProblem("not-a-workload", "kind", { kind: target.kind, name: target.name });
}

/** `deployment.apps/web`, as kubectl writes an object. */
export function named({ row, name }: Place): string {
  return `${resourceName(row)}/${name}`;
}
