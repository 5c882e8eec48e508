/** What a LimitRange fills in and refuses. Models plugin/pkg/admission/limitranger/admission.go. */
import { asObject, type JsonObject, listAt } from "./json.ts";
import type { Container, IntOrString, PodSpec } from "./objects.ts";
import { containerAmounts, podTotals } from "./pod-totals.ts";
import { compareQuantities, formatQuantity, type Quantity } from "./quantity.ts";
import { type Amounts, amountsIn } from "./quota/amounts.ts";

type List = Readonly<Record<string, IntOrString>>;

interface Item {
  readonly type: string;
  readonly default: List;
  readonly defaultRequest: List;
  readonly min: Amounts;
  readonly max: Amounts;
  readonly ratio: Amounts;
}

/** Its items as they are stored, with the server's defaults in them. */
function itemsOf(range: JsonObject): readonly Item[] {
  return listAt(asObject(range["spec"]), "limits").map((entry) => {
    const item = asObject(entry);
    const listOf = (field: string) => asObject(item[field]) as List;
    return {
      type: String(item["type"]),
      default: listOf("default"),
      defaultRequest: listOf("defaultRequest"),
      min: amountsIn(listOf("min")),
      max: amountsIn(listOf("max")),
      ratio: amountsIn(listOf("maxLimitRequestRatio")),
    };
  });
}

/** The pod's spec with what its containers leave out: their own limits count as requests before any default does. */
export function withLimitDefaults(spec: PodSpec, range: JsonObject): PodSpec {
  const items = itemsOf(range).filter(({ type }) => type === "Container");
  const limits: List = Object.assign({}, ...items.map((item) => item.default));
  const requests: List = Object.assign({}, ...items.map((item) => item.defaultRequest));
  if (Object.keys(limits).length === 0 && Object.keys(requests).length === 0) return spec;
  const filled = (container: Container): Container => {
    const own = container.resources ?? {};
    return {
      ...container,
      resources: {
        ...own,
        limits: { ...limits, ...own.limits },
        requests: { ...requests, ...own.limits, ...own.requests },
      },
    };
  };
  return {
    ...spec,
    containers: spec.containers.map(filled),
    ...(spec.initContainers ? { initContainers: spec.initContainers.map(filled) } : {}),
  };
}

const text = (amount: Quantity): string => formatQuantity(amount);

interface Asked {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

function* broken({ type, min, max, ratio }: Item, { requests, limits }: Asked, claims = false): Generator<string> {
  for (const [name, bound] of min) {
    const usage = `minimum ${name} usage per ${type} is ${text(bound)}`;
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (!request) yield `${usage}.  No request is specified`;
    else if (compareQuantities(request, bound) < 0) yield `${usage}, but request is ${text(request)}`;
    else if (limit && compareQuantities(limit, bound) < 0) yield `${usage}, but limit is ${text(limit)}`;
  }
  for (const [name, bound] of max) {
    const usage = `maximum ${name} usage per ${type} is ${text(bound)}`;
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (claims ? !request : !limit) yield `${usage}.  No ${claims ? "request" : "limit"} is specified`;
    else if (limit && compareQuantities(limit, bound) > 0) yield `${usage}, but limit is ${text(limit)}`;
    else if (request && compareQuantities(request, bound) > 0) yield `${usage}, but request is ${text(request)}`;
  }
  for (const [name, bound] of ratio) {
    const usage = `${name} max limit to request ratio per ${type} is ${text(bound)}`;
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (!request || request.nanos === 0n) yield `${usage}, but no request is specified or request is 0`;
    else if (!limit || limit.nanos === 0n) yield `${usage}, but no limit is specified or limit is 0`;
    else {
      const observed = Number(limit.nanos) / Number(request.nanos);
      if (observed > Number(bound.nanos) / 1e9) yield `${usage}, but provided ratio is ${observed.toFixed(6)}`;
    }
  }
}

const asked = (container: Container): Asked => ({
  requests: containerAmounts(container, "requests"),
  limits: containerAmounts(container, "limits"),
});

/** Several findings as one. */
function together(findings: readonly string[]): string | undefined {
  const all = [...new Set(findings)];
  return all.length < 2 ? all[0] : `[${all.join(", ")}]`;
}

/** Why the range refuses a pod; undefined when it does not. */
export function limitRefusal(spec: PodSpec, range: JsonObject): string | undefined {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const findings = itemsOf(range).flatMap((item) => {
    if (item.type === "Container") return containers.flatMap((one) => [...broken(item, asked(one))]);
    if (item.type !== "Pod") return [];
    return [...broken(item, { requests: podTotals(spec, "requests"), limits: podTotals(spec, "limits") })];
  });
  return together(findings);
}

/** The same of a claim. */
export function claimRefusal(spec: JsonObject, range: JsonObject): string | undefined {
  const requests = amountsIn(asObject(asObject(spec["resources"])["requests"]));
  const items = itemsOf(range).filter(({ type }) => type === "PersistentVolumeClaim");
  return together(items.flatMap((item) => [...broken(item, { requests, limits: new Map() }, true)]));
}
