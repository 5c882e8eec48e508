/** A DaemonSet rollout: never more than maxUnavailable nodes without their pod, one pod a node, and quick on many nodes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCluster } from "../../../simulator/cluster/cluster.ts";
import { newNode, newWorkload } from "../../../simulator/cluster/initial.ts";
import type { DaemonSet, Pod } from "../../../simulator/cluster/objects.ts";
import { finishDeletion } from "../../../simulator/cluster/pods.ts";
import { daemonSetController } from "../../../simulator/controllers/daemonset/sync.ts";

const template = (image: string) => ({
  metadata: { labels: { app: "agent" } },
  spec: { containers: [{ name: "agent", image }] },
});

function rollOut(nodes: number, maxUnavailable: string) {
  let terminating = 0;
  let most = 0;
  const cluster = createCluster({
    seed: 1,
    start: 0,
    controllers: [daemonSetController],
    onChange({ type, object }) {
      if (object.kind !== "Pod") return;
      const pod: Pod = object;
      if (type === "added") {
        cluster.after(10, () => {
          cluster.store.update(pod, {
            node: pod.pinnedNode ?? "",
            phase: "Running",
            ready: true,
            readyTime: cluster.now(),
          });
        });
      } else if (type === "modified" && pod.deleted !== null) {
        most = Math.max(most, ++terminating);
        cluster.after(10, () => {
          terminating--;
          finishDeletion(cluster.store, pod);
        });
      }
    },
  });
  for (let i = 0; i < nodes; i++) cluster.store.create<"Node">(newNode({ name: `n${i}` }));
  const spec = {
    selector: { matchLabels: { app: "agent" } },
    template: template("agent:1"),
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable, maxSurge: 0 } },
  };
  const meta = { labels: {}, annotations: {} };
  const set = cluster.store.create<"DaemonSet">(
    newWorkload("DaemonSet", "default", "agent", spec as never, meta) as never,
  ) as DaemonSet;
  cluster.advance(60_000);
  assert.equal(set.status.numberAvailable, nodes);
  cluster.store.update(set, { spec: { ...set.spec, template: template("agent:2") }, generation: 2 });
  cluster.advance(600_000);
  return { set, most, pods: [...cluster.store.all("Pod")] };
}

test("an update keeps to maxUnavailable, rounded up, and ends with one new pod on each node", () => {
  const { set, most, pods } = rollOut(25, "10%");
  assert.equal(most, 3);
  assert.equal(set.status.updatedNumberScheduled, 25);
  assert.equal(new Set(pods.map((pod) => pod.node)).size, 25);
  assert.equal(pods.length, 25);
});

test("5,000 nodes are rolled in seconds", () => {
  const { set, most } = rollOut(5000, "5%");
  assert.equal(set.status.updatedNumberScheduled, 5000);
  assert.ok(most <= 250);
});
