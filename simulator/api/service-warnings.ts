/** What the server accepts in Services but warns about. Models pkg/api/service/warnings.go */
import { addressWarning, rangeWarning } from "./address-warnings.ts";
import { FieldPath, warning } from "./field-path.ts";
import { type JsonObject, listAt, objectAt, stringAt } from "./json.ts";
import type { Problem } from "./problem.ts";
import { since, type Target } from "./target.ts";
import { metadataOf, specOf } from "./workload-checks.ts";

const annotationsPath = FieldPath.root.child("metadata").child("annotations");
const specPath = FieldPath.root.child("spec");

const hintsAnnotation = "service.kubernetes.io/topology-aware-hints";
const modeAnnotation = "service.kubernetes.io/topology-mode";

/**
 * The warnings for a Service, decoded and defaulted. `path` is the part of the server's text before the first `: `,
 * which is the whole text where the server names no field.
 */
export function serviceWarnings(object: unknown, target: Target): Problem[] {
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
  if (externalIPs.length > 0 && !isHeadless && type !== "ExternalName" && since(target, "1.36")) {
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
  if (spec["trafficDistribution"] === "PreferClose" && since(target, "1.35")) {
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

function rangeWarnings(spec: JsonObject, found: Problem[]): void {
  for (const [index, range] of listAt(spec, "loadBalancerSourceRanges").entries()) {
    rangeWarning(String(range), specPath.child("loadBalancerSourceRanges").index(index), found);
  }
}
