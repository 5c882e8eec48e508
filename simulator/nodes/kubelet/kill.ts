/** Stopping containers. Models killContainer and its helpers in pkg/kubelet/kuberuntime/kuberuntime_container.go. */
import type { Container, PodSpec } from "../../api/objects.ts";
import { isSidecar } from "../../api/pod/restart-policy.ts";
import { atMost, type Flow, fire, newSignal, type Signal, spawn, together } from "./flow.ts";
import { hookOutcome } from "./hooks.ts";
import { type Machine, tell } from "./machine.ts";
import type { RuntimeContainer } from "./runtime.ts";

/** Every process has so long between SIGTERM and SIGKILL, in seconds. */
const leastGrace = 2;
/** Taking down the network of a pod. */
const sandboxStop = 100;

/** Who has to have ended before whom may get its SIGTERM. */
interface Ordering {
  readonly ended: ReadonlyMap<string, Signal>;
  readonly before: ReadonlyMap<string, readonly Signal[]>;
}

interface KillOptions {
  /** Text of the event. */
  readonly message?: string;
  /** Seconds. */
  readonly grace: number;
  readonly ordering?: Ordering;
}

/** Sidecars go when the containers have, the last started first. Models kuberuntime_termination_order.go. */
function orderingOf(spec: PodSpec, running: readonly RuntimeContainer[]): Ordering {
  const ended = new Map<string, Signal>();
  const before = new Map<string, readonly Signal[]>();
  const signalOf = (container: Container) => {
    const signal = newSignal();
    if (!running.some((one) => one.spec.name === container.name)) fire(signal);
    ended.set(container.name, signal);
    return signal;
  };
  const containers = spec.containers.map(signalOf);
  let later: Signal | undefined;
  for (const init of (spec.initContainers ?? []).toReversed()) {
    const signal = signalOf(init);
    if (!isSidecar(init)) continue;
    before.set(init.name, later ? [...containers, later] : containers);
    later = signal;
  }
  return { ended, before };
}

/** Runs until the container has ended: preStop, its turn, SIGTERM, SIGKILL. */
export function* killContainer(machine: Machine, { id, spec }: RuntimeContainer, options: KillOptions): Flow {
  const { env, runtime, memory } = machine;
  const { name } = spec;
  tell(machine, "Normal", "Killing", options.message ?? `Stopping container ${name}`, name);
  let { grace } = options;
  if (spec.lifecycle?.preStop && grace > 0) {
    const begin = env.now();
    yield* atMost(memory.scope, spawn(memory.scope, preStop(machine, id, spec)), grace * 1000);
    grace -= Math.floor((env.now() - begin) / 1000);
  }
  if (grace > 0) {
    const begin = env.now();
    for (const signal of options.ordering?.before.get(name) ?? []) {
      const left = grace * 1000 - (env.now() - begin);
      if (left <= 0) break;
      yield* atMost(memory.scope, signal, left);
    }
    grace -= Math.floor((env.now() - begin) / 1000);
  }
  yield runtime.stop(id, Math.max(leastGrace, grace) * 1000);
  const own = options.ordering?.ended.get(name);
  if (own) fire(own);
}

/** The hook goes on when nobody waits for it any more, and fails when its container ends. */
function* preStop(machine: Machine, id: number, spec: Container): Flow {
  const { failure } = yield* hookOutcome(machine, id, spec, "preStop");
  if (failure !== null) tell(machine, "Warning", "FailedPreStopHook", "PreStopHook failed", spec.name);
}

/** Stops all containers of the pod that run as far as the kubelet knows, and its sandbox. */
export function* killPod(machine: Machine, grace: number): Flow {
  const { pod, memory, runtime } = machine;
  const running = memory.seen.containers.filter((one) => one.state === "running");
  const ordering = orderingOf(pod.spec, running);
  yield* together(
    memory.scope,
    running.map((one) => killContainer(machine, one, { grace, ordering })),
  );
  yield sandboxStop;
  runtime.stopSandbox();
}
