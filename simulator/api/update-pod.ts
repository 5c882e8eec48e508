/** What may not change of a Pod. Models ValidatePodUpdate of pkg/apis/core/validation. */

import { semanticEqual } from "./equality.ts";
import { FieldPath, forbidden, invalid } from "./field-path.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt, without } from "./json.ts";
import type { Problem } from "./problem.ts";

const spec = FieldPath.root.child("spec");
const lists = ["containers", "initContainers"];

/** The server goes no further where containers came or went, or where a deadline was put off. */
export function podChanges(from: JsonObject, to: JsonObject): Problem[] {
  for (const list of lists) {
    if (listAt(from, list).length !== listAt(to, list).length) {
      return [forbidden("containers-changed", spec.child(list))];
    }
  }
  const found: Problem[] = [];
  const oldDeadline = numberAt(from, "activeDeadlineSeconds");
  const newDeadline = numberAt(to, "activeDeadlineSeconds");
  if (newDeadline !== undefined && newDeadline < 0) return found;
  if (oldDeadline !== undefined && (newDeadline === undefined || newDeadline > oldDeadline)) {
    found.push(invalid("deadline-extended", spec.child("activeDeadlineSeconds"), { value: newDeadline ?? "" }));
    if (newDeadline !== undefined) return found;
  }
  const bare = (pod: JsonObject) =>
    listAt(pod, "tolerations").map((one) => without(asObject(one), ["tolerationSeconds"]));
  const tolerations = bare(to);
  if (bare(from).some((old) => !tolerations.some((one) => semanticEqual(old, one)))) {
    found.push(forbidden("toleration-removed", spec.child("tolerations")));
  }
  const oldGates = listAt(from, "schedulingGates").map((one) => stringAt(asObject(one), "name"));
  for (const [index, one] of listAt(to, "schedulingGates").entries()) {
    if (oldGates.includes(stringAt(asObject(one), "name"))) continue;
    found.push(forbidden("gate-added", spec.child("schedulingGates").index(index).child("name")));
  }
  const gated = oldGates.length > 0;
  if (gated) found.push(...gatedChanges(from, to));
  if (!semanticEqual(fixedPart(from, gated), fixedPart(withGracePeriod(from, to), gated))) {
    found.push(forbidden("immutable-fields", spec));
  }
  return found;
}

function fixedPart(pod: JsonObject, gated: boolean): JsonObject {
  const bare = (key: string) => listAt(pod, key).map((one) => without(asObject(one), ["image"]));
  const free = ["activeDeadlineSeconds", "tolerations", "schedulingGates", ...(gated ? ["nodeSelector"] : [])];
  const affinity = gated ? { affinity: without(objectAt(pod, "affinity") ?? {}, ["nodeAffinity"]) } : {};
  return { ...without(pod, free), ...affinity, containers: bare("containers"), initContainers: bare("initContainers") };
}

/** A negative grace period from before it was refused may become 1, which is what it meant. */
function withGracePeriod(from: JsonObject, to: JsonObject): JsonObject {
  const key = "terminationGracePeriodSeconds";
  const old = numberAt(from, key);
  return old !== undefined && old < 0 && numberAt(to, key) === 1 ? { ...to, [key]: old } : to;
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
    listAt(objectAt(objectAt(objectAt(pod, "affinity"), "nodeAffinity"), key), "nodeSelectorTerms").map(asObject);
  const [old, next] = [termsOf(from), termsOf(to)];
  if (old.length === 0) return found;
  const at = spec.child("affinity").child("nodeAffinity").child(key).child("nodeSelectorTerms");
  if (old.length !== next.length) return [...found, invalid("node-affinity-widened", at)];
  for (const [index, term] of old.entries()) {
    if (!isNarrowed(term, next[index] ?? {})) found.push(invalid("node-affinity-widened", at.index(index)));
  }
  return found;
}

/** Whether expressions were only added. A term that asks for nothing matches nothing: anything more would widen it. */
function isNarrowed(term: JsonObject, next: JsonObject): boolean {
  const parts = ["matchExpressions", "matchFields"];
  if (parts.every((list) => listAt(term, list).length === 0)) {
    return parts.every((list) => listAt(next, list).length === 0);
  }
  return parts.every((list) => {
    const before = listAt(term, list);
    return semanticEqual(before, listAt(next, list).slice(0, before.length));
  });
}
