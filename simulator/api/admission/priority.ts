/** The priority that its class gives to a Pod. Models plugin/pkg/admission/priority/admission.go. */
import type { Draft } from "../defaults-pod.ts";
import { FieldPath } from "../field-path.ts";
import { stringAt } from "../json.ts";
import { type Refused, refusedFor } from "../registry/answer.ts";
import { type ClusterFacts, type PriorityClass, systemPriorityClass, usualPolicy } from "./facts.ts";

const root = FieldPath.root.child("spec");
const noClass: PriorityClass = { name: "", value: 0, preemptionPolicy: usualPolicy };

/** Gives a new Pod, in place, what its class says; who gives that himself gives what the class says. */
export function admitPriority(spec: Draft, { priorityClass, defaultPriorityClass }: ClusterFacts): Refused | undefined {
  const named = stringAt(spec, "priorityClassName");
  const found =
    named === "" ? (defaultPriorityClass?.() ?? noClass) : (systemPriorityClass(named) ?? priorityClass?.(named));
  if (found === null) {
    return refusedFor("Forbidden", "priority-class-missing", { value: named }, root.child("priorityClassName"));
  }
  // The classes of the cluster are not known: what the Pod would get is not, either.
  if (found === undefined) return undefined;
  const { name, value, preemptionPolicy } = found;
  const given = spec["priority"];
  if (typeof given === "number" && given !== value) {
    return refusedFor("Forbidden", "priority-not-of-class", { value: given, computed: value }, root.child("priority"));
  }
  const policy = spec["preemptionPolicy"];
  if (typeof policy === "string" && policy !== preemptionPolicy) {
    const params = { value: policy, computed: preemptionPolicy };
    return refusedFor("Forbidden", "preemption-policy-not-of-class", params, root.child("preemptionPolicy"));
  }
  if (name !== "") spec["priorityClassName"] = name;
  spec["priority"] = value;
  spec["preemptionPolicy"] = preemptionPolicy;
  return undefined;
}
