/** What default admission looks up in a cluster before it takes an object. What is left out is not known, and nothing is said about it. */
import type { JsonObject } from "../json.ts";
import type { IntOrString, LabelMap } from "../objects.ts";

/** What a class gives to the pods that name it. */
export interface PriorityClass {
  readonly name: string;
  readonly value: number;
  readonly preemptionPolicy: string;
}

/** As much of a RuntimeClass as concerns pods. */
export interface RuntimeClass {
  readonly overhead?: { readonly podFixed?: Readonly<Record<string, IntOrString>> };
  readonly scheduling?: { readonly nodeSelector?: LabelMap; readonly tolerations?: readonly JsonObject[] };
}

/** A cluster as admission asks about it; null stands for what is not there, undefined for what is not known. */
export interface ClusterFacts {
  readonly hasNamespace?: (name: string) => boolean;
  readonly hasServiceAccount?: (namespace: string, name: string) => boolean;
  readonly priorityClass?: (name: string) => PriorityClass | null | undefined;
  /** The class of pods that name none. */
  readonly defaultPriorityClass?: () => PriorityClass | undefined;
  readonly runtimeClass?: (name: string) => RuntimeClass | null | undefined;
  readonly nodeLabels?: (name: string) => LabelMap | undefined;
}

const namespaces: ReadonlySet<string> = new Set(["default", "kube-node-lease", "kube-public", "kube-system"]);

/** What a class says that names no policy. */
export const usualPolicy = "PreemptLowerPriority";

/** The classes that every cluster has. */
export const systemClasses: readonly PriorityClass[] = [
  { name: "system-cluster-critical", value: 2_000_000_000, preemptionPolicy: usualPolicy },
  { name: "system-node-critical", value: 2_000_001_000, preemptionPolicy: usualPolicy },
];

/** The class of a name that every cluster has; undefined for any other. */
export function systemPriorityClass(name: string): PriorityClass | undefined {
  return systemClasses.find((one) => one.name === name);
}

/** A cluster in which nothing was created yet. */
export const freshCluster: ClusterFacts = {
  hasNamespace: (name) => namespaces.has(name),
  hasServiceAccount: (namespace, name) => name === "default" && namespaces.has(namespace),
  priorityClass: (name) => systemPriorityClass(name) ?? null,
  runtimeClass: () => null,
};
