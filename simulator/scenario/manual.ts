/**
 * Manual stepping: pods change only when told. What a kubelet would report, as single acts on one pod. Each act says
 * first whether it can apply, so that "the next pod that can become ready" has an answer.
 */
import { type MapPatch, mergeMap } from "../api/map-patch.ts";
import type { PodSpec } from "../api/objects.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { type ContainerStatus, controllerOf, isPodTerminal, type Pod } from "../cluster/objects.ts";
import { deletePod, finishDeletion } from "../cluster/pods.ts";

export type PodAct =
  /** Pending becomes Running, not ready. */
  | { readonly act: "running" }
  /** Running and Ready. */
  | { readonly act: "ready" }
  /** Not ready any more, still Running. */
  | { readonly act: "unready" }
  /**
   * The containers end. With restartPolicy Never, OnFailure and code 0, or `final` the pod ends too; otherwise the
   * container waits in CrashLoopBackOff and `restart` (default 1) is added to its restart count.
   */
  | {
      readonly act: "exit";
      readonly code: number;
      readonly reason?: string;
      readonly restart?: number;
      readonly final?: boolean;
    }
  /** The condition DisruptionTarget and phase Failed in one update; with `delete` the pod is deleted after that. */
  | { readonly act: "disrupt"; readonly reason: string; readonly code?: number; readonly delete?: boolean }
  /** Phase Failed with a pod-level reason, as when a node evicts; containers are left as they are. */
  | { readonly act: "fail"; readonly reason: string }
  /** A terminating pod really goes. */
  | { readonly act: "finished" }
  /** Graceful deletion by a person. */
  | { readonly act: "delete" }
  /** Merge patch of labels and annotations, where null removes, and of the fields of the spec. */
  | {
      readonly act: "patch";
      readonly labels?: MapPatch;
      readonly annotations?: MapPatch;
      readonly spec?: Partial<PodSpec>;
    };

/** Whether the act can apply to the pod as it is now. */
export function canAct(pod: Pod, act: PodAct["act"]): boolean {
  const alive = pod.node !== "" && !isPodTerminal(pod);
  switch (act) {
    case "running":
      return alive && pod.deleted === null && pod.phase === "Pending";
    case "ready":
      return alive && pod.deleted === null && !pod.ready;
    case "unready":
      return pod.ready && pod.deleted === null;
    case "exit":
    case "disrupt":
    case "fail":
      return alive && pod.deleted === null;
    case "finished":
      return pod.deleted !== null && !(isPodTerminal(pod) && pod.finalizers.length > 0);
    case "delete":
      return pod.deleted === null;
    case "patch":
      return true;
  }
}

/** Does the act to the pod; the caller has asked `canAct` and lets the controllers come to rest afterwards. */
export function doAct(cluster: Cluster, pod: Pod, act: PodAct): void {
  const { store } = cluster;
  const now = cluster.now();
  switch (act.act) {
    case "running":
      store.update(pod, { phase: "Running", containers: pod.containers.map((one) => started(one, now, false)) });
      return;
    case "ready":
      store.update(pod, {
        phase: "Running",
        ready: true,
        readyTime: now,
        containers: pod.containers.map((one) => started(one, now, true)),
      });
      return;
    case "unready":
      store.update(pod, {
        ...readiness(pod, false, now),
        containers: pod.containers.map((one) => (one.role === "init" ? one : { ...one, ready: false })),
      });
      return;
    case "exit":
      exit(cluster, pod, act);
      return;
    case "disrupt":
      disrupt(cluster, pod, act);
      return;
    case "fail":
      store.update(pod, { phase: "Failed", reason: act.reason });
      return;
    case "finished":
      if (controllerOf(pod)?.kind === "Job" && !isPodTerminal(pod)) {
        store.update(pod, {
          phase: "Failed",
          ...readiness(pod, false, now),
          containers: ended(pod, 143, "Error", now),
        });
      }
      finishDeletion(store, pod);
      return;
    case "delete":
      deletePod(store, pod, now);
      return;
    case "patch":
      store.update(pod, {
        ...(act.labels ? { labels: mergeMap(pod.labels, act.labels) } : {}),
        ...(act.annotations ? { annotations: mergeMap(pod.annotations, act.annotations) } : {}),
        ...(act.spec ? { spec: { ...pod.spec, ...act.spec } } : {}),
      });
      return;
  }
}

function readiness(pod: Pod, ready: boolean, now: number): Partial<Pod> {
  return pod.ready === ready ? {} : { ready, readyTime: now };
}

function started(status: ContainerStatus, now: number, ready: boolean): ContainerStatus {
  if (status.role === "init") {
    return { ...status, state: "terminated", reason: "Completed", ready: true, exitCode: 0, finishedAt: now };
  }
  const startedAt = status.state === "running" ? status.startedAt : now;
  return { ...status, state: "running", reason: "", ready, startedAt };
}

function ended(pod: Pod, code: number, reason: string, now: number): readonly ContainerStatus[] {
  return pod.containers.map((one) =>
    one.role === "init"
      ? one
      : {
          ...one,
          state: "terminated",
          reason,
          ready: false,
          exitCode: code,
          startedAt: one.startedAt ?? now,
          finishedAt: now,
        },
  );
}

function exit(cluster: Cluster, pod: Pod, act: Extract<PodAct, { act: "exit" }>): void {
  const now = cluster.now();
  const { code } = act;
  const policy = pod.spec.restartPolicy ?? "Always";
  const reason = act.reason ?? (code === 0 ? "Completed" : "Error");
  if (act.final === true || policy === "Never" || (policy === "OnFailure" && code === 0)) {
    cluster.store.update(pod, {
      phase: code === 0 ? "Succeeded" : "Failed",
      ...readiness(pod, false, now),
      containers: ended(pod, code, reason, now),
    });
    return;
  }
  const containers = pod.containers.map(
    (one): ContainerStatus =>
      one.role === "regular"
        ? {
            ...one,
            state: "waiting",
            reason: "CrashLoopBackOff",
            ready: false,
            restartCount: one.restartCount + (act.restart ?? 1),
            exitCode: code,
            finishedAt: now,
          }
        : one,
  );
  cluster.store.update(pod, { phase: "Running", ...readiness(pod, false, now), containers });
}

function disrupt(cluster: Cluster, pod: Pod, act: Extract<PodAct, { act: "disrupt" }>): void {
  const now = cluster.now();
  const condition = {
    type: "DisruptionTarget",
    status: "True",
    reason: act.reason,
    message: "",
    lastTransitionTime: now,
  };
  cluster.store.update(pod, {
    phase: "Failed",
    ...readiness(pod, false, now),
    conditions: [...pod.conditions.filter((one) => one.type !== "DisruptionTarget"), { ...condition, status: "True" }],
    containers: ended(pod, act.code ?? 137, "Error", now),
  });
  if (act.delete === true) deletePod(cluster.store, pod, now);
}
