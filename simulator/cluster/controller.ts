/** What a controller is: it watches kinds, notes which objects want a look, and looks at one object at a time. */
import type { Target } from "../api/target.ts";
import type { Random } from "../engine/random.ts";
import type { Metrics } from "./metrics.ts";
import type { Kind, Kinds, LiveObject } from "./objects.ts";
import type { PodField } from "./pod-fields.ts";
import type { Change, Creation, Store } from "./store.ts";

export interface ControllerContext {
  readonly store: Store;
  /** Milliseconds since the start of the scenario. */
  now(): number;
  /** Wall-clock instant of time 0, in milliseconds since 1970 (UTC). */
  readonly start: number;
  /** The version of Kubernetes that the controller is of. */
  readonly target: Target;
  /** What the metrics APIs say. */
  readonly metrics: Metrics;
  /** A stream of chance of the controller's own. */
  readonly random: Random;
  /** Creates an object as a request to the server does; gives the server's answer where quotas or limits refuse it. */
  create<K extends Kind>(creation: Creation<K>): Kinds[K] | string;
  /** Asks for a look at `key` now; asking twice is the same as asking once. */
  enqueue(key: string): void;
  /** Asks for a look in `delay` ms. Of several requests for one key the earliest stands, as in client-go's delaying queue. */
  enqueueAfter(key: string, delay: number): void;
  /** Records a Kubernetes Event about the object. */
  event(object: LiveObject, level: "Normal" | "Warning", reason: string, message: string, container?: string): void;
  /** Runs `action` in `delay` ms, before any controller looks. */
  after(delay: number, action: () => void): void;
  /** The same for an action that is shared by many and told which of them it is for. */
  after<A>(delay: number, action: (argument: A) => void, argument: A): void;
}

export interface Controller {
  /** Kinds whose changes it wants to hear of. */
  readonly kinds: readonly Kind[];
  /** Of a pod that was modified, only changes of these fields; without them, all. */
  readonly podFields?: readonly PodField[];
  /**
   * Of pods only those that an object of this kind controls, those that nobody controls, and those that change hands; without
   * it, all.
   */
  readonly podOwner?: Kind;
  /** Hears of a change right after it was made; may only take notes and enqueue, not change the store. */
  observe(change: Change): void;
  /** Looks at the object named by `key` (of the controller's own making, usually `namespace/name`) and acts. */
  sync(key: string): void;
}

export interface ControllerFactory {
  /** As in kube-controller-manager: `deployment`, `replicaset` … also the name of its stream of chance. */
  readonly name: string;
  create(context: ControllerContext): Controller;
}

/** `namespace/name`, the usual work-queue key. */
export function keyOf(object: LiveObject): string {
  return object.key;
}

/** The parts of a `namespace/name` key. */
export function splitKey(key: string): readonly [namespace: string, name: string] {
  const slash = key.indexOf("/");
  return [key.slice(0, slash), key.slice(slash + 1)];
}
