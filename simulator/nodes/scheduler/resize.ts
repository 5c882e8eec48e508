/**
 * What a pod counts as while it is being resized. Models determineContainerReqs of
 * staging/src/k8s.io/component-helpers/resource/helpers.go.
 */
import type { Container, IntOrString, PodSpec } from "../../api/objects.ts";
import { quantityNumber } from "../../api/quantity-number.ts";

type Amounts = Readonly<Record<string, IntOrString>>;

/** As much of a pod's status as is looked at. */
export interface ResizeStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  readonly containerStatuses?: readonly ContainerResources[];
  readonly initContainerStatuses?: readonly ContainerResources[];
}

interface ContainerResources {
  readonly name: string;
  readonly allocatedResources?: Amounts;
  readonly resources?: { readonly requests?: Amounts };
}

function larger(lists: readonly Amounts[]): Amounts {
  const most: Record<string, IntOrString> = {};
  for (const [name, amount] of lists.flatMap((list) => Object.entries(list)))
    if (most[name] === undefined || quantityNumber(amount)! > quantityNumber(most[name])!) most[name] = amount;
  return most;
}

/** The spec with what its containers count as: the larger of asked and had, or only what they have where more cannot be. */
export function countedSpec(spec: PodSpec, status: ResizeStatus): PodSpec {
  const infeasible = (status.conditions ?? []).some(
    ({ type, status: holds, reason }) => type === "PodResizePending" && holds === "True" && reason === "Infeasible",
  );
  const counted = (container: Container, statuses: readonly ContainerResources[] = []): Container => {
    const has = statuses.find(({ name }) => name === container.name);
    if (!has?.resources) return container;
    const had = [has.resources.requests ?? {}, has.allocatedResources ?? {}];
    const requests = larger(infeasible ? had : [container.resources?.requests ?? {}, ...had]);
    return { ...container, resources: { ...container.resources, requests } };
  };
  const { containers, initContainers } = spec;
  return {
    ...spec,
    containers: containers.map((one) => counted(one, status.containerStatuses)),
    ...(initContainers
      ? {
          initContainers: initContainers.map((one) =>
            one.restartPolicy === "Always" ? counted(one, status.initContainerStatuses) : one,
          ),
        }
      : {}),
  };
}
