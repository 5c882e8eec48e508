/** `kubectl rollout undo`. Models staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollback.go. */

import { semanticEqual } from "../api/equality.ts";
import { asObject, isTrue, type JsonObject, listAt, numberAt } from "../api/json.ts";
import { groupKind } from "../api/kind.ts";
import type { Json, LabelMap, PodTemplateSpec } from "../api/objects.ts";
import { patch } from "../apiserver/patch.ts";
import { list } from "../apiserver/read.ts";
import type { ApiObject, ApiServer } from "../apiserver/types.ts";
import {
  copiedAnnotations,
  equalIgnoringHash,
  ownAnnotations,
  parseRevisionNumber,
  revisionAnnotation,
  withoutHashLabel,
} from "../cluster/revisions.ts";
import type { Action } from "../scenario/scenario.ts";
import { refusedResult } from "./refusal.ts";
import { type Found, findWorkload, isResult, named } from "./resources.ts";
import type { ActResult } from "./result.ts";
import { templateOf } from "./template.ts";

const manager = { fieldManager: "kubectl-rollout", answer: "unmanaged" } as const;

interface Past {
  readonly revision: number;
  readonly object: ApiObject;
}

/** What a rollback would do, or why there is nothing to go back to. */
export type Rollback =
  | { readonly error: string }
  | {
      /** The template that comes back. */
      readonly template: JsonObject;
      /** Why it may not come back now. */
      readonly refusal?: string;
      /** It is the template already. */
      readonly isThere: boolean;
      readonly patch: Json;
      readonly type: "json" | "strategic";
    };

/** Whether an object has the other one as its controller. */
export function isControlledBy(object: ApiObject, { metadata: { uid } }: ApiObject): boolean {
  return listAt(object.metadata, "ownerReferences")
    .map(asObject)
    .some((owner) => owner["controller"] === true && owner["uid"] === uid);
}

/** The rollback of a workload to a revision of its past; 0 means the one before the last. */
export function rollbackOf(found: Found, past: readonly ApiObject[], toRevision: number): Rollback {
  return found.place.row.history === "ReplicaSet"
    ? deploymentRollback(found, past, toRevision)
    : revisionRollback(found, past, toRevision);
}

/** Puts the template of an earlier revision (by default the one before the last) back in place. */
export function undo(server: ApiServer, action: Extract<Action, { do: "undo" }>): ActResult {
  const found = findWorkload(server, action);
  if (isResult(found)) return found;
  const { place } = found;
  const kind = place.row.rolls ? place.row.history : undefined;
  if (!kind) return { output: `error: no rollbacker has been implemented for "${groupKind(place.row)}"` };
  const toRevision = action.toRevision ?? 0;
  const rollback = rollbackOf(found, controlled(server, found, kind), toRevision);
  const error = "error" in rollback ? rollback.error : rollback.refusal;
  if ("error" in rollback || error !== undefined) return { output: `error: ${error}` };
  if (rollback.isThere) {
    const why = `current template already matches revision ${toRevision}`;
    return { output: `${named(place)} skipped rollback (${why})` };
  }
  const patched = patch(server, place, rollback.patch, rollback.type, manager);
  return patched.ok ? { output: `${named(place)} rolled back` } : refusedResult(patched, place, "name");
}

/** The objects of a kind that the workload controls. */
function controlled(server: ApiServer, { place, object }: Found, kind: string): readonly ApiObject[] {
  const row = server.kinds.named(kind);
  if (!row) return [];
  const answer = list(server, { row, namespace: place.namespace, name: "" });
  return answer.ok ? answer.object.items.filter((one) => isControlledBy(one, object)) : [];
}

const templateIn = (object: ApiObject) => asObject(object["spec"])["template"] as unknown as PodTemplateSpec;
const annotationsOf = ({ metadata }: ApiObject): LabelMap => metadata.annotations ?? {};

const notInHistory = (revision: number) => ({ error: `unable to find specified revision ${revision} in history` });

function deploymentRollback({ place, object }: Found, past: readonly ApiObject[], toRevision: number): Rollback {
  const history = past.flatMap((one): readonly Past[] => {
    const revision = parseRevisionNumber(annotationsOf(one)[revisionAnnotation]);
    return revision === null ? [] : [{ revision: Number(revision), object: one }];
  });
  const target = deploymentTarget(history, toRevision)?.object;
  if (!target) {
    return toRevision === 0
      ? { error: `no rollout history found for deployment "${place.name}"` }
      : notInHistory(toRevision);
  }
  const paused = "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again";
  // The annotations of that time come back too, but the Deployment keeps its own bookkeeping.
  const annotations = { ...copiedAnnotations(annotationsOf(target)), ...ownAnnotations(annotationsOf(object)) };
  return {
    template: templateIn(target) as unknown as JsonObject,
    ...(isTrue(asObject(object["spec"]), "paused") ? { refusal: paused } : {}),
    isThere: equalIgnoringHash(templateIn(target), templateIn(object)),
    patch: [
      { op: "replace", path: "/spec/template", value: withoutHashLabel(templateIn(target)) as unknown as Json },
      { op: "replace", path: "/metadata/annotations", value: annotations },
    ],
    type: "json",
  };
}

/** The wanted revision; for 0 the second-highest, which needs two. */
function deploymentTarget(history: readonly Past[], toRevision: number): Past | undefined {
  if (toRevision !== 0) return history.find((one) => one.revision === toRevision);
  let latest: Past | undefined;
  let previous: Past | undefined;
  for (const one of history) {
    if (!latest || one.revision > latest.revision) {
      previous = latest;
      latest = one;
    } else if (!previous || one.revision > previous.revision) previous = one;
  }
  return previous;
}

function revisionRollback(found: Found, past: readonly ApiObject[], toRevision: number): Rollback {
  const revisionOf = (one: ApiObject) => numberAt(one, "revision") ?? 0;
  const history = [...past].sort((a, b) => revisionOf(a) - revisionOf(b));
  if (toRevision === 0 && history.length <= 1) return { error: "no last revision to roll back to" };
  const target = toRevision === 0 ? history.at(-2) : history.find((one) => revisionOf(one) === toRevision);
  if (!target) return notInHistory(toRevision);
  const data = asObject(target["data"]);
  const { $patch: _, ...template } = asObject(asObject(data["spec"])["template"]);
  return { template, isThere: semanticEqual(template, templateOf(found)), patch: data, type: "strategic" };
}
