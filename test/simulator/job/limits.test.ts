/** Jobs at the limits of their rules: odd annotations, ends in unexpected order, Jobs that end without having started. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Job, Pod } from "../../../simulator/cluster/objects.ts";
import { backoffDelay, failuresWith, recordFinished } from "../../../simulator/controllers/job/backoff.ts";
import { formatIndexes, parseIndexes } from "../../../simulator/controllers/job/indexes.ts";
import { completionIndex, failuresOfIndex } from "../../../simulator/controllers/job/pods.ts";
import { matchSuccessPolicy } from "../../../simulator/controllers/job/policies.ts";
import type { ClusterAction } from "../../../simulator/kubectl/act.ts";
import { canAct, doAct } from "../../../simulator/scenario/manual.ts";
import { createHarness, type Harness } from "../deployment/harness.ts";

const index = "batch.kubernetes.io/job-completion-index";

function job(spec: Readonly<Record<string, unknown>>, metadata = {}): ClusterAction {
  const template = { metadata, spec: { restartPolicy: "Never", containers: [{ name: "app", image: "app:1" }] } };
  return {
    do: "apply",
    object: { apiVersion: "batch/v1", kind: "Job", metadata: { name: "work" }, spec: { template, ...spec } },
  };
}
const patch = (spec: Readonly<Record<string, unknown>>): ClusterAction => ({
  do: "patch",
  kind: "Job",
  name: "work",
  patch: { spec },
});
const jobOf = ({ cluster }: Harness): Job => cluster.store.get("Job", "default", "work")!;
const podsOf = ({ cluster }: Harness): readonly Pod[] => [...cluster.store.all("Pod")];
const conditionsOf = (harness: Harness) => jobOf(harness).status.conditions.map(({ type }) => type);

function wait({ cluster }: Harness, seconds: number): void {
  cluster.advance(cluster.now() + seconds * 1000);
}
function exit(harness: Harness, code: number, which: (pod: Pod) => boolean = () => true): void {
  for (const pod of podsOf(harness)) {
    if (which(pod) && canAct(pod, "exit")) doAct(harness.cluster, pod, { act: "exit", code });
  }
}

test("the wait counts from the latest of the newly failed pods, even if an older failure was later", () => {
  assert.deepEqual(recordFinished({ failures: 1, lastFailure: 50_000 }, [], [20_000, 30_000]), {
    failures: 3,
    lastFailure: 30_000,
  });
});

test("the failures of an index are a number of 32 bits, and one that ran over waits as one failure does", () => {
  assert.equal(failuresWith(2_147_483_647, 0), -2_147_483_648);
  assert.equal(backoffDelay(failuresWith(2_147_483_647, 0)), 10_000);
  const annotations = { "batch.kubernetes.io/job-index-failure-count": "2147483647" };
  assert.equal(failuresOfIndex({ annotations } as unknown as Pod), -2_147_483_648);
});

test("indexes are read as Go reads numbers", () => {
  const read = (text: string) => formatIndexes(parseIndexes(text, 10));
  assert.equal(read("+1,99999999999999999999,3-99999999999999999999,5"), "1,5");
  assert.equal(read("1,2-99,4"), "1-9,4");
  const indexOf = (text: string) => completionIndex({ annotations: { [index]: text } } as unknown as Pod);
  assert.deepEqual(["+5", "007", "-1", "5x", "", "99999999999999999999"].map(indexOf), [5, 7, -1, -1, -1, -1]);
});

test("a success rule needs a success, and ranges that overlap count as they are walked", () => {
  const met = (rule: object, succeeded: string) => matchSuccessPolicy([rule], 10, parseIndexes(succeeded, 10)) !== null;
  assert.equal(met({ succeededCount: 0 }, ""), false);
  assert.equal(met({ succeededIndexes: "1-3", succeededCount: 2 }, "0,2-5"), true);
  assert.equal(met({ succeededIndexes: "1-3" }, "0,2-5"), false);
  assert.equal(met({ succeededIndexes: "5-3" }, "0-9"), false);
});

test("a pod whose index is beyond lowered completions neither counts nor delays", () => {
  const harness = createHarness();
  harness.run(job({ completionMode: "Indexed", completions: 3, parallelism: 3 }));
  harness.pods("ready");
  wait(harness, 3);
  // The pod fails in the same second in which its index goes.
  exit(harness, 1, (pod) => pod.annotations[index] === "2");
  harness.run(patch({ completions: 2, parallelism: 2 }));
  wait(harness, 2);
  const { active, failed, conditions } = jobOf(harness).status;
  assert.deepEqual([active, failed, conditions], [2, 0, []]);
  assert.ok(podsOf(harness).every((pod) => pod.annotations[index] !== "2" || pod.finalizers.length === 0));
});

test("a Job that was created suspended and has nothing to do ends when it is resumed", () => {
  const harness = createHarness();
  harness.run(job({ suspend: true, completions: 0 }));
  wait(harness, 5);
  assert.deepEqual(conditionsOf(harness), ["SuccessCriteriaMet"]);
  harness.run(patch({ suspend: false }));
  wait(harness, 2);
  assert.deepEqual(conditionsOf(harness), ["SuccessCriteriaMet", "Complete"]);
});

test("adopted pods may make more successes than were asked for", () => {
  const harness = createHarness();
  const metadata = { labels: { app: "work" } };
  for (const name of ["a", "b"]) {
    const spec = { restartPolicy: "Never", containers: [{ name: "app", image: "app:1" }] };
    harness.run({ do: "apply", object: { apiVersion: "v1", kind: "Pod", metadata: { name, ...metadata }, spec } });
  }
  harness.pods("ready");
  exit(harness, 0);
  harness.run(job({ manualSelector: true, selector: { matchLabels: { app: "work" } }, completions: 1 }, metadata));
  wait(harness, 2);
  assert.equal(jobOf(harness).status.succeeded, 2);
  const ofJob = harness.events.filter((event) => event.startsWith("Job/"));
  assert.deepEqual(ofJob, [
    "Job/work TooManySucceededPods: Too many succeeded pods running after completion count reached",
    "Job/work Completed: Job completed",
  ]);
});

test("a pod that was deleted before it was bound has failed at that moment", () => {
  const harness = createHarness(undefined, 0);
  harness.run(job({}));
  wait(harness, 60);
  harness.pods("delete");
  wait(harness, 9);
  assert.equal(podsOf(harness).length, 0);
  wait(harness, 3);
  assert.equal(podsOf(harness).length, 1);
});

test("a status that the server refuses is tried again after 1 s, 2 s, 4 s …, which may come before a pod's own second", () => {
  const harness = createHarness();
  harness.run(job({ completions: 5, parallelism: 2 }));
  harness.pods("ready");
  harness.pods("delete", 1);
  // Refused at 1 s, as the other pod is ready while none is said to be active; then at 2, 4 and 8 s.
  wait(harness, 7.4);
  assert.equal(jobOf(harness).status.failed, 0);
  harness.pods("delete", 1);
  wait(harness, 0.5);
  assert.equal(jobOf(harness).status.failed, 0);
  wait(harness, 0.2);
  assert.equal(jobOf(harness).status.failed, 2);
});
