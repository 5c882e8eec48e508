/**
 * A running cluster: a store, the controllers that watch it, and a clock. Controllers act in no time: at every instant
 * they run, always the first in the list that has work, until none has any; only then does the clock move on.
 */
import { recordedTarget, type Target } from "../api/target.ts";
import { createEventQueue, type Ticket } from "../engine/queue.ts";
import { createRandom, type Random } from "../engine/random.ts";
import type { Controller, ControllerContext, ControllerFactory } from "./controller.ts";
import type { Kind, LiveObject } from "./objects.ts";
import { podFieldBits } from "./pod-fields.ts";
import { createPriorities, priorityClasses, priorityClassResource } from "./priority.ts";
import { type Change, createStore, type Store } from "./store.ts";

export interface RecordedEvent {
  readonly object: LiveObject;
  readonly level: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  /** Name of the controller that recorded it. */
  readonly source: string;
}

export interface ClusterOptions {
  readonly seed: number;
  /** The stream of chance that is called so. Default: that of the seed. */
  readonly random?: (name: string) => Random;
  /** Wall-clock instant of time 0, in milliseconds since 1970 (UTC). */
  readonly start: number;
  /** The version of Kubernetes. Default: that of the recorded facts. */
  readonly target?: Target;
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
  event(object: LiveObject, level: "Normal" | "Warning", reason: string, message: string): void;
}

export interface LoneLook {
  readonly controller: string;
  readonly key: string;
  readonly time: number;
}

interface Worker {
  readonly name: string;
  readonly controller: Controller;
  readonly pending: Set<string>;
  readonly delayed: ReadonlyMap<string, Ticket<Task>>;
}

/** A controller that hears of a kind; of modified pods only when one of the fields changed. */
interface Watcher {
  readonly controller: Controller;
  readonly podFields: number;
}

/** What happens when its time has come. */
interface Task {
  readonly action: (argument: never) => void;
  readonly argument: unknown;
}

const allFields = -1;
const none: readonly Watcher[] = [];

/** An empty cluster at time 0, with its controllers listening. */
export function createCluster(options: ClusterOptions): Cluster {
  const { seed, start, target = recordedTarget } = options;
  const random = options.random ?? ((name: string) => createRandom(seed, name));
  const syncLimit = options.syncLimit ?? 5_000_000;
  const due = createEventQueue<Task>();
  const workers: Worker[] = [];
  const watchers = new Map<Kind, Watcher[]>();
  let time = 0;

  const priorities = createPriorities(() => priorityClasses(store));
  const store: Store = createStore({
    now: () => time,
    random: random("uid"),
    admitPod: priorities.admit,
    onChange(change) {
      if (change.object.kind === "Stored" && change.object.resource === priorityClassResource) priorities.forget();
      const fields = change.type === "modified" && change.object.kind === "Pod" ? change.podFields : null;
      for (const { controller, podFields } of watchers.get(change.object.kind) ?? none) {
        if (fields === null || fields & podFields) controller.observe(change);
      }
      options.onChange?.(change);
    },
  });

  function plan(delay: number, action: Task["action"], argument?: unknown): Ticket<Task> {
    return due.push(time + Math.max(0, delay), 0, { action, argument });
  }

  function after(delay: number, action: () => void): () => void {
    const ticket = plan(delay, action);
    return () => due.cancel(ticket);
  }

  function record(source: string): Cluster["event"] {
    return (object, level, reason, message) => options.onEvent?.({ object, level, reason, message, source });
  }

  for (const factory of options.controllers) {
    const pending = new Set<string>();
    const delayed = new Map<string, Ticket<Task>>();
    const wake = (key: string) => {
      delayed.delete(key);
      pending.add(key);
    };
    const context: ControllerContext = {
      store,
      now: () => time,
      start,
      target,
      random: random(factory.name),
      enqueue: (key) => pending.add(key),
      enqueueAfter(key, delay) {
        const at = time + Math.max(0, delay);
        const waiting = delayed.get(key);
        if (waiting) {
          if (waiting.time <= at) return;
          due.cancel(waiting);
        }
        delayed.set(key, due.push(at, 1, { action: wake, argument: key }));
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
    const next = due.peek();
    if (!next || next.time > limit) return false;
    time = next.time;
    // Everything due at this instant happens before the controllers look, so that they see it as one change.
    for (let ticket = due.peek(); ticket && ticket.time === time; ticket = due.peek()) {
      due.pop();
      const { action, argument } = ticket.value;
      action(argument as never);
    }
    return rest();
  }

  return {
    store,
    start,
    target,
    now: () => time,
    rest,
    step,
    advance(until) {
      if (!rest()) return false;
      for (let next = due.peek(); next && next.time <= until; next = due.peek()) if (!step(until)) return false;
      if (until > time) time = until;
      return true;
    },
    nextTime: () => due.peek()?.time,
    loneLook() {
      if (due.size() !== 1) return undefined;
      for (const { name, delayed } of workers)
        for (const [key, { time }] of delayed) return { controller: name, key, time };
      return undefined;
    },
    after,
    event: record("cluster"),
  };
}
