/** Scenarios come from files: whatever is in them, there is a trace or a problem with a path, and never a throw. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkScenario } from "../../../simulator/scenario/check.ts";
import type { Scenario } from "../../../simulator/scenario/scenario.ts";
import { simulate } from "../../../simulator/simulate.ts";
import { runs } from "../../runs.ts";
import { container, scenario, workload } from "./help.ts";

const on = { kind: "Deployment", name: "web" } as const;
const template = { spec: { restartPolicy: "OnFailure", containers: [container] } };

/** Something of everything, so that every field has a place to be broken. */
const full: Scenario = scenario(
  [
    { at: 0, action: { do: "apply", object: workload("Deployment", { replicas: 2 }) } },
    { at: 0, action: { do: "apply", object: workload("StatefulSet", { replicas: 2, serviceName: "web" }) } },
    { at: 0, action: { do: "apply", object: workload("DaemonSet") } },
    {
      at: 0,
      action: {
        do: "apply",
        object: {
          apiVersion: "batch/v1",
          kind: "Job",
          metadata: { name: "work", namespace: "default", labels: { a: "b" } },
          spec: { completions: 2, parallelism: 2, completionMode: "Indexed", template },
        },
      },
    },
    {
      at: 0,
      action: {
        do: "apply",
        object: {
          apiVersion: "batch/v1",
          kind: "CronJob",
          metadata: { name: "often" },
          spec: { schedule: "*/5 * * * *", jobTemplate: { spec: { template } } },
        },
      },
    },
    { at: 10_000, action: { do: "setImage", ...on, container: "app", image: "app:2" } },
    { at: 11_000, action: { do: "patch", ...on, patch: { spec: { minReadySeconds: 2 } } } },
    { at: 12_000, action: { do: "scale", ...on, replicas: 3 } },
    { at: 13_000, action: { do: "undo", ...on } },
    { at: 13_500, action: { do: "restart", ...on } },
    { at: 14_000, action: { do: "taint", name: "n1", key: "k", effect: "NoExecute" } },
    { at: 15_000, action: { do: "labelNode", name: "n1", labels: { disk: "fast" } } },
    {
      at: 16_000,
      action: { do: "fault", fault: { on: { image: "app:2" }, fault: { type: "crash", after: 10, exitCode: 2 } } },
    },
    { at: 17_000, action: { do: "drain", name: "n2" } },
    { at: 18_000, action: { do: "addNode", node: { name: "n3", labels: { a: "b" } } } },
    { at: 19_000, action: { do: "nodeLost", name: "n3" } },
    { at: 20_000, action: { do: "delete", ...on, cascade: "orphan" } },
  ],
  {
    horizon: 400_000,
    budget: 5000,
    nodes: [
      { name: "n1", labels: { zone: "a" }, allocatable: { cpu: "4", memory: "1Gi", pods: "10" } },
      { name: "n2", taints: [{ key: "k", value: "v", effect: "NoSchedule" }], unschedulable: false },
    ],
    faults: [{ on: { kind: "Job", index: 1, attempts: 2 }, fault: { type: "exit", code: 3, after: 100 } }],
  },
);

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const parts = Array.isArray(value) ? value.map((one, index) => [index, one] as const) : Object.entries(value);
  return [path, ...parts.flatMap(([key, one]) => pathsOf(one, [...path, key]))];
}

/** A copy with the value at the path replaced; `undefined` takes it away. */
function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  const next = replaced(copy[first], rest, by);
  if (next === undefined && !Array.isArray(copy)) delete copy[first];
  else copy[first] = next;
  return copy;
}

function outcome(given: unknown): void {
  const result = simulate(given as Scenario);
  if ("trace" in result) {
    assert.ok(result.trace.entries.length <= 6000);
    return;
  }
  assert.deepEqual(result.problems, checkScenario(given));
  for (const { code, path, at } of result.problems) {
    assert.ok(code.length > 0);
    assert.ok(at.length === 0 || path.length > 0, "a problem without a path");
  }
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, "", "web", "-1", -1, 0, 1.5, 1e300, true, [], {}, [null], { a: null }),
  fc.jsonValue({ maxDepth: 2 }),
);

test("whatever one value of a scenario becomes, nothing is thrown", () => {
  const paths = pathsOf(full);
  fc.assert(
    fc.property(fc.constantFrom(...paths), odd, (path, value) => outcome(replaced(full, path, value))),
    { numRuns: runs(250) },
  );
});

test("an object that cannot be turned into text is refused wherever it stands", () => {
  for (const path of pathsOf(full)) outcome(replaced(full, path, { toString: "" }));
});

test("any JSON at all is either run or refused", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => outcome(value)),
    { numRuns: runs(200) },
  );
});

test("numbers beyond any calendar, cluster or run are refused or end in time", () => {
  const numbers = [1e6, 2 ** 31 - 1, 1e15, Number.MAX_SAFE_INTEGER, 1e300, 5e-324, -5e-324];
  for (const path of pathsOf(full)) for (const number of numbers) outcome(replaced(full, path, number));
});

test("problems name the place", () => {
  const broken = (path: Path, value: unknown) => checkScenario(replaced(full, path, value)).map((one) => one.path);
  assert.deepEqual(broken(["nodes", 1, "name"], ""), ["nodes[1].name"]);
  assert.deepEqual(broken(["timings", "pull"], -1), ["timings.pull"]);
  assert.deepEqual(broken(["start"], 1e300), ["start"]);
  assert.deepEqual(broken(["horizon"], 1e300), ["horizon"]);
  assert.deepEqual(broken(["steps", 7, "action", "replicas"], "3"), ["steps[7].action.replicas"]);
  assert.deepEqual(broken(["faults", 0, "fault", "type"], "flood"), ["faults[0].fault.type"]);
  assert.deepEqual(checkScenario(full), []);
});

test("a step on what is not there is refused in the trace, and the run goes on", () => {
  const result = simulate(
    scenario([
      { at: 0, action: { do: "scale", kind: "Deployment", name: "nope", replicas: 2 } },
      { at: 0, action: { do: "nodeLost", name: "n9" } },
      { at: 0, action: { do: "apply", object: workload("Deployment") } },
    ]),
  );
  assert.ok("trace" in result);
  const steps = result.trace.entries.filter((one) => one.type === "step");
  assert.deepEqual(
    steps.map((one) => one.problem?.path ?? one.output),
    ["steps[0].action.name", "steps[1].action.name", "deployment.apps/web created"],
  );
});
