/** A node that stops answering: not ready after 50 s, its pods evicted 300 s after that and replaced elsewhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Scenario } from "../../../simulator/scenario/scenario.ts";
import type { ObjectEntry } from "../../../simulator/trace.ts";
import { view } from "../../../simulator/view.ts";
import { container, podEntries, run, scenario, workload } from "../simulate/help.ts";

function lose(
  kind: "Deployment" | "StatefulSet" | "DaemonSet",
  spec: Readonly<Record<string, unknown>> = {},
  more: Scenario["steps"] = [],
) {
  const one = kind === "DaemonSet" ? {} : { replicas: 1 };
  return run(
    scenario([
      { at: 0, action: { do: "apply", object: workload(kind, { ...one, ...spec }) } },
      { at: 10_000, action: { do: "addNode", node: { name: "n2" } } },
      { at: 20_000, action: { do: "nodeLost", name: "n1" } },
      ...more,
    ]),
  );
}

test("the node is NotReady after 50 s, its pod not ready any more, evicted after 300 s and replaced", () => {
  const trace = lose("Deployment");
  const down = trace.entries.find(
    (one): one is Extract<ObjectEntry, { kind: "Node" }> =>
      one.type === "object" && one.kind === "Node" && one.state?.ready === false,
  );
  assert.equal(down?.time, 70_000);
  const [first] = podEntries(trace);
  const told = podEntries(trace).map(({ time, uid, state }) => [
    time,
    uid === first?.uid ? "first" : "second",
    state?.node,
    state?.terminating ? "terminating" : state?.ready ? "ready" : "not ready",
  ]);
  assert.deepEqual(told, [
    [0, "first", "n1", "not ready"],
    [1200, "first", "n1", "ready"],
    [70_000, "first", "n1", "not ready"],
    [370_000, "first", "n1", "terminating"],
    [370_000, "second", "n2", "not ready"],
    [371_200, "second", "n2", "ready"],
  ]);
});

test("a node that is back in time keeps its pods, which are ready again", () => {
  const trace = lose("Deployment", {}, [{ at: 200_000, action: { do: "nodeBack", name: "n1" } }]);
  const told = podEntries(trace).map(({ time, state }) => [time, state?.ready]);
  assert.deepEqual(told, [
    [0, false],
    [1200, true],
    [70_000, false],
    [200_000, true],
  ]);
});

test("a node that is back too late ends what was evicted", () => {
  const trace = lose("Deployment", {}, [{ at: 600_000, action: { do: "nodeBack", name: "n1" } }]);
  assert.equal(view(trace, 599_999).Pod.length, 2);
  const [left, ...none] = view(trace, trace.end).Pod;
  assert.deepEqual([left?.state.node, none.length], ["n2", 0]);
});

test("a StatefulSet never replaces a pod that may still be running", () => {
  const trace = lose("StatefulSet", { serviceName: "web" });
  const end = view(trace, trace.end).Pod;
  assert.deepEqual(
    end.map((one) => [one.name, one.state.node, one.state.terminating]),
    [["web-0", "n1", true]],
  );
});

test("daemon pods stay on the lost node; a toleration of one's own decides for others", () => {
  const daemons = lose("DaemonSet");
  assert.deepEqual(
    view(daemons, daemons.end).Pod.map((one) => one.state.terminating),
    [false, false],
  );

  const tolerations = [
    { key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute", tolerationSeconds: 10 },
  ];
  const template = { metadata: { labels: { app: "web" } }, spec: { containers: [container], tolerations } };
  const evicted = podEntries(lose("Deployment", { template })).find((one) => one.state?.terminating);
  assert.equal(evicted?.time, 80_000);
});

test("a node that was lost, removed and added again under its name is a new node", () => {
  const trace = lose("Deployment", {}, [
    { at: 30_000, action: { do: "removeNode", name: "n1" } },
    { at: 40_000, action: { do: "addNode", node: { name: "n1" } } },
    { at: 200_000, action: { do: "cordon", name: "n2" } },
    { at: 200_000, action: { do: "scale", kind: "Deployment", name: "web", replicas: 2 } },
  ]);
  const node = view(trace, trace.end).Node.find((one) => one.name === "n1");
  assert.deepEqual([node?.state.ready, node?.state.taints], [true, []]);
  const pods = view(trace, trace.end).Pod.map(({ state }) => [state.node, state.ready]);
  assert.deepEqual(pods, [
    ["n1", true],
    ["n1", true],
  ]);
});

test("a node that is said to be out of service gives its pods up, so that a StatefulSet goes on elsewhere", () => {
  const trace = lose("StatefulSet", {}, [
    {
      at: 100_000,
      action: { do: "taint", name: "n1", key: "node.kubernetes.io/out-of-service", effect: "NoExecute" },
    },
  ]);
  const pods = podEntries(trace).map(({ time, state }) => [time, state?.node, state?.terminating, state?.ready]);
  assert.deepEqual(pods.slice(3), [
    [100_000, "n1", true, false],
    [110_000, undefined, undefined, undefined],
    [110_000, "n2", false, false],
    [111_200, "n2", false, true],
  ]);
});
