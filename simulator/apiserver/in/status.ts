/** The status of API objects as fields of live ones. Times that read the same as before stay exact. */

import { semanticEqual } from "../../api/equality.ts";
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import { initialStatus, type WorkloadKind } from "../../cluster/initial.ts";
import type {
  ContainerEnd,
  ContainerStatus,
  Kinds,
  LiveCondition,
  Pod,
  PodCondition,
  ResizedContainer,
} from "../../cluster/objects.ts";
import { timeOf, timeText } from "../../cluster/time.ts";
import { completedSpec } from "../out/pod-spec.ts";
import { uidOf } from "../uid.ts";

/** The time of a text; the one before where that has the same text. */
function timeIn(text: unknown, before: number | null | undefined, start: number): number | null {
  if (typeof before === "number" && timeText(before, start) === text) return before;
  return timeOf(text, start);
}

function conditionsIn(status: JsonObject, before: readonly LiveCondition[], start: number): readonly LiveCondition[] {
  return listAt(status, "conditions").map((entry) => {
    const one = asObject(entry);
    const type = stringAt(one, "type");
    const old = before.find((other) => other.type === type);
    const lastTransitionTime = timeIn(one["lastTransitionTime"], old?.lastTransitionTime, start) ?? 0;
    const updated = one["lastUpdateTime"] ?? one["lastProbeTime"];
    return {
      type,
      status: stringAt(one, "status") as LiveCondition["status"],
      reason: stringAt(one, "reason"),
      message: stringAt(one, "message"),
      lastUpdateTime: timeIn(updated, old?.lastUpdateTime, start) ?? old?.lastUpdateTime ?? lastTransitionTime,
      lastTransitionTime,
    };
  });
}

/** The status of a workload; `before` is the one it had, or the empty one. */
export function workloadStatusIn<K extends WorkloadKind>(
  kind: K,
  status: JsonObject,
  before: Kinds[K]["status"],
  start: number,
): Kinds[K]["status"] {
  const out: Record<string, unknown> = { ...before };
  for (const [key, empty] of Object.entries(initialStatus[kind])) {
    if (typeof empty === "number") out[key] = numberAt(status, key) ?? 0;
    else if (typeof empty === "string") out[key] = stringAt(status, key);
    else if (key.endsWith("Time")) out[key] = timeIn(status[key], out[key] as number | null, start);
    else if (empty === null) out[key] = status[key] ?? null;
  }
  if (kind === "CronJob") {
    out["active"] = listAt(status, "active").map((one) => ({
      name: stringAt(asObject(one), "name"),
      uid: uidOf(stringAt(asObject(one), "uid")),
    }));
  } else if ("conditions" in initialStatus[kind]) {
    out["conditions"] = conditionsIn(status, (before as { conditions: readonly LiveCondition[] }).conditions, start);
  }
  if (kind === "Job") {
    const uncounted = asObject(status["uncountedTerminatedPods"]);
    out["uncountedSucceeded"] = listAt(uncounted, "succeeded").map((one) => uidOf(String(one)));
    out["uncountedFailed"] = listAt(uncounted, "failed").map((one) => uidOf(String(one)));
  }
  return out as unknown as Kinds[K]["status"];
}

/** Conditions that follow from the containers: as the kubelet has written them, if it has. */
const derived: ReadonlySet<string> = new Set(["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady"]);

function podConditionsIn(status: JsonObject, pod: Pod, start: number): readonly PodCondition[] {
  return listAt(status, "conditions").flatMap((entry) => {
    const one = asObject(entry);
    const type = stringAt(one, "type");
    if (derived.has(type)) return pod.conditions.find((other) => other.type === type) ?? [];
    const old = pod.conditions.find((other) => other.type === type);
    return [
      {
        type,
        status: stringAt(one, "status") as PodCondition["status"],
        reason: stringAt(one, "reason"),
        message: stringAt(one, "message"),
        lastTransitionTime: timeIn(one["lastTransitionTime"], old?.lastTransitionTime, start) ?? 0,
      },
    ];
  });
}

function endIn(terminated: JsonObject, old: ContainerEnd | undefined, start: number): ContainerEnd {
  return {
    reason: stringAt(terminated, "reason"),
    exitCode: numberAt(terminated, "exitCode") ?? 0,
    message: stringAt(terminated, "message"),
    startedAt: timeIn(terminated["startedAt"], old?.startedAt, start),
    finishedAt: timeIn(terminated["finishedAt"], old?.finishedAt, start),
  };
}

function containerIn(old: ContainerStatus, one: JsonObject, start: number): ContainerStatus {
  const state = asObject(one["state"]);
  const [name = "waiting", detail] = Object.entries(state)[0] ?? [];
  const now = asObject(detail);
  const last = asObject(one["lastState"])["terminated"];
  const message = stringAt(now, "message");
  const isRunning = name === "running";
  const started = one["started"] === true;
  return {
    name: old.name,
    role: old.role,
    state: name as ContainerStatus["state"],
    reason: stringAt(now, "reason"),
    ready: one["ready"] === true,
    restartCount: numberAt(one, "restartCount") ?? 0,
    startedAt: timeIn(now["startedAt"], old.startedAt, start),
    finishedAt: timeIn(now["finishedAt"], old.finishedAt, start),
    exitCode: name === "terminated" ? (numberAt(now, "exitCode") ?? 0) : null,
    ...(old.started === undefined && started === isRunning ? {} : { started }),
    ...(last === undefined ? {} : { last: endIn(asObject(last), old.last, start) }),
    ...(message === "" ? {} : { message }),
    ...(old.id === undefined ? {} : { id: old.id }),
  };
}

/** The containers that have other resources than the spec asks for. */
function resizingIn(statuses: readonly JsonObject[], pod: Pod): Pod["resizing"] {
  const spec = completedSpec(pod.spec);
  const containers = [...listAt(spec, "initContainers"), ...listAt(spec, "containers")].map(asObject);
  const odd = statuses.flatMap((one) => {
    const name = stringAt(one, "name");
    const own = asObject(containers.find((container) => container["name"] === name)?.["resources"]);
    const resources = asObject(one["resources"] ?? own);
    const allocatedResources = asObject(one["allocatedResources"] ?? resources["requests"]);
    const isAsAsked =
      semanticEqual(resources, own) &&
      semanticEqual({ requests: allocatedResources }, { requests: own["requests"] ?? {} });
    return isAsAsked ? [] : [[name, { resources, allocatedResources } as ResizedContainer] as const];
  });
  return odd.length === 0 ? null : Object.fromEntries(odd);
}

/** The fields of a live pod that its status stands for. */
export function podStatusIn(status: JsonObject, pod: Pod, start: number): Partial<Pod> {
  const ready = listAt(status, "conditions")
    .map(asObject)
    .find((one) => one["type"] === "Ready");
  const isReady = ready?.["status"] === "True";
  const statuses = [...listAt(status, "initContainerStatuses"), ...listAt(status, "containerStatuses")].map(asObject);
  return {
    phase: (stringAt(status, "phase") || "Pending") as Pod["phase"],
    reason: stringAt(status, "reason"),
    message: stringAt(status, "message"),
    ready: isReady,
    readyTime: isReady === pod.ready ? pod.readyTime : timeIn(ready?.["lastTransitionTime"], pod.readyTime, start),
    conditions: podConditionsIn(status, pod, start),
    resizing: resizingIn(statuses, pod),
    containers: pod.containers.map((old) => {
      const one = statuses.find((other) => other["name"] === old.name);
      return one ? containerIn(old, one, start) : old;
    }),
  };
}
