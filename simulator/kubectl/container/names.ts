/** Names of the simulated cluster. Models the DNS of Services and Pods (the specification that CoreDNS follows). */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import { matchesSelector } from "../../api/label-selector.ts";
import type { LabelMap } from "../../api/objects.ts";
import { type ApiObject, isStatus } from "../../apiserver/types.ts";
import { found, type Lookup, listed } from "../describe/lookup.ts";

/** The name server of the cluster. */
export const nameServer = "10.96.0.10";
export const domain = "cluster.local";

export interface Resolved {
  /** The whole name. */
  readonly name: string;
  readonly addresses: readonly string[];
  /** What it is an address of; absent for a pod or a place outside. */
  readonly service?: ApiObject;
  readonly pods: readonly ApiObject[];
}

const isAddress = (name: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(name) || name.includes(":");

/** Where a name leads for a pod in a namespace; undefined when there is no such name. */
export function resolve(look: Lookup, namespace: string, name: string): Resolved | undefined {
  if (isAddress(name)) return byAddress(look, name);
  const bare = name.replace(/\.$/, "");
  for (const suffix of [`.${namespace}.svc.${domain}`, `.svc.${domain}`, `.${domain}`, ""]) {
    const answer = whole(look, bare + suffix);
    if (answer) return answer;
  }
  return undefined;
}

function whole(look: Lookup, name: string): Resolved | undefined {
  const labels = name.split(".");
  const at = labels.indexOf("svc");
  if (labels.slice(at).join(".") !== `svc.${domain}`) return undefined;
  const [service, namespace] = [labels[at - 2] ?? "", labels[at - 1] ?? ""];
  const host = labels.slice(0, at - 2);
  if (host.length > 1 || service === "") return undefined;
  if (service === "kubernetes" && namespace === "default" && host.length === 0) {
    return { name, addresses: ["10.96.0.1"], pods: [] };
  }
  const object = found(look, "Service", namespace, service);
  if (isStatus(object)) return undefined;
  const spec = asObject(object["spec"]);
  const address = stringAt(spec, "clusterIP");
  if (host.length === 0 && address !== "None" && address !== "") {
    return { name, addresses: [address], service: object, pods: [] };
  }
  if (address !== "None") return undefined;
  // A Service without an address stands for its pods, and a pod that is named after it for itself.
  const chosen = podsOf(look, object).filter(
    (pod) => host.length === 0 || stringAt(asObject(pod["spec"]), "hostname") === host[0],
  );
  const all = spec["publishNotReadyAddresses"] === true ? chosen : chosen.filter(isReady);
  const own = host.length === 0 ? all : all.filter((pod) => stringAt(asObject(pod["spec"]), "subdomain") === service);
  if (own.length === 0) return undefined;
  return { name, addresses: own.map(podAddress), service: object, pods: own };
}

function byAddress(look: Lookup, address: string): Resolved {
  const service = listed(look, "Service", "").find((one) => stringAt(asObject(one["spec"]), "clusterIP") === address);
  if (service) return { name: address, addresses: [address], service, pods: [] };
  const pods = listed(look, "Pod", "").filter((one) => podAddress(one) === address);
  return { name: address, addresses: [address], pods };
}

export const podAddress = (pod: ApiObject): string => stringAt(asObject(pod["status"]), "podIP");

/** Whether traffic goes to a pod. */
export function isReady(pod: ApiObject): boolean {
  const conditions = listAt(asObject(pod["status"]), "conditions").map(asObject);
  const isGoing = (pod.metadata as JsonObject)["deletionTimestamp"] !== undefined;
  return (
    !isGoing && podAddress(pod) !== "" && conditions.some((one) => one["type"] === "Ready" && one["status"] === "True")
  );
}

/** The pods that a Service chooses. */
export function podsOf(look: Lookup, service: ApiObject): readonly ApiObject[] {
  const matchLabels = asObject(asObject(service["spec"])["selector"]) as LabelMap;
  if (Object.keys(matchLabels).length === 0) return [];
  return listed(look, "Pod", service.metadata.namespace ?? "default").filter(
    (pod) => matchesSelector({ matchLabels }, pod.metadata.labels) && podAddress(pod) !== "",
  );
}
