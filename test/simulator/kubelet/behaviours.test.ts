/** What a scenario says of containers: whom it means, and that it is checked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Behaviour } from "../../../simulator/scenario/behaviour.ts";
import { checkScenario } from "../../../simulator/scenario/check.ts";
import type { Scenario } from "../../../simulator/scenario/scenario.ts";
import { container, pod, podEntries, run, scenario, story, workload } from "../simulate/help.ts";

const log = { name: "log", image: "log:1" };

function told(behaviours: readonly Behaviour[], steps: Scenario["steps"] = []): readonly string[] {
  const apply = { at: 0, action: { do: "apply", object: pod({ containers: [container, log] }) } } as const;
  return story(run(scenario([apply, ...steps], { behaviours, horizon: 40_000 })));
}

test("of several that speak of a container the last one counts, key by key", () => {
  const lines = told([
    { on: {}, does: { image: { onNode: true }, runs: 5000, exit: 1 } },
    { on: { container: "log" }, does: { runs: "forever" } },
    { on: { container: "app" }, does: { runs: 60_000 } },
  ]);
  assert.deepEqual(lines, ["0 ContainerCreating 0/2", "350 Running 2/2"]);
});

test("an image says which revision is meant: the old one ends at once, the new one hears nothing", () => {
  const steps: Scenario["steps"] = [
    { at: 0, action: { do: "apply", object: workload("Deployment", { replicas: 1 }) } },
    { at: 20_000, action: { do: "setImage", kind: "Deployment", name: "web", container: "app", image: "app:2" } },
    { at: 60_000, action: { do: "restart", kind: "Deployment", name: "web" } },
  ];
  const behaviours: Behaviour[] = [
    { on: {}, does: { onTerm: {} } },
    { on: { kind: "Deployment", name: "web", image: "app:2" }, does: { onTerm: "ignore" } },
  ];
  const entries = podEntries(run(scenario(steps, { behaviours, horizon: 200_000 })));
  const ends = new Map<string, number>();
  const times = entries.flatMap(({ uid, state, time }) => {
    if (state?.terminating && !ends.has(uid)) ends.set(uid, time);
    return state === null ? [Math.floor((time - ends.get(uid)!) / 1000)] : [];
  });
  // SIGKILL comes after the 30 seconds of the pod's grace period; the kubelet needs a moment to see that all has ended.
  assert.deepEqual(times, [1, 31]);
});

test("the number of a revision selects as well", () => {
  const steps: Scenario["steps"] = [
    { at: 0, action: { do: "apply", object: workload("Deployment", { replicas: 1 }) } },
    { at: 20_000, action: { do: "setImage", kind: "Deployment", name: "web", container: "app", image: "app:2" } },
  ];
  const behaviours: Behaviour[] = [{ on: { revision: 2 }, does: { startError: true } }];
  const words = podEntries(run(scenario(steps, { behaviours, horizon: 60_000 }))).map(({ state }) => state?.status);
  assert.ok(words.includes("RunContainerError"));
  assert.ok(words.indexOf("RunContainerError") > words.indexOf("Running"));
});

test("what is said later holds for containers that start later", () => {
  const later = { on: { container: "app" }, does: { runs: 3000, exit: 2 } };
  const first: Behaviour = { on: { container: "app" }, does: { attempts: [{ runs: 10_000, exit: 1 }] } };
  const lines = told(
    [first],
    [{ at: 5000, action: { do: "behave", behaviour: { ...later, does: { ...later.does, attempts: [] } } } }],
  );
  const starts = lines.filter((line) => line.includes("Running 2/2")).map((line) => Number.parseInt(line, 10));
  const ends = lines.filter((line) => line.includes("Error")).map((line) => Number.parseInt(line, 10));
  assert.deepEqual(
    starts.slice(0, 2).map((at, index) => Math.ceil((ends[index]! - at) / 1000)),
    // From one look of the kubelet to another.
    [9, 3],
  );
});

test("words that nobody knows are told with those that there are", () => {
  const given = {
    ...scenario([]),
    behaviours: [{ on: { pod: "web" }, does: { run: 1, onTerm: "deaf", image: { fails: "404" } } }],
  };
  assert.deepEqual(
    checkScenario(given).map(({ code, path }) => `${code} ${path}`),
    [
      "scenario-choice-unknown behaviours[0].on.pod",
      "scenario-choice-unknown behaviours[0].does.run",
      "scenario-object-expected behaviours[0].does.onTerm",
      "scenario-number-expected behaviours[0].does.image.fails",
    ],
  );
});
