/**
 * Replacing a Service: what the server carries over or wipes before it judges, and what may not change.
 * Models pkg/registry/core/service/{strategy.go,storage/{storage,alloc}.go} and ValidateServiceUpdate.
 */

import { semanticEqual } from "./equality.ts";
import { FieldPath, forbidden, invalid } from "./field-path.ts";
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "./json.ts";
import type { Json } from "./objects.ts";
import type { Problem } from "./problem.ts";
import type { Target } from "./target.ts";
import { addressProblems, serviceProblems } from "./validate-service-and-claim.ts";
import { specOf } from "./workload-checks.ts";

const specPath = FieldPath.root.child("spec");

/** Stands for the address that the server picked for a Service that names none. */
const allocated: Readonly<Record<string, string>> = { IPv4: "192.0.2.1", IPv6: "2001:db8::1" };

const typeOf = (spec: JsonObject): string => stringAt(spec, "type");
const hasAddress = (spec: JsonObject): boolean => typeOf(spec) !== "ExternalName";
const hasNodePorts = (spec: JsonObject): boolean => typeOf(spec) === "NodePort" || typeOf(spec) === "LoadBalancer";
const isBalanced = (spec: JsonObject): boolean => typeOf(spec) === "LoadBalancer";
const hasHealthCheck = (spec: JsonObject): boolean => isBalanced(spec) && spec["externalTrafficPolicy"] === "Local";

function isExternal(spec: JsonObject): boolean {
  return hasNodePorts(spec) || (typeOf(spec) === "ClusterIP" && listAt(spec, "externalIPs").length > 0);
}

/** The stored spec of a Service: with the address and the family that the server chose. */
function storedServiceSpec(spec: JsonObject): JsonObject {
  if (!hasAddress(spec)) return spec;
  const families = listAt(spec, "ipFamilies");
  const address = stringAt(spec, "clusterIP") || (allocated[String(families[0] ?? "IPv4")] ?? "");
  const given = listAt(spec, "clusterIPs");
  const family = address.includes(":") ? "IPv6" : "IPv4";
  const selectsNothing = address === "None" && Object.keys(asObject(spec["selector"])).length === 0;
  return {
    ...spec,
    clusterIP: address,
    clusterIPs: given.length > 0 ? given : [address],
    ipFamilies: families.length > 0 || address === "None" ? families : [family],
    ipFamilyPolicy: spec["ipFamilyPolicy"] ?? (selectsNothing ? "RequireDualStack" : "SingleStack"),
  };
}

/** The new spec as the server judges it; `old` is a stored one. */
function carriedServiceSpec(old: JsonObject, given: JsonObject): JsonObject {
  const spec: Record<string, Json> = { ...given };
  if (hasAddress(old) && hasAddress(spec)) {
    if (stringAt(spec, "clusterIP") === "") {
      if (old["clusterIP"] !== undefined) spec["clusterIP"] = old["clusterIP"];
      if (listAt(spec, "clusterIPs").length === 0) spec["clusterIPs"] = [...listAt(old, "clusterIPs")];
    }
    if (spec["ipFamilyPolicy"] === undefined && old["ipFamilyPolicy"] !== undefined) {
      spec["ipFamilyPolicy"] = old["ipFamilyPolicy"];
    }
  }
  if (hasHealthCheck(old) && hasHealthCheck(spec) && spec["healthCheckNodePort"] === undefined) {
    const port = old["healthCheckNodePort"];
    if (port !== undefined) spec["healthCheckNodePort"] = port;
  }
  wipeWhatTheTypeLacks(old, spec);
  return spec;
}

/** What belongs to the old type and was left as it was goes silently when the new type has no use for it. */
function wipeWhatTheTypeLacks(old: JsonObject, spec: Record<string, Json>): void {
  const wipe = (has: (spec: JsonObject) => boolean, keys: readonly string[]) => {
    if (!has(old) || has(spec) || !keys.every((key) => semanticEqual(old[key], spec[key]))) return;
    for (const key of keys) delete spec[key];
  };
  wipe(hasAddress, ["clusterIP", "clusterIPs"]);
  wipe(hasAddress, ["ipFamilies"]);
  wipe(hasAddress, ["ipFamilyPolicy"]);
  wipe(hasHealthCheck, ["healthCheckNodePort"]);
  wipe(isBalanced, ["allocateLoadBalancerNodePorts"]);
  wipe(isBalanced, ["loadBalancerClass"]);
  wipe(isExternal, ["externalTrafficPolicy"]);
  if (hasNodePorts(old) && !hasNodePorts(spec) && addsNoNodePort(old, spec)) {
    const ports = listAt(spec, "ports").map((port) => {
      const { nodePort: _nodePort, ...rest } = asObject(port) as Record<string, Json>;
      return rest;
    });
    if (ports.length > 0) spec["ports"] = ports;
  }
}

/** The problems of a Service that takes the place of one with the spec `replaced`. */
export function validateReplacedService(object: JsonObject, replaced: JsonObject, target: Target): Problem[] {
  const old = storedServiceSpec(replaced);
  const spec = carriedServiceSpec(old, specOf(object));
  const addresses = addressProblems(spec, target);
  if (addresses.length > 0) return addresses;
  return [...serviceProblems({ ...object, spec }, target), ...serviceChanges(old, spec)];
}

function nodePortsOf(spec: JsonObject): readonly number[] {
  return listAt(spec, "ports").flatMap((port) => numberAt(asObject(port), "nodePort") ?? []);
}

function addsNoNodePort(old: JsonObject, spec: JsonObject): boolean {
  const before = nodePortsOf(old);
  return nodePortsOf(spec).every((port) => before.includes(port));
}

/** What may not change; both specs as the server compares them. */
function serviceChanges(old: JsonObject, spec: JsonObject): Problem[] {
  const found: Problem[] = [];
  if (hasAddress(old) && hasAddress(spec)) addressChanges(old, spec, found);
  if (isBalanced(old) && isBalanced(spec) && !semanticEqual(old["loadBalancerClass"], spec["loadBalancerClass"])) {
    const value = stringAt(spec, "loadBalancerClass");
    found.push(invalid("immutable", specPath.child("loadBalancerClass"), { value }));
  }
  const port = numberAt(spec, "healthCheckNodePort");
  const isOther = port !== undefined && port !== numberAt(old, "healthCheckNodePort");
  if (isOther && hasHealthCheck(old) && hasHealthCheck(spec)) {
    found.push(forbidden("immutable", specPath.child("healthCheckNodePort"), { value: port }));
  }
  return found;
}

function addressChanges(old: JsonObject, spec: JsonObject, found: Problem[]): void {
  const before = listAt(old, "clusterIPs").map(String);
  const now = listAt(spec, "clusterIPs").map(String);
  const path = specPath.child("clusterIPs");
  if (before.length === now.length) {
    for (const [index, address] of now.entries()) {
      if (address !== before[index]) found.push(invalid("immutable", path.index(index), { value: address }));
    }
    return;
  }
  if (before.length > 0 && now.length > 0 && before[0] !== now[0]) {
    found.push(invalid("immutable", path.index(0), { value: now[0] ?? "" }));
  }
  if (before.length > now.length && now.length === 1 && spec["ipFamilyPolicy"] !== "SingleStack") {
    found.push(invalid("ip-family-policy-not-single", specPath.child("ipFamilyPolicy")));
  }
}
