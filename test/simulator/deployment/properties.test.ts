/** What holds at every change of every rollout, whatever a person does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { resolveFenceposts } from "../../../simulator/api/int-or-percent.ts";
import { controllerOf, type Deployment } from "../../../simulator/cluster/objects.ts";
import { runs } from "../../runs.ts";
import { countPods, createHarness, type Harness, image, web, webDeployment } from "./harness.ts";

type Deed =
  | { readonly do: "image"; readonly version: number }
  | { readonly do: "scale"; readonly replicas: number }
  | { readonly do: "pause" | "resume" | "undo" | "restart" | "finish" }
  | { readonly do: "ready"; readonly count: number }
  | { readonly do: "wait"; readonly seconds: number };

const bound = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`),
);

const spec = fc
  .record({
    replicas: fc.integer({ min: 0, max: 12 }),
    maxSurge: bound,
    maxUnavailable: bound,
    minReadySeconds: fc.constantFrom(0, 0, 0, 3),
    revisionHistoryLimit: fc.integer({ min: 0, max: 3 }),
  })
  .filter(
    ({ maxSurge, maxUnavailable }) => Number.parseInt(`${maxSurge}`, 10) + Number.parseInt(`${maxUnavailable}`, 10) > 0,
  );

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("image" as const), version: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("scale" as const), replicas: fc.integer({ min: 0, max: 12 }) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("ready" as const), count: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom("pause", "resume", "undo", "restart", "finish") }) },
) as fc.Arbitrary<Deed>;

function carryOut(harness: Harness, one: Deed): void {
  switch (one.do) {
    case "image":
      harness.run(image(one.version));
      return;
    case "scale":
      harness.run({ do: "scale", ...web, replicas: one.replicas });
      return;
    case "ready":
      harness.pods("ready", one.count);
      return;
    case "finish":
      harness.pods("finished");
      return;
    case "wait":
      harness.cluster.advance(harness.cluster.now() + one.seconds * 1000);
      return;
    default:
      harness.run({ do: one.do, ...web });
  }
}

function bounds({ spec }: Deployment): { readonly ceiling: number; readonly floor: number } {
  const { maxSurge, maxUnavailable } = spec.strategy.rollingUpdate ?? {};
  const posts = resolveFenceposts(maxSurge ?? null, maxUnavailable ?? null, spec.replicas);
  assert.ok(!("error" in posts));
  return {
    ceiling: spec.replicas > 0 ? spec.replicas + posts.surge : 0,
    floor: spec.replicas - Math.min(posts.unavailable, spec.replicas),
  };
}

test("a rolling update keeps between its floor and its ceiling at every change", () => {
  fc.assert(
    fc.property(spec, fc.array(deed, { minLength: 1, maxLength: 25 }), (given, deeds) => {
      const { maxSurge, maxUnavailable, ...rest } = given;
      let ceiling = Number.POSITIVE_INFINITY;
      let floor = 0;
      const harness = createHarness((change, { cluster }) => {
        const { active, ready } = countPods(cluster);
        assert.ok(active <= ceiling, `${active} pods, at most ${ceiling} may exist (${change.object.kind})`);
        assert.ok(ready >= floor, `${ready} ready pods, at least ${floor} have to be (${change.object.kind})`);
        for (const pod of cluster.store.all("Pod")) {
          const owner = controllerOf(pod);
          // A terminating pod may outlive its ReplicaSet, which the history limit takes.
          if (pod.deleted !== null) continue;
          assert.ok(owner && (cluster.store.byUid(owner.uid) || change.type === "deleted"), "a pod lost its owner");
        }
      });
      harness.run(
        webDeployment({ ...rest, strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } } }),
      );
      for (const one of deeds) {
        const { active } = countPods(harness.cluster);
        const { availableReplicas } = harness.deployment().status;
        const now = bounds(harness.deployment());
        if (one.do === "scale") {
          // Scaling takes its share from every ReplicaSet: what is above the new ceiling goes, ready or not.
          const surge = active + 2 * one.replicas + 12;
          ceiling = Math.max(active, surge);
          floor = 0;
        } else {
          ceiling = Math.max(active, now.ceiling);
          floor = Math.min(availableReplicas, now.floor);
        }
        carryOut(harness, one);
      }
      ceiling = Number.POSITIVE_INFINITY;
      floor = 0;
      harness.run({ do: "resume", ...web });
      settle(harness);
      const deployment = harness.deployment();
      assert.deepEqual(countPods(harness.cluster), {
        active: deployment.spec.replicas,
        ready: deployment.spec.replicas,
      });
      const { updatedReplicas, availableReplicas, replicas } = deployment.status;
      assert.deepEqual([updatedReplicas, availableReplicas, replicas], Array(3).fill(deployment.spec.replicas));
      assert.equal(deployment.status.observedGeneration, deployment.generation);
      const old = harness.replicaSets().filter((one) => one.spec.replicas === 0);
      assert.ok(old.length <= (given.revisionHistoryLimit ?? 10) + 1, "the history limit holds");
      const running = harness.replicaSets().filter((one) => one.spec.replicas > 0);
      assert.ok(running.length <= 1, "only one ReplicaSet is left with pods");
    }),
    { numRuns: runs(150) },
  );
});

/** Everything becomes ready, everything that terminates goes, until nothing moves any more. */
function settle(harness: Harness): void {
  let still = 0;
  for (let round = 0; round < 200; round++) {
    still = harness.pods("ready") + harness.pods("finished") === 0 ? still + 1 : 0;
    // Twice: what became available during the wait may have set off more.
    if (still === 2) return;
    harness.cluster.advance(harness.cluster.now() + 4000);
  }
  assert.fail("the rollout never settles");
}

test("revision numbers are unique and the highest belongs to the running template", () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 20 }), (deeds) => {
      const harness = createHarness();
      harness.run(webDeployment({ replicas: 3 }));
      for (const one of deeds) carryOut(harness, one);
      harness.run({ do: "resume", ...web });
      settle(harness);
      const revisions = harness
        .replicaSets()
        .map((one) => Number(one.annotations["deployment.kubernetes.io/revision"]));
      assert.equal(new Set(revisions).size, revisions.length);
      const shown = Number(harness.deployment().annotations["deployment.kubernetes.io/revision"]);
      assert.equal(shown, Math.max(...revisions));
    }),
    { numRuns: runs(100) },
  );
});

test("the same deeds give the same run", () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 12 }), (deeds) => {
      const run = () => {
        const harness = createHarness();
        harness.run(webDeployment({ replicas: 4 }));
        for (const one of deeds) carryOut(harness, one);
        return harness.events;
      };
      assert.deepEqual(run(), run());
    }),
    { numRuns: runs(40) },
  );
});
