/** The clusters that the benchmarks roll Deployments out on. */
import type { ManifestObject } from "../../simulator/api/objects.ts";
import { defaultTimings } from "../../simulator/scenario/defaults.ts";
import type { Scenario, ScenarioNode, Step } from "../../simulator/scenario/scenario.ts";

export function benchNodes(count: number): ScenarioNode[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `node-${i}`,
    labels: { "kubernetes.io/hostname": `node-${i}`, "topology.kubernetes.io/zone": `zone-${i % 3}` },
    allocatable: { cpu: "32", memory: "128Gi", pods: "110" },
  }));
}

export function benchDeployment(name: string, replicas: number, image: string): ManifestObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "default" },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: "c", image, resources: { requests: { cpu: "100m", memory: "64Mi" } } }] },
      },
    },
  };
}

/** Creates the Deployments at 0 and rolls all of them to a new image ten minutes later. */
export function rolloutOf(deployments: number, replicas: number, nodes: number): Scenario {
  const names = Array.from({ length: deployments }, (_, i) => `web-${i}`);
  const apply = (at: number, image: string): Step[] =>
    names.map((name) => ({ at, action: { do: "apply", object: benchDeployment(name, replicas, image) } }));
  return {
    seed: 1,
    start: 0,
    horizon: 3_600_000,
    nodes: benchNodes(nodes),
    timings: defaultTimings,
    faults: [],
    steps: [...apply(0, "app:1"), ...apply(600_000, "app:2")],
    budget: 20_000_000,
  };
}
