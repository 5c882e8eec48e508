/** The life of one pod, told by its STATUS and READY columns. Times are milliseconds since the start. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Fault, Scenario } from "../../../simulator/scenario/scenario.ts";
import { container, pod, run, scenario, story, timings } from "../simulate/help.ts";

function life(spec: Readonly<Record<string, unknown>>, more: Partial<Scenario> = {}): readonly string[] {
  const steps: Scenario["steps"] = [{ at: 0, action: { do: "apply", object: pod(spec) } }, ...(more.steps ?? [])];
  return story(run(scenario(steps, { horizon: 60_000, ...more, steps })));
}

const probe = { tcpSocket: { port: 80 } };
const fault = (one: Fault["fault"], attempts?: number): Partial<Scenario> => ({
  faults: [{ on: attempts === undefined ? {} : { attempts }, fault: one }],
});
const slow: Partial<Scenario> = { timings: { ...timings, warmUp: 30_000 } };

test("sandbox, pull and start take their time; without a readiness probe running is ready", () => {
  assert.deepEqual(life({ containers: [container] }), ["0 ContainerCreating 0/1", "1200 Running 1/1"]);
});

test("two containers are pulled one after the other and start together", () => {
  const containers = [container, { name: "log", image: "log:1" }];
  assert.deepEqual(life({ containers }), ["0 ContainerCreating 0/2", "2200 Running 2/2"]);
});

test("readiness: ticks of the period from the initial delay on, as many successes as asked for", () => {
  const readinessProbe = { ...probe, initialDelaySeconds: 3, periodSeconds: 2, successThreshold: 2 };
  assert.deepEqual(life({ containers: [{ ...container, readinessProbe }] }), [
    "0 ContainerCreating 0/1",
    "1200 Running 0/1",
    "7200 Running 1/1",
  ]);
});

test("liveness: an application that answers too late is killed again and again", () => {
  const livenessProbe = { ...probe, periodSeconds: 5, failureThreshold: 2 };
  assert.deepEqual(life({ containers: [{ ...container, livenessProbe }] }, slow), [
    "0 ContainerCreating 0/1",
    "1200 Running 1/1",
    "6200 Error 0/1",
    "6300 Running 1/1",
    "11300 CrashLoopBackOff 0/1",
    "21400 Running 1/1",
    "26400 CrashLoopBackOff 0/1",
    "46500 Running 1/1",
    "51500 CrashLoopBackOff 0/1",
  ]);
});

test("a startup probe holds the liveness probe back until the application answers", () => {
  const startupProbe = { ...probe, periodSeconds: 5, failureThreshold: 10 };
  const livenessProbe = { ...probe, periodSeconds: 5, failureThreshold: 2 };
  assert.deepEqual(life({ containers: [{ ...container, startupProbe, livenessProbe }] }, slow), [
    "0 ContainerCreating 0/1",
    "1200 Running 0/1",
    "31200 Running 1/1",
  ]);
});

test("CrashLoopBackOff: at once, then 10 s, 20 s, 40 s … up to five minutes", () => {
  const told = life({ containers: [container] }, { horizon: 2_000_000, ...fault({ type: "crash", after: 1000 }) });
  const starts = told.filter((line) => line.includes("Running")).map((line) => Number.parseInt(line, 10));
  const waits = starts.slice(1).map((at, index) => at - starts[index]! - 1000 - (timings.start as number));
  assert.deepEqual(
    waits.slice(0, 9).map((ms) => ms / 1000),
    [0, 10, 20, 40, 80, 160, 300, 300, 300],
  );
});

test("an image that cannot be pulled is tried again 10 s, 20 s, 40 s … later, and comes in the end", () => {
  const entries = run(
    scenario([{ at: 0, action: { do: "apply", object: pod({ containers: [container] }) } }], {
      horizon: 300_000,
      ...fault({ type: "imagePull" }),
    }),
  ).entries;
  const failures = entries.filter((one) => one.type === "event" && one.reason === "Failed").map((one) => one.time);
  const waits = failures.slice(1).map((at, index) => at - failures[index]! - (timings.pull as number));
  assert.deepEqual(waits, [10_000, 20_000, 40_000, 80_000]);
  assert.deepEqual(life({ containers: [container] }, fault({ type: "imagePull" })), [
    "0 ContainerCreating 0/1",
    "1100 ErrImagePull 0/1",
    "1101 ImagePullBackOff 0/1",
  ]);
});

test("init containers run one after the other; a sidecar stays and counts in the READY column", () => {
  const initContainers = [
    { name: "a", image: "init:1" },
    { name: "proxy", image: "proxy:1", restartPolicy: "Always" },
    { name: "b", image: "init:1" },
  ];
  assert.deepEqual(life({ initContainers, containers: [container] }), [
    "0 Init:0/3 0/2",
    "3200 Init:1/3 0/2",
    "4300 Init:2/3 1/2",
    "6400 PodInitializing 1/2",
    "7500 Running 2/2",
  ]);
});

test("a pod with work to do completes, and its sidecar is stopped then", () => {
  const initContainers = [{ name: "proxy", image: "proxy:1", restartPolicy: "Always" }];
  assert.deepEqual(life({ restartPolicy: "Never", initContainers, containers: [container] }), [
    "0 Init:0/1 0/2",
    "1200 PodInitializing 1/2",
    "2300 Running 2/2",
    "32300 Completed 0/2",
  ]);
});

test("exit codes: Never fails the pod, OnFailure restarts the container", () => {
  const broken = fault({ type: "exit", code: 3, after: 1000 }, 1);
  assert.deepEqual(life({ restartPolicy: "Never", containers: [container] }, broken), [
    "0 ContainerCreating 0/1",
    "1200 Running 1/1",
    "2200 Error 0/1",
  ]);
  assert.deepEqual(life({ restartPolicy: "OnFailure", containers: [container] }, broken), [
    "0 ContainerCreating 0/1",
    "1200 Running 1/1",
    "2200 Error 0/1",
    "2300 Running 1/1",
    "32300 Completed 0/1",
  ]);
});

test("termination takes as long as the application needs, at most the grace period", () => {
  const steps: Scenario["steps"] = [{ at: 10_000, action: { do: "deletePod", pod: "web" } }];
  const before = ["0 ContainerCreating 0/1", "1200 Running 1/1", "10000 Terminating 1/1"];
  assert.deepEqual(life({ containers: [container] }, { steps }), [...before, "12000 gone"]);
  const deaf = { ...timings, shutdown: 600_000 };
  assert.deepEqual(life({ containers: [container], terminationGracePeriodSeconds: 5 }, { steps, timings: deaf }), [
    ...before,
    "15000 gone",
  ]);
});

test("a pod's own deadline ends it", () => {
  const told = life({ containers: [container], activeDeadlineSeconds: 10 });
  assert.equal(told.at(-1), "10000 DeadlineExceeded 0/1");
});
