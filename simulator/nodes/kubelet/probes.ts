/**
 * When probes let a container become ready, and when they have it killed, known from its start on: an application that
 * answers from a certain moment makes all later probes succeed. Models pkg/kubelet/prober/worker.go.
 */
import type { Container, Probe } from "../../api/objects.ts";

/** What the application does. Milliseconds after the start of the container; null is never. */
export interface Answers {
  readonly answersFrom: number | null;
  readonly readyFrom: number | null;
}

/** What the probes make of it. Milliseconds after the start of the container. */
export interface ProbeOutcome {
  readonly ready: number | null;
  /** The kubelet kills the container because this probe failed too often. */
  readonly killed: { readonly at: number; readonly probe: "startup" | "liveness" } | null;
}

const second = 1000;

interface Timing {
  readonly period: number;
  readonly first: number;
  readonly failures: number;
  readonly successes: number;
}

function timing(probe: Probe): Timing {
  const period = Math.max(1, probe.periodSeconds ?? 10) * second;
  const delay = (probe.initialDelaySeconds ?? 0) * second;
  return {
    period,
    // A probe runs at the start and then every period; ticks before the initial delay do nothing.
    first: Math.ceil(delay / period) * period,
    failures: Math.max(1, probe.failureThreshold ?? 3),
    successes: Math.max(1, probe.successThreshold ?? 1),
  };
}

/** The first tick at or after `from` (and at or after the initial delay). */
function tickFrom({ first, period }: Timing, from: number): number {
  return from <= first ? first : first + Math.ceil((from - first) / period) * period;
}

/** When `failures` ticks in a row have failed, if the application answers only from `answersFrom`; null if that does not happen. */
function failedOut(timing: Timing, begin: number, answersFrom: number | null): number | null {
  const first = tickFrom(timing, begin);
  const last = first + (timing.failures - 1) * timing.period;
  return answersFrom !== null && answersFrom <= last ? null : last;
}

/** What becomes of a container that starts now. */
export function probeOutcome(container: Container, app: Answers): ProbeOutcome {
  let begin = 0;
  if (container.startupProbe) {
    const startup = timing(container.startupProbe);
    const failed = failedOut(startup, 0, app.answersFrom);
    if (failed !== null) return { ready: null, killed: { at: failed, probe: "startup" } };
    begin = tickFrom(startup, app.answersFrom ?? 0);
  }
  let killed: ProbeOutcome["killed"] = null;
  if (container.livenessProbe) {
    const failed = failedOut(timing(container.livenessProbe), begin, app.answersFrom);
    if (failed !== null) killed = { at: failed, probe: "liveness" };
  }
  return { ready: readyAt(container, app, begin, killed?.at ?? Number.POSITIVE_INFINITY), killed };
}

function readyAt(container: Container, app: Answers, begin: number, end: number): number | null {
  if (app.readyFrom === null) return null;
  if (!container.readinessProbe) return begin < end ? begin : null;
  const readiness = timing(container.readinessProbe);
  // Passing the startup probe triggers a readiness probe at once; otherwise the ticks decide.
  const atOnce = begin > 0 && begin >= readiness.first && app.readyFrom <= begin;
  const first = atOnce ? begin : tickFrom(readiness, Math.max(begin, app.readyFrom));
  const ready = first + (readiness.successes - 1) * readiness.period;
  return ready < end ? ready : null;
}
