/** Why admission did not let an object in, in the words of the server. */
import type { Problem } from "../problem.ts";

/** What the answer says behind `is forbidden:`. */
export function admissionText({ code, params }: Problem): string {
  const { value, computed, namespace, key } = params;
  const mustNot = (what: string) =>
    `the ${what} (${value}) must not be provided in pod spec; priority admission controller computed ${computed} from the given PriorityClass name`;
  switch (code) {
    case "service-account-missing":
      return `error looking up service account ${namespace}/${value}: serviceaccount "${value}" not found`;
    case "priority-class-missing":
      return `no PriorityClass with name ${value} was found`;
    case "priority-not-of-class":
      return mustNot("integer value of priority");
    case "preemption-policy-not-of-class":
      return mustNot("string value of PreemptionPolicy");
    case "runtime-class-missing":
      return `pod rejected: RuntimeClass "${value}" not found`;
    case "runtime-class-empty":
      return "resource name may not be empty";
    case "runtime-overhead-differs":
      return "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";
    case "runtime-selector-conflict":
      return `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${computed}; pod.spec.nodeSelector[${key}] = ${value}`;
    default:
      return code;
  }
}
