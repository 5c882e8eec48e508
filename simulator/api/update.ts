/** Replacing one object by another: the rules of the new one and what may not change. Models Validate*Update. */
import { type Admission, admit } from "./admit.ts";
import { semanticEqual } from "./equality.ts";
import { FieldPath, forbidden, invalid } from "./field-path.ts";
import { asObject, isObject, isTrue, type JsonObject, listAt, numberAt, objectAt, stringAt, without } from "./json.ts";
import type { ManifestObject } from "./objects.ts";
import type { Problem } from "./problem.ts";
import { annotationChanges, storageClassAnnotation } from "./update-annotations.ts";
import { claimChanges } from "./update-claim.ts";
import { podChanges } from "./update-pod.ts";

const spec = FieldPath.root.child("spec");

/**
 * Admits `next` as a replacement of `old`, both plain manifests; `oldStatus` is the status the old object has. What
 * replaces nothing that can be read, or something of another kind, is a creation.
 */
export function admitUpdate(old: unknown, next: unknown, oldStatus?: unknown): Admission {
  const before = admit(old);
  const stored = before.kind === kindOf(next) ? before.object : null;
  if (!stored) return admit(next);
  const from = asObject(stored.spec as never);
  const after = admit(next, from);
  if (!after.object) return after;
  const to = asObject(after.object.spec as never);
  const changes = [
    ...annotationChanges(after.kind, stored, after.object),
    ...changesOf(after.kind, from, to, asObject(oldStatus as never), stored),
  ];
  // A StatefulSet's fixed fields are not judged again: that they changed is all that is said.
  const kept =
    after.kind === "StatefulSet" ? after.problems.filter((one) => !isFixedInStatefulSet(one.path)) : after.problems;
  return { ...after, problems: [...kept, ...changes] };
}

function kindOf(manifest: unknown): unknown {
  return isObject(manifest) ? manifest["kind"] : undefined;
}

function isFixedInStatefulSet(path: string): boolean {
  return path === "spec.serviceName" || path.startsWith("spec.volumeClaimTemplates");
}

function changesOf(
  kind: string,
  from: JsonObject,
  to: JsonObject,
  status: JsonObject,
  stored: ManifestObject,
): Problem[] {
  switch (kind) {
    case "ReplicaSet":
    case "Deployment":
    case "DaemonSet":
      return immutable(["selector"], from, to);
    case "StatefulSet":
      return semanticEqual(without(from, statefulMutable), without(to, statefulMutable))
        ? []
        : [forbidden("immutable-fields", spec)];
    case "Job":
      return jobChanges(from, to, status);
    case "PersistentVolumeClaim":
      return claimChanges(from, to, status, storageClassAnnotation(stored));
    case "Pod":
      return podChanges(from, to);
    default:
      return [];
  }
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

function immutable(keys: readonly string[], from: JsonObject, to: JsonObject): Problem[] {
  return keys
    .filter((key) => !semanticEqual(from[key], to[key]))
    .map((key) => invalid("immutable", spec.child(key), { value: JSON.stringify(to[key] ?? null) }));
}

function jobChanges(from: JsonObject, to: JsonObject, status: JsonObject): Problem[] {
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
  const isUnused = status["startTime"] === undefined || (halted && idle);
  const canMove = isTrue(from, "suspend") && isUnused;
  const canResize = canMove && idle;
  const template = spec.child("template");
  const [old, next] = [from, to].map((one) => heldPart(asObject(one["template"]), canMove, canResize));
  if (!semanticEqual(old, next)) found.push(invalid("immutable-part", canResize ? template.child("spec") : template));
  return found;
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

/** What `kubectl apply` would send: the old object's defaults laid under the new manifest, as far as it is silent. */
export function layUnder(old: ManifestObject, next: unknown): unknown {
  return merge(old as unknown, next);
}

function merge(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  if (typeof over !== "object" || over === null || Array.isArray(over)) return over;
  if (typeof under !== "object" || under === null || Array.isArray(under)) return over;
  const out: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) out[key] = merge(out[key], value);
  return out;
}
