/**
 * The metrics API: what pods and nodes use, as far as the load of the scenario tells. Models PodMetrics and NodeMetrics of
 * metrics.k8s.io/v1beta1.
 */
import type { JsonObject } from "../../api/json.ts";
import type { Node, Pod } from "../../cluster/objects.ts";
import { timeText } from "../../cluster/time.ts";
import type { ApiServer } from "../types.ts";

/** Over so long a real metrics server measures. */
const window = "15s";
const apiVersion = "metrics.k8s.io/v1beta1";

const amounts = ["cpu", "memory"] as const;

/** Thousandths as the metrics server writes them: CPU in nanocores, memory in kibibytes. */
function written(resource: (typeof amounts)[number], thousandths: number): string {
  return resource === "cpu" ? `${thousandths * 1_000_000}n` : `${Math.round(thousandths / 1000 / 1024)}Ki`;
}

/** What each container uses; undefined when nothing is known of the pod. */
function usageOf(pod: Pod, { cluster }: ApiServer): ReadonlyMap<string, Readonly<Record<string, number>>> | undefined {
  const containers = new Map<string, Record<string, number>>();
  for (const resource of amounts) {
    for (const [name, amount] of cluster.metrics.usage(pod, resource) ?? []) {
      if (amount === undefined) continue;
      const usage = containers.get(name) ?? {};
      usage[resource] = amount;
      containers.set(name, usage);
    }
  }
  return containers.size === 0 ? undefined : containers;
}

const usageText = (usage: Readonly<Record<string, number>>): JsonObject =>
  Object.fromEntries(amounts.map((resource) => [resource, written(resource, usage[resource] ?? 0)]));

function measured(server: ApiServer, metadata: JsonObject): JsonObject {
  const timestamp = timeText(server.cluster.now(), server.start);
  return { metadata: { ...metadata, creationTimestamp: timestamp }, timestamp, window };
}

/** Of a pod; undefined where there is nothing to tell. */
export function podMetrics(server: ApiServer, pod: Pod): JsonObject | undefined {
  const usage = usageOf(pod, server);
  if (!usage) return undefined;
  const labels = Object.keys(pod.labels).length > 0 ? { labels: pod.labels } : {};
  return {
    kind: "PodMetrics",
    apiVersion,
    ...measured(server, { name: pod.name, namespace: pod.namespace, ...labels }),
    containers: [...usage].map(([name, one]) => ({ name, usage: usageText(one) })),
  };
}

/** Of a node: what its pods use; undefined where nothing is known of any. */
export function nodeMetrics(server: ApiServer, node: Node): JsonObject | undefined {
  const total: Record<string, number> = {};
  for (const pod of server.store.podsOnNode(node.name)) {
    for (const usage of usageOf(pod, server)?.values() ?? []) {
      for (const [resource, amount] of Object.entries(usage)) total[resource] = (total[resource] ?? 0) + amount;
    }
  }
  if (Object.keys(total).length === 0) return undefined;
  const { name, labels } = node;
  return { kind: "NodeMetrics", apiVersion, ...measured(server, { name, labels }), usage: usageText(total) };
}
