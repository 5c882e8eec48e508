/** What may not change of a Service. Models ValidateServiceUpdate of pkg/apis/core/validation. */

import { semanticEqual } from "./equality.ts";
import { FieldPath, forbidden, invalid } from "./field-path.ts";
import { type JsonObject, listAt, numberAt, stringAt } from "./json.ts";
import type { Problem } from "./problem.ts";
import { isBalanced, needsAddress, needsHealthCheck } from "./service-types.ts";
import { specOf } from "./workload-checks.ts";

const specPath = FieldPath.root.child("spec");

/** What may not change from one stored Service to another. */
export function serviceChanges(before: JsonObject, after: JsonObject): Problem[] {
  const [old, spec] = [specOf(before), specOf(after)];
  const found: Problem[] = [];
  if (needsAddress(old) && needsAddress(spec)) addressChanges(old, spec, found);
  if (isBalanced(old) && isBalanced(spec) && !semanticEqual(old["loadBalancerClass"], spec["loadBalancerClass"])) {
    const value = stringAt(spec, "loadBalancerClass");
    found.push(invalid("immutable", specPath.child("loadBalancerClass"), { value }));
  }
  const port = numberAt(spec, "healthCheckNodePort");
  const isOther = port !== undefined && port !== numberAt(old, "healthCheckNodePort");
  if (isOther && needsHealthCheck(old) && needsHealthCheck(spec)) {
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
