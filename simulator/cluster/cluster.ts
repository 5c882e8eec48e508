/**
 * A running cluster: a store, the controllers that watch it, and a clock. Controllers act in no time: at every instant
 * they run, always the first in the list that has work, until none has any; only then does the clock move on.
 */

import type { ClusterFacts } from "../api/admission/facts.ts";
import { recordedTarget, type Target } from "../api/target.ts";
import { createEventQueue, type Due } from "../engine/queue.ts";
import { createRandom, type Random } from "../engine/random.ts";
import type { Controller, ControllerContext, ControllerFactory } from "./controller.ts";
import { factsOf } from "./facts.ts";
import { createGuard, type Guard, resourceOf } from "./guard.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { controllerOf, type Kind, type Kinds, type LiveObject, type Pod } from "./objects.ts";
import { createPodAdmission } from "./pod-admission.ts";
import { podFieldBits } from "./pod-fields.ts";
import { type Change, type Creation, createStore, type Store } from "./store.ts";

export interface RecordedEvent {
  readonly object: LiveObject;
  readonly level: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  /** Of a pod: the container that it is about. */
  readonly container?: string;
  /** Name of the controller that recorded it. */
  readonly source: string;
}

interface ClusterOptions {
  readonly seed: number;
  /** The stream of chance that is called so. Default: that of the seed. */
  readonly random?: (name: string) => Random;
  /** Wall-clock instant of time 0, in milliseconds since 1970 (UTC). */
  readonly start: number;
  /** The version of Kubernetes. Default: that of the recorded facts. */
  readonly target?: Target;
  /** Whether it has metrics APIs. Default: it has. */
  readonly servesMetrics?: boolean;
  /** Classes that pods name and that nobody made: taken to be there, or missing (the default). */
  readonly elsewhere?: "there" | "missing";
  /** In the order in which they get to work within one instant. */
  readonly controllers: readonly ControllerFactory[];
  /** Told of every change, after the controllers have heard of it. */
  readonly onChange?: (change: Change) => void;
  readonly onEvent?: (event: RecordedEvent) => void;
  /** Most looks of controllers within one instant; a fight that never ends is cut off there. Default 5 million. */
  readonly syncLimit?: number;
  /** Asked between two looks: true cuts the instant off, as the limit does. */
  readonly isExhausted?: () => boolean;
}

export interface Cluster {
  readonly store: Store;
  readonly start: number;
  readonly target: Target;
  /** The load that the metrics APIs tell of. */
  readonly metrics: Metrics;
  /** Quotas and limits. */
  readonly guard: Guard;
  /** What admission finds in it. */
  readonly facts: ClusterFacts;
  now(): number;
  /** Runs the controllers until none has work at this instant. False when the limit of looks cut it off. */
  rest(): boolean;
  /** Lets time pass up to and including `time`, stopping at every instant at which something is due. */
  advance(time: number): boolean;
  /** Moves to the next instant at which something is due, if that is not after `limit`; false when there is none. */
  step(limit: number): boolean;
  /** When something is due next; undefined when nothing is. */
  nextTime(): number | undefined;
  /** The look that a controller has asked for, if nothing else is to happen any more. */
  loneLook(): LoneLook | undefined;
  after(delay: number, action: () => void): () => void;
  event(object: LiveObject, level: "Normal" | "Warning", reason: string, message: string, container?: string): void;
  /** Tells of every change from now on, after everybody else, until the given function is called. */
  watch(listener: (change: Change) => void): () => void;
  /** The same for Events. */
  listen(listener: (event: RecordedEvent) => void): () => void;
}

interface LoneLook {
  readonly controller: string;
  readonly key: string;
  readonly time: number;
}

interface Worker {
  readonly name: string;
  readonly controller: Controller;
  readonly pending: Set<string>;
  readonly delayed: ReadonlyMap<string, Wake>;
}

/** A controller that hears of a kind; of modified pods only when one of the fields changed. */
interface Watcher {
  readonly controller: Controller;
  readonly podFields: number;
}

/** What happens when its time has come. */
interface Task extends Due {
  readonly action: (argument: never) => void;
  readonly argument: unknown;
}

/** A look that a controller has asked for. */
interface Wake extends Task {
  readonly time: number;
}

const allFields = -1;
const owners = podFieldBits(["owners"]);
const none: readonly Watcher[] = [];

/** An empty cluster at time 0, with its controllers listening. */
export function createCluster(options: ClusterOptions): Cluster {
  const { seed, start, target = recordedTarget } = options;
  const random = options.random ?? ((name: string) => createRandom(seed, name));
  const syncLimit = options.syncLimit ?? 5_000_000;
  const due = createEventQueue<Task>();
  const workers: Worker[] = [];
  const watchers = new Map<Kind, Watcher[]>();
  /** Of the watchers of pods those that a pod concerns, by the kind of its controller. */
  const byOwner = new Map<string | undefined, readonly Watcher[]>();
  let time = 0;

  const metrics = createMetrics(options.servesMetrics ?? true);
  const guard = createGuard(() => store);
  const changeListeners = new Set<(change: Change) => void>();
  const eventListeners = new Set<(event: RecordedEvent) => void>();
  const store: Store = createStore({
    now: () => time,
    random: random("uid"),
    onChange(change) {
      guard.observe(change);
      podAdmission.observe(change);
      if (change.object.kind === "Pod") tellOfPod(change, change.object);
      else for (const { controller } of watchers.get(change.object.kind) ?? none) controller.observe(change);
      options.onChange?.(change);
      if (changeListeners.size > 0) for (const listener of changeListeners) listener(change);
    },
  });

  const facts = factsOf(store, options.elsewhere ?? "missing");
  const podAdmission = createPodAdmission(facts, guard, target);

  function tellOfPod(change: Change, pod: Pod): void {
    const fields = change.type === "modified" ? change.podFields : null;
    const changesHands = fields !== null && (fields & owners) !== 0;
    for (const watcher of podWatchers(changesHands ? undefined : controllerOf(pod)?.kind)) {
      if (fields === null || fields & watcher.podFields) watcher.controller.observe(change);
    }
  }

  /** Who hears of pods that an object of this kind controls; undefined: of any pod, as nobody controls it or that has changed. */
  function podWatchers(owner: string | undefined): readonly Watcher[] {
    let list = byOwner.get(owner);
    if (!list) {
      list = (watchers.get("Pod") ?? none).filter(({ controller: { podOwner } }) => {
        return podOwner === undefined || owner === undefined || podOwner === owner;
      });
      byOwner.set(owner, list);
    }
    return list;
  }

  function create<K extends Kind>(creation: Creation<K>): Kinds[K] | string {
    const admitted = creation.kind === "Pod" ? podAdmission.admit(creation as unknown as Creation<"Pod">) : creation;
    if (typeof admitted === "string") return admitted;
    if (!guard.isActive()) return store.create(admitted as Creation<K>);
    const why = guard.refusal(admitted as unknown as Creation<Kind>);
    if (why !== undefined) {
      return `${resourceOf(admitted as unknown as Creation<Kind>)} ${JSON.stringify(creation.name)} is forbidden: ${why}`;
    }
    const object = store.create(admitted as Creation<K>);
    guard.charge(admitted as unknown as Creation<Kind>);
    return object;
  }

  function plan(delay: number, action: Task["action"], argument?: unknown): Task {
    const task: Task = { action, argument, waiting: true };
    due.push(time + Math.max(0, delay), 0, task);
    return task;
  }

  function after(delay: number, action: () => void): () => void {
    const task = plan(delay, action);
    return () => due.cancel(task);
  }

  function record(source: string): Cluster["event"] {
    return (object, level, reason, message, container) => {
      const event: RecordedEvent =
        container === undefined
          ? { object, level, reason, message, source }
          : { object, level, reason, message, container, source };
      options.onEvent?.(event);
      if (eventListeners.size > 0) for (const listener of eventListeners) listener(event);
    };
  }

  for (const factory of options.controllers) {
    const pending = new Set<string>();
    const delayed = new Map<string, Wake>();
    const wake = (key: string) => {
      delayed.delete(key);
      pending.add(key);
    };
    const context: ControllerContext = {
      store,
      now: () => time,
      start,
      target,
      metrics,
      create,
      random: random(factory.name),
      enqueue: (key) => pending.add(key),
      enqueueAfter(key, delay) {
        const at = time + Math.max(0, delay);
        const waiting = delayed.get(key);
        if (waiting) {
          if (waiting.time <= at) return;
          due.cancel(waiting);
        }
        const look: Wake = { time: at, action: wake, argument: key, waiting: true };
        delayed.set(key, look);
        due.push(at, 1, look);
      },
      event: record(factory.name),
      after: plan,
    };
    const controller = factory.create(context);
    workers.push({ name: factory.name, controller, pending, delayed });
    const watcher = { controller, podFields: controller.podFields ? podFieldBits(controller.podFields) : allFields };
    for (const kind of controller.kinds) {
      const list = watchers.get(kind);
      if (list) list.push(watcher);
      else watchers.set(kind, [watcher]);
    }
  }

  function firstBusy(): Worker | undefined {
    for (const worker of workers) if (worker.pending.size > 0) return worker;
    return undefined;
  }

  function rest(): boolean {
    for (let looks = 0; looks < syncLimit; looks++) {
      const worker = firstBusy();
      if (!worker) return true;
      if (options.isExhausted?.()) return false;
      const key = worker.pending.values().next().value as string;
      worker.pending.delete(key);
      worker.controller.sync(key);
    }
    return false;
  }

  function step(limit: number): boolean {
    const next = due.nextTime();
    if (next === undefined || next > limit) return false;
    time = next;
    // Everything due at this instant happens before the controllers look, so that they see it as one change.
    while (due.nextTime() === time) {
      const { action, argument } = due.pop()!;
      action(argument as never);
    }
    return rest();
  }

  return {
    store,
    start,
    target,
    metrics,
    guard,
    facts,
    now: () => time,
    rest,
    step,
    advance(until) {
      if (!rest()) return false;
      while ((due.nextTime() ?? Number.POSITIVE_INFINITY) <= until) if (!step(until)) return false;
      if (until > time) time = until;
      return true;
    },
    nextTime: due.nextTime,
    loneLook() {
      if (due.size() !== 1) return undefined;
      for (const { name, delayed } of workers)
        for (const [key, { time }] of delayed) return { controller: name, key, time };
      return undefined;
    },
    after,
    event: record("cluster"),
    watch: (listener) => subscribed(changeListeners, listener),
    listen: (listener) => subscribed(eventListeners, listener),
  };
}

function subscribed<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
