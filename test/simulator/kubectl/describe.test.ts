/** Objects as `kubectl describe` shows them: manifests in, a time, the text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { create } from "../../../simulator/apiserver/create.ts";
import { recordEvents } from "../../../simulator/apiserver/event-recorder.ts";
import { get } from "../../../simulator/apiserver/read.ts";
import { answer } from "../../../simulator/apiserver/request.ts";
import type { ApiObject } from "../../../simulator/apiserver/types.ts";
import { describeText } from "../../../simulator/kubectl/describe/describe.ts";
import { titleOf } from "../../../simulator/kubectl/describe/generic.ts";
import { tabbed } from "../../../simulator/kubectl/describe/tabwriter.ts";
import { at, given, newServer, objects, wait } from "../apiserver/help.ts";

/** What is shown of `deploy/web` so many seconds after the manifests were applied. */
function described(path: string, manifests: string, seconds = 0): string {
  const server = newServer();
  recordEvents(server.cluster);
  for (const object of objects(manifests)) {
    const place = at(`${object.kind}/${object.metadata.name}`, object.metadata.namespace);
    given(create(server, place, object));
  }
  server.cluster.rest();
  wait(server, seconds);
  const place = at(path);
  const look = {
    kinds: server.kinds,
    now: server.start + server.cluster.now(),
    request: (request: Parameters<typeof answer>[1]) => answer(server, request),
  };
  return describeText(place.row, given(get(server, place)) as ApiObject, look, true);
}

test("a Deployment that waits for room says so in its conditions and names its ReplicaSet", () => {
  const manifest = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        ports: [{containerPort: 80, name: http}]
        resources: {requests: {cpu: "5000"}}
        readinessProbe: {httpGet: {path: ready, port: http}}
        env: [{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
`;
  assert.equal(
    described("deploy/web", manifest, 30),
    `Name:                   web
Namespace:              default
CreationTimestamp:      Mon, 05 Jan 2026 10:00:00 +0000
Labels:                 <none>
Annotations:            deployment.kubernetes.io/revision: 1
Selector:               app=web
Replicas:               1 desired | 1 updated | 1 total | 0 available | 1 unavailable
StrategyType:           RollingUpdate
MinReadySeconds:        0
RollingUpdateStrategy:  25% max unavailable, 25% max surge
Pod Template:
  Labels:  app=web
  Containers:
   nginx:
    Image:      nginx:1.27
    Port:       80/TCP (http)
    Host Port:  0/TCP (http)
    Requests:
      cpu:      5k
    Readiness:  http-get http://:http/ready delay=0s timeout=1s period=10s #success=1 #failure=3
    Environment:
      NODE:         (v1:spec.nodeName)
    Mounts:        <none>
  Volumes:         <none>
  Node-Selectors:  <none>
  Tolerations:     <none>
Conditions:
  Type           Status  Reason
  ----           ------  ------
  Available      False   MinimumReplicasUnavailable
  Progressing    True    ReplicaSetUpdated
OldReplicaSets:  <none>
NewReplicaSet:   web-7d7fbbc9cf (1/1 replicas created)
Events:
  Type    Reason             Age   From                   Message
  ----    ------             ----  ----                   -------
  Normal  ScalingReplicaSet  30s   deployment-controller  Scaled up replica set web-7d7fbbc9cf from 0 to 1
`.replaceAll("web-7d7fbbc9cf", newSet(manifest)),
  );
});

/** The name of the ReplicaSet: its end is made of the template. */
function newSet(manifest: string): string {
  return /NewReplicaSet: +(\S+)/.exec(described("deploy/web", manifest))?.[1] ?? "";
}

test("what the pods of a node ask for is added up beside what it has", () => {
  const manifest = `
apiVersion: v1
kind: Pod
metadata: {name: hungry}
spec:
  nodeName: worker-1
  containers: [{name: c, image: "c:1", resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {cpu: "1"}}}]
`;
  assert.match(
    described("node/worker-1", manifest, 5),
    /Non-terminated Pods: {10}\(1 in total\)\n.*\n.*\n {2}default +hungry +500m \(\d+%\) +1 \(\d+%\) +1Gi \(\d+%\) +0 \(0%\) +5s\n/,
  );
});

test("a ConfigMap that holds terminal escapes is shown with the escapes made visible", () => {
  const text = described(
    "cm/odd",
    String.raw`{apiVersion: v1, kind: ConfigMap, metadata: {name: odd}, data: {key: "\e[31mred\r\n"}}`,
  );
  assert.match(text, /key:\n----\n\^\[\[31mred\\r\n\n\n/);
});

test("an object of a kind that has no description of its own is shown field by field", () => {
  const manifest = `
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: gpu}
spec: {selectors: [{cel: {expression: "true"}}]}
`;
  assert.match(described("deviceclass/gpu", manifest), /^API Version: {2}resource.k8s.io\/v1\nKind: {9}DeviceClass\n/m);
  assert.match(described("deviceclass/gpu", manifest), /Spec:\n {2}Selectors:\n {4}Cel:\n {6}Expression: {2}true\n/);
});

test("the words of a field's name begin with capitals", () => {
  const titles = ["apiVersion", "uid", "podCIDRs", "hostIP", "creationTimestamp", "app.kubernetes.io/name"];
  assert.deepEqual(titles.map(titleOf), [
    "API Version",
    "UID",
    "Pod CIDRs",
    "Host IP",
    "Creation Timestamp",
    "app.kubernetes.io/name",
  ]);
});

test("a column ends with the first line that does not have it, and wide letters count as one", () => {
  assert.equal(tabbed("a\tb\tc\nlonger\td\nx\n한글\ty\n"), "a       b  c\nlonger  d\nx\n한글  y\n");
});
