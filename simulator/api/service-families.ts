/**
 * The addresses of a Service: which families they are of, and which are chosen or given back.
 * Models initIPFamilyFields and updateClusterIPs of pkg/registry/core/service/storage/alloc.go.
 */
import { ipFamily } from "./addresses.ts";
import type { Draft } from "./defaults-pod.ts";
import { semanticEqual } from "./equality.ts";
import { FieldPath, invalid } from "./field-path.ts";
import { type JsonObject, listAt, objectAt, stringAt } from "./json.ts";
import type { Problem } from "./problem.ts";
import { clusterAddressProblems } from "./service-address-rules.ts";
import type { ServiceRanges } from "./service-ranges.ts";
import { isExternalName, isHeadless, needsAddress } from "./service-types.ts";
import type { Target } from "./target.ts";

const policyPath = FieldPath.root.child("spec").child("ipFamilyPolicy");
const specPath = FieldPath.root.child("spec");

const other = (family: string): string => (family === "IPv4" ? "IPv6" : "IPv4");
const textsAt = (spec: JsonObject, key: string): readonly string[] => listAt(spec, key).map(String);
const isOpen = (spec: JsonObject): boolean =>
  stringAt(spec, "clusterIP") === "None" && Object.keys(objectAt(spec, "selector") ?? {}).length === 0;

/** Gives a spec its families and their policy, in place; what the addresses forbid is a problem, and ends the matter. */
export function chooseFamilies(
  spec: Draft,
  old: JsonObject | undefined,
  ranges: ServiceRanges,
  target: Target,
): readonly Problem[] {
  if (isExternalName(spec) || isSettled(spec, old)) return [];
  spec["ipFamilyPolicy"] ??= old?.["ipFamilyPolicy"] ?? (isOpen(spec) ? "RequireDualStack" : "SingleStack");
  const found = clusterAddressProblems(spec, target);
  if (found.length > 0) return found;
  const isSingle = spec["ipFamilyPolicy"] === "SingleStack";
  if (old) found.push(...(isSingle ? shortened(spec, old) : reduced(spec, old)));
  if (isSingle) {
    for (const field of ["clusterIPs", "ipFamilies"]) {
      if (listAt(spec, field).length === 2) found.push(invalid("ip-family-policy-single", policyPath, { field }));
    }
  }
  inferFamilies(spec, ranges, found);
  if (found.length > 0) return found;
  const families = [...textsAt(spec, "ipFamilies")];
  if (isOpen(spec)) {
    if (families.length === 0) families.push(ranges.families[0] ?? "IPv4");
    if (families.length < 2 && !isSingle) families.push(other(families[0] ?? ""));
    spec["ipFamilies"] = families;
    return [];
  }
  if (ranges.isKnown) checkConfigured(spec, families, ranges, found);
  if (found.length > 0) return found;
  if (families.length === 0) families.push(ranges.families[0] ?? "IPv4");
  if (!isSingle && families.length === 1 && ranges.families.length === 2) families.push(other(families[0] ?? ""));
  spec["ipFamilies"] = families;
  return [];
}

/** A Service that prefers two families keeps what it has until something about its addresses is changed. */
function isSettled(spec: JsonObject, old: JsonObject | undefined): boolean {
  return (
    old !== undefined &&
    needsAddress(spec) &&
    old["type"] === spec["type"] &&
    spec["ipFamilyPolicy"] === "PreferDualStack" &&
    (old["ipFamilyPolicy"] ?? "PreferDualStack") === "PreferDualStack" &&
    semanticEqual(old["clusterIPs"], spec["clusterIPs"]) &&
    semanticEqual(old["ipFamilies"], spec["ipFamilies"])
  );
}

/** One family: a second one that was left as it was goes. */
function shortened(spec: Draft, old: JsonObject): readonly Problem[] {
  for (const key of ["clusterIPs", "ipFamilies"]) {
    const list = listAt(spec, key);
    if (list.length > 1 && semanticEqual(list, listAt(old, key))) spec[key] = list.slice(0, 1);
  }
  return [];
}

/** Two families: leaving one out needs the word of the policy. */
function reduced(spec: JsonObject, old: JsonObject): readonly Problem[] {
  return ["clusterIPs", "ipFamilies"].flatMap((key) => {
    const [before, after] = [listAt(old, key).length, listAt(spec, key).length];
    return after > 0 && after < before ? [invalid("ip-family-policy-not-single", policyPath)] : [];
  });
}

/** Families that are not named are those of the addresses that are given. */
function inferFamilies(spec: Draft, ranges: ServiceRanges, found: Problem[]): void {
  const families = [...textsAt(spec, "ipFamilies")];
  const addresses = textsAt(spec, "clusterIPs");
  for (const [index, address] of addresses.entries()) {
    if (address === "None") break;
    if (index < families.length) continue;
    const family = `IPv${ipFamily(address) ?? 4}`;
    if (ranges.isKnown && !ranges.families.includes(family)) {
      found.push(invalid("ip-family-not-configured", specPath.child("clusterIPs").index(index), { value: family }));
    } else families.push(family);
  }
  if (families.length > 0) spec["ipFamilies"] = families;
}

function checkConfigured(spec: JsonObject, families: readonly string[], ranges: ServiceRanges, found: Problem[]): void {
  if (spec["ipFamilyPolicy"] === "RequireDualStack" && ranges.families.length < 2) {
    found.push(invalid("cluster-not-dual-stack", policyPath));
  }
  for (const [index, family] of families.entries()) {
    if (ranges.families.includes(family)) continue;
    found.push(invalid("ip-family-not-configured", specPath.child("ipFamilies").index(index), { value: family }));
  }
}

/** Gives a spec the addresses that it lacks, in place; one that another Service has ends the matter. */
export function chooseAddresses(spec: Draft, old: JsonObject | undefined, ranges: ServiceRanges): readonly Problem[] {
  if (isExternalName(spec) || isHeadless(spec) || (old && isHeadless(old))) return [];
  if (isSettled(spec, old)) return [];
  const families = textsAt(spec, "ipFamilies");
  const isUpgrade = old !== undefined && listAt(old, "ipFamilies").length === 1 && families.length === 2;
  if (old && !isExternalName(old) && !isUpgrade) return [];
  const addresses = [...textsAt(spec, "clusterIPs")];
  const fresh = isUpgrade ? addresses.slice(1) : addresses;
  const taken = fresh.find((address) => address !== "" && ranges.isTaken(address));
  if (taken !== undefined) return [invalid("cluster-ip-taken", specPath.child("clusterIPs"), { value: taken })];
  for (const [index, family] of families.entries()) addresses[index] ||= ranges.address(family);
  spec["clusterIPs"] = addresses;
  spec["clusterIP"] = addresses[0] ?? "";
  return [];
}
