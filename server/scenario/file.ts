/**
 * A scenario as a file beside the manifests that it plays, `web.seatrial.yaml`: what is tried, and what is expected of it. It opens
 * in the panel and on the command line.
 */
import type { ManifestObject } from "../../simulator/api/objects.ts";
import type { Target } from "../../simulator/api/target.ts";
import type { Unfinished } from "../../simulator/insight/summary.ts";
import type { Mode } from "../../simulator/played.ts";
import type { Behaviour } from "../../simulator/scenario/behaviour.ts";
import type { Action, Fault, Scenario, ScenarioNode, Timings } from "../../simulator/scenario/scenario.ts";

/** A file, by its path from the scenario's folder, or an object that is written out. */
export type Source = string | ManifestObject;

/** What has to be so at the end of the run, or all along; what is left out is not asked. Times are milliseconds after the change. */
export interface Expectation {
  /** `Deployment/web`, with its namespace in front where that is not `default`; absent: of every workload. */
  readonly of?: string;
  /** Whether it comes to where it should be, or until when. */
  readonly finishes?: boolean | number;
  /** Why it does not. */
  readonly stops?: Unfinished["code"];
  readonly availableAtLeast?: number;
  /** Those being terminated included. */
  readonly podsAtMost?: number;
  readonly downtimeAtMost?: number;
  /** An Event, of any object, that there has to be. */
  readonly event?: { readonly reason: string; readonly contains?: string };
}

export interface ScenarioFile {
  readonly title?: string;
  /** What is applied. Absent: the manifest beside it, `web.yaml` for `web.seatrial.yaml`. */
  readonly manifests?: readonly Source[];
  /** What is there before; `HEAD`: the manifests as they are committed. Absent: nothing, so they are created. */
  readonly before?: readonly Source[] | "HEAD";
  /** Absent: a change where there is something before, else a creation. */
  readonly mode?: Mode;
  /** What a restart restarts. */
  readonly restart?: string;
  readonly kubernetes?: Target;
  readonly seed: number;
  /** Milliseconds since 1970 of the change. */
  readonly start?: number;
  /** Milliseconds after the change at least to be played. */
  readonly length?: number;
  readonly elsewhere?: NonNullable<Scenario["elsewhere"]>;
  readonly timings: Partial<Timings>;
  readonly nodes?: readonly ScenarioNode[];
  readonly faults: readonly Fault[];
  readonly behaviours: readonly Behaviour[];
  /** `at`: milliseconds after the change. */
  readonly steps: readonly { readonly at: number; readonly action: Action }[];
  readonly expect: readonly Expectation[];
}

/** Whether a file is a scenario, by its name. */
export function isScenarioFile(name: string): boolean {
  return /\.seatrial\.(?:ya?ml|json)$/i.test(name);
}

/** Where the manifests of a scenario come from; `name` is that of its own file. */
export function sourcesOf(
  { manifests, before, mode }: ScenarioFile,
  name: string,
): {
  readonly manifests: readonly Source[];
  /** Null: nothing is there before. */
  readonly before: readonly Source[] | null;
  /** Whether what is before is read as it is committed. */
  readonly committed: boolean;
} {
  const after = manifests ?? [name.replace(/\.seatrial\./i, ".")];
  if (before === "HEAD") return { manifests: after, before: after, committed: true };
  const own = mode === "restart" ? after : null;
  return { manifests: after, before: before ?? own, committed: false };
}
