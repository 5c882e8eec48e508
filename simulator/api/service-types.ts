/** What each type of Service has a use for. Models pkg/registry/core/service/strategy.go (needsClusterIP and the like). */
import { type JsonObject, listAt, stringAt } from "./json.ts";

const typeOf = (spec: JsonObject): string => stringAt(spec, "type");

export const needsAddress = (spec: JsonObject): boolean =>
  ["ClusterIP", "NodePort", "LoadBalancer"].includes(typeOf(spec));
export const needsNodePorts = (spec: JsonObject): boolean =>
  typeOf(spec) === "NodePort" || typeOf(spec) === "LoadBalancer";
export const isBalanced = (spec: JsonObject): boolean => typeOf(spec) === "LoadBalancer";
export const isExternalName = (spec: JsonObject): boolean => typeOf(spec) === "ExternalName";

/** Whether the load balancer asks a port of its own for the health of a node. */
export function needsHealthCheck(spec: JsonObject): boolean {
  return isBalanced(spec) && spec["externalTrafficPolicy"] === "Local";
}

/** Whether it can be reached from outside the cluster. */
export function isExternal(spec: JsonObject): boolean {
  return needsNodePorts(spec) || (typeOf(spec) === "ClusterIP" && listAt(spec, "externalIPs").length > 0);
}

/** Whether each port is to have a node port, given or not. */
export function allocatesNodePorts(spec: JsonObject): boolean {
  return typeOf(spec) === "NodePort" || (isBalanced(spec) && spec["allocateLoadBalancerNodePorts"] !== false);
}

/** Whether the cluster gives it no address: `clusterIP: None`. */
export function isHeadless(spec: JsonObject): boolean {
  return listAt(spec, "clusterIPs")[0] === "None";
}
