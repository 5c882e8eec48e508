/**
 * What default admission refuses of a new object, before its rules are looked at. Models plugin/pkg/admission/{serviceaccount,
 * priority,runtimeclass} and apiserver/pkg/admission/plugin/namespace/lifecycle.
 */
import { FieldPath, problem } from "../field-path.ts";
import { type JsonObject, objectAt, stringAt } from "../json.ts";
import type { KindRow } from "../kind.ts";
import type { Params, Problem } from "../problem.ts";
import { type ClusterFacts, type PriorityClassFacts, systemPriorityClass } from "./lookup.ts";

export interface Admitted {
  /** As its rules are then judged: a Pod has a service account. */
  readonly object: JsonObject;
  readonly refusal: Problem | null;
}

const spec = FieldPath.root.child("spec");

/** A new object as admission hands it on. Without a cluster only what holds in every one is refused. */
export function admitNew(row: KindRow, object: JsonObject, cluster: ClusterFacts | null): Admitted {
  const metadata = objectAt(object, "metadata");
  const namespace = stringAt(metadata, "namespace") || "default";
  if (row.namespaced && cluster && !cluster.hasNamespace(namespace)) {
    const at = FieldPath.root.child("metadata").child("namespace");
    return { object, refusal: refused("namespace-missing", 404, at, { value: namespace }) };
  }
  return row.kind === "Pod" && row.group === "" ? admitPod(object, namespace, cluster) : { object, refusal: null };
}

function refused(code: string, status: number, at: FieldPath, params: Params): Problem {
  return problem(code, "Refused", at, { ...params, status });
}

function admitPod(object: JsonObject, namespace: string, cluster: ClusterFacts | null): Admitted {
  const given = objectAt(object, "spec") ?? {};
  // Of the two names of the service account the newer counts, where it is there.
  const account = stringAt(given, "serviceAccountName") || stringAt(given, "serviceAccount") || "default";
  const named = { ...object, spec: { ...given, serviceAccountName: account, serviceAccount: account } };
  if (cluster && !cluster.hasServiceAccount(namespace, account)) {
    const at = spec.child("serviceAccountName");
    return { object: named, refusal: refused("service-account-missing", 403, at, { value: account, namespace }) };
  }
  return { object: named, refusal: priorityRefusal(given, cluster) ?? runtimeRefusal(given, cluster) };
}

const noClass: PriorityClassFacts = { value: 0, preemptionPolicy: "PreemptLowerPriority" };

/** Priority and preemption policy come from the class; who gives them gives what it says. */
function priorityRefusal(given: JsonObject, cluster: ClusterFacts | null): Problem | null {
  const name = stringAt(given, "priorityClassName");
  const known = name === "" ? noClass : (cluster?.priorityClass(name) ?? systemPriorityClass(name));
  if (known === undefined) {
    return cluster && refused("priority-class-missing", 403, spec.child("priorityClassName"), { value: name });
  }
  const { priority, preemptionPolicy } = given;
  if (typeof priority === "number" && priority !== known.value) {
    return refused("priority-not-of-class", 403, spec.child("priority"), { value: priority, computed: known.value });
  }
  if (typeof preemptionPolicy === "string" && preemptionPolicy !== known.preemptionPolicy) {
    const params = { value: preemptionPolicy, computed: known.preemptionPolicy };
    return refused("preemption-policy-not-of-class", 403, spec.child("preemptionPolicy"), params);
  }
  return null;
}

function runtimeRefusal(given: JsonObject, cluster: ClusterFacts | null): Problem | null {
  const name = given["runtimeClassName"];
  if (typeof name !== "string") return null;
  const at = spec.child("runtimeClassName");
  if (name === "") return refused("runtime-class-empty", 500, at, {});
  return cluster && !cluster.hasRuntimeClass(name) ? refused("runtime-class-missing", 403, at, { value: name }) : null;
}
