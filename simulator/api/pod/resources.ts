/**
 * Requests and limits of containers, of a pod as a whole, and the overhead.
 * Models validateResourceRequirements and validatePodResourceConsistency of pkg/apis/core/validation, and
 * component-helpers/resource.
 */
import { checkFormat } from "../check-format.ts";
import { duplicate, type FieldPath, forbidden, invalid, notFound, required } from "../field-path.ts";
import { asObject, emptyObject, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { isNegative, isWhole, nanosOf } from "./amounts.ts";
import type { PodContext } from "./context.ts";
import {
  checkResourceName,
  isDivisibleByPage,
  isHugePages,
  isOvercommitAllowed,
  isWholeNumberResource,
  type ResourceLevel,
} from "./resource-names.ts";

export function validateResources(
  resources: JsonObject | undefined,
  level: ResourceLevel,
  path: FieldPath,
  context: PodContext,
): void {
  if (resources === undefined) return;
  const found = context.found;
  const limits = objectAt(resources, "limits") ?? emptyObject;
  const requests = objectAt(resources, "requests") ?? emptyObject;
  for (const name of Object.keys(limits))
    validateAmount(name, limits[name], level, path.child("limits").key(name), found);
  for (const name of Object.keys(requests)) {
    validateAmount(name, requests[name], level, path.child("requests").key(name), found);
    validateAgainstLimit(name, requests[name], limits[name], path, found);
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.includes("cpu") && !names.includes("memory")) {
    found.push(forbidden("huge-pages-alone", path));
  }
  validateClaims(resources, path.child("claims"), context);
}

/** What a runtime class adds to a pod; the server judges it as limits. */
export function validateOverhead(spec: JsonObject, path: FieldPath, context: PodContext): void {
  const overhead = objectAt(spec, "overhead");
  if (overhead === undefined) return;
  for (const name of Object.keys(overhead)) {
    const at = path.child("overhead").spelled("limits").key(name);
    validateAmount(name, overhead[name], "container", at, context.found);
  }
  const names = Object.keys(overhead);
  if (names.some(isHugePages) && !names.includes("cpu") && !names.includes("memory")) {
    context.found.push(forbidden("huge-pages-alone", path.child("overhead")));
  }
}

function validateAmount(name: string, value: unknown, level: ResourceLevel, path: FieldPath, found: Problem[]): void {
  checkResourceName(name, level, path, found);
  const text = String(value);
  if (isNegative(value)) found.push(invalid("negative", path, { value: text }));
  if (isWholeNumberResource(name) && !isWhole(value)) found.push(invalid("not-whole", path, { value: text }));
  if (isHugePages(name) && !isDivisibleByPage(name, value)) {
    found.push(invalid("huge-pages-not-divisible", path, { value: text, resource: name }));
  }
}

function validateAgainstLimit(name: string, request: unknown, limit: unknown, path: FieldPath, found: Problem[]): void {
  // The server names the map; the entry is where the mistake stands.
  const at = path.child("requests").silent(name);
  const params = { resource: name, value: String(request), limit: String(limit) };
  if (limit === undefined) {
    if (!isOvercommitAllowed(name)) found.push(required("limit-missing", path.child("limits"), { resource: name }));
    return;
  }
  const difference = (nanosOf(request) ?? 0n) - (nanosOf(limit) ?? 0n);
  if (difference !== 0n && !isOvercommitAllowed(name)) found.push(invalid("request-not-limit", at, params));
  else if (difference > 0n) found.push(invalid("request-above-limit", at, params));
}

/** Claims of a container: names of the pod's claims, each once or each of its requests once. */
function validateClaims(resources: JsonObject, path: FieldPath, context: PodContext): void {
  const found = context.found;
  const seen = new Set<string>();
  for (const [index, entry] of listAt(resources, "claims").entries()) {
    const claim = asObject(entry);
    const at = path.index(index);
    const name = stringAt(claim, "name");
    if (name === "") {
      found.push(required("field-required", at, { field: "name" }));
      continue;
    }
    if (seen.has(name)) found.push(duplicate("duplicate-claim", at, { value: name }));
    else {
      const request = stringAt(claim, "request");
      if (request !== "") checkFormat("invalid-dns-label", request, at.child("request"), found);
      const key = request === "" ? name : `${name}/${request}`;
      if (seen.has(key) || (request === "" && [...seen].some((other) => other.startsWith(`${name}/`)))) {
        found.push(duplicate("duplicate-claim", at, { value: key }));
      }
      seen.add(key);
    }
    if (!context.claimNames.has(name)) {
      found.push(notFound("claim-not-found", at, { name, allowed: [...context.claimNames].sort() }));
    }
  }
}

/** Requests and limits of the pod as a whole, against themselves and against its containers. */
export function validatePodLevelResources(spec: JsonObject, path: FieldPath, context: PodContext): void {
  const resources = objectAt(spec, "resources");
  if (resources === undefined) return;
  const found = context.found;
  const at = path.child("resources");
  if (Array.isArray(resources["claims"])) found.push(forbidden("claims-at-pod-level", at.child("claims")));
  validateResources(resources, "pod", at, context);

  const requests = objectAt(resources, "requests") ?? emptyObject;
  const limits = objectAt(resources, "limits") ?? emptyObject;
  for (const [name, sum] of sumOfContainers(spec, "requests")) {
    const request = nanosOf(requests[name]);
    if (request !== undefined && sum > request) {
      const params = { resource: name, value: String(requests[name]) };
      found.push(invalid("pod-request-below-containers", at.child("requests").key(name), params));
    }
  }
  for (const [name, sum] of sumOfContainers(spec, "limits")) {
    const limit = nanosOf(limits[name]);
    if (isHugePages(name) && limit !== undefined && sum > limit) {
      const params = { resource: name, value: String(limits[name]) };
      found.push(invalid("pod-limit-below-containers", at.child("limits").key(name), params));
    }
  }
  for (const [index, container] of listAt(spec, "containers").entries()) {
    const containerLimits = objectAt(objectAt(asObject(container), "resources"), "limits") ?? emptyObject;
    for (const name of Object.keys(containerLimits)) {
      const limit = nanosOf(limits[name]);
      if (limit === undefined || (nanosOf(containerLimits[name]) ?? 0n) <= limit) continue;
      const real = path.child("containers").index(index).child("resources").child("limits").silent(name);
      const spelled = real.as(`${at.text}.containers[${index}][${name}].limits`);
      const params = { resource: name, value: String(containerLimits[name]), limit: String(limits[name]) };
      found.push(invalid("container-limit-above-pod", spelled, params));
    }
  }
}

/**
 * What the containers need together: the sum of those that run at the same time, or the most that a starting init
 * container needs beside the sidecars before it.
 */
function sumOfContainers(spec: JsonObject, key: "requests" | "limits"): ReadonlyMap<string, bigint> {
  const sum = new Map<string, bigint>();
  const add = (into: Map<string, bigint>, amounts: JsonObject) => {
    for (const name of Object.keys(amounts)) into.set(name, (into.get(name) ?? 0n) + (nanosOf(amounts[name]) ?? 0n));
  };
  const amountsOf = (container: unknown): JsonObject =>
    objectAt(objectAt(asObject(container as JsonObject), "resources"), key) ?? emptyObject;
  for (const container of listAt(spec, "containers")) add(sum, amountsOf(container));

  const sidecars = new Map<string, bigint>();
  const most = new Map<string, bigint>();
  for (const container of listAt(spec, "initContainers")) {
    const amounts = amountsOf(container);
    const isSidecar = stringAt(asObject(container), "restartPolicy") === "Always";
    const needed = new Map(sidecars);
    add(needed, amounts);
    if (isSidecar) {
      add(sum, amounts);
      add(sidecars, amounts);
    }
    for (const [name, amount] of needed) if (amount > (most.get(name) ?? 0n)) most.set(name, amount);
  }
  for (const [name, amount] of most) if (amount > (sum.get(name) ?? 0n)) sum.set(name, amount);
  return sum;
}
