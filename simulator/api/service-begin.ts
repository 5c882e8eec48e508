/**
 * What becomes of a Service before it is judged: addresses and ports are chosen or carried over, and what belongs to a type
 * that it no longer has goes. Models beginCreate and beginUpdate of pkg/registry/core/service/storage/storage.go.
 */
import { type Draft, draftsAt } from "./defaults-pod.ts";
import { semanticEqual } from "./equality.ts";
import { type JsonObject, listAt, numberAt, stringAt } from "./json.ts";
import type { Problem } from "./problem.ts";
import { chooseAddresses, chooseFamilies } from "./service-families.ts";
import { changePorts, chooseHealthPort, choosePorts, nodePortsOf } from "./service-node-ports.ts";
import type { ServiceRanges } from "./service-ranges.ts";
import { isBalanced, isExternal, needsAddress, needsHealthCheck, needsNodePorts } from "./service-types.ts";
import type { Target } from "./target.ts";

/** Problems that end the matter before anything else is judged; `status` is 422 unless the server itself stumbles. */
export interface Begun {
  readonly problems: readonly Problem[];
  readonly status: 422 | 500;
}

const fine: Begun = { problems: [], status: 422 };

/** Makes the spec of a Service, in place, what the server judges. `old` is the stored spec that it replaces. */
export function beginService(spec: Draft, old: JsonObject | undefined, ranges: ServiceRanges, target: Target): Begun {
  if (old) carryOver(spec, old);
  normalizeAddresses(spec, old);
  const problems = chooseFamilies(spec, old, ranges, target);
  if (problems.length > 0) return { problems, status: 422 };
  const taken = chooseAddresses(spec, old, ranges);
  if (taken.length > 0) return { problems: taken, status: 422 };
  const refused = old ? changePorts(spec, old, ranges) : choosePorts(spec, ranges);
  if (refused) return { problems: [refused.problem], status: refused.status };
  chooseHealthPort(spec, old, ranges);
  if (old) dropLeftovers(spec, old);
  return fine;
}

/** What the server chose for the old Service is not lost only because a text does not say it. */
function carryOver(spec: Draft, old: JsonObject): void {
  if (needsAddress(old) && needsAddress(spec)) {
    if (stringAt(spec, "clusterIP") === "" && old["clusterIP"] !== undefined) spec["clusterIP"] = old["clusterIP"];
    if (listAt(spec, "clusterIPs").length === 0 && listAt(old, "clusterIPs").length > 0) {
      spec["clusterIPs"] = [...listAt(old, "clusterIPs")];
    }
  }
  if (needsNodePorts(old) && needsNodePorts(spec)) {
    const used = nodePortsOf(old).filter((port) => port !== 0 && nodePortsOf(spec).includes(port));
    const byName = new Map(draftsAt(old as Draft, "ports").map((port) => [stringAt(port, "name"), port["nodePort"]]));
    for (const port of draftsAt(spec, "ports")) {
      const known = byName.get(stringAt(port, "name"));
      const isFree = typeof known === "number" && !used.includes(known);
      if ((numberAt(port, "nodePort") ?? 0) === 0 && isFree) port["nodePort"] = known;
    }
  }
  const health = old["healthCheckNodePort"];
  if (needsHealthCheck(old) && needsHealthCheck(spec) && (numberAt(spec, "healthCheckNodePort") ?? 0) === 0) {
    if (health !== undefined) spec["healthCheckNodePort"] = health;
  }
}

/** Keeps `clusterIPs` in step with `clusterIP`, which older clients know alone. */
function normalizeAddresses(spec: Draft, old: JsonObject | undefined): void {
  const address = stringAt(spec, "clusterIP");
  if (old === undefined) {
    if (address !== "" && listAt(spec, "clusterIPs").length === 0) spec["clusterIPs"] = [address];
    return;
  }
  const before = stringAt(old, "clusterIP");
  if (before === address || !semanticEqual(listAt(old, "clusterIPs"), listAt(spec, "clusterIPs"))) return;
  if (before !== "" && address === "") delete spec["clusterIPs"];
  else spec["clusterIPs"] = [address];
}

/** What belongs to the old type and was left as it was goes when the new type has no use for it. */
function dropLeftovers(spec: Draft, old: JsonObject): void {
  const drop = (has: (spec: JsonObject) => boolean, keys: readonly string[]) => {
    if (!has(old) || has(spec) || !keys.every((key) => semanticEqual(old[key], spec[key]))) return;
    for (const key of keys) delete spec[key];
  };
  const isSameAddress = semanticEqual(listAt(old, "clusterIPs"), listAt(spec, "clusterIPs"));
  if (needsAddress(old) && !needsAddress(spec) && isSameAddress) {
    delete spec["clusterIP"];
    delete spec["clusterIPs"];
  }
  drop(needsAddress, ["ipFamilies"]);
  drop(needsAddress, ["ipFamilyPolicy"]);
  drop(needsHealthCheck, ["healthCheckNodePort"]);
  drop(isBalanced, ["allocateLoadBalancerNodePorts"]);
  drop(isBalanced, ["loadBalancerClass"]);
  drop(isExternal, ["externalTrafficPolicy"]);
  drop(needsAddress, ["internalTrafficPolicy"]);
  if (!needsNodePorts(old) || needsNodePorts(spec)) return;
  const before = nodePortsOf(old);
  if (nodePortsOf(spec).some((port) => port !== 0 && !before.includes(port))) return;
  for (const port of draftsAt(spec, "ports")) delete port["nodePort"];
}
