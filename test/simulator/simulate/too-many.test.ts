/** Numbers of pods that no cluster could hold are refused, and a run that would fill the memory ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultScenario } from "../../../simulator/scenario/defaults.ts";
import { withStep } from "../../../simulator/scenario/presets.ts";
import { simulate } from "../../../simulator/simulate.ts";

const web = (replicas: number) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    replicas,
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "app", image: "app:1" }] } },
  },
});

test("more pods than any cluster holds are refused, wherever they are asked for", () => {
  const scaled = withStep(defaultScenario([web(1)]), 1000, {
    do: "scale",
    kind: "Deployment",
    name: "web",
    replicas: 1e300,
  });
  for (const [scenario, path] of [
    [defaultScenario([web(2_147_483_647)]), "steps[0].action.object.spec.replicas"],
    [scaled, "steps[1].action.replicas"],
  ] as const) {
    const result = simulate(scenario);
    assert.deepEqual("problems" in result && result.problems.map((one) => [one.code, one.path]), [
      ["scenario-too-many-pods", path],
    ]);
  }
});

test("a budget that is used up within one instant ends the run there", () => {
  const result = simulate({ ...defaultScenario([web(100_000)]), budget: 5_000 });
  assert.ok("trace" in result);
  assert.equal(result.trace.ending, "budget");
  assert.ok(result.trace.entries.length < 20_000);
});

test("the list of a CronJob whose Jobs never end uses up the budget as well", () => {
  const cronJob = {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "often" },
    spec: {
      schedule: "* * * * *",
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "app", image: "app:1" }] } } },
      },
    },
  };
  const month = 30 * 86_400_000;
  const result = simulate({ ...defaultScenario([cronJob]), nodes: [], horizon: month, budget: 20_000 });
  assert.ok("trace" in result);
  assert.equal(result.trace.ending, "budget");
  // Each list holds one name more than the one before: without them some 2,600 Jobs would fit.
  const jobs = result.trace.entries.filter((one) => one.type === "object" && one.kind === "Job" && one.state !== null);
  assert.ok(new Set(jobs.map((one) => one.type === "object" && one.name)).size < 800);
});
