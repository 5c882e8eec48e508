/** Pods as quotas count them. Models pkg/quota/v1/evaluator/core/pods.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../json.ts";
import type { PodSpec } from "../objects.ts";
import { qosClass } from "../pod/qos.ts";
import { containerAmounts, podTotals } from "../pod-totals.ts";
import { type Amounts, one } from "./amounts.ts";

const compute = ["cpu", "memory", "ephemeral-storage"];
const isExtended = (name: string) => name.includes("/") && !name.includes("kubernetes.io/");

/** Whether the quota's resource is one that pods use. */
export function isOfPods(name: string): boolean {
  const bare = name.replace(/^(requests|limits)\./, "");
  if (name === "pods" || name === "count/pods" || compute.includes(bare)) return true;
  return bare.startsWith("hugepages-") || (name.startsWith("requests.") && isExtended(bare));
}

function named(requests: Amounts, limits: Amounts): Amounts {
  const usage = new Map<string, Amounts extends ReadonlyMap<string, infer Q> ? Q : never>([["pods", one]]);
  for (const [name, amount] of requests) {
    const isPage = name.startsWith("hugepages-");
    if (compute.includes(name) || isPage) usage.set(name, amount);
    if (compute.includes(name) || isPage || isExtended(name)) usage.set(`requests.${name}`, amount);
  }
  for (const [name, amount] of limits) if (compute.includes(name)) usage.set(`limits.${name}`, amount);
  return usage;
}

const known = new WeakMap<PodSpec, Amounts>();

/** What a pod of this spec uses; one that has ended is only counted as an object. */
export function podUsage(spec: PodSpec, hasEnded: boolean): Amounts {
  if (hasEnded) return new Map([["count/pods", one]]);
  let usage = known.get(spec);
  if (!usage) {
    usage = new Map([["count/pods", one], ...named(podTotals(spec, "requests"), podTotals(spec, "limits"))]);
    known.set(spec, usage);
  }
  return usage;
}

const demanded = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

/** What containers have to name because a quota counts it: `limits.memory for: app; requests.cpu for: app`; undefined when they do. */
export function missingOf(spec: PodSpec, hard: Iterable<string>): string | undefined {
  if (spec.resources && (spec.resources.requests || spec.resources.limits)) return undefined;
  const required = [...hard].filter((name) => demanded.includes(name)).sort();
  const all = [...spec.containers, ...(spec.initContainers ?? [])];
  const lacking = required.flatMap((name) => {
    const names = all.filter(
      (one) => !named(containerAmounts(one, "requests"), containerAmounts(one, "limits")).has(name),
    );
    return names.length === 0 ? [] : [`${name} for: ${[...new Set(names.map((one) => one.name))].sort().join(",")}`];
  });
  return lacking.length === 0 ? undefined : lacking.join("; ");
}

function isCrossNamespace(spec: PodSpec): boolean {
  const affinity = asObject((spec as unknown as JsonObject)["affinity"]);
  return ["podAffinity", "podAntiAffinity"].some((kind) => {
    const own = asObject(affinity[kind]);
    const terms = [
      ...listAt(own, "requiredDuringSchedulingIgnoredDuringExecution"),
      ...listAt(own, "preferredDuringSchedulingIgnoredDuringExecution").map(
        (term) => asObject(term)["podAffinityTerm"],
      ),
    ].map((term) => asObject(term));
    return terms.some((term) => listAt(term, "namespaces").length > 0 || term["namespaceSelector"] !== undefined);
  });
}

function isInScope(spec: PodSpec, scope: string, operator: string, values: readonly string[]): boolean {
  const deadline = (spec as { readonly activeDeadlineSeconds?: number }).activeDeadlineSeconds;
  switch (scope) {
    case "Terminating":
      return deadline !== undefined && deadline >= 0;
    case "NotTerminating":
      return deadline === undefined || deadline < 0;
    case "BestEffort":
      return qosClass(spec) === "BestEffort";
    case "NotBestEffort":
      return qosClass(spec) !== "BestEffort";
    case "PriorityClass": {
      const name = spec.priorityClassName ?? "";
      if (operator === "Exists") return name !== "";
      if (operator === "DoesNotExist") return name === "";
      return values.includes(name) === (operator === "In");
    }
    case "CrossNamespacePodAffinity":
      return isCrossNamespace(spec);
    default:
      return false;
  }
}

/** Whether the pod is one that a quota with these scopes counts: all of them have to hold. */
export function isInScopes(spec: PodSpec, quota: JsonObject): boolean {
  const selector = listAt(asObject(quota["scopeSelector"]), "matchExpressions").map(asObject);
  return (
    listAt(quota, "scopes").every((scope) => isInScope(spec, String(scope), "Exists", [])) &&
    selector.every((rule) =>
      isInScope(spec, stringAt(rule, "scopeName"), stringAt(rule, "operator"), listAt(rule, "values").map(String)),
    )
  );
}

/** Whether the quota is about some pods only: then it counts nothing else. */
export function hasScopes(quota: JsonObject): boolean {
  return listAt(quota, "scopes").length > 0 || quota["scopeSelector"] !== undefined;
}
