/** What kubectl answers where the server or the order of its checks decides. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClusterAction } from "../../simulator/kubectl/act.ts";
import { createHarness, type Harness, image, web, webDeployment } from "./deployment/harness.ts";

const outputOf = (harness: Harness, action: ClusterAction) => harness.run(action).output;

function job(spec: Readonly<Record<string, unknown>>): ClusterAction {
  const template = { spec: { restartPolicy: "Never", containers: [{ name: "app", image: "app:1" }] } };
  const object = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "work" }, spec: { template, ...spec } };
  return { do: "apply", object };
}

test("undo of a paused Deployment looks for the revision first", () => {
  const harness = createHarness();
  harness.run(webDeployment({}));
  harness.run({ do: "pause", ...web });
  assert.equal(outputOf(harness, { do: "undo", ...web }), 'error: no rollout history found for deployment "web"');
  assert.equal(
    outputOf(harness, { do: "undo", ...web, toRevision: 1 }),
    "error: you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
  );
});

test("undo does not count a ReplicaSet whose revision is no number", () => {
  const harness = createHarness();
  harness.run(webDeployment({ replicas: 0 }));
  harness.run(image(2));
  const [first] = harness.replicaSets();
  const annotations = { ...first!.annotations, "deployment.kubernetes.io/revision": "one" };
  harness.cluster.store.update(first!, { annotations });
  assert.equal(outputOf(harness, { do: "undo", ...web }), 'error: no rollout history found for deployment "web"');
});

test("a second restart within a second changes nothing and says so", () => {
  const harness = createHarness();
  harness.run(webDeployment({}));
  assert.equal(outputOf(harness, { do: "restart", ...web }), "deployment.apps/web restarted");
  assert.match(
    outputOf(harness, { do: "restart", ...web }) ?? "",
    /^error: failed to create patch for web: if restart /,
  );
  harness.cluster.advance(1000);
  assert.equal(outputOf(harness, { do: "restart", ...web }), "deployment.apps/web restarted");
});

test("the image of a Job cannot be changed", () => {
  const harness = createHarness();
  harness.run(job({}));
  const { problem } = harness.run({ do: "setImage", kind: "Job", name: "work", container: "app", image: "app:2" });
  assert.deepEqual([problem?.code, problem?.path], ["immutable-part", "image"]);
  assert.equal(harness.cluster.store.get("Job", "default", "work")!.spec.template.spec.containers[0]!.image, "app:1");
});

test("drained pods are disrupted pods: a failure policy may leave them out", () => {
  const onPodConditions = [{ type: "DisruptionTarget" }];
  const harness = createHarness(undefined, 1);
  harness.run(job({ backoffLimit: 0, podFailurePolicy: { rules: [{ action: "Ignore", onPodConditions }] } }));
  harness.pods("ready");
  harness.run({ do: "drain", name: "n1" });
  harness.pods("finished");
  harness.cluster.advance(2000);
  const { failed, conditions } = harness.cluster.store.get("Job", "default", "work")!.status;
  assert.deepEqual([failed, conditions], [0, []]);
});

test("a pod that was never bound is not disrupted when it is deleted", () => {
  const onPodConditions = [{ type: "DisruptionTarget" }];
  const harness = createHarness(undefined, 0);
  harness.run(job({ backoffLimit: 0, podFailurePolicy: { rules: [{ action: "Ignore", onPodConditions }] } }));
  harness.pods("delete");
  harness.cluster.advance(2000);
  const { failed, conditions } = harness.cluster.store.get("Job", "default", "work")!.status;
  assert.deepEqual([failed, conditions.at(-1)?.reason], [1, "BackoffLimitExceeded"]);
});
