/** Runs as a whole: the same scenario gives the same trace, and every run ends and says how. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { summarize } from "../../../simulator/insight/summary.ts";
import type { Duration } from "../../../simulator/scenario/durations.ts";
import { whatIfs } from "../../../simulator/scenario/presets.ts";
import type { Scenario } from "../../../simulator/scenario/scenario.ts";
import { createRun, simulate } from "../../../simulator/simulate.ts";
import type { States, Trace } from "../../../simulator/trace.ts";
import { view } from "../../../simulator/view.ts";
import { runs } from "../../runs.ts";
import { container, run, scenario, timings, workload } from "./help.ts";

const web = { kind: "Deployment", name: "web" } as const;

const duration: fc.Arbitrary<Duration> = fc.oneof(
  fc.integer({ min: 0, max: 5000 }),
  fc.record({ distribution: fc.constant("uniform" as const), min: fc.constant(10), max: fc.constant(3000) }),
  fc.record({ distribution: fc.constant("exponential" as const), mean: fc.constant(800) }),
  fc.record({ distribution: fc.constant("normal" as const), mean: fc.constant(900), deviation: fc.constant(300) }),
);

const action = fc.oneof(
  fc.integer({ min: 1, max: 3 }).map((n) => ({ do: "setImage" as const, ...web, container: "app", image: `app:${n}` })),
  fc.integer({ min: 0, max: 6 }).map((replicas) => ({ do: "scale" as const, ...web, replicas })),
  fc.constantFrom("drain" as const, "uncordon" as const).map((deed) => ({ do: deed, name: "n1" })),
  fc.constantFrom("nodeLost" as const, "nodeBack" as const).map((deed) => ({ do: deed, name: "n2" })),
  fc.constantFrom("undo" as const, "restart" as const).map((deed) => ({ do: deed, ...web })),
  fc.constant({ do: "delete" as const, ...web }),
);

const random: fc.Arbitrary<Scenario> = fc
  .record({
    seed: fc.integer({ min: 0, max: 1000 }),
    kind: fc.constantFrom("Deployment" as const, "StatefulSet" as const, "DaemonSet" as const),
    warmUp: duration,
    pull: duration,
    steps: fc.array(fc.record({ at: fc.integer({ min: 1, max: 200_000 }), action }), { maxLength: 6 }),
    crash: fc.boolean(),
  })
  .map(({ seed, kind, warmUp, pull, steps, crash }) =>
    scenario(
      [
        { at: 0, action: { do: "apply", object: workload("Deployment", { replicas: 3 }) } },
        { at: 0, action: { do: "apply", object: workload(kind) } },
        ...steps,
      ],
      {
        seed,
        horizon: 600_000,
        nodes: [{ name: "n1" }, { name: "n2" }, { name: "n3", allocatable: { cpu: "1", pods: "3" } }],
        timings: { ...timings, warmUp, pull },
        faults: crash ? [{ on: { image: "app:2" }, fault: { type: "crash", after: 500 } }] : [],
      },
    ),
  );

/** What is there at `time`, by folding the entries one by one. */
function folded(trace: Trace, time: number): ReadonlyMap<string, States[keyof States]> {
  const found = new Map<string, States[keyof States]>();
  for (const entry of trace.entries) {
    if (entry.time > time || entry.type !== "object") continue;
    const key = `${entry.kind} ${entry.uid} ${entry.namespace}/${entry.name}`;
    if (entry.state === null) found.delete(key);
    else found.set(key, entry.state);
  }
  return found;
}

test("the same scenario and seed give the byte-identical trace", () => {
  fc.assert(
    fc.property(random, (given) => {
      const copy = JSON.parse(JSON.stringify(given)) as Scenario;
      assert.equal(JSON.stringify(run(given)), JSON.stringify(run(copy)));
    }),
    { numRuns: runs(40) },
  );
});

test("another seed draws other durations", () => {
  const step = { at: 0, action: { do: "apply", object: workload("Deployment", { replicas: 3 }) } } as const;
  const drawn = { ...timings, pull: { distribution: "exponential", mean: 3000 } } as const;
  const ends = [1, 2, 3].map((seed) => run(scenario([step], { seed, timings: drawn })).end);
  assert.equal(new Set(ends).size, 3);
});

test("times never go back, and the view at a time is the fold of the entries up to it", () => {
  fc.assert(
    fc.property(random, fc.integer({ min: -1, max: 700_000 }), (given, time) => {
      const trace = run(given);
      let last = 0;
      for (const entry of trace.entries) {
        assert.ok(entry.time >= last && entry.time <= given.horizon);
        last = entry.time;
      }
      assert.equal(trace.end, last);
      const seen = new Map<string, unknown>();
      for (const [kind, objects] of Object.entries(view(trace, time))) {
        for (const { namespace, name, uid, state } of objects) seen.set(`${kind} ${uid} ${namespace}/${name}`, state);
      }
      assert.deepEqual(new Map([...seen].sort()), new Map([...folded(trace, time)].sort()));
    }),
    { numRuns: runs(40) },
  );
});

test("every step is in the trace, once and in order", () => {
  fc.assert(
    fc.property(random, (given) => {
      const steps = run(given).entries.filter((one) => one.type === "step");
      const order = given.steps.map(({ at }, index) => [at, index] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      assert.deepEqual(
        steps.map((one) => [one.time, one.index]),
        order,
      );
    }),
    { numRuns: runs(30) },
  );
});

const everySecond = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "often" },
  spec: {
    schedule: "@every 1s",
    jobTemplate: { spec: { template: { spec: { restartPolicy: "Never", containers: [container] } } } },
  },
};

test("endless scenarios end and say so", () => {
  const year = 365 * 24 * 3_600_000;
  const often = run(
    scenario([{ at: 0, action: { do: "apply", object: everySecond } }], { horizon: year, budget: 20_000 }),
  );
  assert.equal(often.ending, "budget");
  assert.ok(often.entries.length >= 20_000 && often.entries.length < 20_100);

  const step = { at: 0, action: { do: "apply", object: workload("Deployment", { replicas: 2 }) } } as const;
  const faults = [{ on: {}, fault: { type: "crash", after: 1000 } }] as const;
  assert.equal(run(scenario([step], { faults })).ending, "horizon");
  assert.equal(run(scenario([step])).ending, "settled");
});

test("a run goes on piece by piece, tells how far it is, and can be cancelled", () => {
  const given = scenario([{ at: 0, action: { do: "apply", object: everySecond } }]);
  const one = createRun(given);
  assert.ok(!("problems" in one));
  assert.equal(one.advance(100), false);
  const before = one.progress();
  assert.equal(one.advance(100), false);
  assert.ok(one.progress().time > before.time && one.progress().entries > before.entries);
  one.cancel();
  assert.equal(one.advance(1), true);
  assert.equal(one.trace().ending, "cancelled");

  const signal = { aborted: false };
  const result = simulate(given, { signal, onProgress: () => (signal.aborted = true) });
  assert.ok("trace" in result);
  assert.equal(result.trace.ending, "cancelled");
  assert.ok(result.trace.end < given.horizon);
});

test("what if: each question changes the outcome in its own way", () => {
  const target = { ...web, namespace: "default", node: "n1", at: 60_000, replicas: 5 };
  const workers = { nodes: [{ name: "n1" }, { name: "n2" }] };
  const base = scenario(
    [
      { at: 0, action: { do: "apply", object: workload("Deployment", { replicas: 2 }) } },
      { at: 30_000, action: { do: "setImage", ...web, container: "app", image: "app:2" } },
    ],
    workers,
  );
  const outcome = (id: string) => {
    const changed = whatIfs.find((one) => one.id === id)!.apply(base, { ...target, image: "app:2" });
    const trace = run(changed);
    const { unfinished, lowestAvailable, peakPods } = summarize(trace, { ...web, namespace: "default" }, 30_000);
    return [unfinished?.code ?? "done", lowestAvailable?.count, peakPods.count];
  };
  assert.deepEqual(outcome("image-pull"), ["image-pull", 2, 3]);
  assert.deepEqual(outcome("never-ready"), ["never-ready", 2, 3]);
  assert.equal(outcome("crash-loop")[0], "crash-loop");
  assert.equal(outcome("slow-start")[0], "done");
  assert.deepEqual(outcome("node-lost").slice(0, 2), ["done", 1]);
  assert.deepEqual(outcome("node-drained").slice(0, 2), ["done", 1]);
  assert.equal(outcome("scale")[2], 5);
});
