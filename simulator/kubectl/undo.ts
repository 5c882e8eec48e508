/** `kubectl rollout undo`. Models staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollback.go. */

import { semanticEqual } from "../api/equality.ts";
import { asObject, isTrue, listAt, numberAt } from "../api/json.ts";
import { groupKind } from "../api/kind.ts";
import type { LabelMap, PodTemplateSpec } from "../api/objects.ts";
import { patch } from "../apiserver/patch.ts";
import { list } from "../apiserver/read.ts";
import type { ApiObject, ApiServer } from "../apiserver/types.ts";
import {
  copiedAnnotations,
  equalIgnoringHash,
  ownAnnotations,
  revisionAnnotation,
  withoutHashLabel,
} from "../cluster/revisions.ts";
import { parseRevisionNumber } from "../controllers/deployment/decide.ts";
import type { Action } from "../scenario/scenario.ts";
import { refusedResult } from "./refusal.ts";
import { type Found, findWorkload, isResult, named } from "./resources.ts";
import type { ActResult } from "./result.ts";
import { templateOf } from "./template.ts";

const manager = { fieldManager: "kubectl-rollout" } as const;

interface Past {
  readonly revision: number;
  readonly object: ApiObject;
}

const error = (text: string): ActResult => ({ output: `error: ${text}` });

/** Puts the template of an earlier revision (by default the one before the last) back in place. */
export function undo(server: ApiServer, action: Extract<Action, { do: "undo" }>): ActResult {
  const found = findWorkload(server, action);
  if (isResult(found)) return found;
  const toRevision = action.toRevision ?? 0;
  switch (found.place.row.rolls ? found.place.row.history : undefined) {
    case "ReplicaSet":
      return undoDeployment(server, found, toRevision);
    case "ControllerRevision":
      return undoRevisions(server, found, toRevision);
    default:
      return error(`no rollbacker has been implemented for "${groupKind(found.place.row)}"`);
  }
}

/** The objects of a kind that the workload controls. */
function controlled(server: ApiServer, { place, object }: Found, kind: string): readonly ApiObject[] {
  const row = server.kinds.named(kind);
  if (!row) return [];
  const answer = list(server, { row, namespace: place.namespace, name: "" });
  if (!answer.ok) return [];
  const { uid } = object.metadata;
  return answer.object.items.filter((one) =>
    listAt(one.metadata, "ownerReferences")
      .map(asObject)
      .some((owner) => owner["controller"] === true && owner["uid"] === uid),
  );
}

const templateIn = (object: ApiObject) => asObject(object["spec"])["template"] as unknown as PodTemplateSpec;
const annotationsOf = ({ metadata }: ApiObject): LabelMap => metadata.annotations ?? {};

function undoDeployment(server: ApiServer, found: Found, toRevision: number): ActResult {
  const { place, object } = found;
  const history = controlled(server, found, "ReplicaSet").flatMap((one): readonly Past[] => {
    const revision = parseRevisionNumber(annotationsOf(one)[revisionAnnotation]);
    return revision === null ? [] : [{ revision: Number(revision), object: one }];
  });
  const target = deploymentTarget(history, toRevision)?.object;
  if (!target) {
    return error(
      toRevision === 0
        ? `no rollout history found for deployment "${place.name}"`
        : `unable to find specified revision ${toRevision} in history`,
    );
  }
  if (isTrue(asObject(object["spec"]), "paused")) {
    return error(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  if (equalIgnoringHash(templateIn(target), templateIn(object))) return skipped(found, toRevision);
  // The annotations of that time come back too, but the Deployment keeps its own bookkeeping.
  const annotations = { ...copiedAnnotations(annotationsOf(target)), ...ownAnnotations(annotationsOf(object)) };
  const operations = [
    { op: "replace", path: "/spec/template", value: withoutHashLabel(templateIn(target)) },
    { op: "replace", path: "/metadata/annotations", value: annotations },
  ];
  const patched = patch(server, place, operations, "json", manager);
  return patched.ok ? rolledBack(found) : refusedResult(patched, place, "name");
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

function undoRevisions(server: ApiServer, found: Found, toRevision: number): ActResult {
  const { place } = found;
  const revisionOf = (one: ApiObject) => numberAt(one, "revision") ?? 0;
  const history = [...controlled(server, found, "ControllerRevision")].sort((a, b) => revisionOf(a) - revisionOf(b));
  if (toRevision === 0 && history.length <= 1) return error("no last revision to roll back to");
  const target = toRevision === 0 ? history.at(-2) : history.find((one) => revisionOf(one) === toRevision);
  if (!target) return error(`unable to find specified revision ${toRevision} in history`);
  const data = asObject(target["data"]);
  const { $patch: _, ...template } = asObject(asObject(data["spec"])["template"]);
  if (semanticEqual(template, templateOf(found))) return skipped(found, toRevision);
  const patched = patch(server, place, data, "strategic", manager);
  return patched.ok ? rolledBack(found) : refusedResult(patched, place, "name");
}

function skipped({ place }: Found, toRevision: number): ActResult {
  const why = `current template already matches revision ${toRevision}`;
  return { output: `${named(place)} skipped rollback (${why})` };
}

function rolledBack({ place }: Found): ActResult {
  return { output: `${named(place)} rolled back` };
}
