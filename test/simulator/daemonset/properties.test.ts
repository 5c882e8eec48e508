/** DaemonSets under random deeds: one pod per node, and updates within their limits, at every change. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type DaemonSet, isPodActive, type Pod } from "../../../simulator/cluster/objects.ts";
import { placement } from "../../../simulator/controllers/daemonset/placement.ts";
import { availableFrom } from "../../../simulator/controllers/readiness.ts";
import type { ClusterAction } from "../../../simulator/kubectl/act.ts";
import { runs } from "../../runs.ts";
import { createHarness, type Harness } from "../deployment/harness.ts";

const agent = { kind: "DaemonSet", name: "agent" } as const;

function daemonSet(spec: Readonly<Record<string, unknown>>, tolerations: readonly unknown[] = []): ClusterAction {
  const containers = [{ name: "app", image: "app:1" }];
  const template = { metadata: { labels: { app: "agent" } }, spec: { containers, tolerations } };
  return {
    do: "apply",
    object: {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "agent" },
      spec: { selector: { matchLabels: { app: "agent" } }, template, ...spec },
    },
  };
}

const setOf = ({ cluster }: Harness): DaemonSet => cluster.store.get("DaemonSet", "default", "agent")!;
const nodeOf = (pod: Pod) => pod.node || pod.pinnedNode || "";

/** Pods that are neither ended nor being deleted, by node. */
function livePods({ cluster }: Harness): ReadonlyMap<string, readonly Pod[]> {
  const byNode = new Map<string, Pod[]>();
  for (const pod of cluster.store.all("Pod")) {
    if (isPodActive(pod)) byNode.set(nodeOf(pod), [...(byNode.get(nodeOf(pod)) ?? []), pod]);
  }
  return byNode;
}

function settle(harness: Harness): void {
  let still = 0;
  for (let round = 0; round < 300; round++) {
    still = harness.pods("finished") + harness.pods("ready") === 0 ? still + 1 : 0;
    if (still === 3) return;
    harness.cluster.advance(harness.cluster.now() + 70_000);
  }
  assert.fail("the set never settles");
}

type Deed =
  | { readonly do: "image"; readonly version: number }
  | { readonly do: "ready" | "finished" | "unready" | "delete"; readonly count: number }
  | { readonly do: "wait"; readonly seconds: number }
  | { readonly do: "node"; readonly deed: "add" | "remove" | "cordon" | "uncordon"; readonly name: string }
  | { readonly do: "taint" | "untaint"; readonly name: string; readonly effect: "NoSchedule" | "NoExecute" };

const count = fc.integer({ min: 1, max: 3 });
const name = fc.constantFrom("n1", "n2", "n3", "n4", "n5");
const wait = fc.record({ do: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 4 }) });
const newImage = fc.record({ do: fc.constant("image" as const), version: fc.integer({ min: 1, max: 3 }) });
const grow = fc.record({ do: fc.constantFrom("ready" as const, "finished" as const), count });
const calm: fc.Arbitrary<Deed> = fc.oneof(wait, newImage, { weight: 5, arbitrary: grow });
const anything: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: calm },
  fc.record({ do: fc.constantFrom("unready" as const, "delete" as const), count }),
  fc.record({ do: fc.constant("node" as const), deed: fc.constantFrom("add", "remove", "cordon", "uncordon"), name }),
  fc.record({
    do: fc.constantFrom("taint" as const, "untaint" as const),
    name,
    effect: fc.constantFrom("NoSchedule", "NoExecute"),
  }),
) as fc.Arbitrary<Deed>;

function carryOut(harness: Harness, deed: Deed): void {
  switch (deed.do) {
    case "image":
      // Of pods made within one second the name decides which is the older one, so that the surging one may stay.
      harness.cluster.advance(harness.cluster.now() + 1000);
      harness.run({ do: "setImage", ...agent, container: "app", image: `app:${deed.version}` });
      return;
    case "wait":
      harness.cluster.advance(harness.cluster.now() + deed.seconds * 1000);
      return;
    case "node":
      if (deed.deed === "add") harness.run({ do: "addNode", node: { name: deed.name } });
      else if (deed.deed === "remove") harness.run({ do: "removeNode", name: deed.name });
      else harness.run({ do: deed.deed, name: deed.name });
      return;
    case "taint":
      harness.run({ do: "taint", name: deed.name, key: "maintenance", effect: deed.effect });
      return;
    case "untaint":
      harness.run({ do: "untaint", name: deed.name, key: "maintenance" });
      return;
    default:
      harness.pods(deed.do, deed.count);
  }
}

const amount = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constantFrom("10%", "40%", "100%"));
const rolling = fc.oneof(
  amount.map((maxUnavailable) => ({ maxUnavailable, maxSurge: 0 })),
  amount.map((maxSurge) => ({ maxUnavailable: 0, maxSurge })),
);
const spec = fc.record({
  minReadySeconds: fc.constantFrom(0, 0, 3),
  updateStrategy: rolling.map((rollingUpdate) => ({ type: "RollingUpdate", rollingUpdate })),
});

/** Percentages are rounded up. */
function resolved(value: number | string, nodes: number): number {
  return typeof value === "number" ? value : Math.ceil((nodes * Number.parseInt(value, 10)) / 100);
}

test("at most one pod per node, two while surging, whatever happens to nodes and pods", () => {
  fc.assert(
    fc.property(spec, fc.array(anything, { maxLength: 30 }), (given, deeds) => {
      const most = given.updateStrategy.rollingUpdate.maxSurge === 0 ? 1 : 2;
      const harness = createHarness(({ object }, one) => {
        if (object.kind !== "Pod") return;
        for (const [node, pods] of livePods(one)) {
          assert.ok(pods.length <= most, `${pods.length} pods on ${node}`);
        }
      }, 4);
      harness.run(daemonSet(given));
      for (const deed of deeds) carryOut(harness, deed);
      // The controller does not look again for a taint that lets its pod stay; it does for a new template.
      carryOut(harness, { do: "image", version: 9 });
      settle(harness);
      const { spec, status } = setOf(harness);
      const { store } = harness.cluster;
      const wanted = [...store.all("Node")].filter((node) => placement(node, spec.template.spec).shouldRun);
      const pods = livePods(harness);
      for (const node of wanted) assert.equal(pods.get(node.name)?.length, 1, `no pod on ${node.name}`);
      assert.equal(status.desiredNumberScheduled, wanted.length);
      assert.equal(status.numberAvailable, wanted.length);
      assert.equal(status.updatedNumberScheduled, wanted.length);
      for (const node of pods.keys()) assert.ok(store.get("Node", "", node), `a pod is left on ${node}`);
    }),
    { numRuns: runs(100) },
  );
});

test("an update of a healthy set keeps to maxUnavailable and maxSurge", () => {
  const nodes = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(spec, nodes, fc.array(calm, { maxLength: 30 }), (given, nodes, deeds) => {
      const { maxSurge, maxUnavailable } = given.updateStrategy.rollingUpdate;
      const lowest = nodes - resolved(maxUnavailable, nodes);
      let healthy = false;
      const harness = createHarness((_change, one) => {
        if (!healthy) return;
        const now = one.cluster.now();
        let available = 0;
        let surging = 0;
        for (const pods of livePods(one).values()) {
          if (pods.some((pod) => availableFrom(pod, given.minReadySeconds, one.cluster.start) <= now)) available++;
          if (pods.length > 1) surging++;
        }
        assert.ok(available >= lowest, `${available} of ${nodes} nodes have an available pod`);
        assert.ok(surging <= resolved(maxSurge, nodes), `${surging} nodes are surging`);
      }, nodes);
      harness.run(daemonSet(given));
      settle(harness);
      healthy = true;
      for (const deed of deeds) carryOut(harness, deed);
      settle(harness);
      assert.equal(setOf(harness).status.updatedNumberScheduled, nodes);
    }),
    { numRuns: runs(100) },
  );
});

test("OnDelete waits for somebody to delete the pod", () => {
  const harness = createHarness(undefined, 2);
  harness.run(daemonSet({ updateStrategy: { type: "OnDelete" } }));
  settle(harness);
  carryOut(harness, { do: "image", version: 2 });
  settle(harness);
  assert.equal(setOf(harness).status.updatedNumberScheduled, 0);
  carryOut(harness, { do: "delete", count: 1 });
  settle(harness);
  assert.equal(setOf(harness).status.updatedNumberScheduled, 1);
});

test("a NoExecute taint evicts at once, or after tolerationSeconds, or never", () => {
  const left = (tolerations: readonly unknown[], seconds: number) => {
    const harness = createHarness(undefined, 1);
    harness.run(daemonSet({}, tolerations));
    settle(harness);
    harness.run({ do: "taint", name: "n1", key: "maintenance", effect: "NoExecute" });
    harness.cluster.advance(harness.cluster.now() + seconds * 1000);
    return livePods(harness).size;
  };
  const bears = { key: "maintenance", operator: "Exists", effect: "NoExecute" };
  assert.equal(left([], 0), 0);
  assert.equal(left([{ ...bears, tolerationSeconds: 60 }], 59), 1);
  assert.equal(left([bears], 10_000), 1);
});

test("a pod that bears a taint only for a while is evicted then, and one comes back at once", () => {
  const harness = createHarness(undefined, 1);
  harness.run(daemonSet({}, [{ key: "maintenance", operator: "Exists", tolerationSeconds: 60, effect: "NoExecute" }]));
  settle(harness);
  harness.run({ do: "taint", name: "n1", key: "maintenance", effect: "NoExecute" });
  const [before] = livePods(harness).get("n1")!;
  harness.cluster.advance(harness.cluster.now() + 60_000);
  assert.notEqual(before?.deleted, null);
  harness.pods("finished");
  assert.notEqual(livePods(harness).get("n1")?.[0]?.uid, before?.uid);
});

test("a cordoned node keeps its daemon pod and gets a new one", () => {
  const harness = createHarness(undefined, 1);
  harness.run(daemonSet({}));
  settle(harness);
  harness.run({ do: "drain", name: "n1" });
  assert.equal(livePods(harness).size, 1);
  carryOut(harness, { do: "delete", count: 1 });
  harness.pods("finished");
  assert.equal(livePods(harness).size, 1);
});
