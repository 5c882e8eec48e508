/** The scheduler as a controller: its verdicts, what it writes, and when it looks again. Models pkg/scheduler/{scheduler,schedule_one}.go. */

import { bindingOf } from "../../cluster/binding.ts";
import type { ControllerContext, ControllerFactory } from "../../cluster/controller.ts";
import {
  isPodTerminal,
  type LiveObject,
  type Node,
  type Pod,
  type PodCondition,
  type Stored,
} from "../../cluster/objects.ts";
import { deletePod, withCondition } from "../../cluster/pods.ts";
import type { Change } from "../../cluster/store.ts";
import { claimsOf } from "../../cluster/used-claims.ts";
import { type Duration, sampleDuration } from "../../scenario/durations.ts";
import { bindClaims } from "../volumes/binder.ts";
import { classResource, volumeResource } from "../volumes/storage.ts";
import { createTermTests } from "./affinity.ts";
import { type ClusterEvent, mayHelp } from "./hints.ts";
import { createNominations } from "./nominations.ts";
import { createPlacement, type Placement } from "./placement.ts";
import { createRanking, preempt, priorityOf, type Ranking } from "./preemption.ts";
import { createQueue, longestWait } from "./queue.ts";
import { failureSentence, filterSentence, type Rejection, refusalSentence, rejectingPlugins } from "./reasons.ts";
import { concernsSelectors, surroundingsIn } from "./surroundings.ts";
import type { VolumeOptions } from "./volumes.ts";

interface SchedulerOptions {
  /** From the moment a pod can be scheduled until it is bound. 0: bound in the instant of its creation. */
  readonly delay: Duration;
  /** What becomes of claims that nobody made. Default: they are there. */
  readonly elsewhere?: VolumeOptions["elsewhere"];
}

const round = "pods";
const overdue = "overdue";
const gated = "Scheduling is blocked due to non-empty scheduling gates";
const ourName = "default-scheduler";
const nodeFields: readonly (keyof Node)[] = ["labels", "taints", "unschedulable", "allocatable"];

/** Binds pods to nodes one after the other, the most important of those that are due first. */
export function createScheduler(options: SchedulerOptions): ControllerFactory {
  return { name: "scheduler", create: (context) => scheduler(context, options) };
}

function scheduler(context: ControllerContext, { delay, elsewhere = "there" }: SchedulerOptions) {
  const { store } = context;
  /** Pods whose turn comes at a time; all of one time are one entry of the clock. */
  const due = new Map<number, Pod[]>();
  const queue = createQueue();
  const nominations = createNominations();
  const surroundings = surroundingsIn(store, context, nominations.byNode, { elsewhere });
  let testOf = createTermTests(surroundings.namespaceLabels);
  let placement: Placement | null = null;
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
      queue.push([pod]);
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
      queue.push(due.get(time) ?? []);
      due.delete(time);
      context.enqueue(round);
    });
  }

  /** Something happened that may let refused pods in; those that it does not concern are looked at later all the same. */
  function wake(event: ClusterEvent, concerned: (pod: Pod) => boolean = () => true): void {
    if (queue.refusedCount() === 0) return;
    for (const pod of queue.release(
      (one, { plugins }) => concerned(one) && (plugins === null || mayHelp(one, plugins, event, testOf)),
    ))
      waitFor(pod);
    if (queue.refusedCount() > 0) context.enqueueAfter(overdue, longestWait);
  }

  /** The pod has a place. */
  function arrived(pod: Pod): void {
    if (queue.refusedCount() > 0) wake({ type: "pod-bound", pod });
  }

  /** The pod does not take the room any more that it had, or that was being made for it. */
  function leave(pod: Pod): void {
    if (queue.refusedCount() > 0) wake({ type: "pod-left", pod });
  }

  /** Room that was kept for the pod is free for others that are no more important. */
  function release(pod: Pod, nominatedNode: string): void {
    const priority = priorityOf(pod);
    wake({ type: "pod-left", pod: { ...pod, nominatedNode } }, (one) => priorityOf(one) <= priority);
  }

  function observePod(change: Change, pod: Pod): void {
    if (change.type === "added") {
      if (pod.node !== "") {
        placement?.add(pod, pod.node);
        arrived(pod);
      } else if ((pod.spec.schedulerName ?? ourName) !== ourName) return;
      else if (pod.spec.schedulingGates?.length) context.enqueue(pod.uid);
      else waitFor(pod);
      return;
    }
    if (change.type === "deleted") {
      queue.drop(pod);
      if (pod.node !== "") {
        if (isPodTerminal(pod)) return;
        placement?.remove(pod, pod.node, pod.deleted === null);
        leave(pod);
      } else if (pod.nominatedNode !== "") {
        nominations.move(pod, pod.nominatedNode, "");
        release(pod, pod.nominatedNode);
      }
      return;
    }
    observeFields(pod, change.previous as Partial<Pod>);
  }

  function observeFields(pod: Pod, previous: Partial<Pod>): void {
    const { phase = pod.phase, deleted = pod.deleted, nominatedNode } = previous;
    if (nominatedNode !== undefined) {
      nominations.move(pod, nominatedNode, pod.nominatedNode);
      if (nominatedNode !== "" && pod.node === "") release(pod, nominatedNode);
    }
    if (phase !== pod.phase && isPodTerminal(pod)) {
      if (isPodTerminal({ phase })) return;
      placement?.remove(pod, pod.node, deleted === null);
      leave(pod);
    } else if (deleted !== pod.deleted) {
      if (deleted === null && !isPodTerminal(pod)) placement?.retire(pod, pod.node);
    } else if ("node" in previous && pod.node !== "") {
      queue.drop(pod);
      placement?.add(pod, pod.node);
      arrived(pod);
    } else if ("labels" in previous) relabel(pod, previous.labels!);
    if ("spec" in previous && pod.node === "") respecify(pod, previous.spec!);
    else if ("spec" in previous || "resizing" in previous) resized(pod, previous);
  }

  function relabel(pod: Pod, before: Pod["labels"]): void {
    if (pod.node !== "") {
      placement = null;
      wake({ type: "pod-relabelled", pod, before });
    } else again(pod);
  }

  /** A waiting pod was changed itself: its last gate went, or it tolerates or asks for something else. */
  function respecify(pod: Pod, before: Pod["spec"]): void {
    if (pod.spec.schedulingGates?.length) return;
    if (before.schedulingGates?.length) waitFor(pod);
    else again(pod);
  }

  /** A pod takes other room on its node than it did; what it no longer takes may let others in. */
  function resized(pod: Pod, previous: Partial<Pod>): void {
    if (pod.node === "" || isPodTerminal(pod)) return;
    placement = null;
    wake({ type: "pod-left", pod: { ...pod, ...previous } });
  }

  function again(pod: Pod): void {
    for (const one of queue.release((other) => other === pod)) waitFor(one);
  }

  function observeNode(change: Change, node: Node): void {
    if (change.type === "added") {
      placement = null;
      wake({ type: "node-added", node });
    } else if (change.type === "deleted") {
      placement = null;
      wake({ type: "node-deleted", node });
    } else {
      const previous = change.previous as Partial<Node>;
      const fields = new Set(nodeFields.filter((field) => field in previous));
      if (fields.size === 0) return;
      placement = null;
      wake({ type: "node-changed", node, before: { ...node, ...previous }, fields });
    }
  }

  function observeStored(change: Change, { resource }: Stored): void {
    if (resource === "namespaces") {
      placement = null;
      testOf = createTermTests(surroundings.namespaceLabels);
    } else if ((resource === volumeResource || resource === classResource) && change.type !== "deleted")
      wake({ type: "storage", claim: null });
  }

  function notScheduled(pod: Pod, reason: string, message: string): readonly PodCondition[] {
    const last = pod.conditions.find((one) => one.type === "PodScheduled");
    const lastTransitionTime = last?.status === "False" ? last.lastTransitionTime : context.now();
    return withCondition(pod.conditions, {
      type: "PodScheduled",
      status: "False",
      reason,
      message,
      lastTransitionTime,
    });
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

  function bind(pod: Pod, slot: number): void {
    context.event(pod, "Normal", "Scheduled", assigned(pod, slot));
    const node = current().table.nodes[slot]!.name;
    if (claimsOf(pod).length > 0) bindClaims(store, pod, store.get("Node", "", node)!);
    const patch = { ...bindingOf(store, pod, node, context.target), conditions: bound(pod) };
    store.update<"Pod">(pod, pod.nominatedNode === "" ? patch : { ...patch, nominatedNode: "" });
  }

  /** Says why the pod fits nowhere, and where room is being made for it. */
  function refuse(pod: Pod, reason: string, message: string, nominatedNode = pod.nominatedNode): void {
    const known = pod.conditions.find((one) => one.type === "PodScheduled")?.message === message;
    if (known && nominatedNode === pod.nominatedNode) return;
    const conditions = known ? pod.conditions : notScheduled(pod, reason, message);
    store.update<"Pod">(pod, { conditions, nominatedNode });
    if (!known) context.event(pod, "Warning", "FailedScheduling", message);
  }

  function evict(victim: Pod, preemptor: Pod, node: string): void {
    if (victim.deleted !== null) return;
    const condition = {
      type: "DisruptionTarget",
      status: "True",
      reason: "PreemptionByScheduler",
      message: `${ourName}: preempting to accommodate a higher priority pod`,
      lastTransitionTime: context.now(),
    } as const;
    store.update<"Pod">(victim, { conditions: withCondition(victim.conditions, condition) });
    context.event(victim, "Normal", "Preempted", `Preempted by pod ${preemptor.uid} on node ${node}`);
    deletePod(store, victim, context.now());
  }

  /** Why the pod may not drive others away; null when it may. */
  function ineligible(pod: Pod, rejected: readonly Rejection[]): string | null {
    if (pod.spec.preemptionPolicy === "Never") return "not eligible due to preemptionPolicy=Never.";
    const slot = current().table.slots.get(pod.nominatedNode);
    if (slot === undefined || !rejected[slot]!.resolvable) return null;
    for (const one of surroundings.podsOn(pod.nominatedNode))
      if (one.deleted !== null && priorityOf(one) < priorityOf(pod) && isPreempted(one))
        return "not eligible due to a terminating pod on the nominated node.";
    return null;
  }

  /** Makes room for a pod that fits nowhere if that can be. Gives what is said of it. */
  function makeRoom(
    pod: Pod,
    rejected: readonly Rejection[],
    ranking: Ranking<Pod>,
  ): { readonly message: string; readonly node: string } {
    const refusal = ineligible(pod, rejected);
    if (refusal !== null) return { message: failureSentence(rejected, refusal), node: pod.nominatedNode };
    const result = preempt(pod, rejected, current(), surroundings, context.random, ranking);
    if ("sentence" in result) return { message: failureSentence(rejected, result.sentence), node: "" };
    const node = current().table.nodes[result.slot]!.name;
    const victims = result.victims.filter(({ deleted }) => deleted === null);
    if (victims.length > 0) {
      // Room made there for less important pods may not be enough for them any more: they look elsewhere.
      for (const other of [...(nominations.byNode.get(node) ?? [])])
        if (priorityOf(other) < priorityOf(pod)) store.update<"Pod">(other, { nominatedNode: "" });
    }
    for (const victim of victims) evict(victim, pod, node);
    return { message: filterSentence(rejected), node };
  }

  function schedule(pods: readonly Pod[]): void {
    /** Verdicts of specs that fitted nowhere, as long as nothing is placed or driven away in between. */
    const verdicts = new Map<Pod["spec"], Pick<Pod, "labels"> & { readonly message: string; plugins: Plugins }>();
    const ranking = createRanking(surroundings);
    for (const pod of pods) {
      if (pod.node !== "" || pod.deleted !== null || !store.has(pod)) continue;
      const alike = pod.pinnedNode === null && pod.nominatedNode === "";
      const verdict = alike ? verdicts.get(pod.spec) : undefined;
      if (verdict && verdict.labels === pod.labels) {
        queue.refuse(pod, verdict.plugins, context.now());
        refuse(pod, "Unschedulable", verdict.message);
        continue;
      }
      const result = current().place(pod, pod.nominatedNode);
      if ("slot" in result) {
        if (verdicts.size > 0) verdicts.clear();
        bind(pod, result.slot);
      } else if ("error" in result) {
        queue.refuse(pod, null, context.now());
        refuse(pod, "SchedulerError", result.error);
      } else if ("refused" in result) {
        queue.refuse(pod, claimPlugins, context.now());
        refuse(pod, "Unschedulable", refusalSentence(current().table.nodes.length, result.refused), "");
      } else {
        const { rejected } = result;
        const plugins = rejected.length === 0 ? null : rejectingPlugins(rejected);
        queue.refuse(pod, plugins, context.now());
        const { message, node } = makeRoom(pod, rejected, ranking);
        if (node !== "") verdicts.clear();
        else if (alike) verdicts.set(pod.spec, { labels: pod.labels, message, plugins });
        refuse(pod, "Unschedulable", message, node);
      }
    }
  }

  return {
    kinds: ["Pod", "Node", "Service", "ReplicaSet", "StatefulSet", "PersistentVolumeClaim", "Stored"] as const,
    podFields: ["node", "phase", "deleted", "labels", "nominatedNode", "spec", "resizing"] as const,
    observe(change: Change) {
      const object: LiveObject = change.object;
      if (object.kind === "Pod") observePod(change, object);
      else if (object.kind === "Node") observeNode(change, object);
      else if (object.kind === "PersistentVolumeClaim") {
        if (change.type !== "deleted") wake({ type: "storage", claim: object });
      } else {
        if (object.kind === "Stored") observeStored(change, object);
        if (concernsSelectors(change)) placement?.forgetSelectors();
      }
    },
    sync(key: string) {
      if (key === round) schedule(queue.take(context.now()));
      else if (key === overdue) {
        const since = context.now() - longestWait;
        for (const pod of queue.release((_, { time }) => time <= since)) waitFor(pod);
        if (queue.refusedCount() > 0) context.enqueueAfter(overdue, longestWait);
      } else {
        const pod = store.byUid(key);
        if (pod?.kind === "Pod" && pod.spec.schedulingGates?.length)
          store.update<"Pod">(pod, { conditions: notScheduled(pod, "SchedulingGated", gated) });
      }
    },
  };
}

/** Claims that are not there or not bound are what the pod waits for. */
const claimPlugins: Plugins = new Set(["VolumeBinding"] as const);

type Plugins = ReturnType<typeof rejectingPlugins> | null;

/** Whether the pod is on its way because the scheduler drove it away. */
function isPreempted({ conditions }: Pod): boolean {
  const target = conditions.find((one) => one.type === "DisruptionTarget");
  return target?.status === "True" && target.reason === "PreemptionByScheduler";
}
