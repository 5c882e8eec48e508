/** What the containers of a pod do: the timings of the scenario, its faults, and what it says of containers. */
import type { Container } from "../../api/objects.ts";
import { type ContainerStatus, controllerOf, type Pod } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";
import type { Behaviour, ContainerBehaviour, Selection } from "../../scenario/behaviour.ts";
import type { Duration } from "../../scenario/durations.ts";
import type { Fault, Timings } from "../../scenario/scenario.ts";

export interface Behaviours {
  /** Something more that is so from now on; containers that have started keep going as they are. */
  add(behaviour: Behaviour): void;
  addFault(fault: Fault): void;
  /** Whether anything is said of the pod or of one of its containers. */
  concerns(pod: Pod): boolean;
  /** Grows whenever something is added. */
  version(): number;
  /** What a container does in its attempt (1 is the first of its pod's place); every key that matters is there. */
  of(pod: Pod, container: Container, role: ContainerStatus["role"], attempt: number): ContainerBehaviour;
}

interface BehavioursOptions {
  readonly store: Store;
  readonly timings: Timings;
  readonly faults: readonly Fault[];
  readonly behaviours: readonly Behaviour[];
  readonly sample: (duration: Duration) => number;
}

type Said = { readonly on: Selection } & ({ readonly does: ContainerBehaviour } | { readonly fault: Fault["fault"] });

/** With nothing said a pod of a Job works for a while and ends; any other runs until it is stopped. */
const isWork = (pod: Pod): boolean => pod.spec.restartPolicy !== undefined && pod.spec.restartPolicy !== "Always";

export function createBehaviours({ store, timings, faults, behaviours, sample }: BehavioursOptions): Behaviours {
  const said: Said[] = [...faults, ...behaviours];

  function usual(pod: Pod, role: ContainerStatus["role"]): ContainerBehaviour {
    const warmUp = sample(timings.warmUp);
    const answers = [[warmUp]] as const;
    const runs = role === "init" ? timings.init : role === "regular" && isWork(pod) ? timings.work : "forever";
    // Without a handler of its own SIGTERM ends a process with 128 + 15.
    const onTerm = { exit: 143, after: timings.shutdown };
    return { runs, onTerm, ready: answers, live: answers, up: answers, image: { pull: timings.pull } };
  }

  function withFault(
    does: ContainerBehaviour,
    fault: Fault["fault"],
    role: ContainerStatus["role"],
  ): ContainerBehaviour {
    switch (fault.type) {
      case "imagePull":
        return { ...does, image: { fails: 404 } };
      case "neverReady":
        return { ...does, neverReady: true, ready: [] };
      case "slowStart": {
        const later = does.up?.map(([from]) => [Math.round(from * fault.factor)] as const) ?? [];
        return { ...does, up: later, live: later, ready: does.ready?.length === 0 ? [] : later };
      }
      case "crash":
        return role === "regular" ? { ...does, runs: fault.after, exit: fault.exitCode ?? 1 } : does;
      case "exit": {
        if (role !== "regular") return does;
        const after = fault.after ?? (does.runs === "forever" ? timings.work : does.runs!);
        return { ...does, runs: after, exit: fault.code };
      }
    }
  }

  return {
    add: (behaviour) => said.push(behaviour),
    addFault: (fault) => said.push(fault),
    version: () => said.length,
    concerns: (pod) => said.some(({ on }) => concerns(store, on, pod)),
    of(pod, container, role, attempt) {
      let does = usual(pod, role);
      for (const one of said) {
        const { on } = one;
        if (attempt > (on.attempts ?? Number.POSITIVE_INFINITY) || !concerns(store, on, pod)) continue;
        if ("fault" in one) does = withFault(does, one.fault, role);
        else if (isContainer(on, container)) does = { ...does, ...one.does };
      }
      return does;
    },
  };
}

function isContainer({ container, image }: Selection, one: Container): boolean {
  return (container === undefined || container === one.name) && (image === undefined || image === one.image);
}

/** Whether the selection means the pod, or one of its containers. */
function concerns(store: Store, on: Selection, pod: Pod): boolean {
  if (on.node !== undefined && on.node !== pod.node) return false;
  if (on.namespace !== undefined && on.namespace !== pod.namespace) return false;
  const { containers, initContainers = [] } = pod.spec;
  if ((on.image ?? on.container) !== undefined) {
    if (![...initContainers, ...containers].some((one) => isContainer(on, one))) return false;
  }
  if (on.index !== undefined && on.index !== podIndex(pod)) return false;
  if (on.revision !== undefined && on.revision !== revisionOf(store, pod)) return false;
  if (on.kind === undefined && on.name === undefined) return true;
  return family(store, pod).some(
    (one) => (on.kind === undefined || one.kind === on.kind) && (on.name === undefined || one.name === on.name),
  );
}

/** The pod, its controller, that one's controller … */
function family(store: Store, pod: Pod): readonly { readonly kind: string; readonly name: string }[] {
  const members: { kind: string; name: string }[] = [pod];
  for (let owner = controllerOf(pod); owner; ) {
    members.push(owner);
    const object = store.byUid(owner.uid);
    owner = object && controllerOf(object);
  }
  return members;
}

/** The number that the pod's revision has in the history of its workload; undefined without one. */
function revisionOf(store: Store, pod: Pod): number | undefined {
  const owner = controllerOf(pod);
  const object = owner && store.byUid(owner.uid);
  if (object?.kind === "ReplicaSet") {
    const text = object.annotations["deployment.kubernetes.io/revision"];
    return text === undefined ? undefined : Number(text);
  }
  const hash = pod.labels["controller-revision-hash"];
  if (!object || hash === undefined) return undefined;
  for (const one of store.owned(object.uid)) {
    if (one.kind === "ControllerRevision" && (one.name === hash || one.name === `${object.name}-${hash}`))
      return one.revision;
  }
  return undefined;
}

/** StatefulSet ordinal or Job completion index; undefined for pods without one. */
export function podIndex(pod: Pod): number | undefined {
  const text =
    pod.labels["apps.kubernetes.io/pod-index"] ?? pod.annotations["batch.kubernetes.io/job-completion-index"];
  return text === undefined ? undefined : Number(text);
}
