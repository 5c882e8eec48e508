/** What the server knows beside the object that it judges. What is absent is not known, and nothing is said about it. */
import type { JsonObject } from "../json.ts";
import { anyCluster, type ServiceRanges } from "../service-ranges.ts";
import type { Target } from "../target.ts";

export interface PriorityClass {
  readonly value: number;
  readonly preemptionPolicy?: string;
}

export interface Surroundings {
  readonly target: Target;
  /** Whether the default admission plugins are on, as they are in every cluster. */
  readonly admission: boolean;
  readonly ranges: ServiceRanges;
  /** Whether a namespace, a service account, a runtime class exists. */
  readonly hasNamespace?: (name: string) => boolean;
  readonly hasServiceAccount?: (namespace: string, name: string) => boolean;
  readonly hasRuntimeClass?: (name: string) => boolean;
  /** A priority class by its name, null when there is none; those of the system are known anyway. */
  readonly priorityClass?: (name: string) => PriorityClass | null;
  /** A storage class by its name, null when there is none. */
  readonly storageClass?: (name: string) => JsonObject | null;
}

/** A cluster of which nothing is known but that it is like every other. */
export function anySurroundings(target: Target): Surroundings {
  return { target, admission: true, ranges: anyCluster };
}
