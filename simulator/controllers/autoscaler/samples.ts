/** What the metrics APIs say of pods, pod by pod. Models groupPods and calculatePodRequests of replica_calculator.go. */
import type { Container, PodSpec } from "../../api/objects.ts";
import { milliValue } from "../../api/quantity-number.ts";
import type { ControllerContext } from "../../cluster/controller.ts";
import { type Pod, wholeSeconds } from "../../cluster/objects.ts";
import type { PodSample } from "./replicas.ts";

/** For so long a pod that starts may use more CPU than it will. */
const initialization = 300_000;
/** A pod that was not ready within this time after its start was never ready. */
const initialReadiness = 30_000;
/** How long the metrics API measures, before the look. */
const metricWindow = 1_000;

type Sort = PodSample["is"];

/** When the pod was started, in whole seconds; null while it was not. */
function startOf({ containers, phase, created }: Pod): number | null {
  const times = containers.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  return times.length > 0 ? Math.min(...times) : phase === "Running" ? created : null;
}

/** Whether what the pod uses of the CPU says nothing yet. */
function isStarting(pod: Pod, { now, start }: Pick<ControllerContext, "now" | "start">): boolean {
  const began = startOf(pod);
  if (began === null) return true;
  const started = wholeSeconds(began, start);
  const changed = wholeSeconds(pod.readyTime ?? began, start);
  if (started + initialization > now()) return !pod.ready || now() < changed + metricWindow;
  return !pod.ready && started + initialReadiness > changed;
}

/** As what the pod counts; `measured` says whether there is a metric of it. */
export function sortOf(
  pod: Pod,
  measured: boolean,
  isCpu: boolean,
  context: Pick<ControllerContext, "now" | "start">,
): Sort {
  if (pod.deleted !== null || pod.phase === "Failed") return "ignored";
  if (pod.phase === "Pending") return "unready";
  if (!measured) return "missing";
  return isCpu && isStarting(pod, context) ? "unready" : "counted";
}

function longRunning({ containers, initContainers = [] }: PodSpec): readonly Container[] {
  return [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === "Always")];
}

/** Thousandths that the containers of the pod (or the one that is named) request; why that cannot be told. */
export function requestOf(
  { spec, name }: Pod,
  resource: string,
  container: string | undefined,
): number | { readonly error: string } {
  const whole = spec.resources?.requests?.[resource] ?? spec.resources?.limits?.[resource];
  if (container === undefined && whole !== undefined) return milliValue(whole);
  let sum = 0;
  for (const one of longRunning(spec)) {
    if (container !== undefined && one.name !== container) continue;
    const request = one.resources?.requests?.[resource] ?? one.resources?.limits?.[resource];
    if (request === undefined) {
      return { error: `missing request for ${resource} in container ${one.name} of Pod ${name}` };
    }
    sum += milliValue(request);
  }
  return sum;
}
