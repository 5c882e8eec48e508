/** Manifests applied as kubectl does, and by the server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, patch } from "../../../simulator/apiserver/patch.ts";
import { get } from "../../../simulator/apiserver/read.ts";
import { putScale } from "../../../simulator/apiserver/subresources.ts";
import type { ApiObject, ApiServer } from "../../../simulator/apiserver/types.ts";
import * as kubectl from "../../../simulator/kubectl/apply.ts";
import { at, given, newServer, objects, refusal } from "./help.ts";

function deployment(rest: string): ApiObject {
  return objects(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  ${rest}
`)[0]!;
}
const image = (version: number) =>
  `template: {metadata: {labels: {app: web}}, spec: {containers: [{name: nginx, image: "nginx:${version}"}]}}`;
const web = at("deploy/web");
const say = (server: ApiServer, object: ApiObject) => kubectl.apply(server, object as never).output;
const replicasOf = (server: ApiServer) => (given(get(server, web))["spec"] as { replicas: number }).replicas;

test("what no text names stays as others set it", () => {
  const server = newServer();
  assert.equal(say(server, deployment(image(1))), "deployment.apps/web created");
  given(putScale(server, web, { spec: { replicas: 5 } }));
  assert.equal(say(server, deployment(image(2))), "deployment.apps/web configured");
  assert.equal(replicasOf(server), 5);
});

test("what the text before named and this one does not goes back to its default", () => {
  const server = newServer();
  say(server, deployment(`replicas: 3\n  ${image(1)}`));
  given(putScale(server, web, { spec: { replicas: 5 } }));
  say(server, deployment(image(1)));
  assert.equal(replicasOf(server), 1);
});

test("the same text changes nothing and says so", () => {
  const server = newServer();
  say(server, deployment(image(1)));
  const { resourceVersion } = given(get(server, web)).metadata;
  assert.equal(say(server, deployment(image(1))), "deployment.apps/web unchanged");
  assert.equal(given(get(server, web)).metadata.resourceVersion, resourceVersion);
});

test("a Pod, a Service, a claim and a ConfigMap that change are configured", () => {
  const server = newServer();
  const before = objects(`
{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: "a:1"}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {app: web}, ports: [{port: 80}]}}
---
{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {colour: blue, size: small}}
`);
  const after = objects(`
{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: "a:2"}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {app: other}, ports: [{port: 80}]}}
---
{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: d, labels: {tier: data}}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {colour: red}}
`);
  assert.deepEqual(
    [...before, ...after].map((object) => say(server, object)),
    [
      "pod/p created",
      "service/s created",
      "persistentvolumeclaim/d created",
      "configmap/m created",
      "pod/p configured",
      "service/s configured",
      "persistentvolumeclaim/d configured",
      "configmap/m configured",
    ],
  );
  const pod = given(get(server, at("pod/p"))) as never as { spec: { containers: { image: string }[] } };
  assert.equal(pod.spec.containers[0]!.image, "a:2");
  assert.deepEqual((given(get(server, at("svc/s")))["spec"] as { selector: object }).selector, { app: "other" });
  assert.deepEqual(given(get(server, at("cm/m")))["data"], { colour: "red" });
});

test("a text that is applied by the server conflicts with whoever set the field to something else", () => {
  const server = newServer();
  const text = deployment(`replicas: 3\n  ${image(1)}`);
  given(apply(server, web, text, { fieldManager: "kubectl" }));
  given(putScale(server, web, { spec: { replicas: 5 } }, { fieldManager: "autoscaler" }));
  const answer = apply(server, web, text, { fieldManager: "kubectl" });
  assert.equal(
    refusal(answer),
    '409 Apply failed with 1 conflict: conflict with "autoscaler" with subresource "scale": .spec.replicas',
  );
  assert.equal(replicasOf(server), 5);
  given(apply(server, web, text, { fieldManager: "kubectl", force: true }));
  assert.equal(replicasOf(server), 3);
});

test("what a manager applied and no longer names goes, what others set stays", () => {
  const server = newServer();
  given(apply(server, web, deployment(`paused: true\n  ${image(1)}`), { fieldManager: "kubectl" }));
  given(putScale(server, web, { spec: { replicas: 5 } }, { fieldManager: "autoscaler" }));
  const after = given(apply(server, web, deployment(image(1)), { fieldManager: "kubectl" })) as never as {
    spec: Record<string, unknown>;
  };
  assert.equal(after.spec["paused"], undefined);
  assert.equal(after.spec["replicas"], 5);
});

test("a field that the server does not know is refused, and says where it stands", () => {
  const { problem } = kubectl.apply(newServer(), deployment(`colour: blue\n  ${image(1)}`) as never);
  assert.deepEqual([problem?.code, problem?.path], ["unknown-field", "object.spec.colour"]);
});

const managersOf = ({ metadata }: ApiObject) =>
  ((metadata["managedFields"] ?? []) as readonly Readonly<Record<string, string>>[]).map(
    ({ manager, subresource = "" }) => `${manager} ${subresource}`.trim(),
  );

test("who applies what is there already owns it, too, and saying it once more changes nothing", () => {
  const server = newServer();
  const text = deployment(`replicas: 3\n  ${image(1)}`);
  for (const fieldManager of ["one", "other"]) given(apply(server, web, text, { fieldManager }));
  const both = given(get(server, web));
  assert.deepEqual(managersOf(both), ["one", "other"]);
  server.cluster.advance(server.cluster.now() + 5000);
  const { resourceVersion } = given(get(server, web)).metadata;
  given(apply(server, web, text, { fieldManager: "other" }));
  assert.equal(given(get(server, web)).metadata.resourceVersion, resourceVersion);
  const four = deployment(`replicas: 4\n  ${image(1)}`);
  assert.match(refusal(apply(server, web, four, { fieldManager: "other" })), /^409 .*conflict with "one"/);
});

test("who manages which field is the same whether it is read after every write or at the end", () => {
  const [read, unread] = [newServer(), newServer()];
  for (let version = 1; version <= 50; version++) {
    for (const server of [read, unread]) {
      say(server, deployment(image(version)));
      const labels = { [`at-${version % 3}`]: String(version) };
      const options = { fieldManager: `m${version % 7}` };
      given(patch(server, web, { metadata: { labels } }, "merge", { ...options, answer: "unmanaged" }));
    }
    given(get(read, web));
  }
  assert.deepEqual(given(get(unread, web)), given(get(read, web)));
  assert.ok(managersOf(given(get(unread, web))).length > 1);
});

test("who writes the status of a Service manages it", () => {
  const server = newServer();
  const service = at("services/s");
  say(server, objects("{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}]}}")[0]!);
  const status = { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } };
  given(patch(server, service, { status }, "merge", { fieldManager: "balancer" }, "status"));
  assert.deepEqual(managersOf(given(get(server, service))), ["kubectl-client-side-apply", "balancer status"]);
});
