/**
 * The short way for pods with nothing special to them: no hooks, no init containers, no probe but for readiness, nothing said of
 * them. What happens to such a pod is known when it starts, so that a handful of moments is all it takes. What the full machine
 * makes of it lasts as long, to a second or two; see test/simulator/kubelet/twin.test.ts.
 */
import type { PodSpec } from "../../api/objects.ts";
import { isPodTerminal, type Pod } from "../../cluster/objects.ts";
import { finishDeletion } from "../../cluster/pods.ts";
import { pullPolicyOf } from "./images.ts";
import type { Environment } from "./machine.ts";
import { readyAfter } from "./probes.ts";
import { createStatuses, terminated } from "./statuses.ts";

/** One pod as its kubelet knows it. */
interface Run {
  readonly pod: Pod;
  /** Set when the pod ended or has to end; what was planned before does not happen any more. */
  stopped: boolean;
  /** How much was said of containers when it began. */
  readonly version: number;
}

/** `argument` is the index of a container, or an exit code; `planned` is when it was decided on. */
type Action = (run: Run, argument: number, planned: number) => void;

/** What will happen to a pod. Kept as data: closures would be several times as large, and every pod has some. */
interface Timer {
  readonly run: Run;
  readonly action: Action;
  readonly argument: number;
  readonly planned: number;
}

interface SimplePods {
  begin(pod: Pod): void;
  terminate(pod: Pod): void;
  /** The pod is gone, or somebody else goes on with it. */
  drop(pod: Pod): void;
  has(pod: Pod): boolean;
}

interface SimpleOptions {
  readonly env: Environment;
  readonly plan: <A>(delay: number, action: (argument: A) => void, argument: A) => void;
  /** The node does not act at present: the timer is given back when it does. */
  readonly isSilent: (node: string) => boolean;
  readonly freeze: (node: string, resume: () => void) => void;
  /** Something was said in the meantime that concerns the pod: the machine takes over before its containers start. */
  readonly handOver: (pod: Pod) => void;
}

const simple = new WeakMap<PodSpec, boolean>();

/** Whether pods of this spec take the short way as long as nothing is said of them. */
export function isSimpleSpec(spec: PodSpec): boolean {
  let known = simple.get(spec);
  if (known === undefined) {
    known =
      !spec.initContainers?.length &&
      !spec.readinessGates?.length &&
      spec.activeDeadlineSeconds === undefined &&
      spec.containers.every(
        (one) =>
          !one.lifecycle &&
          !one.livenessProbe &&
          !one.startupProbe &&
          one.restartPolicy === undefined &&
          one.imagePullPolicy !== "Never" &&
          !one.securityContext?.runAsNonRoot,
      ) &&
      !spec.securityContext?.runAsNonRoot;
    simple.set(spec, known);
  }
  return known;
}

export function createSimplePods({ env, plan, isSilent, freeze, handOver }: SimpleOptions): SimplePods {
  const { store, now, timings, sample, images, behaviours } = env;
  /** By the sequence number of the pod. */
  const runs: (Run | undefined)[] = [];
  const statuses = createStatuses();
  const samplePull = () => sample(timings.pull);

  function later(run: Run, delay: number, action: Action, argument = 0): void {
    plan(delay, whenReachable, { run, action, argument, planned: now() });
  }

  function whenReachable(timer: Timer): void {
    const { run, action, argument, planned } = timer;
    if (run.stopped) return;
    if (isSilent(run.pod.node)) freeze(run.pod.node, () => whenReachable(timer));
    else action(run, argument, planned);
  }

  /** All containers start when all their images are there. */
  function begin(pod: Pod): void {
    const run: Run = { pod, stopped: false, version: behaviours.version() };
    runs[pod.sequence] = run;
    let at = now() + sample(timings.sandbox);
    for (const container of pod.spec.containers) {
      const image = container.image ?? "";
      const isThere = images.has(pod.node, image, at);
      if (!isThere || pullPolicyOf(container) === "Always") at = images.pull(pod.node, image, at, samplePull);
    }
    later(run, at - now() + sample(timings.start), start);
  }

  function start(run: Run): void {
    const { pod } = run;
    if (run.version !== behaviours.version() && behaviours.concerns(pod)) {
      drop(pod);
      handOver(pod);
      return;
    }
    const { spec } = pod;
    const finite = spec.restartPolicy !== undefined && spec.restartPolicy !== "Always";
    let { containers } = pod;
    let isReady = true;
    for (const [index, container] of spec.containers.entries()) {
      const ready = readyAfter(container, sample(timings.warmUp));
      const end = finite ? sample(timings.work) : Number.POSITIVE_INFINITY;
      containers = statuses.started(containers, index, now(), ready === 0);
      if (ready !== 0) isReady = false;
      if (ready > 0 && ready < end) later(run, ready, becomeReady, index);
      if (finite) later(run, end, finish, index);
    }
    const readiness = isReady ? { ready: true, readyTime: now() } : {};
    store.update<"Pod">(pod, { containers, phase: "Running", ...readiness });
  }

  function becomeReady({ pod }: Run, index: number): void {
    if (pod.containers[index]!.state !== "running") return;
    const containers = statuses.ready(pod.containers, index);
    if (containers.every((one) => one.ready)) store.update<"Pod">(pod, { containers, ready: true, readyTime: now() });
    else store.update<"Pod">(pod, { containers });
  }

  /** The work of a container is done. */
  function finish(run: Run, index: number): void {
    const { pod } = run;
    const containers = pod.containers.with(index, terminated(pod.containers[index]!, 0, now()));
    const readiness = pod.ready ? { ready: false, readyTime: now() } : {};
    const isOver = containers.every((one) => one.state === "terminated");
    if (isOver) run.stopped = true;
    store.update<"Pod">(pod, { containers, ...(isOver ? { phase: "Succeeded" } : {}), ...readiness });
    if (isOver) env.roomMade(pod.node);
  }

  function drop(pod: Pod): void {
    const run = runs[pod.sequence];
    if (run) run.stopped = true;
    runs[pod.sequence] = undefined;
  }

  /** The pod has to go: its processes get their grace period, then the pod is gone or at least ended. */
  function terminate(pod: Pod): void {
    drop(pod);
    const run: Run = { pod, stopped: false, version: 0 };
    runs[pod.sequence] = run;
    const grace = Math.max(0, (pod.deleted ?? now()) - now());
    const running = pod.containers.some((one) => one.state === "running");
    const wanted = running ? sample(timings.shutdown) : 0;
    later(run, Math.min(wanted, grace), stop, wanted > grace ? 137 : 143);
  }

  function stop(run: Run, code: number): void {
    const { pod } = run;
    run.stopped = true;
    if (pod.finalizers.length > 0) {
      const containers = pod.containers.map((one) => (one.state === "terminated" ? one : terminated(one, code, now())));
      const readiness = pod.ready ? { ready: false, readyTime: now() } : {};
      // A pod that was stopped before its work was done has failed.
      store.update<"Pod">(pod, { containers, ...(isPodTerminal(pod) ? {} : { phase: "Failed" }), ...readiness });
    }
    finishDeletion(store, pod);
  }

  return { begin, terminate, drop, has: (pod) => runs[pod.sequence] !== undefined };
}
