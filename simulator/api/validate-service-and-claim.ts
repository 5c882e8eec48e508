/** Validation of Services and PersistentVolumeClaims, decoded and defaulted. Models pkg/apis/core/validation/validation.go. */
import { addressBytes } from "./addresses.ts";
import { checkAddress, checkRangeOfAddresses } from "./check-address.ts";
import { checkFormat } from "./check-format.ts";
import { duplicate, FieldPath, forbidden, invalid, notSupported, required } from "./field-path.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "./json.ts";
import { validateLabels, validateObjectMeta } from "./metadata.ts";
import { checkChoice, checkPort, checkRange } from "./pod/check.ts";
import { validateClaimSpec } from "./pod/claim-spec.ts";
import type { Problem } from "./problem.ts";
import { isHeadless } from "./service-types.ts";
import { since, type Target } from "./target.ts";
import { metadataOf, specOf } from "./workload-checks.ts";

const metadataPath = FieldPath.root.child("metadata");
const specPath = FieldPath.root.child("spec");

export function validateClaim(object: unknown, target: Target): Problem[] {
  const found = validateObjectMeta(metadataOf(object), metadataPath, {
    target,
    namespaced: true,
    nameCheck: "dns-subdomain",
  });
  validateClaimSpec(specOf(object), specPath, found);
  return found;
}

const types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const longestAffinity = 86_400;

/** Everything but addresses and node ports. */
export function serviceProblems(object: unknown, target: Target): Problem[] {
  const spec = specOf(object);
  const metadata = metadataOf(object);
  const nameCheck = since(target, "1.36") ? "dns-label" : "dns-1035-label";
  const found = validateObjectMeta(metadata, metadataPath, { target, namespaced: true, nameCheck });
  const annotations = objectAt(metadata, "annotations");
  checkTopologyAnnotations(annotations, found);
  const type = stringAt(spec, "type");
  const headless = isHeadless(spec) && listAt(spec, "clusterIPs").length === 1;
  const ports = listAt(spec, "ports").map(asObject);
  const portsPath = specPath.child("ports");
  if (ports.length === 0 && !headless && type !== "ExternalName")
    found.push(required("service-ports-missing", portsPath));
  checkType(spec, type, headless, found);
  checkPorts(ports, portsPath, found);
  found.push(...validateLabels(objectAt(spec, "selector"), specPath.child("selector")));
  checkAffinity(spec, found);
  checkExternalAddresses(spec, found, target);
  checkChoice(type, types, specPath.child("type"), found);
  if (type === "ClusterIP") {
    for (const [index, port] of ports.entries()) {
      if ((numberAt(port, "nodePort") ?? 0) !== 0) {
        found.push(forbidden("node-port-not-allowed", portsPath.index(index).child("nodePort"), { type }));
      }
    }
  }
  checkRepeatedPorts(ports, portsPath, found);
  checkSourceRanges(spec, annotations, type, found, target);
  checkLoadBalancerFields(spec, type, found);
  checkTrafficPolicies(spec, type, found);
  return found;
}

function checkTopologyAnnotations(annotations: JsonObject | undefined, found: Problem[]): void {
  const hints = annotations?.["service.kubernetes.io/topology-aware-hints"];
  const mode = annotations?.["service.kubernetes.io/topology-mode"];
  if (hints !== undefined && mode !== undefined && hints !== mode) {
    const path = metadataPath.child("annotations").key("service.kubernetes.io/topology-mode");
    found.push(invalid("topology-annotations-differ", path, { value: String(mode), other: String(hints) }));
  }
}

function checkType(spec: JsonObject, type: string, headless: boolean, found: Problem[]): void {
  if (headless && (type === "LoadBalancer" || type === "NodePort")) {
    found.push(invalid("headless-not-allowed", specPath.child("clusterIPs").index(0), { value: "None", type }));
  }
  if (type !== "ExternalName") return;
  if (listAt(spec, "clusterIPs").length > 0)
    found.push(forbidden("not-for-external-name", specPath.child("clusterIPs")));
  if (listAt(spec, "ipFamilies").length > 0)
    found.push(forbidden("not-for-external-name", specPath.child("ipFamilies")));
  if (spec["ipFamilyPolicy"] !== undefined)
    found.push(forbidden("not-for-external-name", specPath.child("ipFamilyPolicy")));
  const name = stringAt(spec, "externalName").replace(/\.$/, "");
  if (name === "") found.push(required("field-required", specPath.child("externalName"), { field: "externalName" }));
  else checkFormat("invalid-dns-subdomain", name, specPath.child("externalName"), found);
}

function checkPorts(ports: readonly JsonObject[], path: FieldPath, found: Problem[]): void {
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const at = path.index(index);
    const name = stringAt(port, "name");
    if (name === "") {
      if (ports.length > 1) found.push(required("service-port-name-missing", at.child("name")));
    } else {
      checkFormat("invalid-dns-label", name, at.child("name"), found);
      if (names.has(name)) found.push(duplicate("service-port-name-repeated", at.child("name"), { value: name }));
      names.add(name);
    }
    checkRange(numberAt(port, "port") ?? 0, 1, 65535, at.child("port"), found);
    checkChoice(stringAt(port, "protocol"), ["SCTP", "TCP", "UDP"], at.child("protocol"), found);
    checkPort(port["targetPort"], at.child("targetPort"), found);
    const protocol = port["appProtocol"];
    if (typeof protocol === "string") checkFormat("invalid-qualified-name", protocol, at.child("appProtocol"), found);
  }
}

function checkAffinity(spec: JsonObject, found: Problem[]): void {
  const affinity = stringAt(spec, "sessionAffinity");
  checkChoice(affinity, ["ClientIP", "None"], specPath.child("sessionAffinity"), found);
  const config = objectAt(spec, "sessionAffinityConfig");
  const path = specPath.child("sessionAffinityConfig");
  if (affinity === "None" && config) found.push(forbidden("affinity-config-not-allowed", path));
  if (affinity !== "ClientIP") return;
  const clientIP = objectAt(config, "clientIP");
  const seconds = numberAt(clientIP, "timeoutSeconds");
  if (!config) found.push(required("field-required", path, { field: "sessionAffinityConfig" }));
  else if (!clientIP) found.push(required("field-required", path.child("clientIP"), { field: "clientIP" }));
  else if (seconds === undefined) {
    found.push(required("field-required", path.child("clientIP").child("timeoutSeconds"), { field: "timeoutSeconds" }));
  } else if (seconds <= 0 || seconds > longestAffinity) {
    const at = path.child("clientIP").child("timeoutSeconds");
    found.push(invalid("out-of-range", at, { value: seconds, min: 1, max: longestAffinity }));
  }
}

/** Addresses that cannot be routed to from outside. Models ValidateNonSpecialIP. */
function specialAddress(text: string): string | undefined {
  const bytes = addressBytes(text);
  if (!bytes) return undefined;
  const isV4 = bytes.length === 4;
  if (bytes.every((byte) => byte === 0)) return "unspecified";
  const loopback = isV4 ? bytes[0] === 127 : bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1;
  if (loopback) return "loopback";
  const linkLocal = isV4
    ? bytes[0] === 169 && bytes[1] === 254
    : bytes[0] === 0xfe && ((bytes[1] ?? 0) & 0xc0) === 0x80;
  if (linkLocal) return "link-local";
  const multicast = isV4
    ? bytes[0] === 224 && bytes[1] === 0 && bytes[2] === 0
    : bytes[0] === 0xff && ((bytes[1] ?? 0) & 0x0f) === 2;
  return multicast ? "link-local-multicast" : undefined;
}

function checkExternalAddresses(spec: JsonObject, found: Problem[], target: Target): void {
  for (const [index, entry] of listAt(spec, "externalIPs").entries()) {
    const path = specPath.child("externalIPs").index(index);
    const address = String(entry);
    if (!checkAddress(address, path, found, target)) continue;
    const special = specialAddress(address);
    if (special) found.push(invalid("special-ip-address", path, { value: address, range: special }));
  }
}

function checkRepeatedPorts(ports: readonly JsonObject[], path: FieldPath, found: Problem[]): void {
  const nodePorts = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const nodePort = numberAt(port, "nodePort") ?? 0;
    if (nodePort === 0) continue;
    const key = `${stringAt(port, "protocol")}/${nodePort}`;
    if (nodePorts.has(key))
      found.push(duplicate("node-port-repeated", path.index(index).child("nodePort"), { value: String(nodePort) }));
    nodePorts.add(key);
  }
  const numbers = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const key = `${stringAt(port, "protocol")}/${numberAt(port, "port") ?? 0}`;
    if (numbers.has(key)) found.push(duplicate("service-port-repeated", path.index(index), { value: key }));
    numbers.add(key);
  }
}

const rangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";

function checkSourceRanges(
  spec: JsonObject,
  annotations: JsonObject | undefined,
  type: string,
  found: Problem[],
  target: Target,
): void {
  const ranges = listAt(spec, "loadBalancerSourceRanges");
  // The server's spelling of the field begins with a capital.
  const path = specPath.silent("loadBalancerSourceRanges").spelled("LoadBalancerSourceRanges");
  if (ranges.length > 0) {
    if (type !== "LoadBalancer") found.push(forbidden("only-for-load-balancers", path, { type }));
    for (const [index, range] of ranges.entries())
      checkRangeOfAddresses(String(range).trim(), path.index(index), found, target);
    return;
  }
  const value = annotations?.[rangesAnnotation];
  if (typeof value !== "string") return;
  const at = metadataPath.child("annotations").key(rangesAnnotation);
  if (type !== "LoadBalancer") found.push(forbidden("only-for-load-balancers", at, { type }));
  if (value.trim() === "") return;
  for (const range of value.trim().split(",")) checkRangeOfAddresses(range.trim(), at, found, target);
}

function checkLoadBalancerFields(spec: JsonObject, type: string, found: Problem[]): void {
  const balances = type === "LoadBalancer";
  const allocate = specPath.child("allocateLoadBalancerNodePorts");
  if (spec["allocateLoadBalancerNodePorts"] !== undefined && !balances) {
    found.push(forbidden("only-for-load-balancers", allocate, { type }));
  }
  const name = spec["loadBalancerClass"];
  if (typeof name !== "string") return;
  const path = specPath.child("loadBalancerClass");
  if (!balances) found.push(forbidden("only-for-load-balancers", path, { type }));
  else checkFormat("invalid-qualified-name", name, path, found);
}

function checkTrafficPolicies(spec: JsonObject, type: string, found: Problem[]): void {
  const external = stringAt(spec, "externalTrafficPolicy");
  const path = specPath.child("externalTrafficPolicy");
  const accessible =
    type === "LoadBalancer" || type === "NodePort" || (type === "ClusterIP" && listAt(spec, "externalIPs").length > 0);
  if (accessible) checkChoice(external, ["Cluster", "Local"], path, found);
  else if (external !== "") found.push(invalid("not-externally-accessible", path, { value: external }));
  const health = numberAt(spec, "healthCheckNodePort") ?? 0;
  const healthPath = specPath.child("healthCheckNodePort");
  if (health !== 0 && !(type === "LoadBalancer" && external === "Local")) {
    found.push(invalid("health-check-port-not-allowed", healthPath, { value: health }));
  } else if (health !== 0) checkRange(health, 1, 65535, healthPath, found);
  const internal = spec["internalTrafficPolicy"];
  const internalPath = specPath.child("internalTrafficPolicy");
  if (typeof internal === "string" && internal !== "Cluster" && internal !== "Local") {
    found.push(notSupported("value-not-supported", internalPath, internal, ["Cluster", "Local"]));
  }
  const distribution = spec["trafficDistribution"];
  const allowed = ["PreferClose", "PreferSameZone", "PreferSameNode"];
  if (typeof distribution === "string" && !allowed.includes(distribution)) {
    found.push(notSupported("value-not-supported", specPath.child("trafficDistribution"), distribution, allowed));
  }
}
