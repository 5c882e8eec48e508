/** A pod as the recordings show it: the columns of `kubectl get pods`, its conditions and its containers. */
import type { ContainerStatus, Pod } from "../../../simulator/cluster/objects.ts";
import { podConditions } from "../../../simulator/cluster/pod-conditions.ts";
import { podColumns } from "../../../simulator/nodes/kubelet/status-word.ts";
import type { Row } from "./compare.ts";

/** `t` in seconds; `deleting` in place of the pod's own grace period. */
export function rowOf(pod: Pod, t: number, deleting: number | null = pod.grace): Row {
  const columns = podColumns({ ...pod, deleted: deleting === null ? pod.deleted : (pod.deleted ?? 0) });
  const texts = podConditions(pod).map(({ type, status, reason }) => [
    type,
    reason === "" ? status : `${status} ${reason}`,
  ]);
  const conditions = Object.fromEntries(texts.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)));
  const containers = pod.node === "" ? [] : pod.containers.map((one) => [one.name, containerOf(one)]);
  return {
    t,
    status: columns.status,
    ready: `${columns.ready}/${columns.containers}`,
    restarts: columns.restarts,
    phase: pod.phase,
    ...(pod.reason === "" ? {} : { reason: pod.reason }),
    ...(deleting === null ? {} : { deleting }),
    conditions,
    containers: Object.fromEntries(containers),
  };
}

function containerOf(one: ContainerStatus): Readonly<Record<string, unknown>> {
  const last = one.last && { reason: one.last.reason, exitCode: one.last.exitCode };
  return {
    state: one.state,
    ...(one.reason === "" ? {} : { reason: one.reason }),
    ...(one.state === "terminated" ? { exitCode: one.exitCode } : {}),
    ...(one.ready ? { ready: true } : {}),
    ...(one.started ? { started: true } : {}),
    ...(one.restartCount > 0 ? { restarts: one.restartCount } : {}),
    ...(last ? { last } : {}),
  };
}
