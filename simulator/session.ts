/**
 * A trial that goes on: a scenario and the present. Time passes when it is told to, what is asked for is answered at once, and
 * every write is a step, so that what was done can be kept and played again. Whoever lets somebody work on the cluster, a
 * terminal or a server on a port, holds one of these.
 */
import type { KindTable } from "./api/kind.ts";
import type { Problem } from "./api/problem.ts";
import { type ChangeLog, createChangeLog } from "./apiserver/change-log.ts";
import { answer, isWrite, type Request, type Response } from "./apiserver/request.ts";
import { badRequest, type Status, serviceUnavailable } from "./apiserver/status.ts";
import type { ApiServer } from "./apiserver/types.ts";
import { longestHorizon } from "./scenario/check.ts";
import type { Action, Scenario } from "./scenario/scenario.ts";
import { createRun, type Performed } from "./simulate.ts";
import type { Trace } from "./trace.ts";

export interface Session {
  readonly kinds: KindTable;
  /** For reading: tables, discovery, watches. What is written through it is no step and is lost in the scenario. */
  readonly server: ApiServer;
  /** What has changed since the session began, for watches. */
  readonly changes: ChangeLog;
  /** On the cluster's clock, in milliseconds since 1970; so are all times here. */
  now(): number;
  /** When something happens next by itself; undefined when nothing does. */
  next(): number | undefined;
  /** Lets time pass up to and including `time`. False when the session is over: it has used up its budget. */
  advanceTo(time: number): boolean;
  /** Answers at once. A write that changes something becomes a step; one that is refused, or only tried, does not. */
  request(request: Request): Response;
  /** Does what is no request: loses a node, lets a container fail. */
  perform(action: Action): Performed;
  /** All that was done so far, up to now: played again it gives the same trace to the byte. */
  scenario(): Scenario;
  trace(): Trace;
}

/**
 * A session in a whole cluster that begins as the scenario says, or why the scenario cannot be run. How long the scenario is to
 * take does not matter: a session goes on for as long as somebody is there. One that was kept goes on where it was once its time,
 * the horizon of its scenario, has passed.
 */
export function createSession(scenario: Scenario): Session | { readonly problems: readonly Problem[] } {
  const begun: Scenario = { ...scenario, whole: true, horizon: longestHorizon };
  const run = createRun(begun);
  if ("problems" in run) return run;
  const { server, isOver } = run;
  const { start } = scenario;
  const changes = createChangeLog(server.cluster);
  const passed = () => run.progress().time;
  run.advanceTo(0);

  function refused(problems: readonly Problem[]): Response {
    return failed(isOver() ? serviceUnavailable(usedUp) : badRequest(textOf(problems)));
  }

  function scenarioNow(trace: Trace): Scenario {
    return { ...trace.scenario, horizon: passed() };
  }

  return {
    kinds: server.kinds,
    server,
    changes,
    now: () => start + passed(),
    next() {
      const next = run.next();
      return next === undefined ? undefined : start + next;
    },
    advanceTo(time) {
      run.advanceTo(time - start);
      return !isOver();
    },
    request(request) {
      if (!isWrite(request)) return answer(server, request);
      const performed = run.perform({ do: "request", request });
      return "problems" in performed ? refused(performed.problems) : performed.response!;
    },
    perform: (action) => run.perform(action),
    scenario: () => scenarioNow(run.trace()),
    trace() {
      const trace = run.trace();
      const ending = isOver() ? "budget" : run.next() === undefined ? "settled" : "horizon";
      return {
        scenario: scenarioNow(trace),
        get entries() {
          return trace.entries;
        },
        end: trace.end,
        ending,
      };
    },
  };
}

const usedUp = "the trial has become too long to go on; what was done in it can be saved";

function failed(status: Status): Response {
  return { code: status.code, body: status, warnings: [] };
}

/** `body.spec.replicas: a simulated cluster takes at most 500000 pods of one object`. */
function textOf(problems: readonly Problem[]): string {
  const why = ({ code, params }: Problem) =>
    code === "scenario-too-many-pods"
      ? `a simulated cluster takes at most ${String(params["max"])} pods of one object`
      : code;
  return problems.map((one) => `${one.path.replace(/^request\./, "")}: ${why(one)}`).join(", ");
}
