/** Scenarios of the benchmarks beside rollouts of Deployments. */
import type { ManifestObject } from "../../simulator/api/objects.ts";
import { defaultTimings } from "../../simulator/scenario/defaults.ts";
import type { Scenario, ScenarioNode } from "../../simulator/scenario/scenario.ts";
import { benchNodes } from "./largest-cluster.ts";

const day = 24 * 3_600_000;

function scenario(nodes: readonly ScenarioNode[], horizon: number, steps: Scenario["steps"]): Scenario {
  return {
    seed: 1,
    start: Date.UTC(2026, 0, 1),
    horizon,
    nodes,
    timings: { ...defaultTimings, work: 5000 },
    faults: [],
    steps,
    budget: 20_000_000,
  };
}

const apply = (at: number, object: ManifestObject) => ({ at, action: { do: "apply", object } }) as const;
const container = (image: string) => ({
  name: "c",
  image,
  resources: { requests: { cpu: "100m", memory: "64Mi" } },
});

/** One pod on each node, then each replaced, so many of them at a time. */
export function daemonRollout(nodes: number, maxUnavailable: string | number = "10%"): Scenario {
  const daemons = (image: string): ManifestObject => ({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "agent", namespace: "default" },
    spec: {
      selector: { matchLabels: { app: "agent" } },
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable } },
      template: { metadata: { labels: { app: "agent" } }, spec: { containers: [container(image)] } },
    },
  });
  return scenario(benchNodes(nodes), day, [apply(0, daemons("agent:1")), apply(600_000, daemons("agent:2"))]);
}

/** A Job of one pod for each index, on as many nodes as its pods need at once. */
export function indexedJob(completions: number, parallelism: number): Scenario {
  const job: ManifestObject = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "shards", namespace: "default" },
    spec: {
      completions,
      parallelism,
      completionMode: "Indexed",
      template: { spec: { restartPolicy: "Never", containers: [container("work:1")] } },
    },
  };
  return scenario(benchNodes(Math.max(100, Math.ceil(parallelism / 100))), 365 * day, [apply(0, job)]);
}

/** A CronJob every five minutes with its Jobs and their pods. */
export function cronJobFor(days: number): Scenario {
  const cronJob: ManifestObject = {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "report", namespace: "default" },
    spec: {
      schedule: "*/5 * * * *",
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: "Never", containers: [container("report:1")] } } },
      },
    },
  };
  return scenario(benchNodes(3), days * day, [apply(0, cronJob)]);
}

/**
 * Full nodes, and then as many important pods as there are nodes, each of which takes the room of two: those they drive away
 * are made again and wait.
 */
export function preemptionStorm(nodes: number): Scenario {
  const pods = (name: string, replicas: number, cpu: string, more: object): ManifestObject => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "default" },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: "c", image: "app:1", resources: { requests: { cpu } } }], ...more },
      },
    },
  });
  const meta = { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "urgent" } };
  const urgent: ManifestObject & { readonly value: number } = { ...meta, value: 1000 };
  return scenario(benchNodes(nodes), 1_800_000, [
    apply(0, urgent),
    apply(0, pods("filler", nodes * 32, "1", {})),
    apply(600_000, pods("urgent", nodes, "2", { priorityClassName: "urgent" })),
  ]);
}
