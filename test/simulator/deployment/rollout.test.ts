/** Rollouts as worked examples. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHarness, image, web, webDeployment } from "./harness.ts";

const ready = (replicas: number, more: Readonly<Record<string, unknown>> = {}) => {
  const harness = createHarness();
  harness.run(webDeployment({ replicas, ...more }));
  harness.pods("ready");
  return harness;
};

test("10 replicas at 25 %: three more at once, two fewer old ones, and five new ones in all", () => {
  const harness = ready(10);
  harness.run(image(2));
  assert.deepEqual(harness.sizes(), { "1": 8, "2": 5 });
  harness.pods("ready", 1);
  assert.deepEqual(harness.sizes(), { "1": 7, "2": 6 });
});

test("a version that never gets ready leaves the old one at its floor, and undo brings everything back", () => {
  const harness = ready(10);
  harness.run(image(2));
  assert.deepEqual(harness.sizes(), { "1": 8, "2": 5 });
  assert.equal(harness.run({ do: "undo", ...web }).output, "deployment.apps/web rolled back");
  assert.deepEqual(harness.sizes(), { "2": 0, "3": 10 });
});

test("changing image and replicas in one edit scales the old ReplicaSet first", () => {
  const harness = ready(10);
  harness.run({
    do: "patch",
    ...web,
    patch: { spec: { replicas: 15, template: { spec: { containers: [{ name: "app", image: "app:2" }] } } } },
  });
  const scaled = harness.events.filter((one) => one.includes("ScalingReplicaSet"));
  assert.match(scaled[1]!, /Scaled up replica set web-\w+ from 10 to 15/);
  assert.match(scaled[2]!, /Scaled up replica set web-\w+ from 0 to 4/);
});

test("going back and forth renumbers: revisions 1, 2, then 3 for the first template again", () => {
  const harness = ready(2);
  harness.run(image(2));
  harness.pods("ready");
  harness.pods("ready");
  harness.run(image(1));
  const [first] = harness.replicaSets();
  assert.equal(first?.annotations["deployment.kubernetes.io/revision"], "3");
  assert.equal(first?.annotations["deployment.kubernetes.io/revision-history"], "1");
});

test("changes made while paused become one revision", () => {
  const harness = ready(3);
  harness.run({ do: "pause", ...web });
  harness.run(image(2));
  harness.run(image(3));
  assert.deepEqual(harness.sizes(), { "1": 3 });
  harness.run({ do: "resume", ...web });
  assert.deepEqual(Object.keys(harness.sizes()), ["1", "2"]);
});

test("Recreate waits until the old pods are really gone", () => {
  const harness = ready(3, { strategy: { type: "Recreate" } });
  harness.run(image(2));
  assert.deepEqual(harness.sizes(), { "1": 0 });
  harness.pods("finished", 2);
  assert.deepEqual(harness.sizes(), { "1": 0 });
  harness.pods("finished");
  assert.deepEqual(harness.sizes(), { "1": 0, "2": 3 });
});

test("the deadline passes when nothing moves for that long", () => {
  const harness = ready(3, { progressDeadlineSeconds: 30 });
  harness.run(image(2));
  const reason = () => harness.deployment().status.conditions.find((one) => one.type === "Progressing")?.reason;
  harness.cluster.advance(29_000);
  assert.equal(reason(), "ReplicaSetUpdated");
  harness.cluster.advance(40_000);
  assert.equal(reason(), "ProgressDeadlineExceeded");
  harness.pods("ready", 1);
  assert.equal(reason(), "ReplicaSetUpdated");
});

test("actions on what is not there are refused with the field at fault", () => {
  const harness = createHarness();
  const { problem } = harness.run({ do: "scale", kind: "Deployment", name: "nope", replicas: 2 });
  assert.equal(problem?.code, "no-such-object");
  assert.equal(problem?.path, "name");
  assert.equal(harness.run({ do: "cordon", name: "n9" }).problem?.path, "name");
});

test("deleting: background takes the pods along, orphan leaves them", () => {
  const gone = ready(2);
  gone.run({ do: "delete", ...web });
  assert.equal(gone.cluster.store.count("ReplicaSet"), 0);
  gone.pods("finished");
  assert.equal(gone.cluster.store.count("Pod"), 0);

  const left = ready(2);
  left.run({ do: "delete", ...web, cascade: "orphan" });
  assert.equal(left.cluster.store.count("Deployment"), 0);
  assert.equal(left.cluster.store.count("Pod"), 2);
  left.run(webDeployment({ replicas: 2 }));
  assert.deepEqual(left.sizes(), { "1": 2 });
});

test("the same amount in another spelling is the same template", () => {
  const container = (cpu: string) => ({ name: "app", image: "app:1", resources: { requests: { cpu } } });
  const template = (cpu: string) => ({ metadata: { labels: { app: "web" } }, spec: { containers: [container(cpu)] } });
  const harness = ready(2, { template: template("1") });
  harness.run(webDeployment({ replicas: 2, template: template("1000m") }));
  assert.deepEqual(harness.sizes(), { "1": 2 });
  harness.run(webDeployment({ replicas: 2, template: template("1001m") }));
  assert.deepEqual(harness.sizes(), { "1": 2, "2": 1 });
});

const annotation = (name: string) => `deployment.kubernetes.io/${name}`;

test("a number with a plus sign tells no size, and a revision that is no number stops the copying of annotations", () => {
  const harness = ready(10);
  const [first] = harness.replicaSets();
  const annotate = (name: string, value: string) => {
    harness.cluster.store.update(first!, { annotations: { ...first!.annotations, [annotation(name)]: value } });
    harness.cluster.rest();
  };
  annotate("revision", "x");
  harness.run({ do: "patch", ...web, patch: { metadata: { annotations: { note: "new" } } } });
  assert.equal(first!.annotations["note"], undefined);
  annotate("revision", "1");
  annotate("desired-replicas", "+5");
  harness.run(image(2));
  assert.equal(first!.annotations["note"], "new");
  assert.deepEqual(harness.sizes(), { "1": 8, "2": 5 });
});

test("a paused Deployment scales an empty ReplicaSet up and in the same look deletes it as one too many", () => {
  const harness = ready(0, { revisionHistoryLimit: 0 });
  const template = { spec: { containers: [{ name: "app", image: "app:2" }] } };
  harness.run({ do: "patch", ...web, patch: { spec: { paused: true, replicas: 3, template } } });
  assert.match(harness.events.at(-1)!, /Scaled up replica set web-\w+ from 0 to 3/);
  assert.deepEqual(harness.replicaSets(), []);
});

test("a name that leaves no room for the hash is cut, the hash is not", () => {
  const harness = createHarness();
  const deployment = webDeployment({});
  assert.ok(deployment.do === "apply");
  const name = "a".repeat(250);
  harness.run({ do: "apply", object: { ...deployment.object, metadata: { name } } });
  const [only] = harness.replicaSets();
  const hash = only?.labels["pod-template-hash"] ?? "";
  assert.equal(only?.name, `${name.slice(0, 252 - hash.length)}-${hash}`);
});
