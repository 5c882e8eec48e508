import assert from "node:assert/strict";
import { test } from "node:test";
import type { PodSpec } from "../../../simulator/api/objects.ts";
import { requestsOf } from "../../../simulator/api/pod/requests.ts";
import { explainNodes } from "../../../simulator/nodes/scheduler/explain.ts";
import { enoughNodes } from "../../../simulator/nodes/scheduler/placement.ts";
import { failureSentence, reasons, rejection } from "../../../simulator/nodes/scheduler/reasons.ts";
import { defaultNodes, defaultScenario } from "../../../simulator/scenario/defaults.ts";
import type { Scenario } from "../../../simulator/scenario/scenario.ts";
import { simulate } from "../../../simulator/simulate.ts";
import { view } from "../../../simulator/view.ts";

const container = { name: "c", image: "app:1" };
const asking = (cpu: string): PodSpec => ({ containers: [{ ...container, resources: { requests: { cpu } } }] });

function deployment(replicas: number, spec: PodSpec) {
  const labels = { app: "web" };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

function run(scenario: Scenario) {
  const result = simulate(scenario);
  assert.ok("trace" in result);
  return result.trace;
}

function podsPerNode(scenario: Scenario): Record<string, number> {
  const trace = run(scenario);
  const counts: Record<string, number> = {};
  for (const { state } of view(trace, trace.end).Pod) counts[state.node] = (counts[state.node] ?? 0) + 1;
  return counts;
}

test("replicas spread evenly over the workers and keep off the tainted control plane", () => {
  const counts = podsPerNode(defaultScenario([deployment(6, { containers: [container] })]));
  assert.deepEqual(counts, { "worker-1": 2, "worker-2": 2, "worker-3": 2 });
});

test("a pod that fits nowhere is Pending with the scheduler's own sentence", () => {
  const trace = run(defaultScenario([deployment(1, asking("64"))]));
  const [pod] = view(trace, trace.end).Pod;
  assert.equal(pod?.state.status, "Pending");
  assert.equal(
    pod?.state.message,
    "0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient cpu. " +
      "no new claims to deallocate, preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.",
  );
});

test("pods that waited for room go in when a node is added", () => {
  const scenario = defaultScenario([deployment(4, asking("3"))]);
  const added = {
    name: "extra",
    labels: { "kubernetes.io/hostname": "extra" },
    allocatable: { cpu: "8", memory: "8Gi" },
  };
  const counts = podsPerNode({
    ...scenario,
    steps: [...scenario.steps, { at: 60_000, action: { do: "addNode", node: added } }],
  });
  assert.deepEqual(counts, { "worker-1": 1, "worker-2": 1, "worker-3": 1, extra: 1 });
});

test("required anti-affinity by hostname keeps replicas apart", () => {
  const podAntiAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { labelSelector: { matchLabels: { app: "web" } }, topologyKey: "kubernetes.io/hostname" },
    ],
  };
  const counts = podsPerNode(
    defaultScenario([deployment(4, { containers: [container], affinity: { podAntiAffinity } })]),
  );
  assert.deepEqual(counts, { "worker-1": 1, "worker-2": 1, "worker-3": 1, "": 1 });
});

test("each node that is left out has a reason", () => {
  const nodes = [...defaultNodes.slice(0, 3), { name: "cordoned", unschedulable: true }];
  assert.deepEqual(
    explainNodes({ spec: { containers: [container], nodeSelector: { "kubernetes.io/hostname": "worker-1" } } }, nodes),
    [
      { node: "control-plane", reason: "node(s) had untolerated taint(s)" },
      { node: "worker-1", reason: null },
      { node: "worker-2", reason: "node(s) didn't match Pod's node affinity/selector" },
      { node: "cordoned", reason: "node(s) were unschedulable" },
    ],
  );
});

test("pods count on the node where they stand", () => {
  const node = { name: "n", allocatable: { cpu: "1", memory: "1Gi", pods: "10" } };
  const reason = (cpu: string) =>
    explainNodes({ spec: asking(cpu) }, [node], [{ spec: asking("600m"), node: "n" }])[0]?.reason;
  assert.equal(reason("400m"), null);
  assert.equal(reason("401m"), "Insufficient cpu");
});

test("host ports clash on one address or on all of them", () => {
  const on = (hostIP?: string): PodSpec => ({
    containers: [{ ...container, ports: [{ containerPort: 80, hostPort: 80, ...(hostIP ? { hostIP } : {}) }] }],
  });
  const reason = (ip: string | undefined, taken: string | undefined) =>
    explainNodes({ spec: on(ip) }, [{ name: "n" }], [{ spec: on(taken), node: "n" }])[0]?.reason ?? null;
  assert.equal(reason("10.0.0.1", "10.0.0.2"), null);
  assert.equal(reason("10.0.0.1", undefined), reasons.ports);
});

test("an init step counts only where it needs more than what runs later", () => {
  const cpu = (name: string, amount: string, restartPolicy?: string) => ({
    name,
    image: name,
    resources: { requests: { cpu: amount } },
    ...(restartPolicy ? { restartPolicy } : {}),
  });
  const spec = {
    containers: [cpu("app", "300m")],
    initContainers: [cpu("proxy", "100m", "Always"), cpu("migrate", "500m")],
  };
  assert.equal(requestsOf(spec).cpu, 600);
});

test("large clusters are sampled", () => {
  assert.deepEqual([99, 100, 1000, 5000, 10_000].map(enoughNodes), [99, 100, 420, 500, 500]);
});

test("reasons are counted and sorted as texts", () => {
  const full = rejection("Insufficient cpu", true);
  assert.match(
    failureSentence([full, rejection(reasons.affinity, false), full]),
    /^0\/3 nodes are available: 1 node\(s\) .*, 2 Ins/,
  );
  assert.equal(failureSentence([]), "no nodes available to schedule pods");
});

test("the same scenario gives the same trace", () => {
  const scenario = defaultScenario([deployment(5, { containers: [container] })], 7);
  assert.equal(JSON.stringify(run(scenario)), JSON.stringify(run(scenario)));
});
