/**
 * What is shown of pods, without what each has for itself: its node and its index. The pods of a template take the same few
 * shapes one after the other, so a shape is made once, and whether a pod shows something new is told by comparing two of them.
 */
import type { LabelMap, PodSpec } from "../api/objects.ts";
import { requestsOf } from "../api/pod/requests.ts";
import type { Pod } from "../cluster/objects.ts";
import { podColumns } from "../nodes/kubelet/status-word.ts";
import type { States } from "../trace.ts";
import { ownerText } from "./owner-text.ts";

type State = States["Pod"];

export interface PodShape extends Omit<State, "node" | "index" | "message"> {
  /** Whether the pod has a node. It gets one at most once. */
  readonly bound: boolean;
  /** Empty without one. */
  readonly message: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const blank: PodShape = {
  phase: "Pending",
  status: "",
  ready: false,
  readyContainers: 0,
  containers: 0,
  terminating: false,
  restarts: 0,
  bound: false,
  owner: "",
  revision: "",
  message: "",
  cpu: 0,
  memory: 0,
};

/** Gives every pod the shape that it has now: the same object for the same shape, as far as few are in use. */
export type Shapes = (pod: Pod) => PodShape;

/** So many shapes are remembered for each spec; the oldest goes first. */
const most = 16;

interface Family {
  readonly shapes: PodShape[];
  next: number;
}

/** A memory without shapes. */
export function createShapes(): Shapes {
  const families = new WeakMap<PodSpec, Family>();
  /** The shape that is looked for; only one that is new is copied. */
  const wanted: Mutable<PodShape> = { ...blank };

  function familyOf(spec: PodSpec): Family {
    let family = families.get(spec);
    if (!family) {
      family = { shapes: [], next: 0 };
      families.set(spec, family);
    }
    return family;
  }

  return (pod) => {
    const family = familyOf(pod.spec);
    fill(wanted, pod);
    for (let i = 0; i < family.shapes.length; i++) {
      if (isSameShape(family.shapes[i]!, wanted)) return family.shapes[i]!;
    }
    const shape = { ...wanted };
    family.shapes[family.next] = shape;
    family.next = (family.next + 1) % most;
    return shape;
  };
}

/** The hash label that ties a pod to its revision. */
function revisionHash(labels: LabelMap): string {
  return labels["pod-template-hash"] ?? labels["controller-revision-hash"] ?? "";
}

function fill(shape: Mutable<PodShape>, pod: Pod): void {
  const columns = podColumns(pod);
  const { cpu, memory } = requestsOf(pod.spec);
  const bound = pod.node !== "";
  const waiting = bound ? undefined : pod.conditions.find((one) => one.type === "PodScheduled")?.message;
  shape.phase = pod.phase;
  shape.status = columns.status;
  shape.ready = pod.ready;
  shape.readyContainers = columns.ready;
  shape.containers = columns.containers;
  shape.terminating = pod.deleted !== null;
  shape.restarts = columns.restarts;
  shape.bound = bound;
  shape.owner = ownerText(pod);
  shape.revision = revisionHash(pod.labels);
  shape.message = pod.message || (waiting ?? "");
  shape.cpu = cpu;
  shape.memory = memory;
}

/** Whether two pods show the same; field by field, what differs most often first. */
export function isSameShape(a: PodShape, b: PodShape): boolean {
  return (
    a.status === b.status &&
    a.ready === b.ready &&
    a.bound === b.bound &&
    a.terminating === b.terminating &&
    a.phase === b.phase &&
    a.readyContainers === b.readyContainers &&
    a.containers === b.containers &&
    a.restarts === b.restarts &&
    a.owner === b.owner &&
    a.revision === b.revision &&
    a.message === b.message &&
    a.cpu === b.cpu &&
    a.memory === b.memory
  );
}

/** What is shown of a pod of this shape. */
export function podState(shape: PodShape, pod: Pod, index: number | undefined): State {
  const { phase, status, ready, readyContainers, containers, terminating, restarts, bound, owner, revision } = shape;
  const { message, cpu, memory } = shape;
  const node = bound ? pod.node : "";
  const first = { phase, status, ready, readyContainers, containers, terminating, restarts, node, owner, revision };
  return {
    ...first,
    ...(index === undefined ? {} : { index }),
    ...(message === "" ? {} : { message }),
    cpu,
    memory,
  };
}
