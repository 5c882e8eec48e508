/** Replacing one object by another: the rules of the new one and what may not change. Models Validate*Update. */
import { type Admission, admit } from "./admit.ts";
import { FieldPath, forbidden, invalid } from "./field-path.ts";
import { asObject, isTrue, type JsonObject, listAt, numberAt, objectAt, stringAt } from "./json.ts";
import type { ManifestObject } from "./objects.ts";
import type { Problem } from "./problem.ts";
import { compareQuantities, parseQuantity } from "./quantity.ts";
import { annotationChanges } from "./update-annotations.ts";

const spec = FieldPath.root.child("spec");

/** Admits `next` as a replacement of `old`, both plain manifests; `oldStatus` is the status the old object has. */
export function admitUpdate(old: unknown, next: unknown, oldStatus?: unknown): Admission {
  const before = admit(old);
  const after = admit(next, "replacement");
  if (!after.object || !before.object || before.kind !== after.kind) return after;
  const from = asObject(before.object.spec as never);
  const to = asObject(after.object.spec as never);
  const changes = [
    ...annotationChanges(after.kind, before.object, after.object),
    ...changesOf(after.kind, from, to, asObject(oldStatus as never)),
  ];
  // A StatefulSet's fixed fields are not judged again: that they changed is all that is said.
  const kept =
    after.kind === "StatefulSet" ? after.problems.filter((one) => !isFixedInStatefulSet(one.path)) : after.problems;
  return { ...after, problems: [...kept, ...changes] };
}

function isFixedInStatefulSet(path: string): boolean {
  return path === "spec.serviceName" || path.startsWith("spec.volumeClaimTemplates");
}

function changesOf(kind: string, from: JsonObject, to: JsonObject, status: JsonObject): Problem[] {
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
      return claimChanges(from, to, status);
    case "Pod":
      return podChanges(from, to);
    case "Service":
      return serviceChanges(from, to);
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

/** Equal as the server compares: the order of keys does not matter, and empty is as good as absent. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}

function without(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function jobChanges(from: JsonObject, to: JsonObject, status: JsonObject): Problem[] {
  const found = immutable(
    ["selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"],
    from,
    to,
  );
  const completions = numberAt(to, "completions");
  const elastic =
    stringAt(to, "completionMode") === "Indexed" &&
    numberAt(from, "completions") !== undefined &&
    completions !== undefined &&
    completions === numberAt(to, "parallelism");
  if (!elastic) found.push(...immutable(["completions"], from, to));
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

function claimChanges(from: JsonObject, to: JsonObject, status: JsonObject): Problem[] {
  const bound = stringAt(status, "phase") === "Bound";
  const mutable = ["volumeAttributesClassName", ...(bound ? ["resources"] : [])];
  // Binding may still fill in what was left open.
  for (const key of ["volumeName", "storageClassName"]) if (from[key] === undefined) mutable.push(key);
  const found: Problem[] = [];
  const rest = (value: JsonObject): JsonObject => {
    const limits = objectAt(objectAt(value, "resources"), "limits") ?? {};
    const requests = without(objectAt(objectAt(value, "resources"), "requests") ?? {}, ["storage"]);
    return { ...without(value, mutable), limits, requests };
  };
  if (!same(rest(from), rest(to))) found.push(forbidden("immutable-fields", spec));
  const amount = (value: JsonObject) =>
    parseQuantity(stringAt(objectAt(objectAt(value, "resources"), "requests"), "storage"));
  const [old, next] = [amount(from), amount(to)];
  if (!same(from["volumeMode"], to["volumeMode"])) {
    found.push(invalid("immutable", spec.child("volumeMode").as("volumeMode"), { value: stringAt(to, "volumeMode") }));
  }
  if (bound && old.ok && next.ok && compareQuantities(next.quantity, old.quantity) < 0) {
    found.push(forbidden("claim-shrinks", spec.child("resources").child("requests").child("storage")));
  }
  return found;
}

function podChanges(from: JsonObject, to: JsonObject): Problem[] {
  const found: Problem[] = [];
  const oldDeadline = numberAt(from, "activeDeadlineSeconds");
  const newDeadline = numberAt(to, "activeDeadlineSeconds");
  if (oldDeadline !== undefined && (newDeadline === undefined || newDeadline > oldDeadline)) {
    found.push(invalid("deadline-extended", spec.child("activeDeadlineSeconds"), { value: newDeadline ?? "" }));
  }
  const bareToleration = (one: unknown) => canonical(without(asObject(one as never), ["tolerationSeconds"]));
  const tolerations = listAt(to, "tolerations").map(bareToleration);
  if (listAt(from, "tolerations").some((one) => !tolerations.includes(bareToleration(one)))) {
    found.push(forbidden("toleration-removed", spec.child("tolerations")));
  }
  for (const list of ["containers", "initContainers"]) {
    if (listAt(from, list).length === listAt(to, list).length) continue;
    found.push(forbidden("containers-changed", spec.child(list)));
    return found;
  }
  const oldGates = listAt(from, "schedulingGates").map((one) => stringAt(asObject(one), "name"));
  for (const [index, one] of listAt(to, "schedulingGates").entries()) {
    if (oldGates.includes(stringAt(asObject(one), "name"))) continue;
    found.push(forbidden("gate-added", spec.child("schedulingGates").index(index).child("name")));
  }
  const gated = oldGates.length > 0;
  if (gated) found.push(...gatedChanges(from, to));
  const rest = (pod: JsonObject): JsonObject => {
    const bare = (key: string) => listAt(pod, key).map((one) => without(asObject(one), ["image"]));
    const free = ["activeDeadlineSeconds", "tolerations", "schedulingGates", ...(gated ? ["nodeSelector"] : [])];
    if (gated) pod = { ...pod, affinity: without(objectAt(pod, "affinity") ?? {}, ["nodeAffinity"]) };
    return { ...without(pod, free), containers: bare("containers"), initContainers: bare("initContainers") };
  };
  if (!same(rest(from), rest(to))) found.push(forbidden("immutable-fields", spec));
  return found;
}

/** A Pod that waits at a gate may still be narrowed: more labels to ask for, more expressions in each term. */
function gatedChanges(from: JsonObject, to: JsonObject): Problem[] {
  const found: Problem[] = [];
  const labels = objectAt(to, "nodeSelector");
  if (Object.entries(objectAt(from, "nodeSelector") ?? {}).some(([key, value]) => labels?.[key] !== value)) {
    found.push(invalid("node-selector-widened", spec.child("nodeSelector")));
  }
  const key = "requiredDuringSchedulingIgnoredDuringExecution";
  const termsOf = (pod: JsonObject) =>
    listAt(objectAt(objectAt(objectAt(pod, "affinity"), "nodeAffinity"), key), "nodeSelectorTerms");
  const [old, next] = [termsOf(from), termsOf(to)];
  if (old.length === 0) return found;
  const at = spec.child("affinity").child("nodeAffinity").child(key).child("nodeSelectorTerms");
  if (old.length !== next.length) return [...found, invalid("node-affinity-widened", at)];
  for (const [index, term] of old.entries()) {
    const narrowed = ["matchExpressions", "matchFields"].every((list) => {
      const before = listAt(asObject(term), list);
      const now = listAt(asObject(next[index]), list).slice(0, before.length);
      return same(before, now);
    });
    if (!narrowed) found.push(invalid("node-affinity-widened", at.index(index)));
  }
  return found;
}

function serviceChanges(from: JsonObject, to: JsonObject): Problem[] {
  if (stringAt(from, "type") === "ExternalName" || stringAt(to, "type") === "ExternalName") return [];
  const found: Problem[] = [];
  const families = listAt(to, "ipFamilies")[0];
  // The first family cannot change: the address belongs to it. Unless given, it is IPv4.
  if (families !== undefined && families !== (listAt(from, "ipFamilies")[0] ?? "IPv4")) {
    found.push(invalid("immutable", spec.child("clusterIPs").index(0), { value: String(families) }));
  }
  const balanced = stringAt(from, "type") === "LoadBalancer" && stringAt(to, "type") === "LoadBalancer";
  if (balanced) found.push(...immutable(["loadBalancerClass"], from, to));
  const health = numberAt(to, "healthCheckNodePort");
  if (
    health !== undefined &&
    health !== numberAt(from, "healthCheckNodePort") &&
    stringAt(from, "externalTrafficPolicy") === "Local"
  ) {
    found.push(forbidden("immutable", spec.child("healthCheckNodePort"), { value: health }));
  }
  const old = stringAt(from, "clusterIP");
  const next = stringAt(to, "clusterIP");
  // The address is kept when the new manifest names none.
  if (old === next || next === "") return found;
  return [...found, invalid("immutable", spec.child("clusterIPs").index(0), { value: next })];
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
