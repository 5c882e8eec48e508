/** Whose pods are a Job's: pods that lost its labels are let go, pods of nobody that have them are taken. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { controllerOf, isPodActive, type Job, type Pod } from "../../../simulator/cluster/objects.ts";
import { isTracked } from "../../../simulator/controllers/job/pods.ts";
import type { ClusterAction } from "../../../simulator/kubectl/act.ts";
import { doAct } from "../../../simulator/scenario/manual.ts";
import { createHarness, type Harness } from "../deployment/harness.ts";

const podSpec = { restartPolicy: "Never", containers: [{ name: "app", image: "app:1" }] };
const template = { metadata: { labels: { app: "work" } }, spec: podSpec };
const byHand = { manualSelector: true, selector: { matchLabels: { app: "work" } } };

function job(spec: Readonly<Record<string, unknown>>, name = "work"): ClusterAction {
  return {
    do: "apply",
    object: { apiVersion: "batch/v1", kind: "Job", metadata: { name }, spec: { template, ...spec } },
  };
}
function barePod(name: string, labels: Readonly<Record<string, string>>): ClusterAction {
  return { do: "apply", object: { apiVersion: "v1", kind: "Pod", metadata: { name, labels }, spec: podSpec } };
}

const jobOf = ({ cluster }: Harness, name = "work"): Job => cluster.store.get("Job", "default", name)!;
const podsOf = ({ cluster }: Harness): readonly Pod[] => [...cluster.store.all("Pod")];
const ownersOf = (harness: Harness) => podsOf(harness).map((pod) => controllerOf(pod)?.name ?? null);

function wait({ cluster }: Harness, seconds: number): void {
  cluster.advance(cluster.now() + seconds * 1000);
}

test("a pod whose labels no longer match is let go and replaced, without counting as failed", () => {
  const harness = createHarness();
  harness.run(job({ completions: 2, parallelism: 2 }));
  harness.pods("ready");
  const [pod] = podsOf(harness);
  doAct(harness.cluster, pod!, { act: "patch", labels: { "batch.kubernetes.io/controller-uid": null } });
  wait(harness, 2);
  assert.deepEqual(ownersOf(harness), [null, "work", "work"]);
  assert.equal(isTracked(pod!), false);
  const { active, ready, failed, terminating } = jobOf(harness).status;
  assert.deepEqual([active, ready, failed, terminating], [2, 1, 0, 0]);
});

test("a label that the selector does not ask for may change", () => {
  const harness = createHarness();
  harness.run(job({}));
  doAct(harness.cluster, podsOf(harness)[0]!, { act: "patch", labels: { app: "other", "job-name": null } });
  wait(harness, 2);
  assert.deepEqual(ownersOf(harness), ["work"]);
});

test("a selector written by hand takes pods that were there before, and those that come later", () => {
  const harness = createHarness();
  harness.run(barePod("first", { app: "work" }));
  harness.run(barePod("other", { app: "other" }));
  harness.run(job({ ...byHand, completions: 3, parallelism: 2 }));
  assert.deepEqual(ownersOf(harness), ["work", null, "work"]);
  const [first, , made] = podsOf(harness);
  assert.ok(isTracked(first!));
  assert.deepEqual(made?.labels, { app: "work" }, "labels that the server makes only for its own selector");
  harness.run(barePod("late", { app: "work" }));
  wait(harness, 2);
  // Three are one too many: the youngest goes.
  assert.equal(podsOf(harness).filter((pod) => isPodActive(pod) && controllerOf(pod)).length, 2);
});

test("an adopted pod that has ended already is counted", () => {
  const harness = createHarness();
  harness.run(barePod("first", { app: "work" }));
  harness.pods("ready");
  doAct(harness.cluster, podsOf(harness)[0]!, { act: "exit", code: 0 });
  harness.run(job({ ...byHand, completions: 1 }));
  wait(harness, 2);
  assert.deepEqual([jobOf(harness).status.succeeded, podsOf(harness).length], [1, 1]);
  assert.equal(isTracked(podsOf(harness)[0]!), false);
});

test("a pod that another controller has, or that is going, is not taken", () => {
  const harness = createHarness();
  harness.run(job({ ...byHand, completions: 1 }, "owner"));
  harness.run(barePod("going", { app: "work" }));
  harness.pods("ready");
  const going = podsOf(harness).find((pod) => pod.name === "going")!;
  assert.equal(controllerOf(going), undefined);
  doAct(harness.cluster, going, { act: "delete" });
  harness.run(job({ ...byHand, completions: 1 }));
  wait(harness, 2);
  assert.deepEqual(ownersOf(harness).sort(), [null, "owner", "work"].sort());
});

test("pods that are left behind by their Job lose its finalizer", () => {
  const harness = createHarness();
  harness.run(job({ completions: 2, parallelism: 2 }));
  harness.pods("ready");
  harness.run({ do: "delete", kind: "Job", name: "work", cascade: "orphan" });
  wait(harness, 2);
  assert.deepEqual(ownersOf(harness), [null, null]);
  assert.ok(!podsOf(harness).some(isTracked));
});
