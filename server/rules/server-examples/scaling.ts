/** Autoscalers and budgets. */
import { on, type Table } from "./lay.ts";

const metric = (text: string) => `metrics:\n  - ${text}`;
const utilization = "target: { type: Utilization, averageUtilization: 60 }";
const cpu = `{ type: Resource, resource: { name: cpu, ${utilization} } }`;
const hits = "pods: { metric: { name: hits }, target: { type: AverageValue, averageValue: 9 } }";
const queue =
  "{ type: External, external: { metric: { name: queue }, target: { type: AverageValue, averageValue: 30 } } }";

export const scalingExamples: Table = {
  "below-minimum": on("autoscaler", "minReplicas: -1", "minReplicas: 1"),
  "max-below-min-replicas": on("autoscaler", "minReplicas: 20", "minReplicas: 2"),
  "not-a-path-segment": on(
    "autoscaler",
    "scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop/web }",
    "scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }",
  ),
  "zero-replicas-without-metric": on(
    "autoscaler",
    `minReplicas: 0\n${metric(cpu)}`,
    `minReplicas: 0\n${metric(queue)}`,
  ),
  "second-metric-source": on("autoscaler", metric(cpu.replace(/}$/, `, ${hits} }`)), metric(cpu)),
  "second-metric-target": on("autoscaler", metric(cpu.replace("60", "60, averageValue: 200m")), metric(cpu)),
  "budget-bounds-exclusive": on("budget", "minAvailable: 1\nmaxUnavailable: 1", "minAvailable: 1"),
};
