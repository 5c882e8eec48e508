/** StatefulSets in the corners of their rules, each worked out by hand from the real controller. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { controllerOf, type StatefulSet } from "../../../simulator/cluster/objects.ts";
import { act, type ClusterAction } from "../../../simulator/kubectl/act.ts";
import { doAct } from "../../../simulator/scenario/manual.ts";
import { createHarness, type Harness } from "../deployment/harness.ts";

const db = { kind: "StatefulSet", name: "db" } as const;
const data = {
  metadata: { name: "data" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
};
const container = { name: "app", image: "app:1" };
const templateOf = (image: string) => ({
  metadata: { labels: { app: "db" } },
  spec: { containers: [{ name: "app", image }] },
});

function statefulSet(spec: Readonly<Record<string, unknown>>): ClusterAction {
  return {
    do: "apply",
    object: {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "db" },
      spec: {
        serviceName: "db",
        selector: { matchLabels: { app: "db" } },
        template: templateOf("app:1"),
        ...spec,
      },
    },
  };
}

function barePod(name: string): ClusterAction {
  const metadata = { name, labels: { app: "db" } };
  return { do: "apply", object: { apiVersion: "v1", kind: "Pod", metadata, spec: { containers: [container] } } };
}

const image = (version: number): ClusterAction => ({
  do: "setImage",
  ...db,
  container: "app",
  image: `app:${version}`,
});

/** The pod ends with phase Failed; the controllers do not get to look yet. */
function fail({ cluster }: Harness, name: string): void {
  doAct(cluster, cluster.store.get("Pod", "default", name)!, { act: "fail", reason: "Evicted" });
}

/** What the controller did to pods since `from`: `SuccessfulCreate db-0`. */
const deedsOf = (harness: Harness, from = 0) =>
  harness.events
    .slice(from)
    .filter((one) => one.startsWith("StatefulSet/db ") && one.includes(" Pod db-") && !one.includes("Claim"))
    .map((one) => one.replace(/^StatefulSet.db (\w+): \w+ Pod (\S+) .*$/, "$1 $2"));

const statusOf = ({ cluster }: Harness): StatefulSet["status"] =>
  cluster.store.get("StatefulSet", "default", "db")!.status;
const names = ({ cluster }: Harness) => [...cluster.store.all("Pod")].map((pod) => pod.name).sort();
const claims = ({ cluster }: Harness) => [...cluster.store.all("PersistentVolumeClaim")].map((one) => one.name);

test("a claim that its old pod takes along holds the new pod back, until something makes the controller look again", () => {
  const harness = createHarness();
  const persistentVolumeClaimRetentionPolicy = { whenScaled: "Delete", whenDeleted: "Retain" };
  harness.run(statefulSet({ replicas: 2, persistentVolumeClaimRetentionPolicy, volumeClaimTemplates: [data] }));
  harness.pods("ready");
  harness.pods("ready");
  harness.run({ do: "scale", ...db, replicas: 1 });
  harness.run({ do: "scale", ...db, replicas: 2 });
  harness.pods("finished");
  assert.deepEqual(names(harness), ["db-0"]);
  assert.deepEqual(claims(harness), ["data-db-0"]);
  harness.cluster.advance(60_000);
  assert.deepEqual(names(harness), ["db-0"]);
  harness.pods("unready", 1);
  assert.deepEqual(names(harness), ["db-0"]);
  harness.pods("ready", 1);
  assert.deepEqual(names(harness), ["db-0", "db-1"]);
  assert.deepEqual(claims(harness), ["data-db-0", "data-db-1"]);
});

test("an adopted pod gets its labels, then a pod out of range goes, then the adopted one is replaced", () => {
  const harness = createHarness();
  for (const name of ["db-0", "db-4", "other-1"]) harness.run(barePod(name));
  harness.pods("ready");
  harness.run(statefulSet({ replicas: 1 }));
  assert.ok(harness.events.includes("StatefulSet/db SuccessfulUpdate: Update Pod db-0 in StatefulSet db successful"));
  const deleted = () =>
    harness.events.filter((one) => one.includes("SuccessfulDelete")).map((one) => one.split(" ")[4]);
  assert.deepEqual(deleted(), ["db-4"]);
  assert.equal(statusOf(harness).updatedReplicas, 0);
  harness.pods("finished");
  assert.deepEqual(deleted(), ["db-4", "db-0"]);
  harness.pods("finished");
  assert.deepEqual(names(harness), ["db-0", "other-1"]);
  assert.equal(statusOf(harness).updatedReplicas, 1);
});

test("an adopted pod without the volume of a claim gets the claim and stops the set until it is deleted", () => {
  const harness = createHarness();
  harness.run(statefulSet({ replicas: 2 }));
  harness.pods("ready");
  harness.pods("ready");
  harness.run({ do: "delete", ...db, cascade: "orphan" });
  harness.run(statefulSet({ replicas: 2, volumeClaimTemplates: [data] }));
  assert.deepEqual(claims(harness), ["data-db-0"]);
  const failed = harness.events.filter((one) => one.includes("FailedUpdate"));
  assert.match(failed[0]!, /Update Pod db-0 in StatefulSet db failed error: Pod "db-0" is invalid: spec: Forbidden/);
  harness.run({ do: "deletePod", pod: "db-0" });
  harness.pods("finished");
  harness.pods("ready");
  assert.deepEqual(claims(harness), ["data-db-0", "data-db-1"]);
});

test("with another first ordinal the new pods come first, then the old ones go from the top", () => {
  const harness = createHarness();
  harness.run(statefulSet({ replicas: 2 }));
  harness.pods("ready");
  harness.pods("ready");
  harness.run({ do: "patch", ...db, patch: { spec: { ordinals: { start: 1 } } } });
  assert.deepEqual(names(harness), ["db-0", "db-1", "db-2"]);
  assert.equal(harness.pods("finished"), 0);
  harness.pods("ready");
  harness.pods("finished");
  assert.deepEqual(names(harness), ["db-1", "db-2"]);
});

test("readiness is kept in whole seconds: a pod that got ready at 0.9 s is available 5 s after the full second", () => {
  const harness = createHarness();
  harness.run(statefulSet({ replicas: 2, minReadySeconds: 5 }));
  harness.cluster.advance(900);
  harness.pods("ready");
  harness.cluster.advance(4999);
  assert.deepEqual(names(harness), ["db-0"]);
  harness.cluster.advance(5000);
  assert.deepEqual(names(harness), ["db-0", "db-1"]);
});

test("the status counts nothing below zero while pods of a third revision are replaced", () => {
  const low: number[] = [];
  const harness = createHarness(({ object }) => {
    if (object.kind === "StatefulSet") low.push(object.status.currentReplicas);
  });
  harness.run(statefulSet({ replicas: 2 }));
  harness.pods("ready");
  harness.pods("ready");
  harness.run({ do: "delete", ...db, cascade: "orphan" });
  harness.run(statefulSet({ replicas: 2, minReadySeconds: 0, template: templateOf("app:2") }));
  harness.pods("finished");
  harness.pods("ready");
  assert.equal(Math.min(...low), 0);
  assert.equal(statusOf(harness).currentReplicas, 1);
});

test("a set that takes the place of another in the same instant keeps a revision of its own", () => {
  const harness = createHarness();
  harness.run(statefulSet({ replicas: 1 }));
  harness.pods("ready");
  act(harness.cluster, { do: "delete", ...db });
  harness.run(statefulSet({ replicas: 1 }));
  harness.pods("finished");
  harness.cluster.advance(60_000);
  const { store } = harness.cluster;
  const set = store.get("StatefulSet", "default", "db")!;
  const revision = store.get("ControllerRevision", "default", statusOf(harness).updateRevision);
  assert.equal(revision && controllerOf(revision)?.uid, set.uid);
  assert.deepEqual(names(harness), ["db-0"]);
});

test("a claim that somebody deleted fails the creation of its pod, which is tried again", () => {
  const harness = createHarness();
  const persistentVolumeClaimRetentionPolicy = { whenScaled: "Delete", whenDeleted: "Retain" };
  harness.run(statefulSet({ replicas: 1, persistentVolumeClaimRetentionPolicy, volumeClaimTemplates: [data] }));
  harness.pods("ready");
  harness.run({ do: "delete", kind: "PersistentVolumeClaim", name: "data-db-0" });
  harness.run({ do: "deletePod", pod: "db-0" });
  harness.pods("finished");
  const failed = "Create Pod db-0 in StatefulSet db failed error: pvc data-db-0 is being deleted";
  assert.ok(harness.events.includes(`StatefulSet/db FailedCreate: ${failed}`));
  harness.cluster.advance(1000);
  assert.deepEqual(names(harness), ["db-0"]);
  assert.deepEqual(claims(harness), ["data-db-0"]);
});

test("a Parallel set that cannot create a pod updates none, and subtracts none from currentReplicas", () => {
  const harness = createHarness();
  harness.run({
    do: "apply",
    object: {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "db-1" },
      spec: { containers: [container] },
    },
  });
  harness.run(statefulSet({ replicas: 3, podManagementPolicy: "Parallel" }));
  harness.pods("ready");
  harness.run(image(2));
  assert.deepEqual(deedsOf(harness), ["SuccessfulCreate db-0", "SuccessfulCreate db-2"]);
  const { replicas, currentReplicas, updatedReplicas } = statusOf(harness);
  assert.deepEqual(
    { replicas, currentReplicas, updatedReplicas },
    { replicas: 2, currentReplicas: 2, updatedReplicas: 0 },
  );
});

test("a new retention policy reaches the claims of pending pods of a Parallel set without an update of the pods", () => {
  const harness = createHarness();
  harness.run(statefulSet({ replicas: 2, podManagementPolicy: "Parallel", volumeClaimTemplates: [data] }));
  harness.pods("ready", 1);
  const from = harness.events.length;
  const persistentVolumeClaimRetentionPolicy = { whenScaled: "Retain", whenDeleted: "Delete" };
  harness.run({ do: "patch", ...db, patch: { spec: { persistentVolumeClaimRetentionPolicy } } });
  assert.deepEqual(deedsOf(harness, from), ["SuccessfulUpdate db-0"]);
  const owners = [...harness.cluster.store.all("PersistentVolumeClaim")].map((claim) => controllerOf(claim)?.name);
  assert.deepEqual(owners, ["db", "db"]);
});

test("the claim of a pod that waits for a node is not protected; the next look makes it again", () => {
  for (const podManagementPolicy of ["OrderedReady", "Parallel"]) {
    const harness = createHarness(undefined, 0);
    harness.run(statefulSet({ replicas: 1, podManagementPolicy, volumeClaimTemplates: [data] }));
    harness.run({ do: "scale", ...db, replicas: 2 });
    const before = claims(harness);
    harness.run({ do: "delete", kind: "PersistentVolumeClaim", name: "data-db-0" });
    assert.deepEqual(claims(harness), before.slice(1));
    harness.run({ do: "scale", ...db, replicas: 1 });
    assert.ok(claims(harness).includes("data-db-0"));
  }
});

test("an update that takes a failed pod, which a Parallel set has just deleted, finds it gone", () => {
  const harness = createHarness();
  const updateStrategy = { type: "RollingUpdate", rollingUpdate: { partition: 2 } };
  harness.run(statefulSet({ replicas: 2, podManagementPolicy: "Parallel", updateStrategy }));
  harness.pods("ready");
  harness.run(image(2));
  const from = harness.events.length;
  act(harness.cluster, {
    do: "patch",
    ...db,
    patch: { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } },
  });
  fail(harness, "db-1");
  harness.cluster.rest();
  assert.deepEqual(deedsOf(harness, from), ["SuccessfulDelete db-1", "FailedDelete db-1", "SuccessfulCreate db-1"]);
  assert.match(harness.events[from + 1]!, /failed error: pods "db-1" not found$/);
});

test("without a rollingUpdate block a Parallel set makes a lost pod from the old revision, and takes it in the same look", () => {
  for (const replicas of [1, 2]) {
    const harness = createHarness();
    harness.run(statefulSet({ replicas, podManagementPolicy: "Parallel", updateStrategy: { type: "RollingUpdate" } }));
    harness.pods("ready");
    const from = harness.events.length;
    const last = `db-${replicas - 1}`;
    fail(harness, last);
    act(harness.cluster, { do: "deletePod", pod: last });
    harness.run(image(2));
    const deeds = ["SuccessfulCreate", "SuccessfulDelete", "SuccessfulCreate"].map((deed) => `${deed} ${last}`);
    assert.deepEqual(deedsOf(harness, from), deeds);
    assert.equal(statusOf(harness).currentReplicas, replicas - 1);
    assert.equal(statusOf(harness).updatedReplicas, 1);
  }
});

test("a set that is being deleted does not count the pods that its selector no longer matches", () => {
  const harness = createHarness();
  harness.run(statefulSet({ replicas: 2, podManagementPolicy: "Parallel" }));
  harness.pods("ready");
  harness.run({ do: "delete", ...db, cascade: "foreground" });
  assert.equal(statusOf(harness).replicas, 2);
  doAct(harness.cluster, harness.cluster.store.get("Pod", "default", "db-0")!, { act: "patch", labels: { app: "x" } });
  harness.cluster.rest();
  assert.equal(statusOf(harness).replicas, 1);
});
