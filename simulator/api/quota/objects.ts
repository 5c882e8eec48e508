/** Everything that is no pod, as quotas count it. Models pkg/quota/v1/evaluator/core/{services,persistent_volume_claims}.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../json.ts";
import { type Amounts, amountOf, one } from "./amounts.ts";

/** Kinds that quotas also count under their plural names. */
const plainNames = [
  "configmaps",
  "resourcequotas",
  "replicationcontrollers",
  "secrets",
  "services",
  "persistentvolumeclaims",
];

function portsOf(spec: JsonObject): number {
  const ports = listAt(spec, "ports").map(asObject);
  switch (spec["type"]) {
    case "NodePort":
      return ports.length;
    case "LoadBalancer":
      return spec["allocateLoadBalancerNodePorts"] === false
        ? ports.filter((port) => Number(port["nodePort"] ?? 0) > 0).length
        : ports.length;
    default:
      return 0;
  }
}

/** What an object of a resource (`services`, `deployments.apps`) with this spec uses. */
export function objectUsage(resource: string, spec: JsonObject): Amounts {
  const usage = new Map([[`count/${resource}`, one]]);
  if (plainNames.includes(resource)) usage.set(resource, one);
  if (resource === "services") {
    usage.set("services.nodeports", amountOf(portsOf(spec)));
    usage.set("services.loadbalancers", amountOf(spec["type"] === "LoadBalancer" ? 1 : 0));
  } else if (resource === "persistentvolumeclaims") {
    const storage = amountOf(asObject(asObject(spec["resources"])["requests"])["storage"]);
    usage.set("requests.storage", storage);
    const storageClass = stringAt(spec, "storageClassName");
    if (storageClass !== "") {
      usage.set(`${storageClass}.storageclass.storage.k8s.io/persistentvolumeclaims`, one);
      usage.set(`${storageClass}.storageclass.storage.k8s.io/requests.storage`, storage);
    }
  }
  return usage;
}
