/** The STATUS column of `kubectl get pods`. Models printPod of pkg/printers/internalversion/printers.go. */
import { type ContainerStatus, isPodTerminal, type Pod } from "../../cluster/objects.ts";

/** `Running`, `Init:0/2`, `CrashLoopBackOff`, `Terminating` … */
export function podStatusWord(pod: Pod): string {
  const word = initWord(pod.containers) ?? containersWord(pod);
  if (pod.deleted !== null) {
    if (pod.reason === "NodeLost") return "Unknown";
    if (!isPodTerminal(pod)) return "Terminating";
  }
  return word;
}

/** What the first init container that is not through shows; undefined when all are. */
function initWord(containers: readonly ContainerStatus[]): string | undefined {
  let total = 0;
  for (const one of containers) if (one.role !== "regular") total++;
  if (total === 0) return undefined;
  // Once initialised, always initialised, whatever becomes of sidecars.
  if (containers.some((one) => one.role === "regular" && (one.state !== "waiting" || one.finishedAt !== null)))
    return undefined;
  let index = 0;
  for (const one of containers) {
    if (one.role === "regular") continue;
    const succeeded = one.state === "terminated" && one.exitCode === 0;
    const through = succeeded || (one.role === "sidecar" && one.state === "running");
    if (!through) {
      if (one.state === "terminated") return `Init:${one.reason || `ExitCode:${one.exitCode}`}`;
      const waits = one.state === "waiting" && one.reason !== "" && one.reason !== "ContainerCreating";
      return waits ? `Init:${one.reason}` : `Init:${index}/${total}`;
    }
    index++;
  }
  return undefined;
}

function containersWord(pod: Pod): string {
  if (pod.reason !== "") return pod.reason;
  if (pod.node === "")
    return pod.conditions.some((one) => one.reason === "SchedulingGated") ? "SchedulingGated" : pod.phase;
  let word: string = pod.phase;
  let running = false;
  const initialises = pod.containers.some((one) => one.role !== "regular");
  for (let i = pod.containers.length - 1; i >= 0; i--) {
    const one = pod.containers[i]!;
    if (one.role !== "regular") continue;
    if (one.state === "running") running ||= one.ready;
    else if (one.reason === "ContainerCreating" && initialises) word = "PodInitializing";
    else if (one.reason !== "") word = one.reason;
    else if (one.state === "terminated") word = `ExitCode:${one.exitCode}`;
  }
  if (word === "Completed" && running) return pod.ready ? "Running" : "NotReady";
  return word;
}
