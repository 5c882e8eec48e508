/** Since when pods count as available. Models IsPodAvailable of pkg/api/v1/pod/util.go. */
import { type Pod, wholeSeconds } from "../cluster/objects.ts";

/**
 * When the pod is available, or was from: its last change of readiness plus `minReadySeconds`; Infinity while it is not ready.
 * The API server keeps that change in whole seconds, so `start`, the wall-clock instant of time 0, counts.
 */
export function availableFrom(pod: Pod, minReadySeconds: number, start: number): number {
  if (!pod.ready) return Number.POSITIVE_INFINITY;
  if (minReadySeconds === 0) return Number.NEGATIVE_INFINITY;
  return pod.readyTime === null
    ? Number.POSITIVE_INFINITY
    : wholeSeconds(pod.readyTime, start) + minReadySeconds * 1000;
}
