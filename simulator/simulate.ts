/** Runs a scenario and gives its trace. */
import type { Problem } from "./api/problem.ts";
import { defaultAdmission, wholeCluster } from "./apiserver/admission/chain.ts";
import { recordEvents } from "./apiserver/event-recorder.ts";
import { furnishCluster } from "./apiserver/namespaces.ts";
import { answer, type Response, type WriteRequest } from "./apiserver/request.ts";
import { createApiServer } from "./apiserver/server.ts";
import type { ApiServer } from "./apiserver/types.ts";
import { createCluster } from "./cluster/cluster.ts";
import { newNode } from "./cluster/initial.ts";
import { controlPlane } from "./controllers/registry.ts";
import { act, type ClusterAction } from "./kubectl/act.ts";
import type { ActResult } from "./kubectl/result.ts";
import { actionProblem } from "./kubectl/result.ts";
import { createNodeSide } from "./nodes/node-side.ts";
import { createScheduler } from "./nodes/scheduler/scheduler.ts";
import { volumeBinder } from "./nodes/volumes/binder.ts";
import { createRecorder } from "./record/recorder.ts";
import { createRepetition } from "./repetition/repetition.ts";
import type { Rest } from "./repetition/rest.ts";
import { checkAction, checkScenario } from "./scenario/check.ts";
import type { Action, Scenario, Step } from "./scenario/scenario.ts";
import type { Ending, StepEntry, Trace, TraceEntry } from "./trace.ts";

/** Trace entries after which a run ends unless the scenario says otherwise: some hundred megabytes. */
const defaultBudget = 1_000_000;

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
  /** Lets time pass up to and including `time`, and no further than the horizon. True when the run has ended. */
  advanceTo(time: number): boolean;
  /**
   * Does something now; the run goes on from there, also when nothing was left to happen. The trace is that of the scenario with
   * this step in it from the start, after the steps that it has already.
   */
  perform(action: Action): Performed;
  /** When something happens next by itself, a step of the scenario too; undefined when nothing does, or the run is over. */
  next(): number | undefined;
  /** Whether nothing can be done in it any more: it has used up its budget or was cancelled. */
  isOver(): boolean;
  /** The door to the cluster, for whoever only looks: what is changed through it is in no scenario. */
  readonly server: ApiServer;
  /** Ends the run where it is. */
  cancel(): void;
  progress(): Progress;
  /** What has happened so far; its scenario has the steps that were performed. */
  trace(): Trace;
}

/**
 * The step as it stands in the trace, of a request with the answer. There is no step when nothing can be done, the run has used
 * up its budget, or a request was refused and changed nothing.
 */
export type Performed =
  | { readonly step: StepEntry; readonly response?: Response }
  | { readonly response: Response }
  | { readonly problems: readonly Problem[] };

/** What an action came to. */
interface Done extends ActResult {
  readonly response?: Response;
}

interface NumberedStep extends Step {
  readonly index: number;
  /** Done as the run goes: of such a request nothing stays if it is refused. */
  readonly performed?: true;
}

interface SimulateOptions {
  /** Looked at now and then; set `aborted` to end the run where it is. */
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (progress: Progress) => void;
}

type Simulation = { readonly trace: Trace } | { readonly problems: readonly Problem[] };

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
    elsewhere: scenario.elsewhere ?? "there",
    controllers: [
      ...controlPlane(),
      volumeBinder,
      createScheduler({
        delay: scenario.timings.schedule,
        ...(scenario.elsewhere ? { elsewhere: scenario.elsewhere } : {}),
      }),
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
  const steps: NumberedStep[] = scenario.steps
    .map((step, index) => ({ ...step, index }))
    .sort((a, b) => a.at - b.at || a.index - b.index);
  const budget = scenario.budget ?? defaultBudget;
  let nextStep = 0;
  /** What the last step came to. */
  let last: { readonly step?: StepEntry; readonly response?: Response } = {};
  let ending: Ending | null = null;
  /** What is left of the run, as soon as that only repeats itself. */
  let rest: Rest | null = null;
  /** Steps that were not in the scenario. */
  const performed: Step[] = [];
  /** Up to here time was told to pass, even if nothing happened. */
  let told = 0;

  function request(asked: WriteRequest): Done {
    const response = answer(server, asked);
    const { code, body } = response;
    if (code < 400) return { response };
    return { ...actionProblem("request-refused", "request", { message: messageOf(body) }), response };
  }

  function carryOut(action: Action, index: number): Done {
    const tell = (output: string) => {
      recorder.flush();
      recorder.add({ type: "output", time: cluster.now(), index, output });
    };
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
      case "request":
        return request(action.request);
      default:
        return act(cluster, action satisfies ClusterAction, tell, server);
    }
  }

  function takeStep(): boolean {
    const step = steps[nextStep]!;
    if (!cluster.advance(step.at)) return false;
    recorder.flush();
    const version = cluster.store.version();
    const { output, problem, response } = carryOut(step.action, step.index);
    if (step.performed && response && problem && cluster.store.version() === version) {
      steps.splice(nextStep, 1);
      last = { response };
      return true;
    }
    nextStep++;
    const entry: StepEntry = {
      type: "step",
      time: cluster.now(),
      index: step.index,
      ...(output === undefined ? {} : { output }),
      ...(problem === undefined ? {} : { problem: within(problem, step.index) }),
    };
    recorder.add(entry);
    last = response === undefined ? { step: entry } : { step: entry, response };
    return cluster.rest();
  }

  const nextDue = () => cluster.nextTime() ?? Number.POSITIVE_INFINITY;
  const nextStepAt = () => steps[nextStep]?.at ?? Number.POSITIVE_INFINITY;
  const nextTime = () => Math.min(nextDue(), nextStepAt());

  /** Works out the next moment; gives why there is none. */
  function moment(): Ending | null {
    const due = nextDue();
    const step = nextStepAt();
    if (due === Number.POSITIVE_INFINITY && step === Number.POSITIVE_INFINITY) return "settled";
    if (Math.min(due, step) > scenario.horizon) return "horizon";
    // What is due at the time of a step happens before it.
    const rested = step < due ? takeStep() : cluster.step(scenario.horizon);
    recorder.flush();
    return !rested || recorder.size() >= budget ? "budget" : null;
  }

  /** Goes to the next moment, or as far as is known without working it out. */
  function goOn(): Ending | null {
    if (rest) return rest.next();
    const end = moment();
    if (end === null && nextStep === steps.length) {
      rest = repetition?.look(cluster, recorder.tape, budget - recorder.size()) ?? null;
    }
    return end;
  }

  const end = () => rest?.end() ?? recorder.tape.end() ?? 0;
  const now = () => Math.max(cluster.now(), end(), told);

  /** Whether nothing can be done in the run any more. */
  const isOver = () => ending === "budget" || ending === "cancelled";

  /** Works out everything up to and including `time`; what was known without that is forgotten. */
  function workOut(time: number): void {
    rest = null;
    while (!isOver() && nextTime() <= time) ending = moment();
  }

  const server = createApiServer(cluster, { admission: scenario.whole ? wholeCluster : defaultAdmission });
  if (scenario.whole) {
    furnishCluster(server);
    recordEvents(cluster);
  }
  for (const node of scenario.nodes) cluster.store.create<"Node">(newNode(node));
  if (!cluster.rest()) ending = "budget";
  recorder.flush();

  return {
    advance(instants) {
      for (let i = 0; i < instants && ending === null; i++) ending = goOn();
      return ending !== null;
    },
    advanceTo(time) {
      const until = Math.min(time, scenario.horizon);
      if (until >= now() && !isOver()) {
        told = until;
        workOut(until);
        if (!isOver()) cluster.advance(until);
      }
      if (ending === null && rest === null && nextTime() > scenario.horizon) ending = moment();
      return ending !== null;
    },
    perform(action) {
      const problems = checkAction(action);
      if (problems.length > 0) return { problems };
      if (isOver()) return { problems: [actionProblem("run-over", "", {}).problem!] };
      const at = now();
      workOut(at);
      repetition?.disturb();
      steps.splice(nextStep, 0, { at, action, index: scenario.steps.length + performed.length, performed: true });
      ending = moment();
      const { step, response } = last;
      if (step === undefined) return { response: response! };
      performed.push({ at, action });
      return response === undefined ? { step } : { step, response };
    },
    next() {
      const next = nextTime();
      return isOver() || next > scenario.horizon ? undefined : next;
    },
    isOver,
    server,
    cancel() {
      ending ??= "cancelled";
    },
    progress: () => ({
      time: now(),
      horizon: scenario.horizon,
      entries: recorder.tape.length + (rest?.size() ?? 0),
    }),
    trace() {
      const known = rest;
      const { tape } = recorder;
      const workedOut = tape.length;
      let entries: readonly TraceEntry[] | undefined;
      return {
        scenario: performed.length === 0 ? scenario : { ...scenario, steps: [...scenario.steps, ...performed] },
        get entries() {
          entries ??= known ? [...tape.entries().slice(0, workedOut), ...known.entries()] : tape.entries();
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

function messageOf(body: Response["body"]): string {
  return "message" in body && typeof body.message === "string" ? body.message : "";
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
