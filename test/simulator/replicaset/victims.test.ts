/** Which pods go first, and what is counted of those that go. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ReplicaSet } from "../../../simulator/cluster/objects.ts";
import { type Candidate, chooseVictims, compareVictims } from "../../../simulator/controllers/replicaset/victims.ts";
import { doAct } from "../../../simulator/scenario/manual.ts";
import { runs } from "../../runs.ts";
import { createHarness } from "../deployment/harness.ts";

const now = 100_000;
const candidate = fc.record({
  node: fc.constantFrom("", "n1", "n2"),
  phase: fc.constantFrom("Pending" as const, "Running" as const, "Running" as const),
  ready: fc.boolean(),
  // 90 to 92 s are of one power of two of the age.
  readyTime: fc.constantFrom(null, 50_000, 90_000, 91_000, 92_000, 99_000),
  created: fc.constantFrom(null, 10_000, 90_000),
  cost: fc.constantFrom(0, 0, -5, 7),
  rank: fc.constantFrom(1, 2),
  restarts: fc.constantFrom(0, 0, 3),
  sidecarRestarts: fc.constantFrom(0, 0, 1),
});

/** Ready times that differ within a power of two are a matter of chance, equal ones are not: the order may go in a circle. */
function goesInCircles(candidates: readonly Candidate[]): boolean {
  const before = (a: Candidate, b: Candidate) => compareVictims(a, b, now) < 0;
  return candidates.some((a) =>
    candidates.some((b) => before(a, b) && candidates.some((c) => before(b, c) && before(c, a))),
  );
}

test("few victims of many are the first of the full order, wherever there is one", () => {
  const group = fc.array(candidate, { minLength: 2, maxLength: 20 });
  const order = fc.infiniteStream(fc.integer({ min: 0, max: 9999 }));
  fc.assert(
    fc.property(group, order, fc.nat(20), (given, numbers, wanted) => {
      const pods = given.map((one, index) => ({ ...one, uid: `${numbers.next().value}-${index}` }));
      fc.pre(!goesInCircles(pods));
      const count = Math.min(wanted, pods.length);
      const sorted = [...pods].sort((a, b) => compareVictims(a, b, now)).slice(0, count);
      const names = (some: readonly Candidate[]) => some.map((one) => one.uid).sort();
      assert.deepEqual(names(chooseVictims(pods, count, now)), names(sorted));
    }),
    { numRuns: runs(300) },
  );
});

test("a terminating pod whose labels no longer match is not counted as terminating", () => {
  const harness = createHarness();
  const { store } = harness.cluster;
  harness.run({
    do: "apply",
    object: {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { name: "web" },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: "web" } },
        template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "app", image: "app:1" }] } },
      },
    },
  });
  harness.pods("ready");
  harness.run({ do: "scale", kind: "ReplicaSet", name: "web", replicas: 0 });
  const status = (): ReplicaSet["status"] => store.get("ReplicaSet", "default", "web")!.status;
  assert.equal(status().terminatingReplicas, 2);
  const [pod] = [...store.all("Pod")];
  doAct(harness.cluster, pod!, { act: "patch", labels: { app: "other" } });
  harness.cluster.rest();
  assert.equal(status().terminatingReplicas, 1);
});
