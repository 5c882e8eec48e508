/** CronJobs over time: concurrency policies, history limits, and days on which clocks change. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createCluster } from "../../../simulator/cluster/cluster.ts";
import { controllerOf, type Job } from "../../../simulator/cluster/objects.ts";
import type { Change, Store } from "../../../simulator/cluster/store.ts";
import { decideCronJob, type Holder } from "../../../simulator/controllers/cronjob/decide.ts";
import { controlPlane } from "../../../simulator/controllers/registry.ts";
import { act } from "../../../simulator/kubectl/act.ts";
import { createKubelet } from "../../../simulator/nodes/kubelet/kubelet.ts";
import { createScheduler } from "../../../simulator/nodes/scheduler/scheduler.ts";
import { runs } from "../../runs.ts";
import { container, timings } from "../simulate/help.ts";

const minute = 60_000;

interface Given {
  readonly spec: Readonly<Record<string, unknown>>;
  /** How long the work of a Job takes, in milliseconds. */
  readonly work: number;
  readonly minutes: number;
  readonly start?: number;
  readonly fails?: boolean;
}

function isEnded({ status }: Job): boolean {
  return status.conditions.some((one) => (one.type === "Complete" || one.type === "Failed") && one.status === "True");
}

/** Runs a CronJob `often`, every minute unless its spec says otherwise, and tells of every change. */
function runCronJob(given: Given, onChange: (change: Change, store: Store, now: number) => void = () => {}) {
  const kubelet = createKubelet({
    timings: { ...timings, work: given.work },
    faults: given.fails ? [{ on: {}, fault: { type: "exit", code: 1 } }] : [],
  });
  let store: Store | undefined;
  const events: string[] = [];
  const cluster = createCluster({
    seed: 1,
    start: given.start ?? Date.UTC(2026, 0, 5, 10),
    controllers: [...controlPlane(), createScheduler({ delay: 0 }), kubelet.factory],
    onChange: (change) => store && onChange(change, store, cluster.now()),
    onEvent: ({ reason }) => events.push(reason),
  });
  store = cluster.store;
  act(cluster, { do: "addNode", node: { name: "n1" } });
  const template = { spec: { restartPolicy: "Never", containers: [container] } };
  const { problem } = act(cluster, {
    do: "apply",
    object: {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "often" },
      spec: { schedule: "* * * * *", jobTemplate: { spec: { backoffLimit: 0, template } }, ...given.spec },
    },
  });
  assert.equal(problem, undefined);
  // Half a second more: the controller looks a moment after the full minute.
  cluster.advance(given.minutes * minute + 500);
  const jobs = [...cluster.store.all("Job")];
  const [cronJob] = cluster.store.all("CronJob");
  return { cluster, jobs, events, cronJob: cronJob! };
}

const given = fc.record({
  work: fc.integer({ min: 1000, max: 200_000 }),
  minutes: fc.integer({ min: 1, max: 12 }),
});
const limits = fc.record({
  successfulJobsHistoryLimit: fc.integer({ min: 0, max: 3 }),
  failedJobsHistoryLimit: fc.integer({ min: 0, max: 2 }),
});

function started(jobs: Iterable<Job>): readonly Job[] {
  return [...jobs].filter((job) => !isEnded(job) && job.deleted === null);
}

test("Forbid never has two Jobs running, Replace neither; Allow starts one each minute", () => {
  const policy = fc.constantFrom("Forbid", "Replace", "Allow");
  fc.assert(
    fc.property(given, policy, ({ work, minutes }, concurrencyPolicy) => {
      const starts: number[] = [];
      runCronJob({ work, minutes, spec: { concurrencyPolicy } }, ({ type, object }, store, now) => {
        if (object.kind !== "Job" || type !== "added") return;
        starts.push(now);
        assert.equal(controllerOf(object)?.name, "often");
        if (concurrencyPolicy !== "Allow") assert.equal(started(store.all("Job")).length, 1);
      });
      if (concurrencyPolicy === "Forbid") return;
      assert.deepEqual(
        starts.map((at) => Math.floor(at / minute)),
        Array.from({ length: minutes }, (_, index) => index + 1),
      );
    }),
    { numRuns: runs(60) },
  );
});

test("Forbid starts the missed run as soon as the one before has ended", () => {
  const starts: number[] = [];
  runCronJob({ work: 90_000, minutes: 5, spec: { concurrencyPolicy: "Forbid" } }, ({ type, object }, _store, now) => {
    if (object.kind === "Job" && type === "added") starts.push(Math.floor(now / 1000));
  });
  const [first, second] = starts as [number, number];
  assert.equal(first, 60);
  assert.ok(second > 150 && second < 160, `the second run started at ${second} s`);
});

test("Replace deletes the running Job and starts anew", () => {
  const { events, jobs } = runCronJob({ work: 600_000, minutes: 3.5, spec: { concurrencyPolicy: "Replace" } });
  assert.equal(started(jobs).length, 1);
  assert.equal(events.filter((reason) => reason === "SuccessfulDelete").length, 2);
});

test("finished Jobs beyond the history limits go, the oldest first", () => {
  fc.assert(
    fc.property(limits, fc.boolean(), (spec, fails) => {
      const { jobs, cluster } = runCronJob({ work: 5000, minutes: 6.5, spec, fails });
      const limit = fails ? spec.failedJobsHistoryLimit : spec.successfulJobsHistoryLimit;
      assert.equal(jobs.filter(isEnded).length, limit);
      const names = jobs.map((job) => Number(job.name.slice("often-".length)));
      const first = cluster.start / minute;
      const wanted = Array.from({ length: limit }, (_, index) => first + 7 - limit + index);
      assert.deepEqual(names, wanted);
    }),
    { numRuns: runs(30) },
  );
});

test("a suspended CronJob starts nothing", () => {
  assert.equal(runCronJob({ work: 1000, minutes: 10, spec: { suspend: true } }).jobs.length, 0);
});

test("an hour that is left out is not run, and one that comes twice is run twice", () => {
  const at = (start: number, schedule: string) => {
    const times: string[] = [];
    const spec = { schedule, timeZone: "Europe/Berlin" };
    runCronJob({ work: 1000, minutes: 300, start, spec }, ({ type, object }, _store, now) => {
      if (object.kind === "Job" && type === "added") times.push(new Date(start + now).toISOString().slice(11, 16));
    });
    return times;
  };
  assert.deepEqual(at(Date.UTC(2026, 2, 28, 23), "30 2 * * *"), []);
  assert.deepEqual(at(Date.UTC(2026, 2, 28, 23), "30 * * * *"), ["23:30", "00:30", "01:30", "02:30", "03:30"]);
  assert.deepEqual(at(Date.UTC(2026, 9, 24, 22), "30 2 * * *"), ["00:30", "01:30"]);
});

const everyHalfMinute = {
  name: "cj",
  schedule: "@every 30s",
  timeZone: null,
  suspend: false,
  concurrencyPolicy: "Allow",
  startingDeadlineSeconds: null,
  created: 0,
  deleting: false,
  active: [],
  lastScheduleTime: 60_000,
  lastSuccessfulTime: null,
};

test("two runs of one minute share a name: the Job of the first is taken for the second too, unless it was just deleted", () => {
  const first = { name: "cj-1", uid: "first", state: "complete", completionTime: 70_000 } as const;
  const taken = decideCronJob(everyHalfMinute, [first], 90_100);
  assert.deepEqual([taken.create, taken.active], [null, [{ name: "cj-1", uid: "first" }]]);
  const anew = decideCronJob(everyHalfMinute, [first], 90_100, () => undefined);
  assert.deepEqual([anew.create?.name, anew.active], ["cj-1", []]);
});

test("a running Job is missed by its name: another that was made in its place counts as the run", () => {
  const running = { ...everyHalfMinute, concurrencyPolicy: "Forbid", active: [{ name: "cj-1", uid: "first" }] };
  const reasons = (holder: Holder | undefined) => decideCronJob(running, [], 120_100, () => holder).events[0]?.reason;
  assert.equal(reasons({ uid: "second", owned: false }), "JobAlreadyActive");
  assert.equal(reasons(undefined), "MissingJob");
});

test("a Job that is held by a finalizer is asked to go once, however often it is beyond the limit", () => {
  const { cluster, jobs } = runCronJob({ work: 600_000, minutes: 1, spec: { successfulJobsHistoryLimit: 0 } });
  const [job] = jobs;
  const condition = { type: "Complete", status: "True", reason: "", message: "", lastUpdateTime: 0 } as const;
  const conditions = [{ ...condition, lastTransitionTime: 0 }];
  cluster.store.update(job!, { finalizers: ["example.com/hold"], status: { ...job!.status, conditions } });
  assert.ok(cluster.rest());
  assert.equal(cluster.store.get("Job", "default", job!.name)?.deleted, cluster.now());
});

test("a Job that is taken for a second run and has ended already leaves the list at once", () => {
  const { cronJob, jobs } = runCronJob({ work: 3000, minutes: 50 / 60, spec: { schedule: "@every 20s" } });
  assert.deepEqual([jobs.length, cronJob.status.active, cronJob.status.lastScheduleTime], [1, [], 40_000]);
});

test("with an interval and a deadline every look may find another run, as one that the progress of a Job brings about", () => {
  const spec = { schedule: "@every 20s", startingDeadlineSeconds: 30 };
  const { cluster, jobs } = runCronJob({ work: 600_000, minutes: 74.5 / 60, spec });
  const [job] = jobs;
  cluster.store.update(job!, { status: { ...job!.status, ready: 0 } });
  cluster.rest();
  assert.deepEqual([jobs.length, cluster.store.count("Job")], [1, 2]);
});
