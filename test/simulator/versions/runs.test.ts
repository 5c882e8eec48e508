/** Runs of one scenario in several versions of Kubernetes: what the controllers of each do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { boundLabels } from "../../../simulator/api/admission/topology-labels.ts";
import { type Target, targets } from "../../../simulator/api/target.ts";
import { checkScenario } from "../../../simulator/scenario/check.ts";
import type { Action, Step } from "../../../simulator/scenario/scenario.ts";
import { container, podEntries, run, scenario, workload } from "../simulate/help.ts";

const minute = 60_000;
const apply = (object: ReturnType<typeof workload>): Step => ({ at: 0, action: { do: "apply", object } });
const db = { kind: "StatefulSet", name: "web" };
const newImage = { do: "setImage", ...db, container: "app", image: "app:2" } satisfies Action;

const runIn = (target: Target, steps: readonly Step[]) => run(scenario(steps, { kubernetes: target }));

test("a StatefulSet that can spare two pods is updated by two from 1.37 on, by one before", () => {
  const rolling = { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 2 } };
  const steps = [
    apply(workload("StatefulSet", { replicas: 4, updateStrategy: rolling })),
    { at: minute, action: newImage },
  ];
  const most = targets.map((target) => {
    const going = new Set<string>();
    let together = 0;
    for (const { name, state } of podEntries(runIn(target, steps))) {
      if (state?.terminating) going.add(name);
      else going.delete(name);
      together = Math.max(together, going.size);
    }
    return together;
  });
  assert.deepEqual(most, [1, 1, 1, 2]);
});

test("a StatefulSet updated by deletion has the new revision as its current one from 1.37 on", () => {
  const spec = { replicas: 1, updateStrategy: { type: "OnDelete" } };
  const steps: Step[] = [
    apply(workload("StatefulSet", spec)),
    { at: minute, action: newImage },
    { at: 2 * minute, action: { do: "deletePod", pod: "web-0" } },
  ];
  const isThrough = targets.map((target) => {
    const last = runIn(target, steps).entries.findLast((one) => one.type === "object" && one.kind === "StatefulSet");
    assert.ok(last?.type === "object" && last.kind === "StatefulSet" && last.state);
    return last.state.currentRevision === last.state.updateRevision;
  });
  assert.deepEqual(isThrough, [false, false, false, true]);
});

test("Events of StatefulSets begin in lower case in 1.34", () => {
  const told = targets.map((target) => {
    const { entries } = runIn(target, [apply(workload("StatefulSet", { replicas: 1 }))]);
    const created = entries.find((one) => one.type === "event" && one.reason === "SuccessfulCreate");
    return created?.type === "event" ? created.message.split(" ")[0] : "";
  });
  assert.deepEqual(told, ["create", "Create", "Create", "Create"]);
});

test("a pod is judged by the version of the run", () => {
  const padded = { ...container, resizePolicy: [{ resourceName: "cpu", restartPolicy: "RestartContainer" }] };
  const template = {
    metadata: { labels: { app: "web" } },
    spec: { containers: [container], initContainers: [{ ...padded, name: "init" }] },
  };
  const problems = targets.map((target) => {
    const { entries } = runIn(target, [apply(workload("Deployment", { replicas: 1, template }))]);
    const step = entries.find((one) => one.type === "step");
    return step?.type === "step" ? (step.problem?.code ?? "") : "";
  });
  assert.deepEqual(problems, ["", "", "resize-restart-of-init", "resize-restart-of-init"]);
});

test("a pod bears the zone of its node from 1.35 on", () => {
  const zone = { "topology.kubernetes.io/zone": "a" };
  const labels = targets.map((target) => boundLabels({ app: "web" }, { ...zone, disk: "ssd" }, target));
  const both = { app: "web", ...zone };
  assert.deepEqual(labels, [{ app: "web" }, both, both, both]);
});

test("a scenario of a version that nobody knows is not run", () => {
  const told = checkScenario({ ...scenario([]), kubernetes: "1.33" });
  assert.deepEqual(
    told.map(({ code, path, params }) => [code, path, params["allowed"]]),
    [["scenario-choice-unknown", "kubernetes", targets]],
  );
});
