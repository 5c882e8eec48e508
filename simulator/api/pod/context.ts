/** What the checks of a pod share while one pod is looked at. */
import type { JsonObject } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";

export interface PodContext {
  /** The version of Kubernetes that judges. */
  readonly target: Target;
  /** A Pod itself rather than the template of a workload: a few rules are stricter. */
  readonly isPod: boolean;
  /** Where problems are collected. */
  readonly found: Problem[];
  /** Volumes without problems of their own, by name: others do not exist for mounts. */
  readonly volumes: ReadonlyMap<string, JsonObject>;
  /** Names of the pod's resource claims. */
  readonly claimNames: ReadonlySet<string>;
  /** `terminationGracePeriodSeconds`. */
  readonly gracePeriod: number | undefined;
  readonly restartPolicy: string;
  /** Whether the pod runs in the host's user namespace. */
  readonly hostUsers: boolean;
}
