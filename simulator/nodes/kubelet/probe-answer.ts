/** What a probe of a container finds. Models pkg/kubelet/prober/prober.go. */
import type { Container, Probe } from "../../api/objects.ts";
import type { ContainerBehaviour, Windows } from "../../scenario/behaviour.ts";
import type { Duration } from "../../scenario/durations.ts";
import { answerOf, podAddress, portNumber } from "./hooks.ts";
import type { ProbeType } from "./machine.ts";

interface ProbeAnswer {
  /** What the event says; null: it succeeds. */
  readonly failure: string | null;
  /** It could not be carried out at all: no result. */
  readonly thrownAway: boolean;
  /** Milliseconds. */
  readonly takes: number;
}

const windowsOf = (does: ContainerBehaviour, type: ProbeType): Windows | undefined =>
  type === "readiness" ? does.ready : type === "liveness" ? does.live : does.up;

const isWithin = (windows: Windows | undefined, since: number): boolean =>
  windows === undefined || windows.some(([from, to = Number.POSITIVE_INFINITY]) => since >= from && since < to);

/** `since`: milliseconds since the start of the container. */
export function probeAnswer(
  does: ContainerBehaviour,
  type: ProbeType,
  container: Container,
  probe: Probe,
  since: number,
  isRunning: boolean,
  sample: (duration: Duration) => number,
): ProbeAnswer {
  const fails = (failure: string | null, takes = 0): ProbeAnswer => ({ failure, thrownAway: false, takes });
  const { serve } = does;
  if (probe.httpGet && (serve !== undefined || !isRunning)) {
    const { port, path = "/" } = probe.httpGet;
    const address = `${podAddress}:${portNumber(container, port)}`;
    const answer = isRunning ? answerOf(does, container, port, path, since) : "refused";
    if (answer === "ok") return fails(null);
    if (answer === "not found") return fails("failed: HTTP probe failed with statuscode: 404");
    return fails(`failed: Get "http://${address}${path}": dial tcp ${address}: connect: connection refused`);
  }
  const port = probe.tcpSocket?.port ?? probe.grpc?.port;
  if (port !== undefined && (serve !== undefined || !isRunning)) {
    const refused = !isRunning || answerOf(does, container, port, "", since) === "refused";
    const address = `${podAddress}:${portNumber(container, port)}`;
    return fails(refused ? `failed: dial tcp ${address}: connect: connection refused` : null);
  }
  if (!isRunning) {
    const failure =
      "errored and resulted in unknown state: rpc error: code = Unknown desc = failed to exec in container";
    return { failure, thrownAway: true, takes: 0 };
  }
  const takes = sample(does.probeTakes?.[type] ?? 0);
  const timeout = (probe.timeoutSeconds ?? 1) * 1000;
  if (takes > timeout) {
    const command = (probe.exec?.command ?? []).join(" ");
    return fails(`failed: command timed out: "${command}" timed out after ${timeout / 1000}s`, timeout);
  }
  return fails(isWithin(windowsOf(does, type), since) ? null : "failed: ", takes);
}

/** When the next change of what the probe finds is due, in milliseconds since the start; null: never. */
export function nextChange(does: ContainerBehaviour, type: ProbeType, probe: Probe, since: number): number | null {
  const { serve } = does;
  const isNet = probe.httpGet !== undefined || probe.tcpSocket !== undefined || probe.grpc !== undefined;
  if (isNet && serve !== undefined) return serve !== "nothing" && serve.from > since ? serve.from : null;
  const edges = (windowsOf(does, type) ?? []).flatMap((window) => window.filter((one) => one !== undefined));
  const later = edges.filter((edge) => edge > since);
  return later.length === 0 ? null : Math.min(...later);
}
