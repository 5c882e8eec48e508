/** DaemonSets in the corners of their rules, each worked out by hand from the real controller. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { controllerOf, type DaemonSet, type Pod } from "../../../simulator/cluster/objects.ts";
import type { ClusterAction } from "../../../simulator/kubectl/act.ts";
import { doAct } from "../../../simulator/scenario/manual.ts";
import { createHarness, type Harness } from "../deployment/harness.ts";

interface Variant {
  readonly name?: string;
  readonly version?: number;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly pod?: Readonly<Record<string, unknown>>;
}

function apply({ name = "agent", version = 1, spec = {}, pod = {} }: Variant): ClusterAction {
  const containers = [{ name: "app", image: `app:${version}` }];
  return {
    do: "apply",
    object: {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name },
      spec: {
        selector: { matchLabels: { app: "agent" } },
        template: { metadata: { labels: { app: "agent" } }, spec: { containers, ...pod } },
        ...spec,
      },
    },
  };
}

const surge = (maxSurge: number | string) => ({
  updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable: 0 } },
});

const statusOf = ({ cluster }: Harness, name = "agent"): DaemonSet["status"] =>
  cluster.store.get("DaemonSet", "default", name)!.status;

/** What runs where: `n1 app:1`, with a mark on what is terminating. */
function pods({ cluster }: Harness): readonly string[] {
  const text = (pod: Pod) =>
    `${pod.node} ${pod.spec.containers[0]?.image}${pod.deleted === null ? "" : " terminating"}`;
  return [...cluster.store.all("Pod")].map(text).sort();
}

function podOn({ cluster }: Harness, node: string): Pod {
  return [...cluster.store.podsOnNode(node)].find((pod) => pod.deleted === null)!;
}

function wait({ cluster }: Harness, seconds: number): void {
  cluster.advance(cluster.now() + seconds * 1000);
}

test("orphaned pods of a first template count as up to date in a new set, whatever its first template is", () => {
  const harness = createHarness(undefined, 2);
  harness.run(apply({}));
  harness.pods("ready");
  harness.run({ do: "delete", kind: "DaemonSet", name: "agent", cascade: "orphan" });
  harness.run(apply({ version: 2 }));
  assert.deepEqual(pods(harness), ["n1 app:1", "n2 app:1"]);
  assert.equal(statusOf(harness).updatedNumberScheduled, 2);
  harness.run(apply({ version: 3 }));
  assert.deepEqual(pods(harness), ["n1 app:1 terminating", "n2 app:1"]);
  assert.equal(statusOf(harness).updatedNumberScheduled, 0);
});

test("orphaned pods of a second template are replaced by a new set with another one", () => {
  const harness = createHarness(undefined, 2);
  harness.run(apply({ version: 0 }));
  harness.run(apply({ version: 1 }));
  harness.pods("ready");
  harness.pods("finished");
  harness.pods("ready");
  harness.run({ do: "delete", kind: "DaemonSet", name: "agent", cascade: "orphan" });
  harness.run(apply({ version: 2 }));
  assert.deepEqual(pods(harness), ["n1 app:1 terminating", "n2 app:1"]);
});

test("while a surging update finds a pod of a removed node, it stands still; after the pod it goes on", () => {
  const harness = createHarness(undefined, 3);
  harness.run(apply({ spec: surge(1) }));
  harness.pods("ready");
  harness.run({ do: "removeNode", name: "n3" });
  harness.run(apply({ version: 2, spec: surge(1) }));
  assert.deepEqual(pods(harness), ["n1 app:1", "n2 app:1", "n3 app:1"]);
  wait(harness, 80);
  harness.pods("finished");
  assert.deepEqual(pods(harness), ["n1 app:1", "n1 app:2", "n2 app:1"]);
});

test("while it stands still, past revisions that nothing uses are kept too", () => {
  const harness = createHarness(undefined, 2);
  const spec = { ...surge(1), revisionHistoryLimit: 0 };
  const revisions = () => harness.cluster.store.count("ControllerRevision");
  harness.run(apply({ spec }));
  harness.pods("ready");
  harness.run({ do: "removeNode", name: "n2" });
  for (const version of [2, 3]) harness.run(apply({ version, spec }));
  assert.equal(revisions(), 3);
  wait(harness, 80);
  harness.pods("finished");
  assert.equal(revisions(), 2);
});

test("where a percentage of no nodes is no surge, the unavailable old pod of a removed node goes at once", () => {
  const harness = createHarness(undefined, 1);
  harness.run(apply({ spec: surge("50%") }));
  harness.pods("running");
  harness.run({ do: "removeNode", name: "n1" });
  harness.run(apply({ version: 2, spec: surge("50%") }));
  assert.deepEqual(pods(harness), ["n1 app:1 terminating"]);
});

test("a percentage of no nodes is no surge: available old pods on nodes that fit no more are left alone", () => {
  const harness = createHarness(undefined, 2);
  harness.run(apply({ spec: surge("50%") }));
  harness.pods("ready");
  for (const name of ["n1", "n2"]) harness.run({ do: "taint", name, key: "down", effect: "NoSchedule" });
  harness.run(apply({ version: 2, spec: surge("50%") }));
  assert.equal(statusOf(harness).desiredNumberScheduled, 0);
  assert.equal(statusOf(harness).numberMisscheduled, 2);
  assert.deepEqual(pods(harness), ["n1 app:1", "n2 app:1"]);
});

test("with a number of surging pods, the pods on such nodes go", () => {
  const harness = createHarness(undefined, 2);
  harness.run(apply({ spec: surge(1) }));
  harness.pods("ready");
  harness.run({ do: "taint", name: "n1", key: "down", effect: "NoSchedule" });
  harness.run(apply({ version: 2, spec: surge(1) }));
  assert.deepEqual(pods(harness), ["n1 app:1 terminating", "n2 app:1", "n2 app:2"]);
});

test("failed pods go at once, then after 1 s; a change of the set begins the back-off anew", () => {
  const harness = createHarness(undefined, 1);
  const deleted = () => harness.events.filter((one) => one.includes("FailedDaemonPod")).length;
  const fail = () => {
    doAct(harness.cluster, podOn(harness, "n1"), { act: "fail", reason: "Evicted" });
    harness.cluster.rest();
  };
  harness.run(apply({}));
  fail();
  assert.equal(deleted(), 1);
  fail();
  assert.equal(deleted(), 1);
  wait(harness, 1);
  assert.equal(deleted(), 2);
  fail();
  assert.equal(deleted(), 2);
  harness.run(apply({ spec: { minReadySeconds: 1 } }));
  assert.equal(deleted(), 3);
});

test("a revision of the same template, adopted from another set, is merged, and all pods get the hash that stays", () => {
  const harness = createHarness(undefined, 1);
  const { store } = harness.cluster;
  harness.run(apply({ name: "a" }));
  harness.run(apply({ name: "b" }));
  harness.pods("ready");
  assert.equal(store.count("ControllerRevision"), 2);
  harness.run({ do: "delete", kind: "DaemonSet", name: "a", cascade: "orphan" });
  harness.pods("finished");
  const [only] = [...store.all("ControllerRevision")];
  assert.equal(store.count("ControllerRevision"), 1);
  assert.equal(controllerOf(only!)?.name, "b");
  assert.equal(podOn(harness, "n1").labels["controller-revision-hash"], only?.labels["controller-revision-hash"]);
  assert.deepEqual(pods(harness), ["n1 app:1"]);
});

test("of two pods on a node the one created first stays; of one second the first by name", () => {
  const harness = createHarness(undefined, 1);
  const bare = (name: string): ClusterAction => ({
    do: "apply",
    object: {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, labels: { app: "agent" } },
      spec: { nodeName: "n1", containers: [{ name: "app", image: "app:1" }] },
    },
  });
  for (const name of ["second", "first"]) harness.run(bare(name));
  harness.run(apply({ spec: { updateStrategy: { type: "OnDelete" } } }));
  const alive = [...harness.cluster.store.all("Pod")].filter((pod) => pod.deleted === null);
  assert.deepEqual(
    alive.map((pod) => pod.name),
    ["first"],
  );
});

test("a pod whose grace period is 0 goes as soon as it is deleted", () => {
  const harness = createHarness(undefined, 2);
  const pod = { terminationGracePeriodSeconds: 0 };
  harness.run(apply({ pod }));
  harness.pods("ready");
  harness.run(apply({ version: 2, pod }));
  assert.deepEqual(pods(harness), ["n1 app:2", "n2 app:1"]);
});
