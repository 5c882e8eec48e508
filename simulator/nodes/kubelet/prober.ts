/**
 * Probes, each with its own rhythm. Models pkg/kubelet/prober (worker.go, prober_manager.go). Ticks of which nothing can come
 * are left out: a probe that goes on succeeding is tried again when that changes.
 */
import type { Container } from "../../api/objects.ts";
import { type Flow, spawn } from "./flow.ts";
import { type Machine, type Prober, type ProbeType, tell } from "./machine.ts";
import { nextChange, probeAnswer } from "./probe-answer.ts";
import { probeFields } from "./probe-results.ts";
import { setReadiness, setStarted } from "./status-manager.ts";

/** Failures in a row of which events tell; the API server's clients hold back more of the same. */
const toldFailures = 25;
const second = 1000;
const titles = { startup: "Startup", liveness: "Liveness", readiness: "Readiness" } as const;
const types = ["startup", "liveness", "readiness"] as const;

const keyOf = (name: string, type: ProbeType) => `${name}/${type}`;

/** Begins with the probes of a pod. */
export function addProbers(machine: Machine): void {
  const { pod, memory, env } = machine;
  for (const container of [...(pod.spec.initContainers ?? []), ...pod.spec.containers]) {
    for (const type of types) {
      const probe = container[probeFields[type]];
      const key = keyOf(container.name, type);
      if (!probe || memory.probers.has(key)) continue;
      const period = Math.max(1, probe.periodSeconds ?? 10) * second;
      const fresh = { run: 0, onHold: false, busy: false, over: false, planned: 0 };
      const prober: Prober = {
        type,
        container,
        probe,
        period,
        base: env.now(),
        ...known(machine, type, container),
        ...fresh,
      };
      memory.probers.set(key, prober);
      plan(machine, prober);
    }
  }
}

/** A kubelet that has begun anew takes over what was known of a running container. */
function known({ memory }: Machine, type: ProbeType, { name }: Container): Pick<Prober, "target" | "last"> {
  const id = memory.status?.containers.find((one) => one.name === name)?.id;
  const result = id === undefined ? undefined : memory.results[type].get(id);
  return result === undefined ? { target: null, last: null } : { target: id!, last: result };
}

/** Ends probes for good; without `some`, all of them. */
export function removeProbers({ memory }: Machine, some: readonly ProbeType[] = types): void {
  for (const [key, prober] of memory.probers) {
    if (!some.includes(prober.type)) continue;
    prober.over = true;
    memory.probers.delete(key);
  }
}

/** A new status was written: containers that are not ready are probed at once, and ticks are planned anew. */
export function statusWritten(machine: Machine): void {
  const { memory, env } = machine;
  for (const prober of [...memory.probers.values()]) {
    const status = memory.status?.containers.find((one) => one.name === prober.container.name);
    const isWanted = prober.type === "readiness" && status?.state === "running" && status.started && !status.ready;
    if (isWanted && !prober.busy) {
      prober.base = env.now();
      run(machine, prober);
    } else plan(machine, prober);
  }
}

/** Something happened to a container: what its probes will find may be something else now. */
export function replan(machine: Machine): void {
  for (const prober of machine.memory.probers.values()) plan(machine, prober);
}

function run(machine: Machine, prober: Prober): void {
  prober.planned++;
  prober.busy = true;
  spawn(machine.memory.scope, probe(machine, prober));
}

function* probe(machine: Machine, prober: Prober): Flow {
  yield* probeOnce(machine, prober);
  prober.busy = false;
  plan(machine, prober);
}

/** Plans the next tick that can matter. */
function plan(machine: Machine, prober: Prober): void {
  if (prober.over || prober.busy) return;
  const { env, memory } = machine;
  const number = ++prober.planned;
  const from = interesting(machine, prober);
  if (from === null) return;
  const now = env.now();
  const ticks = Math.max(1, Math.ceil((from - prober.base) / prober.period));
  let at = prober.base + ticks * prober.period;
  if (at <= now) at = prober.base + (Math.floor((now - prober.base) / prober.period) + 1) * prober.period;
  memory.scope.after(at - now, () => {
    if (prober.planned === number && !prober.over) run(machine, prober);
  });
}

/** From when on a tick can matter; null when none does as things stand. */
function interesting(machine: Machine, prober: Prober): number | null {
  const { env, memory, runtime } = machine;
  const { type, container, onHold, target } = prober;
  const now = env.now();
  const status = memory.status?.containers.find((one) => one.name === container.name);
  if (status?.id === undefined) return null;
  if (status.id !== target) return now;
  if (onHold) return null;
  const results = memory.results[type];
  if (status.state !== "running") return results.get(target) === false ? null : now;
  if (type === "startup" ? status.started : !status.started) return null;
  const began = status.startedAt ?? now;
  const delay = began + (prober.probe.initialDelaySeconds ?? 0) * second;
  if (now < delay) return delay;
  const isRunning = runtime.look().containers.some((one) => one.id === target && one.state === "running");
  const isSettled = results.get(target) === prober.last && prober.last !== null;
  if (!isSettled || !isRunning || (prober.last === false && prober.run < toldFailures)) return now;
  const does = runtime.doing(target);
  const change = nextChange(does, type, prober.probe, now - began);
  return change === null ? null : began + change;
}

function* probeOnce(machine: Machine, prober: Prober): Flow {
  const { env, memory, runtime } = machine;
  const { type, container } = prober;
  const results = memory.results[type];
  const status = memory.status?.containers.find((one) => one.name === container.name);
  if (status?.id === undefined) return;
  const { id } = status;
  if (prober.target !== id) {
    if (prober.target !== null) results.delete(prober.target);
    prober.target = id;
    prober.onHold = false;
    if (type === "readiness") record(machine, prober, false);
    else if (type === "liveness") results.set(id, true);
    else machine.wake();
  }
  if (prober.onHold) return;
  if (status.state !== "running") {
    record(machine, prober, false);
    return;
  }
  const began = status.startedAt ?? env.now();
  const since = env.now() - began;
  if (Math.floor(since / second) < (prober.probe.initialDelaySeconds ?? 0)) return;
  if (type === "startup" ? status.started : !status.started) return;
  const isRunning = runtime.look().containers.some((one) => one.id === id && one.state === "running");
  const answer = probeAnswer(runtime.doing(id), type, container, prober.probe, since, isRunning, env.sample);
  yield answer.takes;
  if (prober.over) return;
  if (answer.failure !== null)
    tell(machine, "Warning", "Unhealthy", `${titles[type]} probe ${answer.failure}`, container.name);
  if (answer.thrownAway) return;
  const success = answer.failure === null;
  prober.run = prober.last === success ? prober.run + 1 : 1;
  prober.last = success;
  const threshold = success ? (prober.probe.successThreshold ?? 1) : (prober.probe.failureThreshold ?? 3);
  if (prober.run < threshold) return;
  if (type !== "readiness" && !success) {
    // The container is going to be killed: probing it any more would be in the way.
    prober.onHold = true;
    prober.run = 0;
  }
  record(machine, prober, success);
}

/** Keeps a result and, when it is a new one, acts on it. */
function record(machine: Machine, { type, target }: Prober, success: boolean): void {
  if (target === null) return;
  const results = machine.memory.results[type];
  if (results.get(target) === success) return;
  results.set(target, success);
  if (type === "readiness") setReadiness(machine, target, success);
  else if (type === "startup") setStarted(machine, target, success);
  if (type !== "liveness" || !success) machine.wake();
}
