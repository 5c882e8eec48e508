/** What may not change of the kinds that make pods. Models Validate*Update of pkg/apis/{apps,batch}/validation. */
import { type Draft, ensure } from "./defaults-pod.ts";
import { semanticEqual } from "./equality.ts";
import { FieldPath, forbidden, invalid } from "./field-path.ts";
import { internalPodSpecText, internalTemplateText } from "./internal-template.ts";
import { asObject, isTrue, type JsonObject, listAt, numberAt, objectAt, stringAt, without } from "./json.ts";
import type { ChangeContext } from "./kind.ts";
import type { Problem } from "./problem.ts";
import { since, type Target } from "./target.ts";
import { metadataOf, specOf } from "./workload-checks.ts";

const spec = FieldPath.root.child("spec");

function immutable(keys: readonly string[], from: JsonObject, to: JsonObject): Problem[] {
  return keys
    .filter((key) => !semanticEqual(from[key], to[key]))
    .map((key) => invalid("immutable", spec.child(key), { value: JSON.stringify(to[key] ?? null) }));
}

/** Of most kinds the selector stays what it is. */
export function selectorChanges(from: JsonObject, to: JsonObject): Problem[] {
  return immutable(["selector"], specOf(from), specOf(to));
}

/** A Deployment's generation moves with its annotations as well. */
export function countsWithAnnotations(from: JsonObject, to: JsonObject): boolean {
  const annotations = (object: JsonObject) => objectAt(metadataOf(object), "annotations");
  return !semanticEqual(specOf(from), specOf(to)) || !semanticEqual(annotations(from), annotations(to));
}

const templateGeneration = "deprecated.daemonset.template.generation";

/** A DaemonSet says in an annotation how often its template changed, whatever a text says of it. */
export function countTemplate(next: Draft, old: JsonObject): void {
  const before = Number(objectAt(metadataOf(old), "annotations")?.[templateGeneration] ?? 1);
  const isChanged = !semanticEqual(specOf(old)["template"], specOf(next)["template"]);
  ensure(ensure(next, "metadata"), "annotations")[templateGeneration] = String(before + (isChanged ? 1 : 0));
}

const statefulMutable = [
  "replicas",
  "ordinals",
  "template",
  "updateStrategy",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
  "minReadySeconds",
];
const statefulFixed = ["serviceName", "volumeClaimTemplates", "podManagementPolicy", "selector"];

/** Up to 1.36 what may not change is one finding, from then on one for each field. */
export function statefulSetChanges(old: JsonObject, next: JsonObject, { target }: ChangeContext): Problem[] {
  const [from, to] = [specOf(old), specOf(next)];
  if (since(target, "1.37")) return immutable(statefulFixed, from, to);
  const isSame = semanticEqual(without(from, statefulMutable), without(to, statefulMutable));
  return isSame ? [] : [forbidden("immutable-fields", spec)];
}

export function jobChanges(old: JsonObject, next: JsonObject, { status, target }: ChangeContext): Problem[] {
  const [from, to] = [specOf(old), specOf(next)];
  const found = immutable(
    ["selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"],
    from,
    to,
  );
  // An Indexed Job may change its completions together with its parallelism; that it has none is said already.
  const completions = numberAt(to, "completions");
  const isFree = completions === undefined || completions === numberAt(to, "parallelism");
  if (stringAt(to, "completionMode") !== "Indexed" || !isFree) found.push(...immutable(["completions"], from, to));
  const idle = (numberAt(status, "active") ?? 0) === 0;
  const halted = listAt(status, "conditions").some(
    (one) => stringAt(asObject(one), "type") === "Suspended" && stringAt(asObject(one), "status") === "True",
  );
  // From 1.36 on a Job that ran and was suspended since is as free as one that never ran.
  const isRecent = since(target, "1.36");
  const isUnused = status["startTime"] === undefined || (isRecent && halted && idle);
  const canMove = isTrue(from, "suspend") && isUnused;
  const canResize = isRecent && canMove && idle;
  const [before, after] = [from, to].map((one) => heldPart(asObject(one["template"]), canMove, canResize));
  if (!semanticEqual(before, after)) found.push(heldChange(asObject(to["template"]), canResize, target));
  return found;
}

/** Says the whole part that may not change, as the server has it in its own types. */
function heldChange(template: JsonObject, isSpecAlone: boolean, target: Target): Problem {
  const path = spec.child("template");
  if (!isSpecAlone) return invalid("immutable-part", path, { value: internalTemplateText(template, target) });
  return invalid("immutable-part", path.child("spec"), {
    value: internalPodSpecText(asObject(template["spec"]), target),
  });
}

/** What of a Job's template may not change: all of it, unless the Job is suspended and its Pods are gone. */
function heldPart(template: JsonObject, canMove: boolean, canResize: boolean): JsonObject {
  if (!canMove) return template;
  const pod = asObject(template["spec"]);
  const affinity = without(objectAt(pod, "affinity") ?? {}, ["nodeAffinity"]);
  const still = { ...without(pod, ["nodeSelector", "tolerations", "schedulingGates"]), affinity };
  if (!canResize)
    return { ...template, metadata: without(asObject(template["metadata"]), ["labels", "annotations"]), spec: still };
  const bare = (key: string) => listAt(pod, key).map((one) => without(asObject(one), ["resources"]));
  return { ...still, containers: bare("containers"), initContainers: bare("initContainers") };
}
