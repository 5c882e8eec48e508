/** A run that is told what to do as it goes gives the trace of the scenario that had these steps from the start. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import type { Action, Scenario } from "../../../simulator/scenario/scenario.ts";
import { createRun, type Run } from "../../../simulator/simulate.ts";
import type { Trace } from "../../../simulator/trace.ts";
import { runs } from "../../runs.ts";
import { container, run, scenario, timings, workload } from "./help.ts";

const hour = 3_600_000;
const web = { kind: "Deployment", name: "web" } as const;

function begun(given: Scenario): Run {
  const going = createRun(given);
  assert.ok("perform" in going);
  return going;
}

function ended(going: Run): Trace {
  while (!going.advance(50));
  return going.trace();
}

/** Only the first difference is shown. */
function assertSame(told: Trace, planned: Trace): void {
  const [one, other] = [told, planned].map(({ entries }) => entries.map((entry) => JSON.stringify(entry)));
  const at = one!.findIndex((line, i) => line !== other![i]);
  assert.deepEqual(
    [one![at], one!.length, told.end, told.ending],
    [other![at], other!.length, planned.end, planned.ending],
  );
}

const report: ManifestObject = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "report" },
  spec: {
    schedule: "*/5 * * * *",
    jobTemplate: { spec: { template: { spec: { restartPolicy: "Never", containers: [container] } } } },
  },
};

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.integer({ min: 0, max: 6 }).map((replicas): Action => ({ do: "scale", ...web, replicas })),
  fc.integer({ min: 1, max: 3 }).map((n): Action => ({ do: "setImage", ...web, container: "app", image: `app:${n}` })),
  fc.constantFrom("undo", "restart", "pause", "resume", "delete").map((deed): Action => ({ do: deed, ...web })),
  fc
    .tuple(fc.constantFrom("nodeLost", "nodeBack", "drain", "uncordon", "removeNode"), fc.constantFrom("n1", "n2"))
    .map(([deed, name]): Action => ({ do: deed, name })),
  fc.constantFrom<Action>(
    { do: "apply", object: workload("Deployment", { replicas: 2 }) },
    { do: "apply", object: report },
    { do: "addNode", node: { name: "n1" } },
    { do: "fault", fault: { on: { image: "app:2" }, fault: { type: "crash", after: 700 } } },
    { do: "fault", fault: { on: { kind: "CronJob" }, fault: { type: "exit", code: 1 } } },
  ),
);

/** How time passes before something is done: by moments, to a time from the beginning, or to the end. */
const pass = fc.oneof(
  { weight: 3, arbitrary: fc.record({ moments: fc.integer({ min: 0, max: 40 }) }) },
  { weight: 3, arbitrary: fc.record({ to: fc.integer({ min: 0, max: 900_000 }) }) },
  { weight: 1, arbitrary: fc.constant({ toEnd: true }) },
);

function passTime(
  going: Run,
  how: { readonly moments?: number; readonly to?: number; readonly toEnd?: boolean },
): void {
  if (how.moments !== undefined) going.advance(how.moments);
  else if (how.to !== undefined) going.advanceTo(how.to);
  else while (!going.advance(50));
}

test("any sequence of actions gives the trace of the scenario with those steps", () => {
  const deeds = fc.array(fc.record({ pass, action }), { minLength: 1, maxLength: 6 });
  const planned = fc.array(fc.record({ at: fc.integer({ min: 0, max: 300_000 }), action }), { maxLength: 3 });
  fc.assert(
    fc.property(deeds, planned, fc.integer({ min: 0, max: 99 }), (deeds, steps, seed) => {
      const given = scenario(steps, { seed, horizon: hour, nodes: [{ name: "n1" }, { name: "n2" }, { name: "n3" }] });
      const going = begun(given);
      for (const deed of deeds) {
        passTime(going, deed.pass);
        assert.ok("step" in going.perform(deed.action));
      }
      const told = ended(going);
      assert.equal(told.scenario.steps.length, steps.length + deeds.length);
      assertSame(told, run(told.scenario));
    }),
    { numRuns: runs(60) },
  );
});

test("a CronJob's runs that were known already are worked out once something is done", () => {
  const nodes = ["n1", "n2", "n3"].map((name) => ({ name, allocatable: { pods: "110" } }));
  const given = scenario([{ at: 0, action: { do: "apply", object: report } }], { nodes, horizon: 72 * hour });
  const going = begun(given);
  const whole = ended(going);
  assert.equal(going.progress().time, whole.end);
  const another = begun(given);
  another.advance(700);
  const before = another.trace();
  const { time } = another.progress();
  assert.ok(time > 24 * hour, "it tells more than it could have worked out");
  another.perform({ do: "fault", fault: { on: {}, fault: { type: "exit", code: 0, after: 7_000 } } });
  const told = ended(another);
  assertSame(told, run(told.scenario));
  // What was told before stays as it was, also when it is read only now.
  assert.deepEqual(before.entries.slice(0, 5000), whole.entries.slice(0, 5000));
  assert.equal(before.entries.at(-1)?.time, time);
});

test("repetition is found again after something was done", () => {
  const going = begun(scenario([], { horizon: 30 * 24 * hour }));
  going.perform({ do: "apply", object: report });
  going.advanceTo(hour);
  going.perform({ do: "addNode", node: { name: "n2" } });
  let moments = 0;
  while (!going.advance(1)) moments++;
  const told = going.trace();
  assert.ok(moments < 3 * 30 * 24 * 12, `${moments} moments`);
  assertSame(told, run(told.scenario));
});

test("time passes although nothing happens, and no further than the horizon", () => {
  const going = begun(
    scenario([{ at: 0, action: { do: "apply", object: workload("Deployment") } }], { horizon: hour }),
  );
  assert.equal(going.advanceTo(1000), false);
  assert.equal(going.progress().time, 1000);
  assert.equal(going.advanceTo(900_000), true, "nothing is left to happen");
  assert.equal(going.progress().time, 900_000);
  const result = going.perform({ do: "scale", ...web, replicas: 2 });
  assert.deepEqual("step" in result && [result.step.time, result.step.output], [900_000, "deployment.apps/web scaled"]);
  assert.equal(going.advanceTo(2 * hour), true);
  assert.equal(going.progress().time, hour);
});

test("what cannot be done is told and leaves the run as it is", () => {
  const going = begun(scenario([], { horizon: hour }));
  const unknown = going.perform({ do: "fly" } as unknown as Action);
  assert.deepEqual("problems" in unknown && unknown.problems.map(({ code, path }) => [code, path]), [
    ["scenario-action-unknown", "do"],
  ]);
  const missing = going.perform({ do: "scale", ...web, replicas: 1 });
  assert.equal("step" in missing && missing.step.problem?.path, "steps[0].action.name");
  going.advance(1);
  going.cancel();
  const late = going.perform({ do: "cordon", name: "n1" });
  // Nothing was left to happen, so it had ended before it was cancelled.
  assert.ok("step" in late);
});

test("a run that was cancelled, or has used up its budget, takes no more", () => {
  const step = { at: 0, action: { do: "apply", object: workload("Deployment", { replicas: 50 }) } } as const;
  const small = begun(scenario([step], { budget: 100, timings }));
  while (!small.advance(50));
  assert.equal(small.trace().ending, "budget");
  const cancelled = begun(scenario([step]));
  cancelled.cancel();
  for (const one of [small, cancelled]) {
    const result = one.perform({ do: "cordon", name: "n1" });
    assert.deepEqual("problems" in result && result.problems.map(({ code }) => code), ["run-over"]);
    assert.equal(one.trace().scenario.steps.length, 1);
  }
});
