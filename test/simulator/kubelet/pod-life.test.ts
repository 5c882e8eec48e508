/**
 * The life of one pod, told by its STATUS and READY columns. Times are milliseconds since the start. What containers do is noticed
 * when the kubelet lists them, 350 ms after each full second; a pod with nothing special to it is not held up by that.
 */
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

test("readiness: at the start, once more after a second, and then every period, as many successes as asked for", () => {
  const readinessProbe = { ...probe, initialDelaySeconds: 3, periodSeconds: 2, successThreshold: 2 };
  assert.deepEqual(life({ containers: [{ ...container, readinessProbe }] }), [
    "0 ContainerCreating 0/1",
    "1200 Running 0/1",
    "6200 Running 1/1",
  ]);
});

test("liveness: an application that answers too late is killed again and again", () => {
  const livenessProbe = { ...probe, periodSeconds: 5, failureThreshold: 2 };
  // Failures at 5 and 10 s of the pod's own clock, two seconds to end; only a run that was too short makes the next one wait.
  assert.deepEqual(life({ containers: [{ ...container, livenessProbe }] }, slow), [
    "0 ContainerCreating 0/1",
    "1350 Running 1/1",
    "12350 Running 1/1",
    "22350 Running 1/1",
    "32350 Running 1/1",
    "42350 CrashLoopBackOff 0/1",
  ]);
});

test("a startup probe holds the liveness probe back until the application answers", () => {
  const startupProbe = { ...probe, periodSeconds: 5, failureThreshold: 10 };
  const livenessProbe = { ...probe, periodSeconds: 5, failureThreshold: 2 };
  assert.deepEqual(life({ containers: [{ ...container, startupProbe, livenessProbe }] }, slow), [
    "0 ContainerCreating 0/1",
    "1350 Running 0/1",
    "35050 Running 1/1",
  ]);
});

test("a crash loop: at once, then 10 s, 20 s, 40 s … up to five minutes, all a third longer than they are due", () => {
  const told = life({ containers: [container] }, { horizon: 2_000_000, ...fault({ type: "crash", after: 1000 }) });
  const starts = told.filter((line) => line.includes("Running")).map((line) => Number.parseInt(line, 10));
  const waits = starts.slice(1).map((at, index) => at - starts[index]! - 1000 - (timings.start as number));
  assert.deepEqual(
    waits.slice(0, 9).map((ms) => Math.floor(ms / 1000)),
    [0, 12, 26, 53, 80, 160, 319, 319, 319],
  );
});

test("while a container waits STATUS says how it ended; CrashLoopBackOff is seen when somebody looks", () => {
  assert.deepEqual(life({ containers: [container] }, { horizon: 20_000, ...fault({ type: "crash", after: 1000 }) }), [
    "0 ContainerCreating 0/1",
    "1350 Running 1/1",
    "2350 Error 0/1",
    "3350 Running 1/1",
    "4350 Error 0/1",
    "16850 CrashLoopBackOff 0/1",
    "17350 Running 1/1",
    "18350 Error 0/1",
  ]);
});

test("an image that cannot be pulled is looked at every 13 s and asked for again after 10 s, 20 s, 40 s …", () => {
  const entries = run(
    scenario([{ at: 0, action: { do: "apply", object: pod({ containers: [container] }) } }], {
      horizon: 200_000,
      ...fault({ type: "imagePull" }),
    }),
  ).entries;
  const failures = entries.flatMap((one) =>
    one.type === "event" && one.message.startsWith("Failed to pull") ? [one.time] : [],
  );
  const waits = failures.slice(1).map((at, index) => Math.floor((at - failures[index]!) / 1000));
  assert.deepEqual(waits, [13, 28, 42, 84]);
  assert.deepEqual(life({ containers: [container] }, { horizon: 40_000, ...fault({ type: "imagePull" }) }), [
    "0 ContainerCreating 0/1",
    "350 ErrImagePull 0/1",
    "13850 ImagePullBackOff 0/1",
    "27850 ErrImagePull 0/1",
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
    "3350 Init:1/3 0/2",
    "5350 Init:2/3 1/2",
    "8350 PodInitializing 1/2",
    "10350 Running 2/2",
  ]);
});

test("a pod with work to do completes, and its sidecar is stopped then", () => {
  const initContainers = [{ name: "proxy", image: "proxy:1", restartPolicy: "Always" }];
  assert.deepEqual(life({ restartPolicy: "Never", initContainers, containers: [container] }), [
    "0 Init:0/1 0/2",
    "1350 PodInitializing 1/2",
    "3350 Running 2/2",
    "33350 Completed 1/2",
    "36350 Completed 0/2",
    "37450 Completed 0/2",
  ]);
});

test("exit codes: Never fails the pod, OnFailure restarts the container", () => {
  const broken = fault({ type: "exit", code: 3, after: 1000 }, 1);
  // First the end of the container is told, then that of the pod.
  assert.deepEqual(life({ restartPolicy: "Never", containers: [container] }, broken), [
    "0 ContainerCreating 0/1",
    "1350 Running 1/1",
    "2350 Error 0/1",
    "3450 Error 0/1",
  ]);
  assert.deepEqual(life({ restartPolicy: "OnFailure", containers: [container] }, broken), [
    "0 ContainerCreating 0/1",
    "1350 Running 1/1",
    "2350 Error 0/1",
    "3350 Running 1/1",
    "33350 Completed 0/1",
    "34450 Completed 0/1",
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
  // The reason of the pod is DeadlineExceeded; the column has the container's word.
  assert.equal(told.at(-1), "12950 Error 0/1");
});
