/** Making and deleting pods the way every controller does. Models pkg/controller/controller_utils.go. */
import type { LabelMap, PodSpec, PodTemplateSpec } from "../api/objects.ts";
import { endLength } from "./names.ts";
import {
  type ContainerStatus,
  isPodTerminal,
  type LiveObject,
  type OwnerReference,
  type Pod,
  type PodCondition,
} from "./objects.ts";
import type { Creation, Store } from "./store.ts";

/** The reference that makes `owner` the controller of an object. */
export function controllerReference(owner: LiveObject): OwnerReference {
  return { kind: owner.kind, name: owner.name, uid: owner.uid, controller: true };
}

const references = new WeakMap<LiveObject, readonly OwnerReference[]>();

/** The owners of an object that `owner` controls alone; shared by all that it makes. */
function soleOwner(owner: LiveObject): readonly OwnerReference[] {
  let list = references.get(owner);
  if (!list) {
    list = [controllerReference(owner)];
    references.set(owner, list);
  }
  return list;
}

const nothing: readonly never[] = [];

const initialStatuses = new WeakMap<PodSpec, readonly ContainerStatus[]>();

/** The container statuses of a pod that has not started; shared by all pods of the same spec. */
function waitingContainers(spec: PodSpec): readonly ContainerStatus[] {
  let statuses = initialStatuses.get(spec);
  if (!statuses) {
    const reason = spec.initContainers?.length ? "PodInitializing" : "ContainerCreating";
    const waiting = (name: string, role: ContainerStatus["role"]): ContainerStatus => ({
      name,
      role,
      state: "waiting",
      reason,
      ready: false,
      restartCount: 0,
      startedAt: null,
      finishedAt: null,
      exitCode: null,
    });
    statuses = [
      ...(spec.initContainers ?? []).map((one) =>
        waiting(one.name, one.restartPolicy === "Always" ? "sidecar" : "init"),
      ),
      ...spec.containers.map((one) => waiting(one.name, "regular")),
    ];
    initialStatuses.set(spec, statuses);
  }
  return statuses;
}

export interface PodExtras {
  readonly labels?: LabelMap;
  readonly annotations?: LabelMap;
  readonly finalizers?: readonly string[];
  readonly claims?: Pod["claims"];
  readonly pinnedNode?: string;
  readonly hostname?: string;
  readonly subdomain?: string;
}

const noExtras: PodExtras = {};
const noLabels: LabelMap = {};

/** Both together, those of `over` where both have a key; no copy where one has none. */
function laidOver(labels: LabelMap, over: LabelMap | undefined): LabelMap {
  if (!over) return labels;
  return labels === noLabels ? over : { ...labels, ...over };
}

/** A pod of a template, Pending and not bound. `extras.labels` and `.annotations` are laid over the template's. */
export function podFromTemplate(
  namespace: string,
  name: string,
  template: PodTemplateSpec,
  owner: LiveObject | null,
  extras: PodExtras = noExtras,
): Creation<"Pod"> {
  const labels = template.metadata?.labels ?? noLabels;
  const annotations = template.metadata?.annotations ?? noLabels;
  return {
    kind: "Pod",
    namespace,
    name,
    labels: laidOver(labels, extras.labels),
    annotations: laidOver(annotations, extras.annotations),
    owners: owner ? soleOwner(owner) : nothing,
    finalizers: extras.finalizers ?? nothing,
    spec: template.spec,
    claims: extras.claims ?? nothing,
    pinnedNode: extras.pinnedNode ?? null,
    hostname: extras.hostname ?? template.spec.hostname ?? "",
    subdomain: extras.subdomain ?? template.spec.subdomain ?? "",
    node: template.spec.nodeName ?? "",
    nominatedNode: "",
    phase: "Pending",
    reason: "",
    message: "",
    ready: false,
    readyTime: null,
    conditions: nothing,
    containers: waitingContainers(template.spec),
    resizing: null,
  };
}

const generates: ReadonlySet<string> = new Set(["ReplicaSet", "DaemonSet", "Job"]);

/** The `generateName` that a controller gave a pod: the name without its drawn end. */
export function generatedBase({ name, owners }: Pick<Pod, "name" | "owners">): string | undefined {
  const owner = owners.find(({ controller }) => controller);
  return owner && generates.has(owner.kind) ? name.slice(0, -endLength) : undefined;
}

/** The conditions with this one in the place of the one of its type. */
export function withCondition(conditions: readonly PodCondition[], condition: PodCondition): readonly PodCondition[] {
  return [...conditions.filter((one) => one.type !== condition.type), condition];
}

/**
 * How many milliseconds the containers of a deleted pod have to stop; 0: nobody waits for them. Models
 * pkg/registry/core/pod/strategy.go (CheckGracefulDelete).
 */
export function graceOf(pod: Pod): number {
  if (pod.node === "" || isPodTerminal(pod)) return 0;
  const seconds = pod.spec.terminationGracePeriodSeconds ?? 30;
  return seconds < 0 ? 1000 : seconds * 1000;
}

/**
 * Asks for the deletion of a pod: without a grace period (it is not bound, has ended, or `seconds` is 0) it goes at once,
 * unless finalizers hold it; any other becomes terminating and goes when its containers have stopped. A pod that terminates
 * already can only be given less time. Models BeforeDelete of apiserver/pkg/registry/rest/delete.go.
 */
export function deletePod(store: Store, pod: Pod, now: number, seconds?: number): void {
  if (pod.deleted !== null) {
    if (seconds !== undefined) shorten(store, pod, now, seconds);
    return;
  }
  const grace =
    pod.node === "" || isPodTerminal(pod) ? 0 : seconds === undefined ? graceOf(pod) : wanted(seconds) * 1000;
  if (grace === 0 && pod.finalizers.length === 0) store.remove(pod);
  else store.update<"Pod">(pod, { deleted: now + grace, grace: grace / 1000 });
}

/** A negative grace period is one second. */
const wanted = (seconds: number): number => (seconds < 0 ? 1 : seconds);

function shorten(store: Store, pod: Pod, now: number, seconds: number): void {
  const before = pod.grace ?? 0;
  if (seconds >= before) return;
  if (seconds === 0) {
    finishDeletion(store, pod);
    return;
  }
  // Counted from the first request; what would be in the past is a second.
  const since = pod.deleted! - before * 1000;
  const left = Math.ceil((since + seconds * 1000 - now) / 1000);
  const grace = left > 0 ? seconds : 1;
  store.update<"Pod">(pod, { deleted: left > 0 ? since + seconds * 1000 : now + 1000, grace });
}

/**
 * The containers of a terminating pod have stopped: it goes, or stays as an ended pod while finalizers hold it.
 */
export function finishDeletion(store: Store, pod: Pod): void {
  if (pod.finalizers.length === 0) store.remove(pod);
  else store.update<"Pod">(pod, { grace: 0 });
}

/** Takes a finalizer away; an object that is being deleted and only waited for it goes. */
export function removeFinalizer(store: Store, object: LiveObject, finalizer: string): void {
  if (!object.finalizers.includes(finalizer)) return;
  const finalizers = object.finalizers.filter((one) => one !== finalizer);
  const done = finalizers.length === 0 && object.deleted !== null;
  if (done && (object.kind !== "Pod" || graceOf(object) === 0)) store.remove(object);
  else store.update(object, { finalizers });
}
