/** What a whole pod requests, or is limited to. Models PodRequests and PodLimits of component-helpers/resource/helpers.go. */
import type { Container, PodSpec } from "./objects.ts";
import { type Amounts, amountsIn, largerOf, sumOf } from "./quota/amounts.ts";

type Sort = "requests" | "limits";

/** Of a container: a limit stands in for a request that is left out. */
export function containerAmounts({ resources }: Pick<Container, "resources">, sort: Sort): Amounts {
  return amountsIn(sort === "limits" ? resources?.limits : { ...resources?.limits, ...resources?.requests });
}

const nothing: Amounts = new Map();

/**
 * Everything that runs together, or the hungriest init step with the sidecars started before it, whichever is more; amounts of the
 * pod as a whole stand instead.
 */
export function podTotals(spec: PodSpec, sort: Sort): Amounts {
  let total = spec.containers.reduce((sum, one) => sumOf(sum, containerAmounts(one, sort)), nothing);
  let sidecars = nothing;
  let largest = nothing;
  for (const container of spec.initContainers ?? []) {
    const own = containerAmounts(container, sort);
    if (container.restartPolicy === "Always") {
      total = sumOf(total, own);
      sidecars = sumOf(sidecars, own);
      largest = largerOf(largest, sidecars);
    } else largest = largerOf(largest, sumOf(own, sidecars));
  }
  total = largerOf(total, largest);
  const whole = new Map([...total, ...containerAmounts(spec, sort)]);
  const overhead = amountsIn(spec.overhead);
  return sort === "requests"
    ? sumOf(whole, overhead)
    : sumOf(whole, new Map([...overhead].filter(([name]) => whole.has(name))));
}
