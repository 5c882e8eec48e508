/** How kubectl names the kinds, and the live objects that actions speak of. */
import { resourceName } from "../api/kind.ts";
import { kinds } from "../api/kinds.ts";
import type { PodTemplateSpec } from "../api/objects.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Kind, Kinds, LiveObject } from "../cluster/objects.ts";
import { type ActResult, actionProblem } from "./result.ts";

export const defaultNamespace = "default";

/** `deployment.apps`, as kubectl writes the kind before a name. */
export const resourceNames = Object.fromEntries(
  kinds.rows.filter((row) => row.is === "simulated").map((row) => [row.kind, resourceName(row)]),
) as Readonly<Record<Kind, string>>;

/** `deployments.apps`, as kubectl and the API server write the resource. */
export function resourcePlural(kind: Kind): string {
  const [singular, ...group] = resourceNames[kind].split(".") as [string, ...string[]];
  return [`${singular}s`, ...group].join(".");
}

/** `Job.batch`, as kubectl calls a kind with which a command does not work. */
export function groupKind(kind: Kind): string {
  const [, ...group] = resourceNames[kind].split(".");
  return [kind, ...group].join(".");
}

export function isKind(kind: string): kind is Kind {
  return Object.hasOwn(resourceNames, kind);
}

export type Workload = Kinds["Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" | "CronJob"];

export function isWorkload(object: LiveObject): object is Workload {
  return "status" in object;
}

/** The pod template of a workload; a CronJob's is the one of its Jobs. */
export function templateOf(workload: Workload): PodTemplateSpec {
  return workload.kind === "CronJob" ? workload.spec.jobTemplate.spec.template : workload.spec.template;
}

interface Target {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** The object that an action names, or the problem that there is none. */
export function findTarget(cluster: Cluster, target: Target): LiveObject | ActResult {
  if (!isKind(target.kind)) return actionProblem("unknown-kind", "kind", { kind: target.kind });
  const namespace = target.kind === "Node" ? "" : (target.namespace ?? defaultNamespace);
  const object = cluster.store.get(target.kind, namespace, target.name);
  return object ?? actionProblem("no-such-object", "name", { kind: target.kind, name: target.name, namespace });
}

export function isResult(found: LiveObject | ActResult): found is ActResult {
  return !("uid" in found);
}

/** The workload that an action names, or the problem: there is none, or the kind knows no such action. */
export function findWorkload(cluster: Cluster, target: Target): Workload | ActResult {
  const found = findTarget(cluster, target);
  if (isResult(found) || isWorkload(found)) return found;
  return actionProblem("not-a-workload", "kind", { kind: target.kind, name: target.name });
}
