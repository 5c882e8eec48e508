/** The quality of service that a pod gets by its requests and limits. Models pkg/apis/core/helper/qos. */
import type { Container, IntOrString, PodSpec, ResourceRequirements } from "../objects.ts";
import { compareQuantities, parseQuantity, type Quantity } from "../quantity.ts";

export type QosClass = "Guaranteed" | "Burstable" | "BestEffort";

const judged = ["cpu", "memory"] as const;

function amount(list: Readonly<Record<string, IntOrString>> | undefined, name: string): Quantity | undefined {
  const given = list?.[name];
  if (given === undefined) return undefined;
  const parsed = parseQuantity(String(given));
  return parsed.ok && parsed.quantity.nanos > 0n ? parsed.quantity : undefined;
}

function isBare({ requests, limits }: ResourceRequirements): boolean {
  return judged.every((name) => !amount(requests, name) && !amount(limits, name));
}

function isGuaranteed({ requests, limits }: ResourceRequirements): boolean {
  return judged.every((name) => {
    const limit = amount(limits, name);
    // A request that is left out is the limit.
    const request = amount(requests, name) ?? limit;
    return limit !== undefined && request !== undefined && compareQuantities(request, limit) === 0;
  });
}

const resourcesOf = ({ resources }: Container): ResourceRequirements => resources ?? {};

/** The class of a pod: requests of the whole pod decide where it has some, else those of all its containers. */
export function qosClass(spec: PodSpec): QosClass {
  const own = spec.resources;
  const all = own && !isBare(own) ? [own] : [...spec.containers, ...(spec.initContainers ?? [])].map(resourcesOf);
  if (all.every(isBare)) return "BestEffort";
  return all.every(isGuaranteed) ? "Guaranteed" : "Burstable";
}
