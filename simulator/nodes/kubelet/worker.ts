/**
 * The worker of a pod: one sync at a time, each on what a relist found after the one before. Models pkg/kubelet/pod_workers.go, the
 * work queue, and the generic PLEG.
 */

import { type Flow, spawn } from "./flow.ts";
import type { Machine, Memory } from "./machine.ts";
import type { PodRuntime } from "./runtime.ts";
import { type SyncResult, syncPod, syncTerminated, syncTerminating } from "./sync.ts";

/** The kubelet lists the containers of its node once a second, and looks at its work queue as often. */
const relistPeriod = 1000;
const relistPhase = 350;
const queuePhase = 850;
/** Of a sync that failed, and the longest that a back-off is waited for. */
const retryPeriod = 10_000;
const longestRetry = 60_000;
/** Waits are lengthened by up to a half at random; here all of them by a third, so that no chance is drawn. */
const jitter = 4 / 3;

function nextAfter(time: number, phase: number): number {
  return (Math.floor((time - phase) / relistPeriod) + 1) * relistPeriod + phase;
}

/** Something changed that the pod's worker has to look at. */
export function poke(machine: Machine): void {
  const { memory } = machine;
  if (memory.stage === "done") return;
  memory.pending = true;
  if (memory.busy) return;
  memory.busy = true;
  spawn(memory.scope, work(machine));
}

/** The runtime changed: the next relist will find it, and wake the worker if it is not sandboxes or containers in the making. */
export function runtimeChanged(machine: Machine): void {
  const { env, memory } = machine;
  if (memory.relistDue || memory.scope.over) return;
  memory.relistDue = true;
  memory.scope.after(nextAfter(env.now(), relistPhase) - env.now(), () => {
    memory.relistDue = false;
    const before = memory.seen;
    memory.seen = machine.runtime.look();
    if (isNews(before, memory.seen)) poke(machine);
  });
}

/** Whether something has started or ended. */
function isNews(before: PodRuntime, after: PodRuntime): boolean {
  if (before.sandbox !== after.sandbox) return true;
  if (before.containers.some((one) => one.state === "running" && !after.containers.some(({ id }) => id === one.id)))
    return true;
  return after.containers.some((one) => {
    if (one.state === "created") return false;
    return before.containers.find(({ id }) => id === one.id)?.state !== one.state;
  });
}

function* work(machine: Machine): Flow {
  const { memory, env } = machine;
  while (memory.pending && memory.stage !== "done") {
    memory.pending = false;
    if (memory.lastSync !== null) {
      const relist = nextAfter(memory.lastSync, relistPhase);
      if (relist > env.now()) yield relist - env.now();
      if (memory.seen !== machine.runtime.look() && relist === env.now()) memory.seen = machine.runtime.look();
    }
    if (memory.stage === "sync" && machine.pod.deleted !== null) memory.stage = "terminating";
    const result = yield* sync(machine);
    memory.lastSync = env.now();
    settle(machine, memory, result);
  }
  memory.busy = false;
}

function sync(machine: Machine): Flow<SyncResult> {
  switch (machine.memory.stage) {
    case "sync":
      return syncPod(machine);
    case "terminating":
      return syncTerminating(machine);
    default:
      return syncTerminated(machine);
  }
}

/** What comes after a sync. A pod whose sync went well is looked at again when something happens. */
function settle(machine: Machine, memory: Memory, result: SyncResult): void {
  if (result.is === "over") {
    memory.stage = memory.stage === "sync" ? "terminating" : memory.stage === "terminating" ? "terminated" : "done";
    if (memory.stage !== "done") later(machine, 0);
  } else if (result.is === "failed") {
    const wait = (result.retryAt ?? machine.env.now() + retryPeriod) - machine.env.now();
    later(machine, Math.min(Math.max(0, wait), longestRetry) * jitter);
  } else memory.queued++;
}

/** Asks for another look; a later request takes the place of an earlier one. */
function later(machine: Machine, delay: number): void {
  const { env, memory } = machine;
  const number = ++memory.queued;
  const due = env.now() + delay;
  const tick = nextAfter(due - 1, queuePhase);
  memory.scope.after(tick - env.now(), () => {
    if (memory.queued === number) poke(machine);
  });
}
