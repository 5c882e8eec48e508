/** Namespaces of a server that speaks for a whole cluster. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { wholeCluster } from "../../../simulator/apiserver/admission/chain.ts";
import { create } from "../../../simulator/apiserver/create.ts";
import { remove } from "../../../simulator/apiserver/delete.ts";
import { furnishCluster } from "../../../simulator/apiserver/namespaces.ts";
import { get, list } from "../../../simulator/apiserver/read.ts";
import { createApiServer } from "../../../simulator/apiserver/server.ts";
import type { ApiServer } from "../../../simulator/apiserver/types.ts";
import { at, given, newCluster, objects, refusal, wait } from "./help.ts";

function wholeServer(): ApiServer {
  const server = createApiServer(newCluster(), { admission: wholeCluster });
  furnishCluster(server);
  return server;
}

const [shop, deployment, pod] = objects(`
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: nginx, image: "nginx:1.27"}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {serviceAccountName: robot, containers: [{name: c, image: "i:1"}]}}
`);

test("every cluster has its namespaces, each with a service account", () => {
  const server = wholeServer();
  assert.deepEqual(
    given(list(server, at("ns"))).items.map((one) => one.metadata.name),
    ["default", "kube-node-lease", "kube-public", "kube-system"],
  );
  assert.equal(given(get(server, at("sa/default", "kube-system"))).metadata.namespace, "kube-system");
});

test("an object in a namespace that is not there is refused", () => {
  const server = wholeServer();
  assert.equal(refusal(create(server, at("deploy/", "shop"), deployment)), '404 namespaces "shop" not found');
  given(create(server, at("ns/"), shop));
  given(create(server, at("deploy/", "shop"), deployment));
});

test("a pod of a service account that is not there is refused until somebody makes it", () => {
  const server = wholeServer();
  assert.equal(
    refusal(create(server, at("pods/"), pod)),
    '403 pods "p" is forbidden: error looking up service account default/robot: serviceaccount "robot" not found',
  );
  given(create(server, at("sa/"), { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "robot" } }));
  given(create(server, at("pods/"), pod));
});

test("a namespace takes everything with it, and lets nothing in while it goes", () => {
  const server = wholeServer();
  given(create(server, at("ns/"), shop));
  given(create(server, at("deploy/", "shop"), deployment));
  wait(server, 30);
  const going = given(remove(server, at("ns/shop"))) as never as { status: { phase: string } };
  assert.equal(going.status.phase, "Terminating");
  assert.match(
    refusal(create(server, at("cm/", "shop"), { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "late" } })),
    /^403 configmaps "late" is forbidden: unable to create new content in namespace shop because it is being terminated$/,
  );
  wait(server, 60);
  assert.equal(refusal(get(server, at("ns/shop"))), '404 namespaces "shop" not found');
  assert.equal(given(list(server, at("pods", ""))).items.filter((one) => one.metadata.namespace === "shop").length, 0);
});
