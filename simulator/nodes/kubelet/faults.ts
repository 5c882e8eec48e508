/** Which faults of a scenario strike a pod. */
import { controllerOf, type Pod } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";
import type { Fault } from "../../scenario/scenario.ts";

export type FaultKind = Fault["fault"];

export interface Faults {
  /** Adds a fault that strikes from now on. */
  add(fault: Fault): void;
  /** The faults that strike the pod in this attempt (1 is the first) of one of its containers. */
  of(pod: Pod, attempt: number): readonly FaultKind[];
}

const none: readonly FaultKind[] = [];

export function createFaults(store: Store, initial: readonly Fault[]): Faults {
  const faults = [...initial];
  return {
    add: (fault) => faults.push(fault),
    of(pod, attempt) {
      if (faults.length === 0) return none;
      return faults
        .filter(({ on }) => attempt <= (on.attempts ?? Number.POSITIVE_INFINITY) && strikes(store, on, pod))
        .map((one) => one.fault);
    },
  };
}

function strikes(store: Store, on: Fault["on"], pod: Pod): boolean {
  if (on.node !== undefined && on.node !== pod.node) return false;
  if (on.image !== undefined && !pod.spec.containers.some((one) => one.image === on.image)) return false;
  if (on.index !== undefined && on.index !== podIndex(pod)) return false;
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

/** StatefulSet ordinal or Job completion index; undefined for pods without one. */
export function podIndex(pod: Pod): number | undefined {
  const text =
    pod.labels["apps.kubernetes.io/pod-index"] ?? pod.annotations["batch.kubernetes.io/job-completion-index"];
  return text === undefined ? undefined : Number(text);
}
