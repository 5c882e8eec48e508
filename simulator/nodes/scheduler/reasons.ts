/** Why a node is left out, in the scheduler's words. Models the plugins' status reasons and framework.FitError of pkg/scheduler. */

export const reasons = {
  unschedulable: "node(s) were unschedulable",
  nodeName: "node(s) didn't match the requested node name",
  taint: "node(s) had untolerated taint(s)",
  affinity: "node(s) didn't match Pod's node affinity/selector",
  /** Of the nodes that a pod for one certain node is not even compared with. */
  otherNode: "node(s) didn't satisfy plugin(s) [NodeAffinity]",
  ports: "node(s) didn't have free ports for the requested pod ports",
  tooManyPods: "Too many pods",
  exclusiveClaim: "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode",
  volumeAffinity: "node(s) didn't match PersistentVolume's node affinity",
  noVolume: "node(s) didn't find available persistent volumes to bind",
  volumeZone: "node(s) had no available volume zone",
  spread: "node(s) didn't match pod topology spread constraints",
  spreadLabel: "node(s) didn't match pod topology spread constraints (missing required label)",
  podAffinity: "node(s) didn't match pod affinity rules",
  podAntiAffinity: "node(s) didn't match pod anti-affinity rules",
  existingAntiAffinity: "node(s) didn't satisfy existing pods anti-affinity rules",
} as const;

/** The filter that gives a reason; those of resources name the resource. */
export type Plugin =
  | "NodeUnschedulable"
  | "NodeName"
  | "TaintToleration"
  | "NodeAffinity"
  | "NodePorts"
  | "NodeResourcesFit"
  | "VolumeRestrictions"
  | "VolumeBinding"
  | "VolumeZone"
  | "PodTopologySpread"
  | "InterPodAffinity";

const plugins: Readonly<Record<string, Plugin>> = {
  [reasons.unschedulable]: "NodeUnschedulable",
  [reasons.nodeName]: "NodeName",
  [reasons.taint]: "TaintToleration",
  [reasons.affinity]: "NodeAffinity",
  [reasons.otherNode]: "NodeAffinity",
  [reasons.ports]: "NodePorts",
  [reasons.exclusiveClaim]: "VolumeRestrictions",
  [reasons.volumeAffinity]: "VolumeBinding",
  [reasons.noVolume]: "VolumeBinding",
  [reasons.volumeZone]: "VolumeZone",
  [reasons.spread]: "PodTopologySpread",
  [reasons.spreadLabel]: "PodTopologySpread",
  [reasons.podAffinity]: "InterPodAffinity",
  [reasons.podAntiAffinity]: "InterPodAffinity",
  [reasons.existingAntiAffinity]: "InterPodAffinity",
};

/** Why one node is left out; removing pods from it would (`resolvable`) or would never help. */
export interface Rejection {
  readonly reasons: readonly string[];
  readonly resolvable: boolean;
}

const rejections = new Map<string, Rejection>();

/** A rejection with one reason; equal ones are the same object. */
export function rejection(reason: string, resolvable: boolean): Rejection {
  const key = `${resolvable ? "+" : "-"}${reason}`;
  let found = rejections.get(key);
  if (!found) {
    found = { reasons: [reason], resolvable };
    rejections.set(key, found);
  }
  return found;
}

/** The filters that left nodes out. */
export function rejectingPlugins(rejected: readonly Rejection[]): ReadonlySet<Plugin> {
  const found = new Set<Plugin>();
  for (const one of new Set(rejected))
    for (const reason of one.reasons) found.add(plugins[reason] ?? "NodeResourcesFit");
  return found;
}

/** What preemption says of nodes: that nobody on them could make room, or that this would not help. */
export const noVictims = "No preemption victims found for incoming pod";
const noHelp = "Preemption is not helpful for scheduling";

function available(lists: Iterable<readonly string[]>): string {
  const counts = new Map<string, number>();
  let nodes = 0;
  for (const list of lists) {
    nodes++;
    for (const reason of list) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const histogram = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  return `0/${nodes} nodes are available: ${histogram.join(", ")}.`;
}

/** The sentence of a pod for which room is being made: `0/4 nodes are available: 1 node(s) …, 3 Insufficient cpu.` */
export function filterSentence(rejected: readonly Rejection[]): string {
  if (rejected.length === 0) return "no nodes available to schedule pods";
  return available(rejected.map((one) => one.reasons));
}

/** The sentence of a pod that no node was even looked at for. */
export function refusalSentence(nodes: number, why: string): string {
  const unhelped = available(Array.from({ length: nodes }, () => [noHelp]));
  return `0/${nodes} nodes are available: ${why}. no new claims to deallocate, preemption: ${unhelped}`;
}

/** What preemption found out about the nodes: reasons by slot, or that it would not help where it did not look. */
export function preemptionSentence(
  rejected: readonly Rejection[],
  found: ReadonlyMap<number, readonly string[]>,
): string {
  return available(rejected.map((one, slot) => found.get(slot) ?? [one.resolvable ? noVictims : noHelp]));
}

/**
 * The sentence of a pod that fits nowhere, with why preemption does not help it. The claims are those of devices; the plugin
 * for them answers whether there are any or not.
 */
export function failureSentence(
  rejected: readonly Rejection[],
  preemption = preemptionSentence(rejected, new Map()),
): string {
  const filters = filterSentence(rejected);
  return rejected.length === 0 ? filters : `${filters} no new claims to deallocate, preemption: ${preemption}`;
}
