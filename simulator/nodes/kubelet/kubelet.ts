/**
 * The life of pods on their nodes: sandbox, image, init containers and sidecars, start, probes, end, restart with
 * back-off, termination. Nothing ticks: what happens next to a container is known when it starts.
 * Models pkg/kubelet (kubelet.go, kuberuntime, prober) with durations and faults of a scenario.
 */
import type { Container, PodSpec } from "../../api/objects.ts";
import type { Controller, ControllerContext, ControllerFactory } from "../../cluster/controller.ts";
import { type ContainerStatus, controllerOf, isPodTerminal, type Pod } from "../../cluster/objects.ts";
import { finishDeletion } from "../../cluster/pods.ts";
import { sampleDuration } from "../../scenario/durations.ts";
import type { Duration, Fault, Timings } from "../../scenario/scenario.ts";
import { type BackOff, backOff } from "./back-off.ts";
import { createFaults, podIndex } from "./faults.ts";
import { createImages } from "./images.ts";
import { podPhase, podReady, restarts } from "./phase.ts";
import { planContainer } from "./plan.ts";
import { createStatuses, terminated } from "./statuses.ts";

export interface KubeletOptions {
  readonly timings: Timings;
  readonly faults: readonly Fault[];
}

/** The kubelets of all nodes, and what happens to their nodes from outside. */
export interface Kubelet {
  readonly factory: ControllerFactory;
  /** A fault that strikes from now on; containers that have started already keep going. */
  addFault(fault: Fault): void;
  /** The node stops answering: nothing on it makes progress any more. */
  loseNode(name: string): void;
  /** The node answers again and catches up. */
  returnNode(name: string): void;
}

/** One pod as its kubelet knows it. */
interface Run {
  readonly pod: Pod;
  /** Which start of this pod's place it is: 1 is the first pod of its Job or index. */
  readonly attempt: number;
  /** Set when the pod ended or has to end; what was planned before does not happen any more. */
  stopped: boolean;
  /** Of containers and images that gave trouble; null as long as none did. */
  backOffs: Map<string, BackOff> | null;
}

type StatusPatch = Partial<ContainerStatus>;

/** `argument` is a number of the action's own, mostly the index of a container; `planned` is when it was decided on. */
type Action = (run: Run, argument: number, planned: number) => void;

/** What will happen to a pod. Kept as data: closures would be several times as large, and every pod has some. */
interface Timer {
  readonly run: Run;
  readonly action: Action;
  readonly argument: number;
  readonly planned: number;
}

const milli = 1000;

/** One kubelet for all nodes; what goes wrong on them is told beforehand or as the run goes on. */
export function createKubelet({ timings, faults: initialFaults }: KubeletOptions): Kubelet {
  const lost = new Set<string>();
  const frozen = new Map<string, Timer[]>();
  let addFault: Kubelet["addFault"] = () => {};
  let resume: (name: string) => void = () => {};

  function create(context: ControllerContext): Controller {
    const { store, now, after, random, event } = context;
    const images = createImages();
    const faults = createFaults(store, initialFaults);
    /** By the sequence number of the pod. */
    const runs: (Run | undefined)[] = [];
    const attempts = new Map<string, number>();
    const sample = (duration: Duration) => sampleDuration(duration, random);
    const samplePull = () => sample(timings.pull);
    const statuses = createStatuses();
    addFault = faults.add;
    resume = (name) => {
      const waiting = frozen.get(name) ?? [];
      frozen.delete(name);
      if (waiting.length > 0) after(0, () => waiting.forEach(whenReachable));
    };

    /** Runs `action` in `delay` ms unless the pod was stopped; on a lost node it waits for the node's return. */
    function later(run: Run, delay: number, action: Action, argument = 0): void {
      after(delay, whenReachable, { run, action, argument, planned: now() });
    }

    function whenReachable(timer: Timer): void {
      const { run, action, argument, planned } = timer;
      if (run.stopped) return;
      if (!lost.has(run.pod.node)) {
        action(run, argument, planned);
        return;
      }
      const waiting = frozen.get(run.pod.node) ?? [];
      waiting.push(timer);
      frozen.set(run.pod.node, waiting);
    }

    function attemptOf(pod: Pod): number {
      const owner = controllerOf(pod);
      if (owner?.kind !== "Job") return 1;
      const key = `${owner.uid}/${podIndex(pod) ?? ""}`;
      const attempt = (attempts.get(key) ?? 0) + 1;
      attempts.set(key, attempt);
      return attempt;
    }

    function containerOf(pod: Pod, status: ContainerStatus): Container {
      const list = status.role === "regular" ? pod.spec.containers : (pod.spec.initContainers ?? []);
      if (list.length === 1) return list[0]!;
      return list.find((one) => one.name === status.name) ?? { name: status.name };
    }

    /** Gives one status its new fields and the pod the phase and readiness that follow. */
    function write(run: Run, index: number, patch: StatusPatch): void {
      const { containers } = run.pod;
      settle(run, containers.with(index, { ...containers[index]!, ...patch }));
    }

    /** Gives the pod these statuses and the phase and readiness that follow. */
    function settle(run: Run, changed: readonly ContainerStatus[]): void {
      const { pod } = run;
      let containers = changed;
      const phase = podPhase(pod.spec, containers);
      if (phase === "Succeeded" || phase === "Failed") {
        run.stopped = true;
        // Sidecars are stopped when the work is done.
        containers = containers.map((one) =>
          one.role === "sidecar" && one.state !== "terminated" ? terminated(one, 0, now()) : one,
        );
      }
      const ready = podReady(phase, containers);
      if (ready === pod.ready) store.update<"Pod">(pod, { containers, phase });
      else store.update<"Pod">(pod, { containers, phase, ready, readyTime: now() });
    }

    function begin(pod: Pod): void {
      const run: Run = { pod, attempt: attemptOf(pod), stopped: false, backOffs: null };
      runs[pod.sequence] = run;
      const deadline = pod.spec.activeDeadlineSeconds;
      if (deadline !== undefined) later(run, deadline * milli, exceed);
      const sandbox = sample(timings.sandbox);
      if (pod.spec.initContainers?.length) later(run, sandbox, initialise, 0);
      else startRegular(run, sandbox);
    }

    /** The pod has run longer than its own deadline allows. */
    function exceed(run: Run): void {
      run.stopped = true;
      const containers = run.pod.containers.map((one) =>
        one.state === "terminated" ? one : terminated(one, 137, now()),
      );
      const readiness = run.pod.ready ? { ready: false, readyTime: now() } : {};
      store.update(run.pod, {
        phase: "Failed",
        reason: "DeadlineExceeded",
        message: "Pod was active on the node longer than the specified deadline",
        containers,
        ...readiness,
      });
    }

    /** Init containers one after the other; a sidecar only has to be started (and to pass its startup probe). */
    function initialise(run: Run, index: number): void {
      const status = run.pod.containers[index];
      if (!status || status.role === "regular") {
        startRegular(run, 0);
        return;
      }
      pull(run, index, 0, (delay) =>
        later(run, delay + sample(timings.start), () => {
          startContainers(run, [index]);
          if (status.role === "sidecar") later(run, sidecarStartup(run, index), initialise, index + 1);
        }),
      );
    }

    function sidecarStartup(run: Run, index: number): number {
      const container = containerOf(run.pod, run.pod.containers[index]!);
      if (!container.startupProbe) return 0;
      const { readinessProbe: _, ...rest } = container;
      return planContainer(rest, "sidecar", false, [], timings, sample).ready ?? 0;
    }

    function faultsOf(run: Run, index: number) {
      return faults.of(run.pod, run.attempt + (run.pod.containers[index]?.restartCount ?? 0));
    }

    /**
     * Calls `then` with the milliseconds until the image is there, counted from now; `offset` is when it is asked for.
     * While it cannot be pulled the container waits and it is tried again, later and later.
     */
    function pull(run: Run, index: number, offset: number, then: (delay: number) => void): void {
      const status = run.pod.containers[index]!;
      const container = containerOf(run.pod, status);
      if (!faultsOf(run, index).some(isImagePull)) {
        then(images.readyAt(run.pod.node, container, now() + offset, samplePull) - now());
        return;
      }
      later(run, offset + sample(timings.pull), () => {
        const key = `image ${status.name}`;
        const kept = run.backOffs?.get(key);
        // The first failure already waits, unlike the first restart.
        const { wait, next } = kept ? backOff(kept, now()) : { wait: 10_000, next: { delay: 20_000, updated: now() } };
        run.backOffs ??= new Map();
        run.backOffs.set(key, next);
        write(run, index, { state: "waiting", reason: kept ? "ImagePullBackOff" : "ErrImagePull" });
        event(run.pod, "Warning", "Failed", `Failed to pull image "${container.image ?? ""}"`);
        if (!kept) {
          later(run, 1, () => write(run, index, { reason: "ImagePullBackOff" }));
        }
        later(run, wait, () => pull(run, index, 0, then));
      });
    }

    /** All regular containers start as soon as their images are there, one pull after the other. */
    function startRegular(run: Run, offset: number): void {
      const { node, spec, containers } = run.pod;
      const regular = regularIndexes(spec);
      const isBroken = (index: number) => faultsOf(run, index).some(isImagePull);
      const broken = regular.filter(isBroken);
      const sound = broken.length === 0 ? regular : regular.filter((index) => !broken.includes(index));
      let at = offset;
      for (const index of sound) {
        at = images.readyAt(node, containerOf(run.pod, containers[index]!), now() + at, samplePull) - now();
      }
      if (sound === regular) later(run, at + sample(timings.start), startAllRegular);
      else if (sound.length > 0) later(run, at + sample(timings.start), () => startContainers(run, sound));
      for (const index of broken) {
        pull(run, index, offset, (delay) =>
          later(run, delay + sample(timings.start), () => startContainers(run, [index])),
        );
      }
    }

    function startAllRegular(run: Run): void {
      startContainers(run, regularIndexes(run.pod.spec));
    }

    /** The containers run from now on, and what they will do is known. */
    function startContainers(run: Run, indexes: readonly number[]): void {
      const finite = run.pod.spec.restartPolicy !== undefined && run.pod.spec.restartPolicy !== "Always";
      const started = now();
      let { containers } = run.pod;
      for (const index of indexes) {
        const status = containers[index]!;
        const container = containerOf(run.pod, status);
        const plan = planContainer(container, status.role, finite, faultsOf(run, index), timings, sample);
        containers = statuses.started(containers, index, started, plan.ready === 0);
        const { ready, end } = plan;
        if (ready !== null && ready > 0) later(run, ready, becomeReady, index);
        if (end) later(run, end.after, () => endContainer(run, index, started, end.code, end.probe));
      }
      settle(run, containers);
    }

    function isSameLife(run: Run, index: number, started: number): boolean {
      const status = run.pod.containers[index];
      return status?.state === "running" && status.startedAt === started;
    }

    function becomeReady(run: Run, index: number, started: number): void {
      if (isSameLife(run, index, started)) settle(run, statuses.ready(run.pod.containers, index));
    }

    function endContainer(run: Run, index: number, started: number, code: number, probe?: string): void {
      if (!isSameLife(run, index, started)) return;
      const status = run.pod.containers[index]!;
      if (probe) {
        event(run.pod, "Warning", "Unhealthy", `${probe === "startup" ? "Startup" : "Liveness"} probe failed`);
        event(run.pod, "Normal", "Killing", `Container ${status.name} failed ${probe} probe, will be restarted`);
      }
      const again = restarts(run.pod.spec, status, code);
      if (!again) {
        write(run, index, terminated(status, code, now()));
        if (status.role === "init" && code === 0) initialise(run, index + 1);
        return;
      }
      const { wait, next } = backOff(run.backOffs?.get(status.name), now());
      run.backOffs ??= new Map();
      run.backOffs.set(status.name, next);
      const { reason } = terminated(status, code, now());
      const patch: StatusPatch = { ready: false, finishedAt: now(), exitCode: code, restartCount: status.restartCount };
      if (wait === 0) write(run, index, { ...patch, state: "terminated", reason });
      else {
        write(run, index, { ...patch, state: "waiting", reason: "CrashLoopBackOff" });
        event(
          run.pod,
          "Warning",
          "BackOff",
          `Back-off restarting failed container ${status.name} in pod ${run.pod.name}`,
        );
      }
      later(run, wait + sample(timings.start), () => {
        const current = run.pod.containers[index]!;
        const restarted = run.pod.containers.with(index, { ...current, restartCount: current.restartCount + 1 });
        store.update(run.pod, { containers: restarted });
        startContainers(run, [index]);
      });
    }

    /** The pod has to go: its processes get their grace period, then the pod is gone or at least ended. */
    function terminate(pod: Pod): void {
      const old = runs[pod.sequence];
      if (old) old.stopped = true;
      const run: Run = { pod, attempt: 1, stopped: false, backOffs: null };
      runs[pod.sequence] = run;
      const grace = Math.max(0, (pod.deleted ?? now()) - now());
      const running = pod.containers.some((one) => one.state === "running");
      const wanted = running ? sample(timings.shutdown) : 0;
      later(run, Math.min(wanted, grace), stop, wanted > grace ? 137 : 143);
    }

    function stop(run: Run, code: number): void {
      const { pod } = run;
      run.stopped = true;
      if (pod.finalizers.length === 0) {
        finishDeletion(store, pod);
        return;
      }
      const containers = pod.containers.map((one) => (one.state === "terminated" ? one : terminated(one, code, now())));
      const readiness = pod.ready ? { ready: false, readyTime: now() } : {};
      // A pod that was stopped before its work was done has failed.
      store.update(pod, { containers, ...(isPodTerminal(pod) ? {} : { phase: "Failed" }), ...readiness });
    }

    return {
      kinds: ["Pod", "Node"],
      podFields: ["node", "deleted"],
      observe(change) {
        const { object } = change;
        if (object.kind === "Node") {
          if (change.type === "deleted") lost.add(object.name);
          else if (change.type === "added" && lost.delete(object.name)) resume(object.name);
          return;
        }
        if (object.kind !== "Pod") return;
        if (change.type === "deleted") {
          const run = runs[object.sequence];
          if (run) run.stopped = true;
          runs[object.sequence] = undefined;
          return;
        }
        if (object.node === "" || isPodTerminal(object)) return;
        const previous = change.type === "modified" ? (change.previous as Partial<Pod>) : undefined;
        if (object.deleted !== null) {
          if (!previous || "deleted" in previous) terminate(object);
        } else if (!previous || "node" in previous) begin(object);
      },
      sync() {},
    };
  }

  return {
    factory: { name: "kubelet", create },
    addFault: (fault) => addFault(fault),
    loseNode: (name) => lost.add(name),
    returnNode(name) {
      if (lost.delete(name)) resume(name);
    },
  };
}

const regulars = new WeakMap<PodSpec, readonly number[]>();

/** Where the regular containers are in the list of statuses: after the init containers. */
function regularIndexes(spec: PodSpec): readonly number[] {
  let indexes = regulars.get(spec);
  if (!indexes) {
    const first = spec.initContainers?.length ?? 0;
    indexes = spec.containers.map((_, index) => first + index);
    regulars.set(spec, indexes);
  }
  return indexes;
}

const isImagePull = (fault: { readonly type: string }) => fault.type === "imagePull";
