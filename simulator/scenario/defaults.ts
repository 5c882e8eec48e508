/** The cluster, the durations and the length of a run when a person has not said otherwise. All of it is an assumption. */
import { kinds } from "../api/kinds.ts";
import type { CronJobSpec, JobSpec, ManifestObject } from "../api/objects.ts";
import { parseSchedule } from "../api/schedule/grammar.ts";
import { nextRuns } from "../api/schedule/next.ts";
import { usualAllocatable } from "../cluster/initial.ts";
import { generateName } from "../cluster/names.ts";
import { createRandom } from "../engine/random.ts";
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

function node(name: string, zone: string, more: Partial<ScenarioNode>): ScenarioNode {
  const labels = {
    "topology.kubernetes.io/region": "region-1",
    "topology.kubernetes.io/zone": zone,
    ...more.labels,
  };
  return { ...more, name, labels, allocatable: usualAllocatable };
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

/** Kinds whose objects machines and controllers make, not people. */
const notOurs: ReadonlySet<string> = new Set(["Node", "ControllerRevision", "Event"]);

/** Whether a scenario can apply objects of this kind: every kind that a person writes, simulated or only kept. */
export function isApplicable(kind: string): boolean {
  return kinds.named(kind) !== undefined && !notOurs.has(kind);
}

/** The durations when nothing is said of them: a Job whose deadline is short does no work that takes longer. */
function timingsFor(objects: readonly ManifestObject[]): Timings {
  const deadlines = objects.flatMap(({ kind, spec }) => {
    const job =
      kind === "CronJob" ? (spec as unknown as CronJobSpec).jobTemplate?.spec : kind === "Job" ? spec : undefined;
    const seconds = (job as JobSpec | undefined)?.activeDeadlineSeconds;
    return typeof seconds === "number" ? [(seconds * second) / 2] : [];
  });
  const work = Math.min(Number(defaultTimings.work), ...deadlines);
  return work === defaultTimings.work ? defaultTimings : { ...defaultTimings, work };
}

/** The scenario that applies the objects, as they are written, at time 0 to the default cluster; other kinds are left out. */
export function defaultScenario(objects: readonly ManifestObject[], seed = 1, start = defaultStart): Scenario {
  return {
    seed,
    start,
    horizon: usefulHorizon(objects, start),
    nodes: defaultNodes,
    timings: timingsFor(objects),
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

/** Kinds that decide about pods as these are made: they are there before them, wherever in a file they stand. */
const first: ReadonlySet<string> = new Set(["Namespace", "PriorityClass", "StorageClass", "PersistentVolume"]);

function applySteps(objects: readonly ManifestObject[], at: number): Step[] {
  const ours = objects.filter(({ kind }) => isApplicable(kind));
  const ordered = [...ours.filter(({ kind }) => first.has(kind)), ...ours.filter(({ kind }) => !first.has(kind))];
  return ordered.map((object) => ({ at, action: { do: "apply", object } }));
}

/** Runs of a CronJob that are worth waiting for, and those of a frequent one beyond which it drowns what is rare. */
const fewRuns = 5;
const manyRuns = 60;

/** How long a run has to be to show what is interesting about the objects, in milliseconds. */
function usefulHorizon(objects: readonly ManifestObject[], start: number): number {
  const cronJobs = objects.filter(({ kind }) => kind === "CronJob").map(({ spec }) => spec as unknown as CronJobSpec);
  const jobs = objects.filter(({ kind }) => kind === "Job").map(({ spec }) => spec as unknown as JobSpec);
  const longest = Math.max(hour, ...jobs.map((spec) => jobTime(spec, defaultTimings)));
  const few = cronJobs.map((spec) => timeOfRuns(spec, start, fewRuns));
  const many = cronJobs.map((spec) => timeOfRuns(spec, start, manyRuns));
  return Math.max(longest, Math.min(Math.max(0, ...few), ...many));
}

/** When so many runs of a CronJob are over, as far as it has so many. */
function timeOfRuns({ schedule, timeZone, jobTemplate }: CronJobSpec, start: number, count: number): number {
  const parsed = parseSchedule(schedule);
  if ("error" in parsed) return hour;
  const runs = nextRuns(parsed.schedule, timeZone ?? null, start, count);
  const last = runs.at(-1) ?? start;
  return Math.max(hour, last - start + Math.min(jobTime(jobTemplate.spec, defaultTimings), day));
}

/**
 * The object under a name of its own: what only says how its name begins gets an end, as on creation. The real end is
 * random; this one depends on `index` alone, so that the object is found again.
 */
export function namedObject(object: ManifestObject, index: number): ManifestObject {
  const { name, generateName: base } = object.metadata;
  if (name || !base) return object;
  return { ...object, metadata: { ...object.metadata, name: generateName(base, createRandom(index, base)) } };
}

function jobTime(spec: JobSpec, timings: Timings): number {
  const waves = Math.ceil((spec.completions ?? 1) / Math.max(1, spec.parallelism ?? 1));
  const wave = longDuration(timings.work) + longDuration(timings.start) + longDuration(timings.sandbox) + 5 * second;
  return hour + waves * wave * 2;
}
