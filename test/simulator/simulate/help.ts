/** Short scenarios for tests: constant durations that are easy to add up. */
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import type { Scenario, Timings } from "../../../simulator/scenario/scenario.ts";
import { simulate } from "../../../simulator/simulate.ts";
import type { ObjectEntry, Trace } from "../../../simulator/trace.ts";

/** A container is up after sandbox 100 + pull 1,000 + start 100, and ready 500 later. Scheduling takes no time. */
export const timings: Timings = {
  schedule: 0,
  sandbox: 100,
  pull: 1000,
  start: 100,
  init: 2000,
  warmUp: 500,
  shutdown: 2000,
  work: 30_000,
};

export function scenario(steps: Scenario["steps"], more: Partial<Scenario> = {}): Scenario {
  return {
    seed: 1,
    start: Date.UTC(2026, 0, 5, 10),
    horizon: 3_600_000,
    nodes: [{ name: "n1" }],
    timings,
    faults: [],
    steps,
    ...more,
  };
}

export function run(given: Scenario): Trace {
  const result = simulate(given);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.trace;
}

/** A pod of its own named `web`. */
export function pod(spec: Readonly<Record<string, unknown>>): ManifestObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec };
}

export const container = { name: "app", image: "app:1" };

/** A workload `web` of one container `app`; `spec` is laid over its own. */
export function workload(
  kind: "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet",
  spec: Readonly<Record<string, unknown>> = {},
): ManifestObject {
  const template = { metadata: { labels: { app: "web" } }, spec: { containers: [container] } };
  const selector = { matchLabels: { app: "web" } };
  return { apiVersion: "apps/v1", kind, metadata: { name: "web" }, spec: { selector, template, ...spec } };
}

export type PodEntry = Extract<ObjectEntry, { kind: "Pod" }>;

export function podEntries(trace: Trace): readonly PodEntry[] {
  return trace.entries.filter((one): one is PodEntry => one.type === "object" && one.kind === "Pod");
}

/** How the pods' STATUS and READY columns went: `1200 Running 0/1`, `3200 gone`. */
export function story(trace: Trace): readonly string[] {
  const lines = podEntries(trace).map(({ time, state }) =>
    state === null ? `${time} gone` : `${time} ${state.status} ${state.readyContainers}/${state.containers}`,
  );
  return lines.filter((line, index) => line !== lines[index - 1]);
}
