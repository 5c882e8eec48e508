/** The addresses of a Service. Models ValidateServiceClusterIPsRelatedFields of pkg/apis/core/validation. */
import { ipFamily } from "./addresses.ts";
import { checkAddress } from "./check-address.ts";
import { duplicate, FieldPath, invalid, notSupported } from "./field-path.ts";
import { type JsonObject, listAt, stringAt } from "./json.ts";
import type { Problem } from "./problem.ts";
import { isHeadless } from "./service-types.ts";
import type { Target } from "./target.ts";

const specPath = FieldPath.root.child("spec");

/** What is wrong with the addresses and families that a spec gives. */
export function clusterAddressProblems(spec: JsonObject, target: Target): Problem[] {
  const found: Problem[] = [];
  const addresses = listAt(spec, "clusterIPs").map(String);
  const path = specPath.child("clusterIPs");
  const first = stringAt(spec, "clusterIP");
  if (addresses.length > 0 && first === "") found.push(invalid("cluster-ips-without-first", path));
  else if (addresses.length > 0 && addresses[0] !== first) {
    found.push(invalid("cluster-ips-first-differs", path, { value: addresses[0]!, expected: first }));
  }
  const families = listAt(spec, "ipFamilies").map(String);
  checkFamilies(families, found);
  const policy = spec["ipFamilyPolicy"];
  const policies = ["PreferDualStack", "RequireDualStack", "SingleStack"];
  if (typeof policy === "string" && !policies.includes(policy)) {
    found.push(notSupported("value-not-supported", specPath.child("ipFamilyPolicy"), policy, policies));
  }
  let broken = false;
  for (const [index, address] of addresses.entries()) {
    if (index === 0 && address === "None") {
      if (addresses.length > 1) {
        broken = true;
        found.push(invalid("cluster-ips-none-alone", path, { value: address }));
      }
    } else if (!checkAddress(address, path.index(index), found, target)) broken = true;
  }
  if (addresses.length > 2) found.push(invalid("cluster-ips-too-many", path, { actual: addresses.length, limit: 2 }));
  if (broken) return found;
  if (addresses.length > 1 && new Set(addresses.map(ipFamily)).size < 2) {
    found.push(invalid("cluster-ips-same-family", path));
  }
  if (isHeadless(spec) && addresses.length === 1) return found;
  for (const [index, address] of addresses.entries()) {
    const family = families[index];
    if (family === undefined) break;
    if (`IPv${ipFamily(address)}` !== family && (family === "IPv4" || family === "IPv6")) {
      found.push(invalid("cluster-ip-other-family", path.index(index), { value: address, family }));
    }
  }
  return found;
}

function checkFamilies(families: readonly string[], found: Problem[]): void {
  const path = specPath.child("ipFamilies");
  for (const [index, family] of families.entries()) {
    if (family !== "IPv4" && family !== "IPv6") {
      found.push(notSupported("value-not-supported", path.index(index), family, ["IPv4", "IPv6"]));
    }
    if (families.indexOf(family) < index)
      found.push(duplicate("ip-family-repeated", path.index(index), { value: family }));
  }
}
