/**
 * Which events may let a pod in that certain filters kept out everywhere. A pod is looked at again only then. Models the queueing
 * hints (EventsToRegister) of the plugins in pkg/scheduler/framework/plugins.
 */
import { requiredNodeAffinityMatches } from "../../api/node-selector.ts";
import type { LabelMap, PodAffinityTerm } from "../../api/objects.ts";
import { portsClash, type Requests, requestsOf } from "../../api/pod/requests.ts";
import { milliValue, wholeValue } from "../../api/quantity-number.ts";
import { firstUntolerated } from "../../api/tolerations.ts";
import type { Node, PersistentVolumeClaim, Pod } from "../../cluster/objects.ts";
import { claimsOf } from "../../cluster/used-claims.ts";
import { requiredTerms, type TermTest } from "./affinity.ts";
import type { Plugin } from "./reasons.ts";
import { hardEffects } from "./static-filters.ts";
import { asksForNothing, spreadTest } from "./topology.ts";

export type ClusterEvent =
  | { readonly type: "node-added"; readonly node: Node }
  | { readonly type: "node-deleted"; readonly node: Node }
  | {
      readonly type: "node-changed";
      readonly node: Node;
      readonly before: Node;
      readonly fields: ReadonlySet<keyof Node>;
    }
  /** A pod was bound, or left the node where it was or had room made for it. */
  | { readonly type: "pod-bound"; readonly pod: Pod }
  | { readonly type: "pod-left"; readonly pod: Pod }
  /** A claim, or without one a volume or a class, was made or changed. */
  | { readonly type: "storage"; readonly claim: PersistentVolumeClaim | null }
  | { readonly type: "pod-relabelled"; readonly pod: Pod; readonly before: LabelMap };

type Hint = (pod: Pod, event: ClusterEvent, testOf: TermTest) => boolean;

function canHold(node: Node, requests: Requests): boolean {
  const { allocatable } = node;
  if (allocatable === null) return true;
  const has = (name: string) => wholeValue(allocatable[name] ?? "0");
  return (
    has("pods") >= 1 &&
    milliValue(allocatable["cpu"] ?? "0") >= requests.cpu &&
    has("memory") >= requests.memory &&
    has("ephemeral-storage") >= requests.ephemeral &&
    requests.extended.every(([name, amount]) => has(name) >= amount)
  );
}

function grew(node: Node, before: Node, { cpu, memory, ephemeral, extended }: Requests): boolean {
  const asked = ["pods", ...extended.map(([name]) => name)];
  if (cpu > 0) asked.push("cpu");
  if (memory > 0) asked.push("memory");
  if (ephemeral > 0) asked.push("ephemeral-storage");
  const amount = ({ allocatable }: Node, name: string) =>
    allocatable === null ? Number.POSITIVE_INFINITY : milliValue(allocatable[name] ?? "0");
  return asked.some((name) => amount(node, name) > amount(before, name));
}

const fit: Hint = (pod, event) => {
  const requests = requestsOf(pod.spec);
  if (event.type === "pod-left") return true;
  if (event.type === "node-added") return canHold(event.node, requests);
  if (event.type !== "node-changed" || !event.fields.has("allocatable")) return false;
  return canHold(event.node, requests) && grew(event.node, event.before, requests);
};

const concernsTaints = (event: ClusterEvent) =>
  event.type === "node-added" ||
  (event.type === "node-changed" && (event.fields.has("taints") || event.fields.has("unschedulable")));

const unschedulable: Hint = (_, event) => concernsTaints(event) && "node" in event && !event.node.unschedulable;

const taints: Hint = ({ spec }, event) => {
  if (!concernsTaints(event) || !("node" in event)) return false;
  const kept = (node: Node) => firstUntolerated(node.taints, spec.tolerations ?? [], hardEffects) !== undefined;
  return !kept(event.node) && (event.type !== "node-changed" || kept(event.before));
};

const affinity: Hint = ({ spec }, event) => {
  const matches = (node: Node) => requiredNodeAffinityMatches(node, spec).match;
  if (event.type === "node-added") return matches(event.node);
  if (event.type !== "node-changed" || !event.fields.has("labels")) return false;
  return matches(event.node) && !matches(event.before);
};

const ports: Hint = (pod, event) => {
  if (event.type === "node-added") return true;
  if (event.type !== "pod-left" || event.pod.node === "") return false;
  const { ports: taken } = requestsOf(event.pod.spec);
  return requestsOf(pod.spec).ports.some((one) => taken.some((other) => portsClash(one, other)));
};

const spread: Hint = ({ namespace, labels, spec }, event) => {
  const hard = (spec.topologySpreadConstraints ?? []).filter((one) => one.whenUnsatisfiable === "DoNotSchedule");
  if ("pod" in event) {
    if (event.pod.namespace !== namespace) return false;
    return hard.some((constraint) => {
      const test = asksForNothing(constraint, labels) ? () => true : spreadTest(constraint, labels);
      const takes = test(event.pod.labels);
      return event.type === "pod-relabelled" ? takes !== test(event.before) : takes;
    });
  }
  if (event.type === "storage") return false;
  const has = (node: Node) => hard.every(({ topologyKey }) => Object.hasOwn(node.labels, topologyKey));
  if (event.type !== "node-changed") return has(event.node);
  const { node, before, fields } = event;
  if (!fields.has("labels") && !fields.has("taints")) return false;
  if (has(node) !== has(before)) return true;
  const moved = hard.some(({ topologyKey }) => node.labels[topologyKey] !== before.labels[topologyKey]);
  return has(node) && (moved || fields.has("taints"));
};

const nearby: Hint = (pod, event, testOf) => {
  const wants = requiredTerms(pod.spec, "podAffinity");
  const shuns = requiredTerms(pod.spec, "podAntiAffinity");
  if ("pod" in event) {
    const other = event.pod;
    const before = event.type === "pod-relabelled" ? { ...other, labels: event.before } : other;
    const all = (one: Pod) => wants.length > 0 && wants.every((term) => testOf(term, pod)(one));
    const any = (terms: readonly PodAffinityTerm[], holder: Pod, one: Pod) =>
      terms.some((term) => testOf(term, holder)(one));
    if (event.type === "pod-bound") return all(other);
    if (event.type === "pod-relabelled")
      return (!all(before) && all(other)) || (any(shuns, pod, before) && !any(shuns, pod, other));
    return any(shuns, pod, other) || any(requiredTerms(other.spec, "podAntiAffinity"), other, pod);
  }
  if (event.type === "node-deleted" || event.type === "storage") return false;
  const { node } = event;
  if (event.type === "node-added")
    return shuns.length > 0 || wants.some(({ topologyKey }) => Object.hasOwn(node.labels, topologyKey));
  if (!event.fields.has("labels")) return false;
  const value = (one: Node, { topologyKey }: PodAffinityTerm) => one.labels[topologyKey];
  return (
    wants.some((term) => value(node, term) !== undefined && value(node, term) !== value(event.before, term)) ||
    shuns.some((term) => value(event.before, term) !== undefined && value(node, term) !== value(event.before, term))
  );
};

const usesClaim = (pod: Pod, { namespace, name }: PersistentVolumeClaim) =>
  pod.namespace === namespace && claimsOf(pod).some((one) => one.name === name);

const volumes: Hint = (pod, event) => {
  if (event.type === "storage") return event.claim === null || usesClaim(pod, event.claim);
  return event.type === "node-added" || (event.type === "node-changed" && event.fields.has("labels"));
};

const exclusive: Hint = (pod, event) => {
  if (event.type === "storage") return event.claim !== null && usesClaim(pod, event.claim);
  if (event.type !== "pod-left" || event.pod.namespace !== pod.namespace) return false;
  const names = new Set(claimsOf(event.pod).map(({ name }) => name));
  return claimsOf(pod).some(({ name }) => names.has(name));
};

const hints: Readonly<Record<Plugin, Hint>> = {
  NodeUnschedulable: unschedulable,
  NodeName: (_, event) => event.type === "node-added",
  TaintToleration: taints,
  NodeAffinity: affinity,
  NodePorts: ports,
  NodeResourcesFit: fit,
  VolumeRestrictions: exclusive,
  VolumeBinding: volumes,
  VolumeZone: volumes,
  PodTopologySpread: spread,
  InterPodAffinity: nearby,
};

/** Whether the event may let in a pod that these filters kept out. */
export function mayHelp(pod: Pod, plugins: ReadonlySet<Plugin>, event: ClusterEvent, testOf: TermTest): boolean {
  for (const plugin of plugins) if (hints[plugin](pod, event, testOf)) return true;
  return false;
}
