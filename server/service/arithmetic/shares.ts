/** What a percentage comes to, by the functions of the controllers. */
import { parseIntOrPercent, resolveFenceposts, scaledValue } from "../../../simulator/api/int-or-percent.ts";
import { numberAt, objectAt } from "../../../simulator/api/json.ts";
import type { IntOrString, Json, LabelMap, PodSpec } from "../../../simulator/api/objects.ts";
import { podTemplateOf } from "../../../simulator/api/pod-template.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import { matchesRequirements } from "../../../simulator/api/selector-text.ts";
import { explainNodes } from "../../../simulator/nodes/scheduler/explain.ts";
import { defaultNodes } from "../../../simulator/scenario/defaults.ts";
import type { ShareParams } from "../../messages/arithmetic.ts";
import { labelsIn, readSelector } from "../navigation/label-mentions.ts";
import { valueAt } from "../parse.ts";
import type { Subject } from "../subject.ts";

const rolling = "spec.strategy.rollingUpdate";
const updating = "spec.updateStrategy.rollingUpdate";

/** Which way each field rounds, by kind and path. */
const fields: Readonly<Record<string, "up" | "down">> = {
  [`Deployment ${rolling}.maxSurge`]: "up",
  [`Deployment ${rolling}.maxUnavailable`]: "down",
  [`StatefulSet ${updating}.maxUnavailable`]: "down",
  [`DaemonSet ${updating}.maxSurge`]: "up",
  [`DaemonSet ${updating}.maxUnavailable`]: "up",
  "PodDisruptionBudget spec.minAvailable": "up",
  "PodDisruptionBudget spec.maxUnavailable": "up",
};

/** The fields of a kind that may hold a percentage, as paths. */
export function shareFields(kind: string): readonly Path[] {
  return Object.keys(fields).flatMap((one) =>
    one.startsWith(`${kind} `) ? [one.slice(kind.length + 1).split(".")] : [],
  );
}

/**
 * What the percentage at a path is in pods or nodes; null where there is none, or where nobody knows of what. `beside`: the objects
 * of the file, among which a budget finds its workloads.
 */
export function shareAt(subject: Subject, path: Path, beside: () => readonly Subject[]): ShareParams | null {
  const round = fields[`${subject.kind} ${path.join(".")}`];
  const given = valueAt(subject.object, path);
  if (round === undefined || typeof given !== "string") return null;
  const parsed = parseIntOrPercent(given);
  const of = totalOf(subject, beside);
  if ("error" in parsed || parsed.type !== "percent" || of === null) return null;
  const scaled = scaledValue(given, of, round);
  if ("error" in scaled) return null;
  const value = effective(subject, path, of, scaled.value);
  return {
    percent: parsed.value,
    of,
    what: subject.kind === "DaemonSet" ? "nodes" : "pods",
    exact: (parsed.value * of) / 100,
    round,
    value,
    forced: value !== scaled.value,
  };
}

/** Where nothing could move an update takes one at a time. */
function effective({ kind, object }: Subject, path: Path, of: number, value: number): number {
  if (path.at(-1) !== "maxUnavailable" || value !== 0 || of === 0) return value;
  if (kind === "StatefulSet") return 1;
  if (kind !== "Deployment" && kind !== "DaemonSet") return value;
  const surge = valueAt(object, [...path.slice(0, -1), "maxSurge"]) as IntOrString | undefined;
  const posts = resolveFenceposts(surge ?? 0, 0, of);
  return "error" in posts || posts.surge > 0 ? value : 1;
}

function totalOf(subject: Subject, beside: () => readonly Subject[]): number | null {
  const { kind, object } = subject;
  if (kind === "DaemonSet") return fittingNodes(subject);
  if (kind !== "PodDisruptionBudget") return replicasOf(object);
  const requirements = readSelector(valueAt(object, ["spec", "selector"]));
  if (requirements === null) return null;
  const owned = beside().filter(
    (one) =>
      (one.namespace || "default") === (subject.namespace || "default") &&
      ["Deployment", "ReplicaSet", "StatefulSet"].includes(one.kind) &&
      matchesRequirements(
        requirements,
        labelsIn(
          podTemplateOf(one.kind, one.object)?.["metadata"] &&
            valueAt(podTemplateOf(one.kind, one.object), ["metadata", "labels"]),
        ),
      ),
  );
  const counts = owned.flatMap((one) => replicasOf(one.object) ?? []);
  return counts.length === 0 ? null : counts.reduce((sum, one) => sum + one, 0);
}

function replicasOf(object: Subject["object"]): number | null {
  const replicas = numberAt(object?.spec as never, "replicas");
  return replicas === undefined || replicas < 0 ? null : replicas;
}

/** How many nodes of the default cluster take a pod of a DaemonSet. */
function fittingNodes({ kind, object }: Subject): number | null {
  const template = podTemplateOf(kind, object);
  const spec = objectAt(template, "spec");
  if (spec === undefined) return null;
  const labels = (objectAt(objectAt(template, "metadata"), "labels") ?? {}) as Readonly<
    Record<string, Json>
  > as LabelMap;
  const verdicts = explainNodes({ spec: spec as unknown as PodSpec, labels }, defaultNodes);
  return verdicts.filter(({ reason }) => reason === null).length;
}
