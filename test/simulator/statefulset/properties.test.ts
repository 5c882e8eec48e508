/** StatefulSets under random deeds: their promises of order hold at every change. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { PodSpec } from "../../../simulator/api/objects.ts";
import type { Pod, StatefulSet } from "../../../simulator/cluster/objects.ts";
import { availableFrom } from "../../../simulator/controllers/readiness.ts";
import type { ClusterAction } from "../../../simulator/kubectl/act.ts";
import { runs } from "../../runs.ts";
import { createHarness, type Harness } from "../deployment/harness.ts";

const db = { kind: "StatefulSet", name: "db" } as const;

function statefulSet(spec: Readonly<Record<string, unknown>>): ClusterAction {
  const template = { metadata: { labels: { app: "db" } }, spec: { containers: [{ name: "app", image: "app:1" }] } };
  const claim = {
    metadata: { name: "data" },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  };
  return {
    do: "apply",
    object: {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "db" },
      spec: {
        serviceName: "db",
        selector: { matchLabels: { app: "db" } },
        template,
        volumeClaimTemplates: [claim],
        ...spec,
      },
    },
  };
}

const image = (version: number): ClusterAction => ({
  do: "setImage",
  ...db,
  container: "app",
  image: `app:${version}`,
});
const ordinalOf = (pod: Pod) => Number(pod.name.slice(3));
const podsOf = ({ cluster }: Harness) => [...cluster.store.all("Pod")].sort((a, b) => ordinalOf(a) - ordinalOf(b));
const setOf = ({ cluster }: Harness): StatefulSet => cluster.store.get("StatefulSet", "default", "db")!;
const ordinals = (harness: Harness) => podsOf(harness).map(ordinalOf);
const range = (start: number, count: number) => Array.from({ length: count }, (_, index) => start + index);

/** Pods get ready and terminating ones go, until nothing moves any more. */
function settle(harness: Harness): void {
  let still = 0;
  for (let round = 0; round < 200; round++) {
    still = harness.pods("finished", 1) + harness.pods("ready", 1) === 0 ? still + 1 : 0;
    if (still === 2) return;
    if (still === 1) harness.cluster.advance(harness.cluster.now() + 5000);
  }
  assert.fail("the set never settles");
}

type Deed =
  | { readonly do: "image"; readonly version: number }
  | { readonly do: "scale"; readonly replicas: number }
  | { readonly do: "ready" | "finished" | "unready" | "delete"; readonly count: number }
  | { readonly do: "wait"; readonly seconds: number };

const scale = fc.record({ do: fc.constant("scale" as const), replicas: fc.integer({ min: 0, max: 6 }) });
const grow = (names: readonly ("ready" | "finished" | "unready" | "delete")[]) =>
  fc.record({ do: fc.constantFrom(...names), count: fc.integer({ min: 1, max: 2 }) });
const wait = fc.record({ do: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 4 }) });
const newImage = fc.record({ do: fc.constant("image" as const), version: fc.integer({ min: 1, max: 3 }) });
const calm: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 2, arbitrary: scale },
  { weight: 5, arbitrary: grow(["ready", "finished"]) },
  wait,
);
const anything: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 2, arbitrary: scale },
  { weight: 6, arbitrary: grow(["ready", "finished"]) },
  { weight: 2, arbitrary: grow(["unready", "delete"]) },
  { weight: 2, arbitrary: newImage },
  wait,
);

function carryOut(harness: Harness, deed: Deed): void {
  switch (deed.do) {
    case "image":
      harness.run(image(deed.version));
      return;
    case "scale":
      harness.run({ do: "scale", ...db, replicas: deed.replicas });
      return;
    case "wait":
      harness.cluster.advance(harness.cluster.now() + deed.seconds * 1000);
      return;
    default:
      harness.pods(deed.do, deed.count);
  }
}

const spec = fc.record({
  replicas: fc.integer({ min: 0, max: 6 }),
  minReadySeconds: fc.constantFrom(0, 0, 3),
  ordinals: fc.record({ start: fc.constantFrom(0, 0, 2) }),
});

test("a pod is created only when all before it are running, ready and available; nothing is lost", () => {
  fc.assert(
    fc.property(spec, fc.array(anything, { maxLength: 30 }), (given, deeds) => {
      const harness = createHarness(({ type, object }, one) => {
        assert.ok(type !== "deleted" || object.kind !== "PersistentVolumeClaim", "a claim was lost");
        if (type !== "added" || object.kind !== "Pod") return;
        const { cluster } = one;
        const start = given.ordinals.start;
        for (const ordinal of range(start, ordinalOf(object) - start)) {
          const before = cluster.store.get("Pod", "default", `db-${ordinal}`);
          const good =
            before?.phase === "Running" &&
            before.deleted === null &&
            availableFrom(before, given.minReadySeconds, cluster.start) <= cluster.now();
          assert.ok(good, `${object.name} was created before db-${ordinal} was available`);
        }
      });
      harness.run(statefulSet(given));
      for (const deed of deeds) carryOut(harness, deed);
      settle(harness);
      const { spec, status } = setOf(harness);
      assert.deepEqual(ordinals(harness), range(given.ordinals.start, spec.replicas));
      assert.deepEqual([status.replicas, status.readyReplicas], [spec.replicas, spec.replicas]);
      assert.ok(podsOf(harness).every((pod) => pod.labels["controller-revision-hash"] === status.updateRevision));
      if (spec.replicas > 0) assert.equal(status.currentRevision, status.updateRevision);
    }),
    { numRuns: runs(100) },
  );
});

test("scaling keeps the ordinals contiguous and takes from the top, one at a time", () => {
  fc.assert(
    fc.property(spec, fc.array(calm, { maxLength: 30 }), (given, deeds) => {
      const harness = createHarness(({ type, object }, one) => {
        if (object.kind !== "Pod") return;
        assert.deepEqual(ordinals(one), range(given.ordinals.start, one.cluster.store.count("Pod")));
        if (type !== "modified" || object.deleted === null) return;
        const terminating = podsOf(one).filter((pod) => pod.deleted !== null);
        assert.deepEqual(terminating, podsOf(one).slice(-1), "the last pod goes, and only it");
      });
      harness.run(statefulSet(given));
      for (const deed of deeds) carryOut(harness, deed);
      settle(harness);
      assert.equal(harness.cluster.store.count("Pod"), setOf(harness).spec.replicas);
    }),
    { numRuns: runs(100) },
  );
});

test("a rolling update of a healthy set has at most one pod unavailable, and goes down from the top", () => {
  const moves = fc.array(fc.oneof(grow(["ready", "finished"]), wait, newImage), { maxLength: 30 });
  fc.assert(
    fc.property(spec, fc.constantFrom("OrderedReady", "Parallel"), moves, (given, podManagementPolicy, deeds) => {
      let rolling = false;
      const imageOf = (one: { readonly spec: PodSpec }) => one.spec.containers[0]?.image;
      const harness = createHarness(({ type, object }, one) => {
        if (!rolling) return;
        const healthy = podsOf(one).filter((pod) => pod.ready && pod.deleted === null).length;
        assert.ok(healthy >= given.replicas - 1, `${healthy} of ${given.replicas} pods are healthy`);
        if (object.kind !== "Pod" || type !== "modified" || object.deleted === null) return;
        const wanted = imageOf(setOf(one).spec.template);
        const above = podsOf(one).filter((pod) => ordinalOf(pod) > ordinalOf(object));
        assert.ok(above.every((pod) => pod.ready && imageOf(pod) === wanted));
      });
      harness.run(statefulSet({ ...given, podManagementPolicy }));
      settle(harness);
      rolling = true;
      for (const deed of deeds) {
        // Parallel sets do not wait for the pods below: another template in the middle of an update takes one more.
        const begins = podsOf(harness).every((pod) => pod.ready && pod.deleted === null);
        if (deed.do !== "image" || podManagementPolicy === "OrderedReady" || begins) carryOut(harness, deed);
      }
      settle(harness);
      assert.deepEqual(ordinals(harness), range(given.ordinals.start, given.replicas));
    }),
    { numRuns: runs(60) },
  );
});

test("pods below the partition keep the old revision, even when they are made anew", () => {
  const given = fc.record({ replicas: fc.integer({ min: 1, max: 6 }), partition: fc.integer({ min: 0, max: 7 }) });
  const hurt = fc.array(grow(["ready", "finished", "delete"]), { maxLength: 12 });
  fc.assert(
    fc.property(given, hurt, ({ replicas, partition }, deeds) => {
      let old = "";
      const harness = createHarness(({ type, object }) => {
        if (type !== "added" || object.kind !== "Pod" || old === "" || ordinalOf(object) >= partition) return;
        assert.equal(object.labels["controller-revision-hash"], old);
      });
      harness.run(statefulSet({ replicas, updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition } } }));
      settle(harness);
      old = setOf(harness).status.updateRevision;
      harness.run(image(2));
      for (const deed of deeds) carryOut(harness, deed);
      settle(harness);
      const images = podsOf(harness).map((pod) => pod.spec.containers[0]?.image);
      const below = Math.min(partition, replicas);
      assert.deepEqual(images, [...Array(below).fill("app:1"), ...Array(replicas - below).fill("app:2")]);
    }),
    { numRuns: runs(80) },
  );
});

test("Parallel makes and removes everything at once", () => {
  const harness = createHarness();
  harness.run(statefulSet({ replicas: 4, podManagementPolicy: "Parallel" }));
  assert.deepEqual(ordinals(harness), [0, 1, 2, 3]);
  settle(harness);
  harness.run({ do: "scale", ...db, replicas: 1 });
  const terminating = podsOf(harness).filter((pod) => pod.deleted !== null);
  assert.deepEqual(terminating.map(ordinalOf), [1, 2, 3]);
});

test("an update that never gets ready stays stuck after it is taken back, until its pod is deleted", () => {
  const harness = createHarness();
  harness.run(statefulSet({ replicas: 3 }));
  settle(harness);
  harness.run(image(2));
  harness.pods("finished");
  harness.run(image(1));
  const images = () => podsOf(harness).map((pod) => pod.spec.containers[0]?.image);
  assert.deepEqual(images(), ["app:1", "app:1", "app:2"]);
  harness.run({ do: "deletePod", pod: "db-2" });
  harness.pods("finished");
  assert.deepEqual(images(), ["app:1", "app:1", "app:1"]);
});

test("whenScaled Delete takes the claims of pods that went; whenDeleted Retain keeps the rest", () => {
  const harness = createHarness();
  const persistentVolumeClaimRetentionPolicy = { whenScaled: "Delete", whenDeleted: "Retain" };
  harness.run(statefulSet({ replicas: 3, persistentVolumeClaimRetentionPolicy }));
  settle(harness);
  const claims = () => [...harness.cluster.store.all("PersistentVolumeClaim")].map((one) => one.name);
  harness.run({ do: "scale", ...db, replicas: 2 });
  settle(harness);
  assert.deepEqual(claims(), ["data-db-0", "data-db-1"]);
  harness.run({ do: "delete", ...db });
  settle(harness);
  assert.equal(harness.cluster.store.count("Pod"), 0);
  assert.deepEqual(claims(), ["data-db-0", "data-db-1"]);
});
