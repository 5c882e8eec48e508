/** What becomes of new pods, whoever makes them: through the door and of a controller alike. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../simulator/api/json.ts";
import { create } from "../../../simulator/apiserver/create.ts";
import { remove } from "../../../simulator/apiserver/delete.ts";
import { patch } from "../../../simulator/apiserver/patch.ts";
import { list } from "../../../simulator/apiserver/read.ts";
import { bind } from "../../../simulator/apiserver/subresources.ts";
import type { ApiObject, ApiServer } from "../../../simulator/apiserver/types.ts";
import { at, given, newServer, objects, refusal, wait } from "./help.ts";

const classes = objects(`
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: usual}
value: 7
globalDefault: true
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: gold}
value: 100
preemptionPolicy: Never
---
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: boxed}
handler: boxed
overhead: {podFixed: {cpu: 250m}}
scheduling:
  nodeSelector: {kubernetes.io/hostname: worker-2}
  tolerations: [{key: boxed, operator: Exists}]
`);

/** A server with the classes, and the spec in a Pod and in a ReplicaSet's template. */
function withPods(spec: string): { readonly server: ApiServer; readonly bare: string } {
  const server = newServer();
  for (const one of classes) given(create(server, at(`${one.kind}/${one.metadata.name}`), one));
  const [pod, set] = objects(`
apiVersion: v1
kind: Pod
metadata: {name: bare}
spec: {${spec} containers: [{name: app, image: "app:1"}]}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {${spec} containers: [{name: app, image: "app:1"}]}
`);
  const bare = refusal(create(server, at("pod/bare"), pod));
  given(create(server, at("rs/web"), set));
  wait(server, 30);
  return { server, bare };
}

const podsIn = (server: ApiServer): readonly ApiObject[] =>
  given(list(server, { ...at("pod"), namespace: "default" })).items;
const specsOf = (server: ApiServer) => podsIn(server).map((pod) => pod["spec"] as JsonObject);

/** The first thing that the ReplicaSet told of. */
function told({ store }: ApiServer): string {
  for (const one of store.all("ReplicaSet"))
    for (const { message } of one.status.conditions) return message.replace(/"web-[^"]*"/, '"web-"');
  return "";
}

test("a pod that names no class gets the default one, whoever makes it", () => {
  const { server } = withPods("");
  assert.deepEqual(
    specsOf(server).map((spec) => [spec["priorityClassName"], spec["priority"], spec["preemptionPolicy"]]),
    [
      ["usual", 7, "PreemptLowerPriority"],
      ["usual", 7, "PreemptLowerPriority"],
    ],
  );
});

test("a class that is not there keeps the pods of a controller out in the words that a person gets", () => {
  const { server, bare } = withPods("priorityClassName: nope,");
  const why = "is forbidden: no PriorityClass with name nope was found";
  assert.equal(bare, `403 pods "bare" ${why}`);
  assert.deepEqual([podsIn(server), told(server)], [[], `pods "web-" ${why}`]);
});

test("a template with a priority that is not that of its class makes no pods", () => {
  const { server, bare } = withPods("priorityClassName: gold, priority: 5,");
  const why =
    "is forbidden: the integer value of priority (5) must not be provided in pod spec; " +
    "priority admission controller computed 100 from the given PriorityClass name";
  assert.deepEqual([bare, told(server)], [`403 pods "bare" ${why}`, `pods "web-" ${why}`]);
});

test("a runtime class adds its overhead and keeps its pods to its nodes", () => {
  const { server } = withPods("runtimeClassName: boxed,");
  assert.deepEqual(
    specsOf(server).map((spec) => [spec["overhead"], spec["nodeSelector"], spec["nodeName"]]),
    Array(2).fill([{ cpu: "250m" }, { "kubernetes.io/hostname": "worker-2" }, "worker-2"]),
  );
  const keys = (spec: JsonObject) => (spec["tolerations"] as JsonObject[]).map((one) => one["key"]);
  for (const spec of specsOf(server)) {
    assert.deepEqual(keys(spec), ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable", "boxed"]);
  }
});

test("a pod that contradicts its runtime class is not made", () => {
  const { server, bare } = withPods("runtimeClassName: boxed, nodeSelector: {kubernetes.io/hostname: worker-1},");
  const why =
    "is forbidden: conflict: runtimeClass.scheduling.nodeSelector[kubernetes.io/hostname] = worker-2; " +
    "pod.spec.nodeSelector[kubernetes.io/hostname] = worker-1";
  assert.deepEqual([bare, told(server)], [`403 pods "bare" ${why}`, `pods "web-" ${why}`]);
  assert.equal(
    withPods("runtimeClassName: none,").bare,
    '403 pods "bare" is forbidden: pod rejected: RuntimeClass "none" not found',
  );
  assert.equal(
    withPods("runtimeClassName: boxed, overhead: {cpu: 1},").bare,
    `403 pods "bare" is forbidden: pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead`,
  );
});

test("a pod is labelled with zone of its node when it is bound, by whomever, and when it is made for a node", () => {
  const zone = "topology.kubernetes.io/zone";
  const zoneOf = (pod: ApiObject) => pod.metadata.labels?.[zone];
  const scheduled = withPods("nodeSelector: {kubernetes.io/hostname: worker-2},").server;
  assert.deepEqual(podsIn(scheduled).map(zoneOf), ["zone-b", "zone-b"]);
  const named = withPods("nodeName: worker-3,").server;
  assert.deepEqual(podsIn(named).map(zoneOf), ["zone-c", "zone-c"]);
  const own = withPods("schedulerName: own,").server;
  given(bind(own, at("pod/bare"), { target: { name: "worker-1" } }));
  assert.deepEqual(podsIn(own).map(zoneOf), ["zone-a", undefined]);
});

test("a pod keeps the owners that it is made with, and is prepared once", () => {
  const server = newServer();
  const [pod] = objects(`
apiVersion: v1
kind: Pod
metadata:
  name: bare
  labels: {app: web}
  ownerReferences: [{apiVersion: example.com/v1, kind: Ship, name: one, uid: 00000000-0000-0000-0000-000000000001}]
spec:
  containers: [{name: app, image: "app:1"}]
  topologySpreadConstraints:
  - {topologyKey: zone, maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, labelSelector: {}, matchLabelKeys: [app]}
`);
  const { metadata, spec } = given(create(server, at("pod/bare"), pod)) as ApiObject & { readonly spec: JsonObject };
  assert.equal((metadata["ownerReferences"] as JsonObject[])[0]?.["name"], "one");
  const [constraint] = spec["topologySpreadConstraints"] as JsonObject[];
  assert.deepEqual(constraint?.["labelSelector"], {
    matchExpressions: [{ key: "app", operator: "In", values: ["web"] }],
  });
});

test("what a resized pod no longer takes is there for others, and no more than that", () => {
  const server = newServer();
  const asking = (cpu: number) => `containers: [{name: app, image: "app:1", resources: {requests: {cpu: "${cpu}"}}}]`;
  const make = (name: string, cpu: number) => {
    const [pod] = objects(`
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec: {nodeSelector: {kubernetes.io/hostname: worker-1}, ${asking(cpu)}}
`);
    given(create(server, at(`pod/${name}`), pod));
    wait(server, 30);
  };
  const nodes = () => podsIn(server).map((pod) => (pod["spec"] as JsonObject)["nodeName"]);
  make("a", 3);
  make("b", 2);
  assert.deepEqual(nodes(), ["worker-1", undefined]);
  const place = at("pod/a");
  const smaller = { spec: { containers: [{ name: "app", resources: { requests: { cpu: "2" } } }] } };
  given(patch(server, place, smaller, "strategic", {}, "resize"));
  wait(server, 60);
  assert.deepEqual(nodes(), ["worker-1", "worker-1"]);
  make("c", 1);
  given(remove(server, place));
  wait(server, 60);
  make("d", 1);
  make("e", 1);
  assert.deepEqual(nodes(), ["worker-1", "worker-1", "worker-1", undefined]);
});
