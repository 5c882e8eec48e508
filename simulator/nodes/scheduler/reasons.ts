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
  spread: "node(s) didn't match pod topology spread constraints",
  spreadLabel: "node(s) didn't match pod topology spread constraints (missing required label)",
  podAffinity: "node(s) didn't match pod affinity rules",
  podAntiAffinity: "node(s) didn't match pod anti-affinity rules",
  existingAntiAffinity: "node(s) didn't satisfy existing pods anti-affinity rules",
} as const;

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

function histogram(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(", ");
}

/**
 * The sentence of a pod that fits nowhere: `0/4 nodes are available: 1 node(s) …, 3 Insufficient cpu. no new claims to
 * deallocate, preemption: …`. The claims are those of devices; the plugin for them answers whether there are any or not.
 */
export function failureSentence(rejected: Iterable<Rejection>): string {
  const why = new Map<string, number>();
  const preemption = new Map<string, number>();
  let nodes = 0;
  for (const one of rejected) {
    nodes++;
    for (const reason of one.reasons) why.set(reason, (why.get(reason) ?? 0) + 1);
    const help = one.resolvable
      ? "No preemption victims found for incoming pod"
      : "Preemption is not helpful for scheduling";
    preemption.set(help, (preemption.get(help) ?? 0) + 1);
  }
  if (nodes === 0) return "no nodes available to schedule pods";
  const head = `0/${nodes} nodes are available`;
  return `${head}: ${histogram(why)}. no new claims to deallocate, preemption: ${head}: ${histogram(preemption)}.`;
}
