/** Names of resources. Models pkg/apis/core/helper/helpers.go */
import { checkFormat } from "../check-format.ts";
import { type FieldPath, invalid, notSupported } from "../field-path.ts";
import { qualifiedName } from "../formats.ts";
import type { Problem } from "../problem.ts";
import { nanosOf, unitsOf } from "./amounts.ts";

const hugePagesPrefix = "hugepages-";
const containerResources: ReadonlySet<string> = new Set(["cpu", "memory", "ephemeral-storage"]);
const podLevelResources = ["cpu", "hugepages-", "memory"];
/** Counted things that can stand in a quota: whole numbers only. */
const countedResources: ReadonlySet<string> = new Set([
  "pods",
  "services",
  "replicationcontrollers",
  "resourcequotas",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
]);
/** Other names without a prefix that Kubernetes knows, in quotas and on nodes. */
const otherStandardResources: ReadonlySet<string> = new Set([
  "storage",
  "requests.cpu",
  "requests.memory",
  "requests.storage",
  "requests.ephemeral-storage",
  "limits.cpu",
  "limits.memory",
  "limits.ephemeral-storage",
]);

export function isHugePages(name: string): boolean {
  return name.startsWith(hugePagesPrefix);
}

function isNative(name: string): boolean {
  return !name.includes("/") || name.includes("kubernetes.io/");
}

/** `example.com/gpu` and the like. */
export function isExtended(name: string): boolean {
  if (isNative(name) || name.startsWith("requests.")) return false;
  return qualifiedName(`requests.${name}`).length === 0;
}

/** Whether requests may be below limits. */
export function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

export function isWholeNumberResource(name: string): boolean {
  return countedResources.has(name) || isExtended(name);
}

/** Which names are allowed: on containers any known or prefixed one, on a pod as a whole only three. */
export type ResourceLevel = "container" | "pod";

export function checkResourceName(name: string, level: ResourceLevel, path: FieldPath, found: Problem[]): void {
  const fine = checkFormat("invalid-qualified-name", name, path, found);
  if (level === "pod") {
    if (!fine) return;
    if (!name.includes("/") && !isStandard(name)) found.push(invalid("resource-unknown", path, { value: name }));
    else if (name !== "cpu" && name !== "memory" && !isHugePages(name)) {
      found.push(notSupported("resource-not-for-pods", path, name, podLevelResources));
    }
  } else if (!name.includes("/")) {
    if (!containerResources.has(name) && !isHugePages(name)) {
      found.push(invalid(isStandard(name) ? "resource-not-for-containers" : "resource-unknown", path, { value: name }));
    }
  } else if (!isNative(name) && !isExtended(name)) {
    found.push(invalid("extended-resource-name", path, { value: name }));
  }
}

function isStandard(name: string): boolean {
  return (
    containerResources.has(name) || isHugePages(name) || countedResources.has(name) || otherStandardResources.has(name)
  );
}

/** Whether an amount of huge pages is a multiple of the page size that the name says. */
export function isDivisibleByPage(name: string, value: unknown): boolean {
  const size = nanosOf(name.slice(hugePagesPrefix.length));
  const amount = nanosOf(value);
  if (size === undefined || amount === undefined || size <= 0n) return false;
  const pageUnits = unitsOf(size);
  if (size % 1_000_000_000n !== 0n) return false;
  return unitsOf(amount) % pageUnits === 0n;
}
