/**
 * What is played: a change from what is there, a restart, or a creation. The first part, in which the old state comes to be,
 * is played too, but nobody looks at it: `from` says when what counts begins. A person's own steps are timed from there.
 */
import { kinds } from "./api/kinds.ts";
import type { ManifestObject } from "./api/objects.ts";
import type { Problem } from "./api/problem.ts";
import type { Target } from "./api/target.ts";
import { summarize } from "./insight/summary.ts";
import type { Behaviour } from "./scenario/behaviour.ts";
import { defaultScenario, defaultStart, isApplicable, rolloutScenario } from "./scenario/defaults.ts";
import { withStep } from "./scenario/presets.ts";
import type { Action, Fault, Scenario, ScenarioNode, Timings } from "./scenario/scenario.ts";
import { simulate } from "./simulate.ts";
import type { Trace } from "./trace.ts";
import type { WorkloadName } from "./view.ts";

export type Mode = "create" | "change" | "restart";

/** A scenario told from the change on. Plain JSON: it is sent to the worker and kept in files. */
export interface Play {
  readonly mode: Mode;
  /** The objects that are there before a change or a restart. */
  readonly before: readonly ManifestObject[];
  readonly after: readonly ManifestObject[];
  /** What a restart restarts. */
  readonly target: WorkloadName | null;
  readonly seed: number;
  /** The version of Kubernetes; absent: the one that scenarios have without. */
  readonly kubernetes?: Target;
  /** Wall-clock instant of the change, in milliseconds since 1970; absent: the one that all samples begin at. */
  readonly start?: number;
  readonly nodes?: readonly ScenarioNode[];
  readonly timings?: Partial<Timings>;
  readonly faults: readonly Fault[];
  /** What containers do, and whether what they refer to is there; absent: as scenarios have it without. */
  readonly behaviours?: readonly Behaviour[];
  readonly elsewhere?: NonNullable<Scenario["elsewhere"]>;
  /** A person's steps; `at` is milliseconds after the change. */
  readonly steps: readonly { readonly at: number; readonly action: Action }[];
  /** Milliseconds after the change at least to be played. */
  readonly length?: number;
}

export type Playing =
  | {
      readonly trace: Trace;
      /** When the change begins, in milliseconds since the start of the scenario. */
      readonly from: number;
      /** Index in the scenario's steps of a person's first one; theirs are the last, in their order. */
      readonly own: readonly number[];
    }
  | { readonly problems: readonly Problem[] };

const minute = 60_000;
/** Beyond this the old state is not waited for. */
const longestWait = 60 * minute;

/** A whole minute at which nothing has changed for a minute; CronJobs go on for ever and are not waited for. */
export function settledAt(scenario: Scenario): number {
  const lasting = scenario.steps.flatMap(({ action }) =>
    action.do === "apply" && action.object.kind !== "CronJob" && kinds.named(action.object.kind)?.workload === true
      ? [action.object]
      : [],
  );
  if (lasting.length === 0) return minute;
  const result = simulate({ ...scenario, horizon: Math.min(scenario.horizon, longestWait) });
  if ("problems" in result) return minute;
  const last = Math.max(0, ...lasting.map((object) => summarize(result.trace, nameOf(object)).duration));
  return (Math.ceil(last / minute) + 1) * minute;
}

/** The name of an object as views of traces have it. */
export function nameOf({ kind, metadata }: ManifestObject): WorkloadName {
  return { kind, namespace: metadata.namespace ?? "default", name: metadata.name ?? "" };
}

/** The scenario of a play, and when in it the change begins. */
export function playedScenario(play: Play): {
  readonly scenario: Scenario;
  readonly from: number;
  readonly own: readonly number[];
} {
  const { mode, after, seed } = play;
  const before = play.before.filter(({ kind }) => isApplicable(kind));
  const dressed = (scenario: Scenario): Scenario => ({
    ...scenario,
    ...(play.kubernetes === undefined ? {} : { kubernetes: play.kubernetes }),
    nodes: play.nodes ?? scenario.nodes,
    timings: { ...scenario.timings, ...play.timings },
    faults: play.faults,
    ...(play.behaviours === undefined ? {} : { behaviours: play.behaviours }),
    ...(play.elsewhere === undefined ? {} : { elsewhere: play.elsewhere }),
  });
  const origin = play.start ?? defaultStart;
  const from = mode === "create" ? 0 : settledAt({ ...dressed(defaultScenario(before, seed, origin)), faults: [] });
  const start = play.start === undefined ? origin : origin - from;
  let scenario: Scenario;
  if (mode === "create") scenario = dressed(defaultScenario(after, seed, start));
  else if (mode === "change") scenario = dressed(rolloutScenario(before, after, from, seed, start));
  else {
    scenario = dressed(defaultScenario(before, seed, start));
    if (play.target) {
      const { kind, namespace, name } = play.target;
      scenario = withStep(scenario, from, { do: "restart", kind, namespace, name });
    }
  }
  for (const { at, action } of play.steps) scenario = withStep(scenario, from + at, action);
  if (play.length !== undefined) scenario = { ...scenario, horizon: Math.max(scenario.horizon, from + play.length) };
  const own = play.steps.map(({ at, action }) =>
    scenario.steps.findIndex((step) => step.at === from + at && step.action === action),
  );
  return { scenario, from, own };
}

/** Runs a play to its end. The same play always gives the same trace. */
export function runPlay(play: Play): Playing {
  const { scenario, from, own } = playedScenario(play);
  const result = simulate(scenario);
  return "problems" in result ? result : { trace: result.trace, from, own };
}
