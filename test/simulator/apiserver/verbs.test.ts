/** What the server answers to requests. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { create } from "../../../simulator/apiserver/create.ts";
import { remove, removeAll } from "../../../simulator/apiserver/delete.ts";
import { evict } from "../../../simulator/apiserver/eviction.ts";
import { log } from "../../../simulator/apiserver/log.ts";
import { patch } from "../../../simulator/apiserver/patch.ts";
import { get, list } from "../../../simulator/apiserver/read.ts";
import { bind, getScale, putScale } from "../../../simulator/apiserver/subresources.ts";
import type { ApiServer } from "../../../simulator/apiserver/types.ts";
import { update } from "../../../simulator/apiserver/update.ts";
import { at, given, newServer, objects, refusal, wait } from "./help.ts";

const [deployment] = objects(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: nginx, image: "nginx:1.27"}]}}
`);
const web = at("deploy/web");

function withWeb(): ApiServer {
  const server = newServer();
  given(create(server, web, deployment));
  wait(server, 30);
  return server;
}

test("what is not there is not found", () => {
  const server = newServer();
  assert.equal(refusal(get(server, web)), '404 deployments.apps "web" not found');
  assert.equal(refusal(update(server, web, deployment)), '404 deployments.apps "web" not found');
  assert.equal(refusal(remove(server, at("cm/settings"))), '404 configmaps "settings" not found');
});

test("a name is taken only once", () => {
  assert.equal(refusal(create(withWeb(), web, deployment)), '409 deployments.apps "web" already exists');
});

test("defaults are filled in, and the controllers follow", () => {
  const server = withWeb();
  const object = given(get(server, web)) as never as { spec: Record<string, unknown>; status: Record<string, unknown> };
  assert.equal(object.spec["progressDeadlineSeconds"], 600);
  assert.equal(object.status["availableReplicas"], 2);
});

test("an object that is invalid is refused with each cause", () => {
  const answer = create(newServer(), web, {
    ...deployment,
    spec: { ...(deployment!["spec"] as object), replicas: -1 },
  });
  assert.equal(
    refusal(answer),
    '422 Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
  );
  assert.ok(!answer.ok);
  assert.deepEqual(answer.status.details, {
    name: "web",
    group: "apps",
    kind: "Deployment",
    causes: [
      {
        reason: "FieldValueInvalid",
        message: "Invalid value: -1: must be greater than or equal to 0",
        field: "spec.replicas",
      },
    ],
  });
});

test("an unknown field is refused, warned of or passed over, as the request wants it", () => {
  const odd = { ...deployment, spec: { ...(deployment!["spec"] as object), colour: "blue" } };
  const strict = create(newServer(), web, odd, { fieldValidation: "Strict" });
  assert.equal(
    refusal(strict),
    '400 Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.colour"',
  );
  const warned = create(newServer(), web, odd);
  assert.ok(warned.ok);
  assert.deepEqual(
    warned.warnings.map((one) => one.path),
    ["spec.colour"],
  );
  const ignored = create(newServer(), web, odd, { fieldValidation: "Ignore" });
  assert.ok(ignored.ok);
  assert.deepEqual(ignored.warnings, []);
  assert.equal((ignored.object["spec"] as Record<string, unknown>)["colour"], undefined);
});

test("a dry run judges and stores nothing", () => {
  const server = newServer();
  const object = given(create(server, web, deployment, { dryRun: true }));
  assert.equal(object.metadata.name, "web");
  assert.equal(refusal(get(server, web)), '404 deployments.apps "web" not found');
});

test("a name is generated where only its beginning is given", () => {
  const server = newServer();
  const [one, two] = [1, 2].map(() =>
    given(create(server, at("cm/"), { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "a-" } })),
  );
  assert.match(one!.metadata.name, /^a-[b-z2-9]{5}$/);
  assert.notEqual(one!.metadata.name, two!.metadata.name);
});

test("an update of an older version is a conflict", () => {
  const server = withWeb();
  const read = given(get(server, web));
  given(patch(server, web, { metadata: { labels: { tier: "front" } } }, "strategic"));
  assert.equal(
    refusal(update(server, web, read)),
    '409 Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
  );
});

test("only what differs is written, and the generation counts changes of what is wanted", () => {
  const server = withWeb();
  const before = given(get(server, web));
  assert.equal(given(update(server, web, before)).metadata.resourceVersion, before.metadata.resourceVersion);
  const labelled = given(patch(server, web, { metadata: { labels: { tier: "front" } } }, "merge"));
  assert.equal(labelled.metadata.generation, before.metadata.generation);
  const paused = given(patch(server, web, [{ op: "add", path: "/spec/paused", value: true }], "json"));
  assert.equal(paused.metadata.generation, before.metadata.generation! + 1);
});

test("a selector that changes is refused", () => {
  const spec = { selector: { matchLabels: { app: "other" } }, template: { metadata: { labels: { app: "other" } } } };
  assert.match(refusal(patch(withWeb(), web, { spec }, "strategic")), /^422 .*spec\.selector: .*field is immutable$/);
});

test("the status is changed only by its own request, and that changes nothing else", () => {
  const server = withWeb();
  const before = given(get(server, web));
  const odd = { ...before, spec: { ...(before["spec"] as object), replicas: 9 }, status: { replicas: 7 } };
  const status = given(update(server, web, odd, {}, "status"));
  assert.equal((status["spec"] as Record<string, unknown>)["replicas"], 2);
  assert.equal((status["status"] as Record<string, unknown>)["replicas"], 7);
  const spec = given(update(server, web, { ...given(get(server, web)), spec: odd.spec, status: {} }));
  assert.equal((spec["spec"] as Record<string, unknown>)["replicas"], 9);
  assert.equal((spec["status"] as Record<string, unknown>)["replicas"], 7);
});

test("scale reads and sets the number of pods", () => {
  const server = withWeb();
  const scale = given(getScale(server, web)) as never as { spec: object; status: object };
  assert.deepEqual([scale.spec, scale.status], [{ replicas: 2 }, { replicas: 2, selector: "app=web" }]);
  given(putScale(server, web, { spec: { replicas: 4 } }));
  wait(server, 30);
  assert.equal(given(list(server, at("pods"))).items.length, 4);
  assert.equal(
    refusal(putScale(server, web, { spec: { replicas: -1 } })),
    '422 Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
  );
});

test("lists are narrowed by labels and fields and given in pages", () => {
  const server = withWeb();
  const pods = at("pods");
  const all = given(list(server, pods)).items.map((one) => one.metadata.name);
  assert.deepEqual(all, [...all].sort());
  assert.equal(given(list(server, pods, { labelSelector: "app=web,!tier" })).items.length, 2);
  assert.equal(given(list(server, pods, { fieldSelector: "status.phase!=Running" })).items.length, 0);
  assert.equal(given(list(server, pods, { fieldSelector: `metadata.name=${all[0]}` })).items.length, 1);
  assert.match(
    refusal(list(server, pods, { fieldSelector: "spec.colour=blue" })),
    /field label not supported: spec.colour/,
  );
  const first = given(list(server, pods, { limit: 1 }));
  assert.equal(first.metadata.remainingItemCount, 1);
  const second = given(list(server, pods, { limit: 1, continue: first.metadata.continue! }));
  assert.deepEqual(
    [...first.items, ...second.items].map((one) => one.metadata.name),
    all,
  );
  assert.equal(second.metadata.continue, undefined);
});

test("a pod is given its grace period, a shorter one when asked, and none by force", () => {
  const server = withWeb();
  const [one, two] = given(list(server, at("pods"))).items.map((pod) => at(`pods/${pod.metadata.name}`));
  const first = given(remove(server, one!)) as never as { metadata: Record<string, unknown> };
  assert.equal(first.metadata["deletionGracePeriodSeconds"], 30);
  const sooner = given(remove(server, one!, { gracePeriodSeconds: 5 })) as typeof first;
  assert.equal(sooner.metadata["deletionGracePeriodSeconds"], 5);
  const gone = given(remove(server, two!, { gracePeriodSeconds: 0 }));
  assert.equal((gone as { status?: unknown }).status, "Success");
});

test("a deletion may name whom it means", () => {
  const server = withWeb();
  const { uid } = given(get(server, web)).metadata;
  assert.match(refusal(remove(server, web, { preconditions: { uid: "other" } })), /^409 .*UID in precondition: other/);
  given(remove(server, web, { preconditions: { uid: uid! }, propagation: "foreground" }));
  assert.ok(given(get(server, web)).metadata["deletionTimestamp"]);
});

test("a whole kind can be deleted at once", () => {
  const server = withWeb();
  assert.equal(given(removeAll(server, at("deploy"), {})).items.length, 1);
  wait(server, 60);
  assert.equal(given(list(server, at("pods"))).items.length, 0);
});

test("an eviction notes on the pod why it goes", () => {
  const server = withWeb();
  const [pod] = given(list(server, at("pods"))).items;
  const place = at(`pods/${pod!.metadata.name}`);
  assert.equal(given(evict(server, place)).code, 201);
  const { status } = given(get(server, place)) as never as {
    status: { conditions: { type: string; reason?: string }[] };
  };
  assert.equal(status.conditions.find((one) => one.type === "DisruptionTarget")?.reason, "EvictionByEvictionAPI");
});

test("a pod is bound once", () => {
  const server = newServer();
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p" },
    spec: { containers: [{ name: "c", image: "i" }] },
  };
  given(create(server, at("pods/p"), pod));
  given(bind(server, at("pods/p"), { target: { name: "worker-2" } }));
  assert.match(
    refusal(bind(server, at("pods/p"), { target: { name: "worker-1" } })),
    /already assigned to node "worker-2"/,
  );
});

test("a log says what became of the container", () => {
  const server = withWeb();
  const [pod] = given(list(server, at("pods"))).items;
  assert.deepEqual(given(log(server, at(`pods/${pod!.metadata.name}`))), ["nginx started"]);
  assert.match(
    refusal(log(server, at(`pods/${pod!.metadata.name}`), { container: "x" })),
    /container x is not valid for pod/,
  );
});

test("a Service gets an address and ports of nodes, and keeps them", () => {
  const server = newServer();
  const [service] = objects(
    "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: NodePort, selector: {a: b}, ports: [{port: 80}]}}",
  );
  const made = given(create(server, at("svc/"), service)) as never as { spec: { clusterIP: string; ports: object[] } };
  assert.match(made.spec.clusterIP, /^10\.96\./);
  const port = (made.spec.ports[0] as { nodePort: number }).nodePort;
  assert.ok(port >= 30_000 && port < 32_768);
  const labelled = given(
    patch(server, at("svc/s"), { metadata: { labels: { a: "b" } } }, "merge"),
  ) as never as typeof made;
  assert.deepEqual(labelled.spec, made.spec);
});
