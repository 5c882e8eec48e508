/** Jobs under random deeds: what they promise about counts, indexes and their end holds at every change. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Cluster } from "../../../simulator/cluster/cluster.ts";
import { isPodActive, type Job, type Pod } from "../../../simulator/cluster/objects.ts";
import { hasFailed, isTracked } from "../../../simulator/controllers/job/pods.ts";
import type { ClusterAction } from "../../../simulator/kubectl/act.ts";
import { canAct, doAct } from "../../../simulator/scenario/manual.ts";
import { runs } from "../../runs.ts";
import { createHarness, type Harness } from "../deployment/harness.ts";

const work = { kind: "Job", name: "work" } as const;

function job(spec: Readonly<Record<string, unknown>>, restartPolicy = "Never"): ClusterAction {
  return {
    do: "apply",
    object: {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "work" },
      spec: { ...spec, template: { spec: { restartPolicy, containers: [{ name: "app", image: "app:1" }] } } },
    },
  };
}

const patch = (spec: Readonly<Record<string, unknown>>): ClusterAction => ({ do: "patch", ...work, patch: { spec } });
const jobOf = ({ store }: Cluster): Job => store.get("Job", "default", "work")!;
const podsOf = ({ store }: Cluster): readonly Pod[] => [...store.all("Pod")];
const activeOf = (cluster: Cluster) => podsOf(cluster).filter(isPodActive);
const indexOf = (pod: Pod) => pod.annotations["batch.kubernetes.io/job-completion-index"] ?? "";
const ends = (one: Job) =>
  one.status.conditions.filter(({ type, status }) => (type === "Complete" || type === "Failed") && status === "True");

function wait({ cluster }: Harness, seconds: number): void {
  cluster.advance(cluster.now() + seconds * 1000);
}

/** The first `count` running pods end with the code, together. */
function exit({ cluster }: Harness, code: number, count = Number.POSITIVE_INFINITY): number {
  const pods = podsOf(cluster)
    .filter((pod) => canAct(pod, "exit") && pod.phase === "Running")
    .slice(0, count);
  for (const pod of pods) doAct(cluster, pod, { act: "exit", code });
  cluster.rest();
  return pods.length;
}

/** Everything that runs succeeds until the Job has ended and nothing is left to be done. */
function finish(harness: Harness): void {
  for (let round = 0; round < 100; round++) {
    harness.pods("ready");
    exit(harness, 0);
    harness.pods("finished");
    wait(harness, 700);
    const rest = podsOf(harness.cluster).some((pod) => isPodActive(pod) || pod.deleted !== null);
    if (ends(jobOf(harness.cluster)).length > 0 && !rest) return;
  }
  assert.fail("the Job never ends");
}

type Deed =
  | { readonly do: "ready" | "finished" | "delete"; readonly count: number }
  | { readonly do: "exit"; readonly code: number; readonly count: number }
  | { readonly do: "suspend"; readonly on: boolean }
  | { readonly do: "parallelism"; readonly value: number }
  | { readonly do: "wait"; readonly seconds: number };

const count = fc.integer({ min: 1, max: 3 });
const running = fc.record({ do: fc.constantFrom("ready" as const, "finished" as const), count });
const exits = fc.record({ do: fc.constant("exit" as const), code: fc.constantFrom(0, 0, 1, 42), count });
const time = fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(1, 2, 5, 30) });
const calm: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: running },
  { weight: 4, arbitrary: exits },
  { weight: 3, arbitrary: time },
);
const anything: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: calm },
  fc.record({ do: fc.constant("suspend" as const), on: fc.boolean() }),
  fc.record({ do: fc.constant("parallelism" as const), value: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ do: fc.constant("delete" as const), count }),
);

function carryOut(harness: Harness, deed: Deed): void {
  switch (deed.do) {
    case "exit":
      exit(harness, deed.code, deed.count);
      return;
    case "suspend":
      harness.run(patch({ suspend: deed.on }));
      return;
    case "parallelism":
      harness.run(patch({ parallelism: deed.value }));
      return;
    case "wait":
      wait(harness, deed.seconds);
      return;
    default:
      harness.pods(deed.do, deed.count);
  }
}

const common = {
  parallelism: fc.integer({ min: 1, max: 4 }),
  backoffLimit: fc.integer({ min: 0, max: 4 }),
  podReplacementPolicy: fc.constantFrom("TerminatingOrFailed", "Failed"),
};
const plain = fc.record({ ...common, completions: fc.integer({ min: 1, max: 6 }) });
const queue = fc.record(common);
const indexed = fc.record(
  {
    ...common,
    completions: fc.integer({ min: 1, max: 6 }),
    completionMode: fc.constant("Indexed"),
    backoffLimitPerIndex: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: ["parallelism", "podReplacementPolicy", "completions", "completionMode"] },
);
const spec = fc.oneof(plain, queue, indexed) as fc.Arbitrary<Readonly<Record<string, unknown>>>;

test("never more pods than parallelism and completions allow, one per index, and one end", () => {
  fc.assert(
    fc.property(spec, fc.array(anything, { maxLength: 30 }), (given, deeds) => {
      const succeeded = new Set<string>();
      let ended: string | undefined;
      const harness = createHarness(({ type, object }, { cluster }) => {
        const live = jobOf(cluster);
        if (object.kind === "Pod") {
          if (object.phase === "Succeeded") succeeded.add(object.uid);
          const indexes = activeOf(cluster).map(indexOf);
          if (given["completionMode"]) assert.equal(new Set(indexes).size, indexes.length, "an index runs twice");
          if (type !== "added") return;
          assert.equal(ended, undefined, "a pod was made after the end");
          assert.ok(indexes.length <= (live.spec.parallelism ?? 1), `${indexes.length} pods run`);
          const { completions = Number.POSITIVE_INFINITY } = live.spec;
          assert.ok(succeeded.size + indexes.length <= completions, "more pods than completions");
        } else if (object.kind === "Job") {
          const { status } = object;
          const [end, second] = ends(object);
          assert.equal(second, undefined, "two ends");
          if (ended !== undefined) assert.equal(end?.type, ended, "the end changed");
          ended = end?.type;
          assert.ok(status.ready <= status.active);
          assert.ok(status.succeeded + status.uncountedSucceeded.length <= succeeded.size);
          if (end) assert.equal(status.active, 0);
        }
      });
      harness.run(job(given));
      for (const deed of deeds) carryOut(harness, deed);
      harness.run(patch({ suspend: false, parallelism: 3 }));
      finish(harness);
      const { status } = jobOf(harness.cluster);
      assert.equal(ends(jobOf(harness.cluster)).length, 1);
      assert.deepEqual([...status.uncountedSucceeded, ...status.uncountedFailed], []);
      assert.ok(!podsOf(harness.cluster).some(isTracked), "a finalizer is left");
      assert.equal(ended === "Complete", status.completionTime !== null);
    }),
    { numRuns: runs(150) },
  );
});

test("every pod that ends is counted exactly once", () => {
  fc.assert(
    fc.property(spec, fc.array(calm, { maxLength: 25 }), (given, deeds) => {
      const succeeded = new Set<string>();
      const failed = new Set<string>();
      const harness = createHarness(({ object }, { cluster }) => {
        if (object.kind !== "Pod" || !isTracked(object)) return;
        if (object.phase === "Succeeded") succeeded.add(object.uid);
        // Pods that are stopped because the Job has failed count as failed as well, even while they terminate.
        else if (object.deleted !== null || hasFailed(jobOf(cluster), object)) failed.add(object.uid);
      });
      harness.run(job(given));
      for (const deed of deeds) carryOut(harness, deed);
      finish(harness);
      const { status } = jobOf(harness.cluster);
      assert.deepEqual([status.succeeded, status.failed], [succeeded.size, failed.size]);
    }),
    { numRuns: runs(150) },
  );
});

test("while suspended nothing runs, and the clock of the deadline stands still", () => {
  const harness = createHarness();
  harness.run(job({ completions: 3, parallelism: 3, activeDeadlineSeconds: 60 }));
  harness.pods("ready");
  wait(harness, 50);
  harness.run(patch({ suspend: true }));
  assert.equal(activeOf(harness.cluster).length, 0);
  harness.pods("finished");
  wait(harness, 500);
  const suspended = jobOf(harness.cluster).status;
  assert.equal(suspended.startTime, null);
  assert.deepEqual(
    suspended.conditions.map((one) => [one.type, one.status]),
    [["Suspended", "True"]],
  );
  harness.run(patch({ suspend: false }));
  assert.equal(activeOf(harness.cluster).length, 3);
  wait(harness, 59);
  assert.equal(activeOf(harness.cluster).length, 3);
  wait(harness, 2);
  harness.pods("finished");
  wait(harness, 2);
  const [end] = ends(jobOf(harness.cluster));
  assert.deepEqual([end?.type, end?.reason], ["Failed", "DeadlineExceeded"]);
});

test("failed pods are replaced after 10 s, 20 s, 40 s … of back-off, until the limit is passed", () => {
  const made: number[] = [];
  const harness = createHarness(({ type, object }, { cluster }) => {
    if (type === "added" && object.kind === "Pod") made.push(cluster.now() / 1000);
  });
  harness.run(job({ backoffLimit: 4 }));
  for (let second = 0; second < 400; second++) {
    harness.pods("ready");
    exit(harness, 1);
    wait(harness, 1);
  }
  const waits = made.slice(1).map((at, index) => at - made[index]!);
  assert.deepEqual(waits, [10, 20, 40, 80]);
  const { status } = jobOf(harness.cluster);
  assert.equal(status.failed, 5);
  assert.deepEqual(
    ends(jobOf(harness.cluster)).map((one) => [one.type, one.reason]),
    [["Failed", "BackoffLimitExceeded"]],
  );
});

test("a finished Job goes when its time to live is over, and takes its pods along", () => {
  const harness = createHarness();
  harness.run(job({ ttlSecondsAfterFinished: 30 }));
  harness.pods("ready");
  exit(harness, 0);
  wait(harness, 20);
  assert.equal(ends(jobOf(harness.cluster)).length, 1);
  wait(harness, 15);
  assert.deepEqual([harness.cluster.store.count("Job"), harness.cluster.store.count("Pod")], [0, 0]);
});

test("a failure policy ends the Job, ignores, or gives up one index", () => {
  const policy = (action: string, code: number) => ({
    podFailurePolicy: { rules: [{ action, onExitCodes: { operator: "In", values: [code] } }] },
  });
  const failing = createHarness();
  failing.run(job({ completions: 2, parallelism: 2, ...policy("FailJob", 42) }));
  failing.pods("ready");
  exit(failing, 42, 1);
  wait(failing, 2);
  failing.pods("finished");
  wait(failing, 2);
  assert.equal(ends(jobOf(failing.cluster))[0]?.reason, "PodFailurePolicy");

  const ignoring = createHarness();
  ignoring.run(job({ backoffLimit: 0, ...policy("Ignore", 42) }));
  ignoring.pods("ready");
  exit(ignoring, 42);
  wait(ignoring, 60);
  assert.equal(activeOf(ignoring.cluster).length, 1);
  assert.equal(jobOf(ignoring.cluster).status.failed, 0);

  const index = { completions: 2, parallelism: 2, completionMode: "Indexed", backoffLimitPerIndex: 3 };
  const giving = createHarness();
  giving.run(job({ ...index, ...policy("FailIndex", 42) }));
  giving.pods("ready");
  exit(giving, 42, 1);
  finish(giving);
  const { completedIndexes, failedIndexes, conditions } = jobOf(giving.cluster).status;
  assert.deepEqual([completedIndexes, failedIndexes], ["1", "0"]);
  assert.equal(conditions.find((one) => one.type === "Failed")?.reason, "FailedIndexes");
});

test("a success policy is met before all indexes are through", () => {
  const harness = createHarness();
  const successPolicy = { rules: [{ succeededIndexes: "1-2", succeededCount: 1 }] };
  harness.run(job({ completions: 4, parallelism: 4, completionMode: "Indexed", successPolicy }));
  harness.pods("ready");
  const second = podsOf(harness.cluster).find((pod) => indexOf(pod) === "1")!;
  doAct(harness.cluster, second, { act: "exit", code: 0 });
  wait(harness, 2);
  assert.equal(activeOf(harness.cluster).length, 0);
  harness.pods("finished");
  wait(harness, 2);
  const { succeeded, failed } = jobOf(harness.cluster).status;
  assert.deepEqual([succeeded, failed, ends(jobOf(harness.cluster))[0]?.type], [1, 0, "Complete"]);
});

test("indexes beyond lowered completions do not count any more", () => {
  const harness = createHarness();
  harness.run(job({ completions: 3, parallelism: 3, completionMode: "Indexed" }));
  harness.pods("ready");
  const last = podsOf(harness.cluster).find((pod) => indexOf(pod) === "2")!;
  doAct(harness.cluster, last, { act: "exit", code: 0 });
  wait(harness, 2);
  assert.equal(jobOf(harness.cluster).status.completedIndexes, "2");
  harness.run(patch({ completions: 2, parallelism: 2 }));
  const { status } = jobOf(harness.cluster);
  assert.deepEqual([status.succeeded, status.completedIndexes, status.active], [0, "", 2]);
  finish(harness);
  assert.equal(jobOf(harness.cluster).status.completedIndexes, "0,1");
});
