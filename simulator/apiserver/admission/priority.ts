/** Priorities of pods, and what classes may be. Models plugin/pkg/admission/priority and pkg/apis/scheduling/validation. */
import type { PodSpec } from "../../api/objects.ts";
import {
  defaultClass,
  priorityClasses,
  priorityClassResource,
  systemClasses,
  withPriority,
} from "../../cluster/priority.ts";
import { forbidden, invalidBecause, type Status, type StatusCause } from "../status.ts";
import type { AdmissionRequest, AdmissionStep, ApiObject, ApiServer } from "../types.ts";

const highestOfUsers = 1_000_000_000;
const policies = ["Never", "PreemptLowerPriority"];

function admitPod({ row, name, object }: AdmissionRequest, { store }: ApiServer): ApiObject | Status {
  const result = withPriority(object["spec"] as unknown as PodSpec, priorityClasses(store));
  return "spec" in result
    ? ({ ...object, spec: result.spec } as unknown as ApiObject)
    : forbidden(row, name, result.refused);
}

function* brokenRules({ name, object, old }: AdmissionRequest): Generator<Required<StatusCause>> {
  const value = Number(object["value"] ?? 0);
  const policy = object["preemptionPolicy"];
  const ours = systemClasses.find((one) => one.name === name);
  if (old) {
    if (value !== Number(old["value"] ?? 0))
      yield { reason: "FieldValueForbidden", field: "value", message: "Forbidden: may not be changed in an update." };
    if (policy !== old["preemptionPolicy"])
      yield {
        reason: "FieldValueInvalid",
        field: "preemptionPolicy",
        message: `Invalid value: ${JSON.stringify(policy)}: field is immutable`,
      };
    return;
  }
  if (name.startsWith("system-") && ours?.value !== value)
    yield {
      reason: "FieldValueForbidden",
      field: "metadata.name",
      message:
        "Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: " +
        (ours
          ? `value of ${name} PriorityClass must be ${ours.value}`
          : `${name} is not a known system priority class`),
    };
  if (value > highestOfUsers && !ours)
    yield {
      reason: "FieldValueForbidden",
      field: "value",
      message: `Forbidden: maximum allowed value of a user defined priority is ${highestOfUsers}`,
    };
  if (!policies.includes(policy as string))
    yield {
      reason: "FieldValueNotSupported",
      field: "preemptionPolicy",
      message: `Unsupported value: ${JSON.stringify(policy)}: supported values: ${policies.map((one) => JSON.stringify(one)).join(", ")}`,
    };
}

function admitClass(request: AdmissionRequest, { store }: ApiServer): ApiObject | Status {
  const { row, name } = request;
  const object = { preemptionPolicy: "PreemptLowerPriority", ...request.object } as ApiObject;
  const broken = [...brokenRules({ ...request, object })];
  if (broken.length > 0) return invalidBecause(row, name, broken);
  const usual = defaultClass(priorityClasses(store));
  return object["globalDefault"] === true && usual && usual.name !== name
    ? forbidden(row, name, `PriorityClass ${usual.name} is already marked as default. Only one default can exist`)
    : object;
}

/** Gives pods that are created the priority of their class, and keeps classes to their rules. */
export const priority: AdmissionStep = {
  name: "Priority",
  admit(request, server) {
    const { row, verb, subresource, object } = request;
    if (subresource !== "" || verb === "delete") return object;
    if (row.kind === "Pod") return verb === "create" ? admitPod(request, server) : object;
    return `${row.plural}.${row.group}` === priorityClassResource ? admitClass(request, server) : object;
  },
};
