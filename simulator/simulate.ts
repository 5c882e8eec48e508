/** Runs a scenario and gives its trace. */
import type { Problem } from "./api/problem.ts";
import { createCluster } from "./cluster/cluster.ts";
import { newNode } from "./cluster/initial.ts";
import { controlPlane } from "./controllers/registry.ts";
import { act, type ClusterAction } from "./kubectl/act.ts";
import type { ActResult } from "./kubectl/result.ts";
import { actionProblem } from "./kubectl/result.ts";
import { createNodeSide, volumeBinder } from "./nodes/node-side.ts";
import { createScheduler } from "./nodes/scheduler/scheduler.ts";
import { createRecorder } from "./record.ts";
import { createRepetition } from "./repetition/repetition.ts";
import type { Rest } from "./repetition/rest.ts";
import { checkScenario } from "./scenario/check.ts";
import type { Action, Scenario } from "./scenario/scenario.ts";
import type { Ending, Trace, TraceEntry } from "./trace.ts";

/** Trace entries after which a run ends unless the scenario says otherwise: some hundred megabytes. */
export const defaultBudget = 1_000_000;

/** Looks of controllers at one instant that no honest run needs; a scenario that fights itself ends there. */
const looksPerInstant = 5_000_000;

export interface Progress {
  /** Milliseconds since the start of the scenario. */
  readonly time: number;
  readonly horizon: number;
  readonly entries: number;
}

/** A run that is carried on piece by piece, so that others get a turn and it can be given up. */
export interface Run {
  /** Goes on for about `instants` moments at which something happens. True when the run has ended. */
  advance(instants: number): boolean;
  /** Ends the run where it is. */
  cancel(): void;
  progress(): Progress;
  /** What has happened so far. */
  trace(): Trace;
}

export interface SimulateOptions {
  /** Looked at now and then; set `aborted` to end the run where it is. */
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (progress: Progress) => void;
}

export type Simulation = { readonly trace: Trace } | { readonly problems: readonly Problem[] };

/** A run of the scenario that stands at its beginning, or why the scenario cannot be run. Never throws. */
export function createRun(scenario: Scenario): Run | { readonly problems: readonly Problem[] } {
  const problems = checkScenario(scenario);
  if (problems.length > 0) return { problems };

  const nodeSide = createNodeSide(scenario);
  const recorder = createRecorder(() => cluster.now());
  const repetition = createRepetition(scenario);
  const cluster = createCluster({
    seed: scenario.seed,
    start: scenario.start,
    ...(scenario.kubernetes === undefined ? {} : { target: scenario.kubernetes }),
    controllers: [
      ...controlPlane(),
      volumeBinder,
      createScheduler({ delay: scenario.timings.schedule }),
      nodeSide.kubelet.factory,
    ],
    ...(repetition ? { random: repetition.random } : {}),
    onChange(change) {
      recorder.onChange(change);
      repetition?.onChange(change);
    },
    onEvent: recorder.onEvent,
    syncLimit: looksPerInstant,
    isExhausted: () => recorder.size() >= budget,
  });
  const steps = scenario.steps
    .map((step, index) => ({ ...step, index }))
    .sort((a, b) => a.at - b.at || a.index - b.index);
  const budget = scenario.budget ?? defaultBudget;
  let nextStep = 0;
  let ending: Ending | null = null;
  /** What is left of the run, as soon as that only repeats itself. */
  let rest: Rest | null = null;

  function perform(action: Action): ActResult {
    switch (action.do) {
      case "nodeLost":
      case "nodeBack": {
        const found =
          action.do === "nodeLost" ? nodeSide.lose(cluster, action.name) : nodeSide.bringBack(cluster, action.name);
        return found ? {} : actionProblem("no-such-object", "name", { kind: "Node", name: action.name });
      }
      case "stopKubelet":
      case "startKubelet": {
        const found =
          action.do === "stopKubelet"
            ? nodeSide.lose(cluster, action.name)
            : nodeSide.startKubelet(cluster, action.name);
        return found ? {} : actionProblem("no-such-object", "name", { kind: "Node", name: action.name });
      }
      case "fault":
        nodeSide.kubelet.addFault(action.fault);
        return {};
      case "behave":
        nodeSide.kubelet.addBehaviour(action.behaviour);
        return {};
      default:
        return act(cluster, action satisfies ClusterAction);
    }
  }

  function takeStep(): boolean {
    const step = steps[nextStep]!;
    if (!cluster.advance(step.at)) return false;
    recorder.flush();
    nextStep++;
    const { output, problem } = perform(step.action);
    recorder.add({
      type: "step",
      time: cluster.now(),
      index: step.index,
      ...(output === undefined ? {} : { output }),
      ...(problem === undefined ? {} : { problem: within(problem, step.index) }),
    });
    return cluster.rest();
  }

  /** Goes to the next moment; gives why there is none. */
  function moment(): Ending | null {
    if (rest) return rest.next();
    const due = cluster.nextTime() ?? Number.POSITIVE_INFINITY;
    const step = steps[nextStep]?.at ?? Number.POSITIVE_INFINITY;
    const next = Math.min(due, step);
    if (next === Number.POSITIVE_INFINITY) return "settled";
    if (next > scenario.horizon) return "horizon";
    const rested = step <= due ? takeStep() : cluster.step(scenario.horizon);
    recorder.flush();
    if (!rested || recorder.size() >= budget) return "budget";
    if (nextStep === steps.length) rest = repetition?.look(cluster, recorder.entries, budget - recorder.size()) ?? null;
    return null;
  }

  const end = () => rest?.end() ?? recorder.entries.at(-1)?.time ?? 0;

  for (const node of scenario.nodes) cluster.store.create<"Node">(newNode(node));
  if (!cluster.rest()) ending = "budget";
  recorder.flush();

  return {
    advance(instants) {
      for (let i = 0; i < instants && ending === null; i++) ending = moment();
      return ending !== null;
    },
    cancel() {
      ending ??= "cancelled";
    },
    progress: () => ({
      time: Math.max(cluster.now(), end()),
      horizon: scenario.horizon,
      entries: recorder.entries.length + (rest?.size() ?? 0),
    }),
    trace() {
      let entries: readonly TraceEntry[] | undefined;
      return {
        scenario,
        get entries() {
          entries ??= rest ? [...recorder.entries, ...rest.entries()] : recorder.entries;
          return entries;
        },
        end: end(),
        ending: ending ?? "cancelled",
      };
    },
  };
}

function within(problem: Problem, index: number): Problem {
  const path = `steps[${index}].action${problem.path === "" ? "" : `.${problem.path}`}`;
  return { ...problem, path, at: ["steps", index, "action", ...problem.at] };
}

/** Moments between two looks at the signal. */
const piece = 256;

/**
 * Runs the scenario to its end: nothing left to happen, its horizon, its budget, or the signal. Gives the trace, or why the
 * scenario cannot be run. The same scenario always gives the same trace.
 */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): Simulation {
  const run = createRun(scenario);
  if ("problems" in run) return run;
  while (!run.advance(piece)) {
    options.onProgress?.(run.progress());
    if (options.signal?.aborted) run.cancel();
  }
  options.onProgress?.(run.progress());
  return { trace: run.trace() };
}
