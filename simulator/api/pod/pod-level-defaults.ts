/**
 * Resources of a Pod as a whole: what is partly given is completed from its containers; templates are left as they are.
 * Models defaultHugePagePodLimits and defaultPodRequests of pkg/apis/core/v1/defaults.go.
 */
import { type Draft, draftAt, draftsAt } from "../defaults-pod.ts";
import { formatQuantity, parseQuantity, type QuantityFormat } from "../quantity.ts";

interface Amount {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

/** Completes `spec.resources` of a Pod whose containers have their own defaults already. */
export function defaultPodLevelResources(spec: Draft): void {
  const resources = draftAt(spec, "resources");
  if (resources === undefined) return;
  const given = (list: string): Draft => draftAt(resources, list) ?? {};
  if (Object.keys(given("limits")).length + Object.keys(given("requests")).length === 0) return;
  const limits: Draft = { ...given("limits") };
  for (const [name, amount] of total(spec, "limits")) {
    if (!name.startsWith("hugepages-") || given("requests")[name] !== undefined) continue;
    if (limits[name] === undefined) limits[name] = formatQuantity(amount);
  }
  if (Object.keys(limits).length === 0) return;
  resources["limits"] = limits;
  const requests: Draft = { ...given("requests") };
  for (const [name, amount] of total(spec, "requests")) {
    if (isForPods(name) && requests[name] === undefined) requests[name] = formatQuantity(amount);
  }
  for (const [name, limit] of Object.entries(limits)) {
    if (isForPods(name) && requests[name] === undefined) requests[name] = limit;
  }
  if (Object.keys(requests).length > 0) resources["requests"] = requests;
}

function isForPods(name: string): boolean {
  return name === "cpu" || name === "memory" || name.startsWith("hugepages-");
}

/** What the containers need at the same time: all that keep running, or one init container beside its sidecars. */
function total(spec: Draft, list: "limits" | "requests"): ReadonlyMap<string, Amount> {
  const sum = new Map<string, Amount>();
  for (const container of draftsAt(spec, "containers")) add(sum, amountsOf(container, list));
  const sidecars = new Map<string, Amount>();
  const most = new Map<string, Amount>();
  for (const container of draftsAt(spec, "initContainers")) {
    const own = amountsOf(container, list);
    const isSidecar = container["restartPolicy"] === "Always";
    if (isSidecar) {
      add(sum, own);
      add(sidecars, own);
    }
    const needed = new Map(sidecars);
    if (!isSidecar) add(needed, own);
    raise(most, needed);
  }
  raise(sum, most);
  return sum;
}

function amountsOf(container: Draft, list: string): ReadonlyMap<string, Amount> {
  const amounts = new Map<string, Amount>();
  for (const [name, value] of Object.entries(draftAt(draftAt(container, "resources"), list) ?? {})) {
    const parsed = parseQuantity(String(value));
    if (parsed.ok) amounts.set(name, parsed.quantity);
  }
  return amounts;
}

function add(into: Map<string, Amount>, amounts: ReadonlyMap<string, Amount>): void {
  for (const [name, amount] of amounts) {
    const before = into.get(name) ?? { nanos: 0n, format: amount.format };
    into.set(name, { nanos: before.nanos + amount.nanos, format: before.format });
  }
}

function raise(into: Map<string, Amount>, amounts: ReadonlyMap<string, Amount>): void {
  for (const [name, amount] of amounts) {
    const before = into.get(name);
    if (before === undefined || amount.nanos > before.nanos) into.set(name, amount);
  }
}
