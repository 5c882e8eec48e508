/** Where pods with claims can go: claims that are missing, wait, have a volume on one node or in one zone, or are for one pod alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PodSpec } from "../../../simulator/api/objects.ts";
import { type Cluster, createCluster } from "../../../simulator/cluster/cluster.ts";
import { newNode } from "../../../simulator/cluster/initial.ts";
import type { PersistentVolumeClaim, Pod } from "../../../simulator/cluster/objects.ts";
import { deletePod, finishDeletion, podFromTemplate } from "../../../simulator/cluster/pods.ts";
import { createScheduler } from "../../../simulator/nodes/scheduler/scheduler.ts";
import { volumeBinder } from "../../../simulator/nodes/volumes/binder.ts";

const zone = "topology.kubernetes.io/zone";
const meta = { annotations: {}, owners: [], finalizers: [] };

function clusterOf(zones: readonly string[], elsewhere: "there" | "missing" = "missing"): Cluster {
  const cluster = createCluster({
    seed: 1,
    start: 0,
    controllers: [volumeBinder, createScheduler({ delay: 0, elsewhere })],
  });
  zones.forEach((name, index) => {
    cluster.store.create<"Node">(newNode({ name: `n${index + 1}`, labels: { [zone]: name } }));
  });
  return cluster;
}

function stored({ store }: Cluster, resource: string, name: string, content: object, labels = {}): void {
  store.create<"Stored">({ kind: "Stored", ...meta, labels, resource, namespace: "", name, content: content as never });
}

function claim({ store }: Cluster, spec: object): PersistentVolumeClaim {
  const rest = { ...meta, labels: {}, namespace: "default", name: "data", phase: "Pending" } as const;
  return store.create<"PersistentVolumeClaim">({ kind: "PersistentVolumeClaim", ...rest, spec: spec as never });
}

function pod({ store }: Cluster, name: string, more: Partial<PodSpec> = {}): Pod {
  const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "data" } }];
  const spec = { containers: [{ name: "c", image: "app:1" }], volumes, ...more };
  return store.create<"Pod">(podFromTemplate("default", name, { spec }, null));
}

const why = ({ conditions }: Pod) => conditions.find((one) => one.type === "PodScheduled")?.message;
const unhelped = (nodes: number) =>
  `no new claims to deallocate, preemption: 0/${nodes} nodes are available: ${nodes} Preemption is not helpful for scheduling.`;

test("a pod waits for a claim that is missing, and goes on when it is made", () => {
  const cluster = clusterOf(["a"]);
  const web = pod(cluster, "web");
  cluster.rest();
  assert.equal(why(web), `0/1 nodes are available: persistentvolumeclaim "data" not found. ${unhelped(1)}`);
  claim(cluster, {});
  cluster.rest();
  assert.equal(web.node, "n1");
});

test("claims that a scenario does not have are taken to be there unless it says otherwise", () => {
  const cluster = clusterOf(["a"], "there");
  const web = pod(cluster, "web");
  cluster.rest();
  assert.equal(web.node, "n1");
});

test("a claim without a class finds no volume, so its pod waits", () => {
  const cluster = clusterOf(["a", "a"]);
  const data = claim(cluster, { storageClassName: "" });
  const web = pod(cluster, "web");
  cluster.rest();
  assert.equal(data.phase, "Pending");
  assert.equal(why(web), `0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. ${unhelped(2)}`);
});

test("a class that waits for the first consumer makes the volume where the pod goes, and keeps later pods there", () => {
  const cluster = clusterOf(["a", "b"]);
  stored(cluster, "storageclasses.storage.k8s.io", "fast", {
    provisioner: "disk.csi.example",
    volumeBindingMode: "WaitForFirstConsumer",
  });
  const data = claim(cluster, { storageClassName: "fast", accessModes: ["ReadWriteOnce"] });
  cluster.rest();
  assert.equal(data.phase, "Pending");
  const first = pod(cluster, "first", { nodeSelector: { [zone]: "b" } });
  cluster.rest();
  assert.deepEqual([first.node, data.phase], ["n2", "Bound"]);
  const second = pod(cluster, "second", { nodeSelector: { [zone]: "a" } });
  cluster.rest();
  assert.equal(
    why(second),
    "0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, " +
      `1 node(s) didn't match Pod's node affinity/selector. ${unhelped(2)}`,
  );
});

test("a local volume takes its pod to its node", () => {
  const cluster = clusterOf(["a", "a", "a"]);
  stored(cluster, "storageclasses.storage.k8s.io", "local", {
    provisioner: "kubernetes.io/no-provisioner",
    volumeBindingMode: "WaitForFirstConsumer",
  });
  const expression = { key: "kubernetes.io/hostname", operator: "In", values: ["n3"] };
  const nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } };
  const accessModes = ["ReadWriteOnce"];
  const spec = { storageClassName: "local", capacity: { storage: "10Gi" }, accessModes, nodeAffinity };
  stored(cluster, "persistentvolumes", "disk", { spec });
  const resources = { requests: { storage: "20Gi" } };
  const data = claim(cluster, { storageClassName: "local", accessModes, resources });
  const web = pod(cluster, "web");
  cluster.rest();
  assert.match(why(web)!, /^0\/3 nodes are available: 3 node\(s\) didn't find available persistent volumes to bind\./);
  stored(cluster, "persistentvolumes", "larger", { spec: { ...spec, capacity: { storage: "20Gi" } } });
  cluster.rest();
  assert.deepEqual([web.node, data.spec["volumeName"]], ["n3", "larger"]);
});

test("the zone in the labels of a volume counts", () => {
  const cluster = clusterOf(["a", "b"]);
  stored(cluster, "persistentvolumes", "old", { spec: { capacity: { storage: "1Gi" } } }, { [zone]: "b__c" });
  claim(cluster, { storageClassName: "" });
  const web = pod(cluster, "web");
  cluster.rest();
  assert.equal(web.node, "n2");
});

test("a claim for one pod alone keeps a second pod waiting until the first is gone", () => {
  const cluster = clusterOf(["a", "a"]);
  claim(cluster, { accessModes: ["ReadWriteOncePod"] });
  const first = pod(cluster, "first");
  cluster.rest();
  const second = pod(cluster, "second");
  cluster.rest();
  assert.match(why(second)!, /2 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod/);
  deletePod(cluster.store, first, cluster.now());
  finishDeletion(cluster.store, first);
  cluster.rest();
  assert.notEqual(second.node, "");
});
