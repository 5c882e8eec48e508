/** What the server knows beside the object that it judges. What is absent is not known, and nothing is said about it. */
import type { ClusterFacts } from "../admission/facts.ts";
import type { JsonObject } from "../json.ts";
import { anyCluster, type ServiceRanges } from "../service-ranges.ts";
import type { Target } from "../target.ts";

export interface Surroundings extends ClusterFacts {
  readonly target: Target;
  /** Whether the default admission plugins are on, as they are in every cluster. */
  readonly admission: boolean;
  readonly ranges: ServiceRanges;
  /** Objects come decoded and with their defaults. */
  readonly isRead?: boolean;
  /** A storage class by its name, null when there is none. */
  readonly storageClass?: (name: string) => JsonObject | null;
}

/** A cluster of which nothing is known but that it is like every other. */
export function anySurroundings(target: Target): Surroundings {
  return { target, admission: true, ranges: anyCluster };
}
