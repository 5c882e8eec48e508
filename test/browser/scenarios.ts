/** Runs with much chance in them, of every kind of workload. */
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { container, scenario, timings, workload } from "../simulator/simulate/help.ts";

const web = { kind: "Deployment", name: "web" } as const;
const template = { spec: { restartPolicy: "Never", containers: [container] } };

const drawn = {
  ...timings,
  schedule: { distribution: "uniform", min: 1, max: 90 },
  pull: { distribution: "exponential", mean: 2000 },
  start: { distribution: "normal", mean: 400, deviation: 150 },
  work: { distribution: "normal", mean: 20_000, deviation: 9000 },
} as const;

const nodes = ["a", "b", "c"].map((zone, index) => ({
  name: `n${index}`,
  labels: { "topology.kubernetes.io/zone": zone },
  allocatable: { cpu: "4", memory: "8Gi", pods: "20" },
}));

function batch(kind: "Job" | "CronJob", spec: Readonly<Record<string, unknown>>) {
  return { apiVersion: "batch/v1", kind, metadata: { name: "work" }, spec };
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  "a rollout that is taken back while a node is lost": scenario(
    [
      { at: 0, action: { do: "apply", object: workload("Deployment", { replicas: 20 }) } },
      { at: 60_000, action: { do: "setImage", ...web, container: "app", image: "app:2" } },
      { at: 62_000, action: { do: "nodeLost", name: "n1" } },
      { at: 90_000, action: { do: "undo", ...web } },
      { at: 900_000, action: { do: "nodeBack", name: "n1" } },
    ],
    { seed: 11, nodes, timings: drawn, faults: [{ on: { image: "app:2" }, fault: { type: "crash", after: 900 } }] },
  ),
  "sets on every node and in order": scenario(
    [
      { at: 0, action: { do: "apply", object: workload("StatefulSet", { replicas: 5, serviceName: "web" }) } },
      { at: 0, action: { do: "apply", object: workload("DaemonSet") } },
      { at: 100_000, action: { do: "restart", kind: "StatefulSet", name: "web" } },
      { at: 100_000, action: { do: "restart", kind: "DaemonSet", name: "web" } },
    ],
    { seed: 12, nodes, timings: drawn },
  ),
  "an indexed Job whose pods fail now and then": scenario(
    [
      {
        at: 0,
        action: {
          do: "apply",
          object: batch("Job", { completions: 30, parallelism: 5, completionMode: "Indexed", template }),
        },
      },
    ],
    { seed: 13, nodes, timings: drawn, faults: [{ on: { index: 4, attempts: 2 }, fault: { type: "exit", code: 3 } }] },
  ),
  "a day of a CronJob on which clocks change": scenario(
    [
      {
        at: 0,
        action: {
          do: "apply",
          object: batch("CronJob", {
            schedule: "*/20 * * * *",
            timeZone: "America/New_York",
            jobTemplate: { spec: { template } },
          }),
        },
      },
    ],
    { seed: 14, nodes, timings: drawn, start: Date.UTC(2026, 2, 8), horizon: 24 * 3_600_000 },
  ),
};
