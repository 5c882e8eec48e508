/** The conditions that a kubelet gives a pod. Models pkg/kubelet/status/generate.go. */
import type { PodSpec } from "../api/objects.ts";
import { couldRestartAll } from "../api/pod/restart-policy.ts";
import type { ContainerStatus, Pod, PodCondition } from "./objects.ts";

type Verdict = Pick<PodCondition, "type" | "status" | "reason" | "message">;

interface ConditionInput {
  readonly spec: PodSpec;
  readonly phase: Pod["phase"];
  readonly containers: readonly ContainerStatus[];
  /** Conditions of others: readiness gates. */
  readonly others: readonly PodCondition[];
  /** Whether the pod has a sandbox with a network. */
  readonly sandbox: boolean;
  readonly restartingAll: boolean;
}

const truth = (type: string, reason = ""): Verdict => ({ type, status: "True", reason, message: "" });
const lie = (type: string, reason: string, message = ""): Verdict => ({ type, status: "False", reason, message });

function named(containers: readonly ContainerStatus[]): string {
  return `[${containers.map((one) => one.name).join(" ")}]`;
}

/** All that the kubelet says, in the order in which it does. */
export function kubeletConditions(input: ConditionInput): readonly Verdict[] {
  const { spec, phase, sandbox, restartingAll } = input;
  const type = "PodReadyToStartContainers";
  const verdicts = [sandbox ? truth(type) : lie(type, ""), initialized(input), ready(input), containersReady(input)];
  if (!couldRestartAll(spec)) return verdicts;
  const all = "AllContainersRestarting";
  if (phase === "Succeeded") verdicts.push(lie(all, "PodCompleted"));
  else if (phase === "Failed") verdicts.push(lie(all, "PodFailed"));
  else verdicts.push(restartingAll ? truth(all, "RestartAllContainersStarted") : lie(all, ""));
  return verdicts;
}

/** ContainersReady of a pod. */
function containersReady({ phase, containers }: Pick<ConditionInput, "phase" | "containers">): Verdict {
  const type = "ContainersReady";
  if (phase === "Succeeded") return lie(type, "PodCompleted");
  if (phase === "Failed") return lie(type, "PodFailed");
  const unready = containers.filter((one) => one.role !== "init" && !one.ready);
  if (unready.length === 0) return truth(type);
  return lie(type, "ContainersNotReady", `containers with unready status: ${named(unready)}`);
}

/** Ready of a pod: its containers, and then its readiness gates. */
export function ready(input: Pick<ConditionInput, "spec" | "phase" | "containers" | "others">): Verdict {
  const containers = containersReady(input);
  if (containers.status !== "True") return { ...containers, type: "Ready" };
  const held = (input.spec.readinessGates ?? []).filter(
    ({ conditionType }) => !input.others.some((one) => one.type === conditionType && one.status === "True"),
  );
  if (held.length === 0) return truth("Ready");
  const messages = held.map(({ conditionType }) =>
    input.others.some((one) => one.type === conditionType)
      ? `the status of pod readiness gate "${conditionType}" is not "True", but ${input.others.find((one) => one.type === conditionType)!.status}`
      : `corresponding condition of pod readiness gate "${conditionType}" does not exist.`,
  );
  return lie("Ready", "ReadinessGatesNotReady", messages.join(", "));
}

function initialized({ phase, containers }: ConditionInput): Verdict {
  const type = "Initialized";
  if (phase === "Succeeded") return truth(type, "PodCompleted");
  const isThere = (one: ContainerStatus) =>
    one.role === "regular" && (one.state !== "waiting" || one.last !== undefined);
  if (containers.some(isThere)) return truth(type);
  const left = containers.filter(
    (one) => (one.role === "init" && !one.ready) || (one.role === "sidecar" && !one.started),
  );
  if (left.length === 0) return truth(type);
  return lie(type, "ContainersNotInitialized", `containers with incomplete status: ${named(left)}`);
}

/** The verdicts as conditions, those that say what they said before with their old times. */
export function withTimes(
  verdicts: readonly Verdict[],
  before: readonly PodCondition[],
  now: number,
): readonly PodCondition[] {
  return verdicts.map((verdict) => {
    const old = before.find((one) => one.type === verdict.type);
    return { ...verdict, lastTransitionTime: old?.status === verdict.status ? old.lastTransitionTime : now };
  });
}

/**
 * All conditions of a pod as the API has them. Of a pod whose kubelet did not write them down (one with nothing special to it)
 * they follow from its phase and its containers.
 */
export function podConditions(pod: Pod): readonly PodCondition[] {
  const own = pod.conditions;
  const stored = (type: string) => own.find((one) => one.type === type);
  const isBound = pod.node !== "";
  if (!isBound) return own;
  const { spec, phase, containers } = pod;
  const input: ConditionInput = {
    spec,
    phase,
    containers,
    others: own,
    sandbox: phase === "Running",
    restartingAll: false,
  };
  const started = containers.find((one) => one.startedAt !== null)?.startedAt ?? pod.created;
  const times = { ContainersReady: pod.readyTime ?? started } as Readonly<Record<string, number>>;
  const derived = kubeletConditions(input)
    .filter(({ type }) => type !== "Ready" && !stored(type))
    .map((one) => ({ ...one, lastTransitionTime: times[one.type] ?? started }));
  const scheduled = stored("PodScheduled") ?? { ...truth("PodScheduled"), lastTransitionTime: pod.created };
  const others = [...own.filter((one) => one.type !== "PodScheduled" && one.type !== "Ready"), ...derived];
  return [...others, readyOf(pod, others, stored("Ready")), scheduled];
}

/** Ready as the pod has it; a False that neither containers nor gates explain was written by somebody else. */
function readyOf(pod: Pod, all: readonly PodCondition[], stored: PodCondition | undefined): PodCondition {
  const lastTransitionTime = pod.readyTime ?? pod.created;
  if (stored && (stored.status === "True") === pod.ready) return stored;
  if (pod.ready) return { ...truth("Ready"), lastTransitionTime };
  const containers = all.find((one) => one.type === "ContainersReady");
  if (containers && containers.status !== "True") return { ...containers, type: "Ready", lastTransitionTime };
  return { ...lie("Ready", ""), lastTransitionTime };
}
