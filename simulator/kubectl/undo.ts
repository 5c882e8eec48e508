/** `kubectl rollout undo`. Models staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollback.go. */

import { semanticEqual } from "../api/equality.ts";
import type { LabelMap, PodTemplateSpec } from "../api/objects.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { type ControllerRevision, controllerOf, type Kinds } from "../cluster/objects.ts";
import {
  copiedAnnotations,
  equalIgnoringHash,
  ownAnnotations,
  revisionAnnotation,
  withoutHashLabel,
} from "../cluster/revisions.ts";
import { parseRevisionNumber } from "../controllers/deployment/decide.ts";
import type { Action } from "../scenario/scenario.ts";
import { findWorkload, groupKind, isResult, resourceNames } from "./resources.ts";
import type { ActResult } from "./result.ts";
import { writeTemplate } from "./write.ts";

interface Past {
  readonly revision: number;
  readonly template: PodTemplateSpec;
  readonly annotations?: LabelMap;
}

const error = (text: string): ActResult => ({ output: `error: ${text}` });

/** Puts the template of an earlier revision (by default the one before the last) back in place. */
export function undo(cluster: Cluster, action: Extract<Action, { do: "undo" }>): ActResult {
  const workload = findWorkload(cluster, action);
  if (isResult(workload)) return workload;
  const toRevision = action.toRevision ?? 0;
  switch (workload.kind) {
    case "Deployment":
      return undoDeployment(cluster, workload, toRevision);
    case "StatefulSet":
    case "DaemonSet":
      return undoRevisions(cluster, workload, toRevision);
    default:
      return error(`no rollbacker has been implemented for "${groupKind(workload.kind)}"`);
  }
}

function undoDeployment(cluster: Cluster, deployment: Kinds["Deployment"], toRevision: number): ActResult {
  const { name } = deployment;
  const history: Past[] = [];
  for (const owned of cluster.store.owned(deployment.uid)) {
    if (owned.kind !== "ReplicaSet" || controllerOf(owned)?.uid !== deployment.uid) continue;
    const revision = parseRevisionNumber(owned.annotations[revisionAnnotation]);
    if (revision === null) continue;
    history.push({ revision: Number(revision), template: owned.spec.template, annotations: owned.annotations });
  }
  const target = deploymentTarget(history, toRevision);
  if (!target) {
    return error(
      toRevision === 0
        ? `no rollout history found for deployment "${name}"`
        : `unable to find specified revision ${toRevision} in history`,
    );
  }
  if (deployment.spec.paused === true) {
    return error(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  if (equalIgnoringHash(target.template, deployment.spec.template)) return skipped(deployment, toRevision);
  // The annotations of that time come back too, but the Deployment keeps its own bookkeeping.
  const annotations = { ...copiedAnnotations(target.annotations ?? {}), ...ownAnnotations(deployment.annotations) };
  writeTemplate(cluster, deployment, withoutHashLabel(target.template), annotations);
  return rolledBack(deployment);
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

function undoRevisions(cluster: Cluster, workload: Kinds["StatefulSet" | "DaemonSet"], toRevision: number): ActResult {
  const history: ControllerRevision[] = [];
  for (const owned of cluster.store.owned(workload.uid)) {
    if (owned.kind === "ControllerRevision" && controllerOf(owned)?.uid === workload.uid) history.push(owned);
  }
  history.sort((a, b) => a.revision - b.revision);
  if (toRevision === 0 && history.length <= 1) return error("no last revision to roll back to");
  const target = toRevision === 0 ? history.at(-2) : history.find((one) => one.revision === toRevision);
  if (!target) return error(`unable to find specified revision ${toRevision} in history`);
  if (semanticEqual(target.template, workload.spec.template)) return skipped(workload, toRevision);
  writeTemplate(cluster, workload, target.template);
  return rolledBack(workload);
}

type Undoable = Kinds["Deployment" | "StatefulSet" | "DaemonSet"];

function skipped({ kind, name }: Undoable, toRevision: number): ActResult {
  const why = `current template already matches revision ${toRevision}`;
  return { output: `${resourceNames[kind]}/${name} skipped rollback (${why})` };
}

function rolledBack({ kind, name }: Undoable): ActResult {
  return { output: `${resourceNames[kind]}/${name} rolled back` };
}
