/**
 * What a pod counts as while it is being resized. Models determineContainerReqs of
 * staging/src/k8s.io/component-helpers/resource/helpers.go.
 */
import type { Container, IntOrString, PodSpec, ResourceRequirements } from "../api/objects.ts";
import { quantityNumber } from "../api/quantity-number.ts";
import type { Pod } from "./objects.ts";

type Amounts = Readonly<Record<string, IntOrString>>;

type CountedPod = Pick<Pod, "spec"> & Partial<Pick<Pod, "resizing" | "conditions">>;

function larger(lists: readonly Amounts[]): Amounts {
  const most: Record<string, IntOrString> = {};
  for (const [name, amount] of lists.flatMap((list) => Object.entries(list)))
    if (most[name] === undefined || quantityNumber(amount)! > quantityNumber(most[name])!) most[name] = amount;
  return most;
}

function requestsOf({ requests = {} }: ResourceRequirements = {}): Amounts {
  return requests;
}

/**
 * The spec with what its containers count as: the larger of asked and had, or only what they have where more cannot be. Of a
 * pod that is not being resized its spec itself.
 */
export function countedSpec({ spec, resizing, conditions = [] }: CountedPod): PodSpec {
  if (!resizing) return spec;
  const infeasible = conditions.some(
    ({ type, status, reason }) => type === "PodResizePending" && status === "True" && reason === "Infeasible",
  );
  const counted = (container: Container): Container => {
    const has = resizing[container.name];
    if (!has) return container;
    const had = [requestsOf(has.resources), has.allocatedResources];
    const requests = larger(infeasible ? had : [requestsOf(container.resources), ...had]);
    return { ...container, resources: { ...container.resources, requests } };
  };
  const { containers, initContainers } = spec;
  return {
    ...spec,
    containers: containers.map(counted),
    ...(initContainers
      ? { initContainers: initContainers.map((one) => (one.restartPolicy === "Always" ? counted(one) : one)) }
      : {}),
  };
}
