/** The cluster, the durations and the length of a run when a person has not said otherwise. All of it is an assumption. */
import type { CronJobSpec, JobSpec, ManifestObject } from "../api/objects.ts";
import { parseSchedule } from "../api/schedule/grammar.ts";
import { nextRuns } from "../api/schedule/next.ts";
import { longDuration } from "./durations.ts";
import type { Scenario, ScenarioNode, Step, Timings } from "./scenario.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A Monday morning (UTC), in milliseconds since 1970: so that the same manifest gives the same run on any day. */
export const defaultStart = Date.UTC(2026, 0, 5, 10, 0, 0);

/** Plausible durations on a small cluster, in milliseconds. */
export const defaultTimings: Timings = {
  schedule: 50,
  sandbox: 700,
  pull: 3 * second,
  start: 300,
  init: 2 * second,
  warmUp: 2 * second,
  shutdown: 2 * second,
  work: 30 * second,
};

const allocatable = { cpu: "4", memory: "16Gi", "ephemeral-storage": "100Gi", pods: "110" } as const;

function node(name: string, zone: string, more: Partial<ScenarioNode>): ScenarioNode {
  const labels = {
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    "topology.kubernetes.io/region": "region-1",
    "topology.kubernetes.io/zone": zone,
    ...more.labels,
  };
  return { ...more, name, labels, allocatable };
}

/** One tainted control-plane node and three workers, each in a zone of its own. */
export const defaultNodes: readonly ScenarioNode[] = [
  node("control-plane", "zone-a", {
    labels: { "node-role.kubernetes.io/control-plane": "" },
    taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }],
  }),
  node("worker-1", "zone-a", {}),
  node("worker-2", "zone-b", {}),
  node("worker-3", "zone-c", {}),
];

const applicable = new Set([
  "Deployment",
  "ReplicaSet",
  "StatefulSet",
  "DaemonSet",
  "Job",
  "CronJob",
  "Pod",
  "Service",
  "PersistentVolumeClaim",
]);

/** Whether a scenario can apply objects of this kind. */
export function isApplicable(kind: string): boolean {
  return applicable.has(kind);
}

/** The scenario that applies the (admitted) objects at time 0 to the default cluster; other kinds are left out. */
export function defaultScenario(objects: readonly ManifestObject[], seed = 1, start = defaultStart): Scenario {
  return {
    seed,
    start,
    horizon: Math.max(hour, ...objects.map((object) => usefulTime(object, defaultTimings, start))),
    nodes: defaultNodes,
    timings: defaultTimings,
    faults: [],
    steps: applySteps(objects, 0),
  };
}

/** The scenario of a change: the old objects at time 0, the new ones at `at` milliseconds, when the old ones have settled. */
export function rolloutScenario(
  before: readonly ManifestObject[],
  after: readonly ManifestObject[],
  at: number,
  seed = 1,
  start = defaultStart,
): Scenario {
  const scenario = defaultScenario([...before, ...after], seed, start);
  return { ...scenario, horizon: scenario.horizon + at, steps: [...applySteps(before, 0), ...applySteps(after, at)] };
}

function applySteps(objects: readonly ManifestObject[], at: number): Step[] {
  return objects.filter(({ kind }) => isApplicable(kind)).map((object) => ({ at, action: { do: "apply", object } }));
}

/** How long a run has to be to show what is interesting about the object, in milliseconds. */
function usefulTime({ kind, spec }: ManifestObject, timings: Timings, start: number): number {
  if (kind === "Job") return jobTime(spec as unknown as JobSpec, timings);
  if (kind !== "CronJob") return hour;
  const { schedule, timeZone, jobTemplate } = spec as unknown as CronJobSpec;
  const parsed = parseSchedule(schedule);
  if ("error" in parsed) return hour;
  const runs = nextRuns(parsed.schedule, timeZone ?? null, start, 5);
  return Math.max(hour, (runs.at(-1) ?? start) - start + Math.min(jobTime(jobTemplate.spec, timings), day));
}

function jobTime(spec: JobSpec, timings: Timings): number {
  const waves = Math.ceil((spec.completions ?? 1) / Math.max(1, spec.parallelism ?? 1));
  const wave = longDuration(timings.work) + longDuration(timings.start) + longDuration(timings.sandbox) + 5 * second;
  return hour + waves * wave * 2;
}
