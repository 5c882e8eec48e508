/** The three things that a kubelet does with a pod. Models SyncPod, SyncTerminatingPod and SyncTerminatedPod of pkg/kubelet/kubelet.go. */
import { isPodTerminal } from "../../cluster/objects.ts";
import { finishDeletion } from "../../cluster/pods.ts";
import { podActions } from "./actions.ts";
import { volumeProblem } from "./configuration.ts";
import { allRestart } from "./container-statuses.ts";
import { type Flow, fire, newSignal } from "./flow.ts";
import { killContainer, killPod } from "./kill.ts";
import { type Machine, tell } from "./machine.ts";
import { addProbers, removeProbers, statusWritten } from "./prober.ts";
import { allocatedSpec, resize } from "./resize.ts";
import { type StartResult, startContainer } from "./start.ts";
import { finalStatus, generateStatus, lastStatus, setStatus } from "./status-manager.ts";

/** How a sync ended: it has to be done again, when, or the pod goes on to its next stage. */
export type SyncResult =
  | { readonly is: "done" }
  | { readonly is: "over" }
  /** `retryAt`: when a back-off that stood in the way is over. */
  | { readonly is: "failed"; readonly retryAt?: number };

const done: SyncResult = { is: "done" };
const over: SyncResult = { is: "over" };

/** The first wait before volumes are tried again; it doubles, to about two minutes. */
const firstMountWait = 500;
const longestMountWait = 122_000;
/** After a restart of all containers was called for, they are gone so soon. */
const resetTime = 100;

/** Makes the pod what its spec says. */
export function* syncPod(machine: Machine): Flow<SyncResult> {
  const { env, pod, memory, runtime } = machine;
  memory.restartingAll = allRestart({ spec: pod.spec, runtime: memory.seen, restarting: memory.restartingAll });
  const resized = resize(machine);
  const status = generateStatus(machine, memory.seen, false);
  setStatus(machine, status);
  statusWritten(machine);
  if (isPodTerminal(status)) return over;
  if (memory.restartingAll && memory.seen.containers.length > 0) return yield* removeAll(machine);
  memory.restartingAll = false;
  const half = Math.floor(env.sample(env.timings.sandbox) / 2);
  if (!memory.mounted) {
    yield half;
    if (!(yield* mountVolumes(machine))) return { is: "failed" };
  }
  addProbers(machine);
  const actions = podActions(allocatedSpec(machine), memory.seen, memory.results);
  if (actions.killPod) {
    yield* killPod(machine, graceOf(machine));
    return done;
  }
  for (const { id, message, probe } of actions.kill) {
    const running = runtime.look().containers.find((one) => one.id === id)!;
    const { startupProbe, livenessProbe } = running.spec;
    const own = probe === "startup" ? startupProbe : probe === "liveness" ? livenessProbe : undefined;
    const grace = pod.grace ?? own?.terminationGracePeriodSeconds ?? graceOf(machine);
    yield* killContainer(machine, running, { message, grace });
  }
  if (actions.createSandbox) {
    yield half;
    runtime.createSandbox();
    const now = { ...lastStatus(machine), conditions: withNetwork(machine) };
    setStatus(machine, now);
  }
  const results = yield* startAll(machine, actions.startInits, actions.starts);
  resized?.();
  return summary(results);
}

/** The pod has its network as soon as it has its sandbox. */
function withNetwork(machine: Machine) {
  const lastTransitionTime = machine.env.now();
  return lastStatus(machine).conditions.map((one) =>
    one.type === "PodReadyToStartContainers" ? { ...one, status: "True" as const, lastTransitionTime } : one,
  );
}

function graceOf({ pod }: Machine): number {
  return pod.grace ?? pod.spec.terminationGracePeriodSeconds ?? 30;
}

/** An init container that cannot be started holds up all that follows; a sidecar or a container does not. */
function* startAll(
  machine: Machine,
  inits: readonly number[],
  regular: readonly number[],
): Flow<readonly StartResult[]> {
  const { pod, memory } = machine;
  const results: StartResult[] = [];
  const chosen = [
    ...inits
      .map((index) => pod.spec.initContainers![index]!)
      .map((container) => {
        const role = container.restartPolicy === "Always" ? ("sidecar" as const) : ("init" as const);
        return { container, role };
      }),
    ...regular.map((index) => ({ container: pod.spec.containers[index]!, role: "regular" as const })),
  ];
  for (const { container, role } of chosen) {
    const result = yield* startContainer(machine, container, role);
    results.push(result);
    if (result.failure) memory.failures.set(container.name, result.failure);
    else memory.failures.delete(container.name);
    if (result.failure && role === "init") break;
  }
  return results;
}

function summary(results: readonly StartResult[]): SyncResult {
  const failures = results.filter((one) => one.failure);
  if (failures.length === 0) return done;
  const retries = failures.flatMap((one) => one.retryAt ?? []);
  return retries.length === 0 ? { is: "failed" } : { is: "failed", retryAt: Math.min(...retries) };
}

/** Runs until the volumes are set up; false when the pod has to go before that. */
function* mountVolumes(machine: Machine): Flow<boolean> {
  const { env, pod, memory } = machine;
  let wait = firstMountWait;
  for (let problem = volumeProblem(env.configuration, pod); problem; ) {
    tell(machine, "Warning", "FailedMount", problem);
    yield* interruptible(machine, wait);
    if (pod.deleted !== null) return false;
    wait = Math.min(wait * 2, longestMountWait);
    problem = volumeProblem(env.configuration, pod);
  }
  memory.mounted = true;
  return true;
}

/** Somebody wants the pod gone: it is not waited for its volumes any more. */
export function interrupt({ memory }: Machine): void {
  if (memory.mounting) fire(memory.mounting);
}

function* interruptible({ memory }: Machine, delay: number): Flow {
  const signal = newSignal();
  memory.mounting = signal;
  memory.scope.after(delay, () => fire(signal));
  yield signal;
  memory.mounting = null;
}

/** All containers go without grace; when the runtime has none of them any more everything begins again. */
function* removeAll(machine: Machine): Flow<SyncResult> {
  const { memory, runtime } = machine;
  const made = runtime.look().containers;
  for (const one of made) {
    if (one.state !== "running") continue;
    tell(machine, "Normal", "Killing", "killing", one.spec.name);
    yield runtime.stop(one.id, 0);
  }
  yield resetTime;
  for (const one of made) runtime.remove(one.id);
  memory.failures.clear();
  return done;
}

/** Stops what runs. */
export function* syncTerminating(machine: Machine): Flow<SyncResult> {
  const { memory, runtime } = machine;
  setStatus(machine, generateStatus(machine, memory.seen, false));
  removeProbers(machine, ["liveness", "startup"]);
  statusWritten(machine);
  yield* killPod(machine, graceOf(machine));
  removeProbers(machine);
  memory.seen = runtime.look();
  memory.stopped = true;
  setStatus(machine, generateStatus(machine, memory.seen, true));
  machine.env.roomMade(machine.pod.node);
  return over;
}

/** Notes that nothing of the pod runs any more, and lets a deleted one go. */
export function* syncTerminated(machine: Machine): Flow<SyncResult> {
  const { env, pod, memory } = machine;
  yield 0;
  setStatus(machine, finalStatus(generateStatus(machine, memory.seen, true)));
  if (pod.deleted !== null) finishDeletion(env.store, pod);
  return over;
}
