/**
 * The container runtime's part of a pod: its sandbox, its containers and their processes. It goes on when the kubelet does
 * not. What it looks like at a moment is one value that is never changed.
 */
import type { Container } from "../../api/objects.ts";
import type { ContainerBehaviour } from "../../scenario/behaviour.ts";
import type { Duration } from "../../scenario/durations.ts";
import { fire, newSignal, type Signal } from "./flow.ts";

export interface RuntimeContainer {
  readonly id: number;
  /** As the pod's spec had it when the container was made. */
  readonly spec: Container;
  readonly restartCount: number;
  readonly state: "created" | "running" | "exited";
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly exitCode: number;
  readonly reason: string;
  readonly message: string;
}

export interface PodRuntime {
  readonly sandbox: "none" | "ready" | "stopped";
  /** Newest first. */
  readonly containers: readonly RuntimeContainer[];
}

const emptyRuntime: PodRuntime = { sandbox: "none", containers: [] };

/** The newest container of that name. */
export function newestOf(runtime: PodRuntime, name: string): RuntimeContainer | undefined {
  return runtime.containers.find((one) => one.spec.name === name);
}

export interface Runtime {
  look(): PodRuntime;
  createSandbox(): void;
  stopSandbox(): void;
  /** Makes a container that does so; gives its id. */
  create(spec: Container, restartCount: number, does: ContainerBehaviour): number;
  /** Starts it, or says why it cannot be started. */
  start(id: number): string | null;
  /** SIGTERM, and SIGKILL after `grace` milliseconds; with 0 only that. Happens when the container has ended. */
  stop(id: number, grace: number): Signal;
  remove(id: number): void;
  /** Gives a running container other resources. */
  resize(id: number, resources: Container["resources"]): void;
  /** Its end, for whoever waits for it. */
  ended(id: number): Signal;
  /** What it does. */
  doing(id: number): ContainerBehaviour;
}

interface RuntimeOptions {
  readonly now: () => number;
  readonly after: (delay: number, action: () => void) => void;
  readonly sample: (duration: Duration) => number;
  /** Told of every change. */
  readonly onChange: () => void;
  /** What there is already, for a pod whose first part was not played by this runtime. */
  readonly begin?: PodRuntime;
}

const killed = 137;

export function createRuntime({ now, after, sample, onChange, begin = emptyRuntime }: RuntimeOptions): Runtime {
  let state = begin;
  let newest = begin.containers.length;
  const ends = new Map<number, Signal>();
  const doings = new Map<number, ContainerBehaviour>();

  function change(next: PodRuntime): void {
    state = next;
    onChange();
  }
  function patch(id: number, fields: Partial<RuntimeContainer>): void {
    change({ ...state, containers: state.containers.map((one) => (one.id === id ? { ...one, ...fields } : one)) });
  }
  function isRunning(id: number): boolean {
    return state.containers.find((one) => one.id === id)?.state === "running";
  }
  function ended(id: number): Signal {
    let signal = ends.get(id);
    if (!signal) {
      signal = newSignal();
      ends.set(id, signal);
    }
    return signal;
  }
  function exit(id: number, exitCode: number, reason = exitCode === 0 ? "Completed" : "Error"): void {
    if (!isRunning(id)) return;
    patch(id, { state: "exited", exitCode, reason, finishedAt: now() });
    fire(ended(id));
  }

  return {
    look: () => state,
    createSandbox: () => change({ ...state, sandbox: "ready" }),
    stopSandbox() {
      if (state.sandbox === "ready") change({ ...state, sandbox: "stopped" });
    },
    create(spec, restartCount, does) {
      const id = ++newest;
      doings.set(id, does);
      const container: RuntimeContainer = {
        id,
        spec,
        restartCount,
        state: "created",
        startedAt: null,
        finishedAt: null,
        exitCode: 0,
        reason: "",
        message: "",
      };
      change({ ...state, containers: [container, ...state.containers] });
      return id;
    },
    start(id) {
      const does = doings.get(id)!;
      if (does.startError) {
        const message =
          "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: " +
          "unable to start container process: error during container init: unknown";
        patch(id, { state: "exited", exitCode: 128, reason: "StartError", message, finishedAt: now() });
        fire(ended(id));
        return message;
      }
      patch(id, { state: "running", startedAt: now() });
      const { runs = "forever", exit: code = 0, oom } = does;
      if (runs !== "forever") after(sample(runs), () => exit(id, code));
      if (oom !== undefined) after(sample(oom), () => exit(id, killed, "OOMKilled"));
      return null;
    },
    stop(id, grace) {
      if (isRunning(id)) {
        const { onTerm = {} } = doings.get(id) ?? {};
        const needed = onTerm === "ignore" ? Number.POSITIVE_INFINITY : sample(onTerm.after ?? 0);
        if (grace > 0 && needed <= grace) after(needed, () => exit(id, onTerm === "ignore" ? 0 : (onTerm.exit ?? 0)));
        else after(grace, () => exit(id, killed));
      } else fire(ended(id));
      return ended(id);
    },
    remove(id) {
      change({ ...state, containers: state.containers.filter((one) => one.id !== id) });
    },
    resize(id, resources) {
      const one = state.containers.find((container) => container.id === id);
      if (!one) return;
      const { resources: _, ...spec } = one.spec;
      patch(id, { spec: resources ? { ...spec, resources } : spec });
    },
    ended,
    doing: (id) => doings.get(id) ?? {},
  };
}
