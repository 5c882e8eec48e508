/** The scheduler as a controller: its queue, its verdicts, and when it looks again. Models pkg/scheduler/{scheduler,schedule_one}.go. */
import type { ControllerContext, ControllerFactory } from "../../cluster/controller.ts";
import { isPodTerminal, type LiveObject, type Node, type Pod, type PodCondition } from "../../cluster/objects.ts";
import type { Change } from "../../cluster/store.ts";
import { type Duration, sampleDuration } from "../../scenario/durations.ts";
import { createPlacement, type Placement } from "./placement.ts";
import { failureSentence } from "./reasons.ts";
import { concernsSelectors, surroundingsIn } from "./surroundings.ts";

export interface SchedulerOptions {
  /** From the moment a pod can be scheduled until it is bound. 0: bound in the instant of its creation. */
  readonly delay: Duration;
}

const round = "pods";
const gated = "Scheduling is blocked due to non-empty scheduling gates";

/** Higher priority first, then the order of creation. */
function before(a: Pod, b: Pod): number {
  return (b.spec.priority ?? 0) - (a.spec.priority ?? 0) || a.sequence - b.sequence;
}

/** Binds pods to nodes one after the other, the most important of those that are due first. */
export function createScheduler(options: SchedulerOptions): ControllerFactory {
  return { name: "scheduler", create: (context) => scheduler(context, options) };
}

function scheduler(context: ControllerContext, { delay }: SchedulerOptions) {
  const { store } = context;
  /** Pods whose turn comes at a time; all of one time are one entry of the clock. */
  const due = new Map<number, Pod[]>();
  let ready: Pod[] = [];
  /** Pods that fitted nowhere when last looked at. */
  const stuck = new Set<Pod>();
  let placement: Placement | null = null;
  const surroundings = surroundingsIn(store);
  let scheduledNow: readonly PodCondition[] = [];
  // What stands around the name of a pod in the message that it was bound is kept, so that a message is three texts put
  // together and not six. By namespace, and by slot.
  const prefixes = new Map<string, string>();
  let suffixes: readonly string[] = [];

  /** Nodes changed: their table is made anew when it is next needed, from the pods that stand on them. */
  function current(): Placement {
    if (!placement) {
      placement = createPlacement([...store.all("Node")], context.random, surroundings);
      suffixes = placement.table.nodes.map(({ name }) => ` to ${name}`);
    }
    return placement;
  }

  function waitFor(pod: Pod): void {
    const wait = sampleDuration(delay, context.random);
    if (wait === 0) {
      ready.push(pod);
      context.enqueue(round);
      return;
    }
    const time = context.now() + wait;
    const batch = due.get(time);
    if (batch) {
      batch.push(pod);
      return;
    }
    due.set(time, [pod]);
    context.after(wait, () => {
      // Not by spreading: a batch may hold more pods than a call takes arguments.
      ready = ready.length === 0 ? (due.get(time) ?? []) : ready.concat(due.get(time) ?? []);
      due.delete(time);
      context.enqueue(round);
    });
  }

  /** Something changed that may let stuck pods in. */
  function wake(concerned: (pod: Pod) => boolean = () => true): void {
    if (stuck.size === 0) return;
    const pods = [...stuck].filter(concerned);
    for (const pod of pods) {
      stuck.delete(pod);
      waitFor(pod);
    }
  }

  function observePod(change: Change, pod: Pod): void {
    if (change.type === "added") {
      if (pod.node !== "") placement?.add(pod, pod.node);
      else if (pod.spec.schedulingGates?.length) context.enqueue(pod.uid);
      else waitFor(pod);
      return;
    }
    if (change.type === "deleted") {
      stuck.delete(pod);
      if (pod.node === "") return;
      if (!isPodTerminal(pod)) placement?.remove(pod, pod.node, pod.deleted === null);
      wake();
      return;
    }
    const previous = change.previous as Partial<Pod>;
    const { phase = pod.phase, deleted = pod.deleted } = previous;
    if (phase !== pod.phase && isPodTerminal(pod)) {
      if (!isPodTerminal({ phase })) placement?.remove(pod, pod.node, deleted === null);
      wake();
    } else if (deleted !== pod.deleted) {
      if (deleted === null && !isPodTerminal(pod)) placement?.retire(pod, pod.node);
      wake();
    } else if ("node" in previous && pod.node !== "") {
      placement?.add(pod, pod.node);
      // One more placed pod takes room; it can only help those that look for company or an even spread.
      wake(({ spec }) => Boolean(spec.affinity?.podAffinity ?? spec.topologySpreadConstraints));
    } else if ("labels" in previous) {
      placement = null;
      wake();
    }
  }

  function observeNode(change: Change): void {
    const fields: readonly (keyof Node)[] = ["labels", "taints", "unschedulable", "allocatable"];
    if (change.type === "modified" && !fields.some((field) => field in change.previous)) return;
    placement = null;
    wake();
  }

  function condition(pod: Pod, reason: string, message: string): readonly PodCondition[] {
    const others = pod.conditions.filter((one) => one.type !== "PodScheduled");
    const last = pod.conditions.find((one) => one.type === "PodScheduled");
    const lastTransitionTime = last?.status === "False" ? last.lastTransitionTime : context.now();
    return [...others, { type: "PodScheduled", status: "False", reason, message, lastTransitionTime }];
  }

  /** PodScheduled=True; pods bound in one instant that have no other condition share it. */
  function bound(pod: Pod): readonly PodCondition[] {
    const lastTransitionTime = context.now();
    if (scheduledNow[0]?.lastTransitionTime !== lastTransitionTime)
      scheduledNow = [{ type: "PodScheduled", status: "True", reason: "", message: "", lastTransitionTime }];
    if (pod.conditions.length === 0) return scheduledNow;
    const others = pod.conditions.filter((one) => one.type !== "PodScheduled");
    return others.length === 0 ? scheduledNow : [...others, ...scheduledNow];
  }

  function assigned({ namespace, name }: Pod, slot: number): string {
    let prefix = prefixes.get(namespace);
    if (prefix === undefined) {
      prefix = `Successfully assigned ${namespace}/`;
      prefixes.set(namespace, prefix);
    }
    return prefix + name + suffixes[slot]!;
  }

  function refuse(pod: Pod, reason: string, message: string): void {
    stuck.add(pod);
    const known = pod.conditions.find((one) => one.type === "PodScheduled")?.message === message;
    if (known) return;
    store.update<"Pod">(pod, { conditions: condition(pod, reason, message) });
    context.event(pod, "Warning", "FailedScheduling", message);
  }

  function schedule(pods: Pod[]): void {
    pods.sort(before);
    /** Verdicts of specs that fitted nowhere, as long as nothing is placed in between. */
    const verdicts = new Map<Pod["spec"], { readonly labels: Pod["labels"]; readonly message: string }>();
    for (const pod of pods) {
      if (pod.node !== "" || pod.deleted !== null || !store.has(pod)) continue;
      const verdict = pod.pinnedNode === null ? verdicts.get(pod.spec) : undefined;
      if (verdict && verdict.labels === pod.labels) {
        refuse(pod, "Unschedulable", verdict.message);
        continue;
      }
      const { table, place } = current();
      const result = place(pod);
      if ("error" in result) {
        refuse(pod, "SchedulerError", result.error);
        continue;
      }
      if ("rejected" in result) {
        const message = failureSentence(result.rejected);
        if (pod.pinnedNode === null) verdicts.set(pod.spec, { labels: pod.labels, message });
        refuse(pod, "Unschedulable", message);
        continue;
      }
      if (verdicts.size > 0) verdicts.clear();
      context.event(pod, "Normal", "Scheduled", assigned(pod, result.slot));
      store.update<"Pod">(pod, { node: table.nodes[result.slot]!.name, conditions: bound(pod) });
    }
  }

  return {
    kinds: ["Pod", "Node", "Service", "ReplicaSet", "StatefulSet"] as const,
    podFields: ["node", "phase", "deleted", "labels"] as const,
    observe(change: Change) {
      const object: LiveObject = change.object;
      if (object.kind === "Pod") observePod(change, object);
      else if (object.kind === "Node") observeNode(change);
      else if (concernsSelectors(change)) placement?.forgetSelectors();
    },
    sync(key: string) {
      if (key === round) {
        const pods = ready;
        ready = [];
        schedule(pods);
        return;
      }
      const pod = store.byUid(key);
      if (pod?.kind === "Pod") store.update<"Pod">(pod, { conditions: condition(pod, "SchedulingGated", gated) });
    },
  };
}
