/**
 * When a readiness probe lets a container become ready that answers from a certain moment on, known from its start. Models
 * pkg/kubelet/prober/worker.go: a probe at the start, one more when its first result is noted, and then every period.
 */
import type { Container } from "../../api/objects.ts";

const second = 1000;

/** Milliseconds after the start; without a probe a container is ready as soon as it runs. */
export function readyAfter({ readinessProbe: probe }: Container, answersFrom: number): number {
  if (!probe) return 0;
  const period = Math.max(1, probe.periodSeconds ?? 10) * second;
  const from = Math.max(answersFrom, (probe.initialDelaySeconds ?? 0) * second);
  const successes = Math.max(1, probe.successThreshold ?? 1);
  const extra = [0, second].filter((tick) => tick >= from).length;
  if (extra >= successes) return (2 - extra + successes - 1) * second;
  const ticks = Math.max(1, Math.ceil((from - second) / period));
  return second + (ticks + successes - extra - 1) * period;
}
