/** What the server accepts in Services but warns about. Models pkg/api/service/warnings.go */
import { addressBytes, ipAddress } from "./addresses.ts";
import { FieldPath, warning } from "./field-path.ts";
import { type JsonObject, listAt, objectAt, stringAt } from "./json.ts";
import { canonicalIPv6 } from "./pod/ipv6-text.ts";
import type { Problem } from "./problem.ts";
import { metadataOf, specOf } from "./workload-checks.ts";

const annotationsPath = FieldPath.root.child("metadata").child("annotations");
const specPath = FieldPath.root.child("spec");

const hintsAnnotation = "service.kubernetes.io/topology-aware-hints";
const modeAnnotation = "service.kubernetes.io/topology-mode";

/**
 * The warnings for a Service, decoded and defaulted. `path` is the part of the server's text before the first `: `,
 * which is the whole text where the server names no field.
 */
export function serviceWarnings(object: unknown): Problem[] {
  const spec = specOf(object);
  const found: Problem[] = [];
  const type = stringAt(spec, "type");
  const isHeadless = type === "ClusterIP" && stringAt(spec, "clusterIP") === "None";
  const externalIPs = listAt(spec, "externalIPs").map(String);
  if (objectAt(metadataOf(object), "annotations")?.[hintsAnnotation] !== undefined) {
    const at = annotationsPath.key(hintsAnnotation);
    const text = `annotation ${hintsAnnotation} is deprecated, please use ${modeAnnotation} instead`;
    found.push(
      warning("topology-hints-replaced", at.as(text), { value: hintsAnnotation, replacement: modeAnnotation }),
    );
  }
  const clusterIP = stringAt(spec, "clusterIP");
  if (clusterIP !== "" && clusterIP !== "None") addressWarnings(spec, "clusterIPs", found);
  if (isHeadless) headlessWarnings(spec, externalIPs, found);
  addressWarnings(spec, "externalIPs", found);
  if (externalIPs.length > 0 && !isHeadless && type !== "ExternalName") {
    const text = "spec.externalIPs is deprecated and may no longer be implemented in some clusters";
    found.push(warning("external-ips-deprecated", specPath.child("externalIPs").as(text)));
  }
  const balancer = stringAt(spec, "loadBalancerIP");
  if (balancer !== "") addressWarning(balancer, specPath.child("loadBalancerIP"), found);
  rangeWarnings(spec, found);
  if (type === "ExternalName" && externalIPs.length > 0) {
    const text = 'spec.externalIPs is ignored when spec.type is "ExternalName"';
    found.push(warning("ignored-for-external-name", specPath.child("externalIPs").as(text), { field: "externalIPs" }));
  }
  if (type !== "ExternalName" && stringAt(spec, "externalName") !== "") {
    const text = 'spec.externalName is ignored when spec.type is not "ExternalName"';
    found.push(warning("external-name-ignored", specPath.child("externalName").as(text), { type }));
  }
  if (spec["trafficDistribution"] === "PreferClose") {
    const params = { value: "PreferClose", replacement: "PreferSameZone" };
    found.push(warning("traffic-distribution-replaced", specPath.child("trafficDistribution"), params));
  }
  return found;
}

function headlessWarnings(spec: JsonObject, externalIPs: readonly string[], found: Problem[]): void {
  const ignore = (field: string, spelling: string): void => {
    const at = specPath.child(field).as(`spec.${spelling} is ignored for headless services`);
    found.push(warning("ignored-for-headless", at, { field }));
  };
  if (stringAt(spec, "loadBalancerIP") !== "") ignore("loadBalancerIP", "loadBalancerIP");
  if (externalIPs.length > 0) ignore("externalIPs", "externalIPs");
  if (stringAt(spec, "sessionAffinity") !== "None") ignore("sessionAffinity", "SessionAffinity");
}

function addressWarnings(spec: JsonObject, key: string, found: Problem[]): void {
  for (const [index, address] of listAt(spec, key).entries()) {
    addressWarning(String(address), specPath.child(key).index(index), found);
  }
}

/** An address that is read but not in its usual form; what is no address is not looked at. */
function addressWarning(text: string, path: FieldPath, found: Problem[]): void {
  if (addressBytes(text) === undefined) return;
  const rules = ipAddress(text);
  if (rules.length > 0) found.push(warning("address-not-standard", path, { value: text, rules }));
  else reportCanonical(text, text, "", path, found);
}

function rangeWarnings(spec: JsonObject, found: Problem[]): void {
  for (const [index, range] of listAt(spec, "loadBalancerSourceRanges").entries()) {
    const text = String(range);
    const slash = text.indexOf("/");
    const at = specPath.child("loadBalancerSourceRanges").index(index);
    if (slash >= 0) reportCanonical(text, text.slice(0, slash), text.slice(slash), at, found);
  }
}

function reportCanonical(text: string, address: string, rest: string, path: FieldPath, found: Problem[]): void {
  const canonical = canonicalIPv6(address);
  if (canonical === undefined || canonical + rest === text) return;
  found.push(warning("ipv6-not-canonical", path, { value: text, canonical: canonical + rest }));
}
