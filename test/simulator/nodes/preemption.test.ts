/** Pods of different priority on small nodes: who is driven away, and that nobody is bound where a filter refuses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { PodSpec } from "../../../simulator/api/objects.ts";
import { type Cluster, createCluster } from "../../../simulator/cluster/cluster.ts";
import { newNode } from "../../../simulator/cluster/initial.ts";
import type { Pod } from "../../../simulator/cluster/objects.ts";
import { deletePod, finishDeletion, podFromTemplate } from "../../../simulator/cluster/pods.ts";
import { createRandom } from "../../../simulator/engine/random.ts";
import { createPlacement } from "../../../simulator/nodes/scheduler/placement.ts";
import { preempt } from "../../../simulator/nodes/scheduler/preemption.ts";
import { longestWait } from "../../../simulator/nodes/scheduler/queue.ts";
import { createScheduler } from "../../../simulator/nodes/scheduler/scheduler.ts";
import { surroundingsIn } from "../../../simulator/nodes/scheduler/surroundings.ts";
import { runs } from "../../runs.ts";

const hostname = "kubernetes.io/hostname";

interface Wish {
  readonly cpu: number;
  readonly priority: number;
  readonly app?: string;
  /** Stays away from pods of this app. */
  readonly avoids?: string;
  readonly port?: number;
  readonly never?: boolean;
}

function specOf({ cpu, priority, avoids, port, never }: Wish): PodSpec {
  const term = { topologyKey: hostname, labelSelector: { matchLabels: { app: avoids ?? "" } } };
  const ports = port ? [{ containerPort: 80, hostPort: port }] : [];
  return {
    priority,
    containers: [{ name: "c", image: "app:1", ports, resources: { requests: { cpu: `${cpu}` } } }],
    ...(never ? { preemptionPolicy: "Never" } : {}),
    ...(avoids ? { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } } : {}),
  };
}

function add({ store }: Cluster, name: string, wish: Wish): Pod {
  const template = { metadata: { labels: { app: wish.app ?? "a" } }, spec: specOf(wish) };
  return store.create<"Pod">(podFromTemplate("default", name, template, null));
}

/** What placement would see if it began now. */
function seen(cluster: Cluster) {
  const nominated = new Map<string, Set<Pod>>();
  for (const pod of cluster.store.all("Pod"))
    if (pod.node === "" && pod.nominatedNode !== "")
      nominated.set(pod.nominatedNode, (nominated.get(pod.nominatedNode) ?? new Set()).add(pod));
  const around = surroundingsIn(cluster.store, cluster, nominated);
  const placement = createPlacement([...cluster.store.all("Node")], createRandom(1, "check"), around);
  return { around, placement };
}

function clusterWith(nodes: number, onBound: (pod: Pod, cluster: Cluster) => void = () => {}): Cluster {
  const cluster: Cluster = createCluster({
    seed: 1,
    start: 0,
    controllers: [createScheduler({ delay: 0 })],
    onChange(change) {
      if (change.type !== "modified" || change.object.kind !== "Pod") return;
      if ("node" in change.previous) onBound(change.object, cluster);
    },
  });
  for (let i = 0; i < nodes; i++) {
    const allocatable = { cpu: "8", memory: "8Gi", pods: "6" };
    cluster.store.create<"Node">(newNode({ name: `n${i}`, allocatable }));
  }
  return cluster;
}

test("of equals the pod goes that started last, and only as many as are needed", () => {
  const cluster = clusterWith(1);
  const pods = ["first", "second", "third"].map((name, index) => {
    const pod = add(cluster, name, { cpu: 2, priority: 1 });
    cluster.rest();
    const startedAt = index * 1000;
    cluster.store.update(pod, {
      containers: pod.containers.map((one) => ({ ...one, startedAt, state: "running" as const })),
    });
    return pod;
  });
  const boss = add(cluster, "boss", { cpu: 5, priority: 2 });
  cluster.rest();
  assert.deepEqual(
    pods.map(({ deleted }) => deleted !== null),
    [false, true, true],
  );
  assert.equal(boss.nominatedNode, "n0");
  for (const pod of pods.slice(1)) finishDeletion(cluster.store, pod);
  cluster.rest();
  assert.equal(boss.node, "n0");
});

test("a pod that may not preempt waits", () => {
  const cluster = clusterWith(1);
  add(cluster, "low", { cpu: 8, priority: 0 });
  cluster.rest();
  const calm = add(cluster, "calm", { cpu: 1, priority: 9, never: true });
  cluster.rest();
  assert.equal(calm.nominatedNode, "");
  assert.match(calm.conditions[0]!.message, /preemption: not eligible due to preemptionPolicy=Never\.$/);
});

const wish: fc.Arbitrary<Wish> = fc.record(
  {
    cpu: fc.integer({ min: 0, max: 6 }),
    priority: fc.nat(3),
    app: fc.constantFrom("a", "b"),
    avoids: fc.constantFrom("a", "b"),
    port: fc.constantFrom(80, 81),
    never: fc.boolean(),
  },
  { requiredKeys: ["cpu", "priority"] },
);
const move = fc.oneof(
  { weight: 5, arbitrary: wish.map((one) => ({ act: "add" as const, wish: one })) },
  { weight: 2, arbitrary: fc.nat(20).map((index) => ({ act: "delete" as const, index })) },
  { weight: 2, arbitrary: fc.nat(20).map((index) => ({ act: "finish" as const, index })) },
  { weight: 1, arbitrary: fc.constant({ act: "node" as const }) },
);

test("no pod is bound where a filter refuses it, and none waits that could drive others away", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(move, { maxLength: 30 }), (nodes, moves) => {
      const cluster = clusterWith(nodes, (pod, { store }) => {
        // As it was before the pod was there.
        const { around } = seen(cluster);
        const podsOn = (node: string) => [...around.podsOn(node)].filter((one) => one !== pod);
        const before = createPlacement([...store.all("Node")], createRandom(1, "check"), { ...around, podsOn });
        assert.equal(before.rejectionAt(pod, before.table.slots.get(pod.node)!), null, `${pod.name} on ${pod.node}`);
      });
      const { store } = cluster;
      moves.forEach((one, index) => {
        const pods = [...store.all("Pod")];
        if (one.act === "add") add(cluster, `p${index}`, one.wish);
        else if (one.act === "node") store.create<"Node">(newNode({ name: `m${index}`, allocatable: { cpu: "4" } }));
        else {
          const chosen = one.act === "delete" ? pods : pods.filter(({ deleted }) => deleted !== null);
          const pod = chosen[one.index % Math.max(1, chosen.length)];
          if (pod && one.act === "delete") deletePod(store, pod, cluster.now());
          else if (pod) finishDeletion(store, pod);
        }
        // What no event speaks of, as a new node for a pod that only others keep away, is noticed after a while.
        cluster.advance(cluster.now() + 2 * longestWait);
        for (const pod of store.all("Pod")) {
          if (pod.node !== "") continue;
          const { around, placement } = seen(cluster);
          const verdict = placement.place(pod, pod.nominatedNode);
          assert.ok("rejected" in verdict, `${pod.name} fits, but waits`);
          if (pod.nominatedNode !== "" || pod.spec.preemptionPolicy === "Never") continue;
          const room = preempt(pod, verdict.rejected, placement, around, createRandom(1, "check"));
          assert.ok("sentence" in room, `${pod.name} could have room, but waits`);
        }
      });
    }),
    { numRuns: runs(100) },
  );
});

const stood = fc.record({ node: fc.nat(3), wish, started: fc.boolean() });

test("victims worked out by sums are those that trying one after the other gives", () => {
  fc.assert(
    fc.property(fc.array(stood, { maxLength: 25 }), fc.integer({ min: 1, max: 8 }), (pods, cpu) => {
      const cluster = createCluster({ seed: 1, start: 0, controllers: [] });
      const { store } = cluster;
      for (let i = 0; i < 4; i++)
        store.create<"Node">(newNode({ name: `n${i}`, allocatable: { cpu: "8", memory: "8Gi", pods: "6" } }));
      pods.forEach(({ node, wish: one, started }, index) => {
        const pod = add(cluster, `p${index}`, one);
        const startedAt = started ? (index % 3) * 1000 : null;
        const containers = pod.containers.map((container) => ({ ...container, startedAt }));
        store.update<"Pod">(pod, { node: `n${node}`, containers });
      });
      const boss = add(cluster, "boss", { cpu, priority: 2, app: "c" });
      const { around, placement } = seen(cluster);
      const verdict = placement.place(boss);
      if (!("rejected" in verdict)) return;
      const tried = { ...placement, room: () => null };
      const outcomes = [placement, tried].map((one) => {
        const result = preempt(boss, verdict.rejected, one, around, createRandom(1, "check"));
        return "slot" in result ? { slot: result.slot, victims: result.victims.map(({ name }) => name) } : result;
      });
      assert.deepEqual(outcomes[0], outcomes[1]);
    }),
    { numRuns: runs(300) },
  );
});
