/** Replacing one object by another: the rules of the new one and what may not change. Models Validate*Update. */
import { type Admission, admit } from "./admit.ts";
import { FieldPath, forbidden, invalid } from "./field-path.ts";
import { asObject, isObject, isTrue, type JsonObject, listAt, numberAt, objectAt, stringAt, without } from "./json.ts";
import type { ManifestObject } from "./objects.ts";
import type { Problem } from "./problem.ts";
import { same } from "./same.ts";
import { annotationChanges, storageClassAnnotation } from "./update-annotations.ts";
import { claimChanges } from "./update-claim.ts";
import { podChanges } from "./update-pod.ts";

export { same } from "./same.ts";

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
      return same(without(from, statefulMutable), without(to, statefulMutable))
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
    .filter((key) => !same(from[key], to[key]))
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
  const suspended = listAt(status, "conditions").some(
    (one) => stringAt(asObject(one), "type") === "Suspended" && stringAt(asObject(one), "status") === "True",
  );
  const mutable = (isTrue(from, "suspend") && status["startTime"] === undefined) || suspended;
  const oldTemplate = asObject(from["template"]);
  const newTemplate = asObject(to["template"]);
  if (!mutable) {
    if (!same(oldTemplate, newTemplate)) found.push(invalid("immutable-part", spec.child("template")));
  } else if (!same(fixedPart(oldTemplate), fixedPart(newTemplate))) {
    found.push(invalid("immutable-part", spec.child("template").child("spec")));
  }
  return found;
}

/** What of a suspended Job's template may not change. */
function fixedPart(template: JsonObject): JsonObject {
  const pod = asObject(template["spec"]);
  const free = ["nodeSelector", "affinity", "tolerations", "schedulingGates", "containers", "initContainers"];
  const affinity = without(objectAt(pod, "affinity") ?? {}, ["nodeAffinity"]);
  const bare = (key: string) => listAt(pod, key).map((one) => without(asObject(one), ["resources"]));
  return { ...without(pod, free), affinity, containers: bare("containers"), initContainers: bare("initContainers") };
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
