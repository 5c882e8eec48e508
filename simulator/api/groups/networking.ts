/** NetworkPolicies. Models pkg/apis/networking/validation (ValidateNetworkPolicySpec). */

import { rangeWarning } from "../address-warnings.ts";
import { addressBytes } from "../addresses.ts";
import { checkRangeOfAddresses } from "../check-address.ts";
import { checkFormat } from "../check-format.ts";
import { type Draft, draftsAt, ensure, fill } from "../defaults-pod.ts";
import { type FieldPath, forbidden, invalid, notSupported, required } from "../field-path.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import { validateLabelSelector } from "../label-selector.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";
import { specOf } from "../workload-checks.ts";
import { metadataProblems, specPath } from "./shared.ts";

const sides = [
  ["ingress", "from"],
  ["egress", "to"],
] as const;

/** A policy is about ingress, and about egress too when it has rules for it. */
export function defaultNetworkPolicy(object: Draft): void {
  const spec = ensure(object, "spec");
  for (const [side] of sides) {
    for (const rule of draftsAt(spec, side)) {
      for (const port of draftsAt(rule, "ports")) fill(port, "protocol", "TCP");
    }
  }
  const types = spec["policyTypes"];
  if (Array.isArray(types) && types.length > 0) return;
  spec["policyTypes"] = draftsAt(spec, "egress").length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
}

export function validateNetworkPolicy(object: JsonObject, target: Target): Problem[] {
  const spec = specOf(object);
  const found = metadataProblems(object, target, true);
  found.push(...validateLabelSelector(objectAt(spec, "podSelector"), specPath.child("podSelector")));
  for (const [side, peers] of sides) {
    for (const [index, entry] of listAt(spec, side).entries()) {
      const rule = asObject(entry);
      const at = specPath.child(side).index(index);
      for (const [place, port] of listAt(rule, "ports").entries())
        checkPort(asObject(port), at.child("ports").index(place), found);
      for (const [place, peer] of listAt(rule, peers).entries()) {
        checkPeer(asObject(peer), at.child(peers).index(place), found, target);
      }
    }
  }
  checkTypes(listAt(spec, "policyTypes").map(String), found);
  return found;
}

function checkTypes(types: readonly string[], found: Problem[]): void {
  const path = specPath.child("policyTypes");
  const allowed = ["Ingress", "Egress"];
  if (types.length > allowed.length)
    found.push(invalid("too-many-items", path, { actual: types.length, limit: allowed.length }));
  for (const [index, type] of types.entries()) {
    if (!allowed.includes(type)) found.push(notSupported("value-not-supported", path.index(index), type, allowed));
  }
}

function checkPort(entry: JsonObject, path: FieldPath, found: Problem[]): void {
  const protocol = stringAt(entry, "protocol");
  const allowed = ["SCTP", "TCP", "UDP"];
  if (!allowed.includes(protocol))
    found.push(notSupported("value-not-supported", path.child("protocol"), protocol, allowed));
  const { port } = entry;
  const end = numberAt(entry, "endPort");
  const endPath = path.child("endPort");
  if (typeof port === "number") {
    checkNumber(port, path.child("port"), found);
    if (end === undefined) return;
    if (end < port) found.push(invalid("below-minimum", endPath, { value: end, min: port }));
    checkNumber(end, endPath, found);
  } else {
    if (typeof port === "string") checkFormat("invalid-port-name", port, path.child("port"), found);
    if (end !== undefined) found.push(invalid("end-port-without-number", endPath, { value: end }));
  }
}

function checkNumber(port: number, path: FieldPath, found: Problem[]): void {
  if (port < 1 || port > 65_535) found.push(invalid("out-of-range", path, { value: port, min: 1, max: 65_535 }));
}

function checkPeer(peer: JsonObject, path: FieldPath, found: Problem[], target: Target): void {
  const selectors = ["podSelector", "namespaceSelector"].filter((key) => objectAt(peer, key));
  for (const key of selectors) found.push(...validateLabelSelector(objectAt(peer, key), path.child(key)));
  const block = objectAt(peer, "ipBlock");
  if (block) checkBlock(block, path.child("ipBlock"), found, target);
  if (!block && selectors.length === 0)
    found.push(required("one-of-missing", path, { fields: ["podSelector", "namespaceSelector", "ipBlock"] }));
  else if (block && selectors.length > 0)
    found.push(forbidden("fields-exclusive", path, { fields: ["ipBlock", ...selectors] }));
}

function checkBlock(block: JsonObject, path: FieldPath, found: Problem[], target: Target): void {
  const cidr = stringAt(block, "cidr");
  const at = path.child("cidr");
  if (cidr === "") {
    found.push(required("field-required", at, { field: "cidr" }));
    return;
  }
  if (!checkRangeOfAddresses(cidr, at, found, target)) return;
  for (const [index, entry] of listAt(block, "except").entries()) {
    const except = String(entry);
    const here = path.child("except").index(index);
    if (!checkRangeOfAddresses(except, here, found, target)) continue;
    if (!isWithin(except, cidr)) found.push(invalid("except-not-within", here, { value: except, range: cidr }));
  }
}

/** Whether a range is a part of another one, and not all of it. */
function isWithin(inner: string, outer: string): boolean {
  const [a = "", aBits = ""] = inner.split("/");
  const [b = "", bBits = ""] = outer.split("/");
  const [small, large] = [addressBytes(a), addressBytes(b)];
  if (!small || !large || small.length !== large.length || Number(aBits) <= Number(bBits)) return false;
  return large.every((byte, index) => {
    const kept = Math.min(8, Math.max(0, Number(bBits) - index * 8));
    const mask = (0xff00 >> kept) & 255;
    return (byte & mask) === ((small[index] ?? 0) & mask);
  });
}

/** Ranges that are read but not in their usual form. */
export function networkPolicyWarnings(object: JsonObject): readonly Problem[] {
  const spec = specOf(object);
  const found: Problem[] = [];
  for (const [side, peers] of sides) {
    for (const [index, rule] of listAt(spec, side).entries()) {
      for (const [place, peer] of listAt(asObject(rule), peers).entries()) {
        const block = objectAt(asObject(peer), "ipBlock");
        const at = specPath.child(side).index(index).child(peers).index(place).child("ipBlock");
        if (block) rangeWarning(stringAt(block, "cidr"), at.child("cidr"), found);
        for (const [each, except] of listAt(block, "except").entries()) {
          rangeWarning(String(except), at.child("except").index(each), found);
        }
      }
    }
  }
  return found;
}
