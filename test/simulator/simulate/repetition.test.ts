/**
 * CronJob runs that are all alike are not worked out one by one. Nobody can tell: a scenario in which something is still to
 * come, so that nothing is taken for known, has the same trace.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import type { Fault, Scenario } from "../../../simulator/scenario/scenario.ts";
import { createRun } from "../../../simulator/simulate.ts";
import { runs } from "../../runs.ts";
import { container, run, scenario, timings, workload } from "./help.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type Fields = Readonly<Record<string, unknown>>;

function cronJob(spec: Fields = {}, job: Fields = {}, pod: Fields = {}, name = "report"): ManifestObject {
  const template = { spec: { restartPolicy: "Never", containers: [container], ...pod } };
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name },
    spec: { schedule: "*/5 * * * *", jobTemplate: { spec: { template, ...job } }, ...spec },
  };
}

const applied = (objects: readonly ManifestObject[]): Scenario["steps"] =>
  objects.map((object) => ({ at: 0, action: { do: "apply", object } }));

interface Story {
  readonly lines: readonly string[];
  /** How many instants were gone through. */
  readonly instants: number;
}

function storyOf(given: Scenario): Story {
  const going = createRun(given);
  assert.ok("advance" in going);
  let instants = 1;
  while (!going.advance(1)) instants++;
  return { lines: going.trace().entries.map((entry) => JSON.stringify(entry)), instants };
}

/** The scenario worked out to its end: with a step to come that changes nothing, and that is left out of what is told. */
function plainStory(given: Scenario): Story {
  const fault: Fault = { on: { name: "nobody" }, fault: { type: "neverReady" } };
  const last = { at: given.horizon, action: { do: "fault", fault } } as const;
  const { lines, instants } = storyOf({ ...given, steps: [...given.steps, last] });
  const told = `{"type":"step","time":${given.horizon},"index":${given.steps.length}}`;
  assert.ok(lines.includes(told));
  return { lines: lines.filter((line) => line !== told), instants };
}

/** Only the first difference is shown. */
function assertSame(one: readonly string[], other: readonly string[]): void {
  const at = one.findIndex((line, i) => line !== other[i]);
  assert.deepEqual([one[at], one.length], [other[at], other.length]);
}

const nodes = ["n1", "n2", "n3"].map((name) => ({ name, allocatable: { pods: "110" } }));

test("a CronJob's runs are the same whether they are worked out or known", () => {
  const given = scenario(applied([cronJob()]), { nodes, horizon: 3 * day });
  const [story, plain] = [storyOf(given), plainStory(given)];
  assertSame(story.lines, plain.lines);
  assert.ok(plain.instants > 5 * 864);
  assert.ok(story.instants < 864 + 200);
});

test("it ends at its horizon in the middle of a run, and at its budget", () => {
  for (const horizon of [day, day + 300, day + 1500, day + 31_000]) {
    const given = scenario(applied([cronJob()]), { nodes, horizon });
    assertSame(storyOf(given).lines, plainStory(given).lines);
    assert.equal(run(given).ending, "horizon");
  }
  // Whenever it ends, its end is that of what was written last.
  for (let horizon = 20 * minute; horizon < 1.5 * hour; horizon += 2 * minute) {
    const { end, entries } = run(scenario(applied([cronJob()]), { nodes: nodes.slice(1, 2), horizon }));
    assert.equal(end, entries.at(-1)?.time);
  }
  const trace = run(scenario(applied([cronJob()]), { nodes, horizon: 100 * day, budget: 2000 }));
  assert.equal(trace.ending, "budget");
  assert.ok(trace.entries.length >= 2000 && trace.entries.length < 2010);
  assert.equal(trace.end, trace.entries.at(-1)?.time);
});

test("what is known counts as progress, and the run can be given up in it", () => {
  const going = createRun(scenario(applied([cronJob()]), { nodes, horizon: 30 * day }));
  assert.ok("advance" in going);
  going.advance(1000);
  const before = going.progress();
  assert.ok(before.time > 2 * day);
  going.advance(10);
  assert.equal(going.progress().time, before.time + 50 * minute);
  going.cancel();
  const { ending, entries, end } = going.trace();
  assert.deepEqual([ending, entries.length, end], ["cancelled", going.progress().entries, going.progress().time]);
});

const spec = fc.record(
  {
    schedule: fc.constantFrom(
      "*/2 * * * *",
      "*/5 * * * *",
      "@every 3m",
      "@every 90s",
      "*/7 * * * *",
      "*/10 8-17 * * *",
    ),
    timeZone: fc.constantFrom("Europe/Berlin", "Asia/Seoul", "Australia/Lord_Howe"),
    concurrencyPolicy: fc.constantFrom("Allow", "Forbid", "Replace"),
    startingDeadlineSeconds: fc.constantFrom(30, 200),
    successfulJobsHistoryLimit: fc.nat(4),
    failedJobsHistoryLimit: fc.nat(4),
  },
  { requiredKeys: ["schedule"] },
);
const job = fc.record(
  {
    completions: fc.integer({ min: 1, max: 3 }),
    parallelism: fc.integer({ min: 1, max: 2 }),
    backoffLimit: fc.nat(2),
    activeDeadlineSeconds: fc.constantFrom(20, 200, 1000),
    ttlSecondsAfterFinished: fc.constantFrom(0, 100, 1000),
  },
  { requiredKeys: [] },
);
const pod = fc.record(
  {
    restartPolicy: fc.constantFrom("Never", "OnFailure"),
    initContainers: fc.constant([{ name: "first", image: "first:1" }]),
    terminationGracePeriodSeconds: fc.constant(1),
  },
  { requiredKeys: ["restartPolicy"] },
);
const fault = fc.constantFrom<Fault>(
  { on: { attempts: 1 }, fault: { type: "exit", code: 1 } },
  { on: {}, fault: { type: "exit", code: 3, after: 700 } },
  { on: { node: "n1" }, fault: { type: "exit", code: 1 } },
  { on: { node: "n2" }, fault: { type: "slowStart", factor: 3 } },
  { on: { attempts: 2 }, fault: { type: "imagePull" } },
  { on: {}, fault: { type: "exit", code: 1, after: { distribution: "uniform", min: 1000, max: 5000 } } },
);

test("random CronJobs, faults and neighbours: known or worked out, the trace is the same", () => {
  let known = 0;
  const cases = fc.record({
    spec,
    job,
    pod,
    indexed: fc.boolean(),
    faults: fc.array(fault, { maxLength: 1 }),
    nodes: fc.constantFrom(1, 1, 2, 3),
    neighbour: fc.constantFrom(
      null,
      null,
      null,
      null,
      workload("Deployment", { replicas: 2 }),
      cronJob({}, {}, {}, "other"),
    ),
    work: fc.constantFrom(1000, 20_000, 70_000),
    start: fc.constantFrom(Date.UTC(2026, 0, 5, 10), Date.UTC(2026, 2, 28, 22), Date.UTC(2026, 9, 24, 22)),
    late: fc.nat(400_000),
    hours: fc.integer({ min: 3, max: 10 }),
    seed: fc.nat(1000),
  });
  fc.assert(
    fc.property(cases, (one) => {
      const mode = one.indexed ? { completionMode: "Indexed", completions: one.job.completions ?? 2 } : {};
      const objects = [cronJob(one.spec, { ...one.job, ...mode }, one.pod), ...(one.neighbour ? [one.neighbour] : [])];
      const given = scenario(applied(objects), {
        seed: one.seed,
        start: one.start + one.late,
        horizon: one.hours * hour,
        nodes: nodes.slice(0, one.nodes),
        timings: { ...timings, work: one.work },
        faults: one.faults,
      });
      const [story, plain] = [storyOf(given), plainStory(given)];
      assertSame(story.lines, plain.lines);
      if (story.instants < 0.9 * plain.instants) known++;
    }),
    { numRuns: runs(40) },
  );
  assert.ok(known >= runs(40) / 6, `only ${known}`);
});
