/** What default admission looks up in a cluster before it takes an object. Who knows no cluster leaves it out. */

export interface PriorityClassFacts {
  readonly value: number;
  readonly preemptionPolicy: "PreemptLowerPriority" | "Never";
}

export interface ClusterFacts {
  readonly hasNamespace: (name: string) => boolean;
  readonly hasServiceAccount: (namespace: string, name: string) => boolean;
  readonly priorityClass: (name: string) => PriorityClassFacts | undefined;
  readonly hasRuntimeClass: (name: string) => boolean;
}

const namespaces: ReadonlySet<string> = new Set(["default", "kube-node-lease", "kube-public", "kube-system"]);
/** The classes that every cluster has. */
const systemClasses: Readonly<Record<string, number>> = {
  "system-cluster-critical": 2_000_000_000,
  "system-node-critical": 2_000_001_000,
};

/** The class of a name that every cluster has; undefined for any other. */
export function systemPriorityClass(name: string): PriorityClassFacts | undefined {
  const value = Object.hasOwn(systemClasses, name) ? systemClasses[name] : undefined;
  return value === undefined ? undefined : { value, preemptionPolicy: "PreemptLowerPriority" };
}

/** A cluster in which nothing was created yet. */
export const freshCluster: ClusterFacts = {
  hasNamespace: (name) => namespaces.has(name),
  hasServiceAccount: (namespace, name) => name === "default" && namespaces.has(namespace),
  priorityClass: systemPriorityClass,
  hasRuntimeClass: () => false,
};
