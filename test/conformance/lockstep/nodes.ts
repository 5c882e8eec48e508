/** The nodes of the recorded runs, which no kubelet labelled. */
import type { Cluster } from "../../../simulator/cluster/cluster.ts";
import { newNode } from "../../../simulator/cluster/initial.ts";
import type { RecordedNode } from "./scenario.ts";

/** What a node had of everything that its description does not name. */
const usualCapacity = { cpu: "1000", memory: "4000Gi", pods: "5000", "ephemeral-storage": "4000Gi" };

/** Adds a ready node. */
export function addNode({ store }: Cluster, { capacity = {}, ...node }: RecordedNode): void {
  const own = Object.fromEntries(Object.entries(capacity).map(([name, amount]) => [name, String(amount)]));
  const labels = { "kubernetes.io/hostname": node.name, ...node.labels };
  store.create<"Node">({ ...newNode({ ...node, allocatable: { ...usualCapacity, ...own } }), labels });
}
