/** What is borne with of old objects, kind by kind. Models the validation options that the registry takes from old objects. */
import type { Tolerance } from "./tolerance.ts";

const sort = (path: RegExp, ...codes: string[]): Tolerance =>
  codes.length > 0 ? { path, codes, scope: "sort" } : { path, scope: "sort" };
const value = (path: RegExp): Tolerance => ({ path, codes: ["invalid-ip-address", "invalid-cidr"], scope: "value" });

/** Of pods and of templates. Models GetValidationOptionsFromPodSpecAndMeta of pkg/api/pod/util.go. */
export const inPods: readonly Tolerance[] = [
  sort(/\.topologySpreadConstraints\[\d+\]\.labelSelector/),
  sort(/\.(?:podAffinity|podAntiAffinity)\..*matchExpressions\[\d+\]\.values/, "invalid-label-value"),
  sort(/\.nodeAffinity\.requiredDuring.*\.values/, "invalid-label-value"),
  sort(/\.projected\.path$/),
  sort(/annotations\[controller\.kubernetes\.io\/pod-deletion-cost\]$/),
  sort(/resources\.(?:limits|requests)\[hugepages-/),
  sort(/annotations\[container\.apparmor\.security\.beta\.kubernetes\.io\//),
];

export const inServices: readonly Tolerance[] = [
  value(/^spec\.externalIPs\[/),
  value(/^spec\.LoadBalancerSourceRanges\[/),
  value(/^metadata\.annotations\[service\.beta\.kubernetes\.io\/load-balancer-source-ranges\]/),
  value(/^spec\.clusterIPs\[/),
];

export const inBudgets: readonly Tolerance[] = [
  sort(/^spec\.selector\.matchExpressions\[\d+\]\.values/, "invalid-label-value"),
];

export const inNetworkPolicies: readonly Tolerance[] = [
  sort(/matchExpressions\[\d+\]\.values/, "invalid-label-value"),
  value(/\.ipBlock\.(?:cidr|except\[)/),
];

export const inIngresses: readonly Tolerance[] = [
  sort(/^spec\.rules\[\d+\]\.http\.paths\[\d+\]\.path$/, "path-part-not-allowed"),
  sort(/^spec\.tls\[\d+\]\.secretName$/),
];

export const inClaims: readonly Tolerance[] = [sort(/^spec\.dataSource(?:Ref)?\.apiGroup$/)];
