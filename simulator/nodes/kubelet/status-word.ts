/** The columns of `kubectl get pods`. Models printPod of pkg/printers/internalversion/printers.go. */
import { type ContainerStatus, isPodTerminal, type Pod } from "../../cluster/objects.ts";
import { podConditions } from "../../cluster/pod-conditions.ts";
import { podInitializing } from "./words.ts";

interface PodColumns {
  /** READY: ready containers and sidecars, and how many there are. */
  readonly ready: number;
  readonly containers: number;
  /** STATUS: `Running`, `Init:0/2`, `CrashLoopBackOff`, `Terminating` … */
  readonly status: string;
  readonly restarts: number;
}

/** What is shown of a pod; one that is on no node has no containers to speak of. */
export function podColumns(pod: Pod): PodColumns {
  if (pod.node === "") return unbound(pod);
  const inits = pod.spec.initContainers?.length ? initColumns(pod) : noInits;
  let { ready, restarts } = inits;
  const { sidecars } = inits;
  let status = inits.word ?? basicWord(pod);
  if (inits.word === undefined || isInitialized(pod)) {
    restarts = inits.sidecarRestarts;
    let isRunning = false;
    let failure: string | undefined;
    const regular = byName(pod);
    for (let i = regular.length - 1; i >= 0; i--) {
      const one = regular[i]!;
      restarts += one.restartCount;
      if (one.state !== "running" && one.reason !== "") {
        status = one.reason;
        if (one.state === "terminated" && one.exitCode !== 0) failure = one.reason;
      } else if (one.state === "running" && one.ready) {
        isRunning = true;
        ready++;
      }
    }
    if (status === "Completed") {
      if (isRunning && pod.ready) status = "Running";
      else status = failure ?? (isRunning ? "NotReady" : status);
    }
  }
  const containers = pod.spec.containers.length + sidecars;
  return { ready, containers, restarts, status: pod.deleted === null ? status : deletedWord(pod, status) };
}

/** The statuses of regular containers in the order in which a kubelet writes them. */
function byName({ containers, spec }: Pod): readonly ContainerStatus[] {
  if (containers.length === 1) return containers;
  const regular = spec.initContainers?.length ? containers.filter((one) => one.role === "regular") : containers;
  return regular.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A pod that is on no node has no statuses of containers. */
function unbound(pod: Pod): PodColumns {
  const sidecars = pod.spec.initContainers?.filter((one) => one.restartPolicy === "Always").length ?? 0;
  const word = basicWord(pod);
  const status = pod.deleted === null ? word : deletedWord(pod, word);
  return { ready: 0, containers: pod.spec.containers.length + sidecars, status, restarts: 0 };
}

function deletedWord(pod: Pod, status: string): string {
  if (pod.reason === "NodeLost") return "Unknown";
  return isPodTerminal(pod) ? status : "Terminating";
}

function basicWord(pod: Pod): string {
  if (pod.reason !== "") return pod.reason;
  const isGated = pod.node === "" && pod.conditions.some((one) => one.reason === "SchedulingGated");
  return isGated ? "SchedulingGated" : pod.phase;
}

function isInitialized(pod: Pod): boolean {
  return podConditions(pod).some((one) => one.type === "Initialized" && one.status === "True");
}

interface InitColumns {
  readonly ready: number;
  readonly restarts: number;
  readonly sidecarRestarts: number;
  readonly sidecars: number;
  /** Where it stands; undefined when all are through. */
  readonly word: string | undefined;
}
const noInits: InitColumns = { ready: 0, restarts: 0, sidecarRestarts: 0, sidecars: 0, word: undefined };

function initColumns(pod: Pod): InitColumns {
  const inits = pod.containers.filter((one) => one.role !== "regular");
  const sidecars = inits.filter((one) => one.role === "sidecar").length;
  let ready = 0;
  let restarts = 0;
  let sidecarRestarts = 0;
  for (const [index, one] of inits.entries()) {
    restarts += one.restartCount;
    if (one.role === "sidecar") sidecarRestarts += one.restartCount;
    const isDone = one.state === "terminated" && one.exitCode === 0;
    const isStarted = one.role === "sidecar" && one.state === "running" && one.started !== false;
    if (isStarted && one.ready) ready++;
    if (!isDone && !isStarted)
      return { ready, restarts, sidecarRestarts, sidecars, word: initWord(one, index, inits.length) };
  }
  return { ready, restarts, sidecarRestarts, sidecars, word: undefined };
}

/** What the first init container that is not through shows. */
function initWord(one: ContainerStatus, index: number, count: number): string {
  if (one.state === "terminated") return `Init:${one.reason || `ExitCode:${one.exitCode}`}`;
  const waits = one.state === "waiting" && one.reason !== "" && one.reason !== podInitializing;
  return waits ? `Init:${one.reason}` : `Init:${index}/${count}`;
}
