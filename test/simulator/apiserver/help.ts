/** A whole cluster with its door, for tests. */
import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { servedKinds } from "../../../simulator/api/kind-rules.ts";
import { createApiServer } from "../../../simulator/apiserver/server.ts";
import type { Answer, ApiObject, ApiServer, Place } from "../../../simulator/apiserver/types.ts";
import { type Cluster, createCluster } from "../../../simulator/cluster/cluster.ts";
import { newNode } from "../../../simulator/cluster/initial.ts";
import { controlPlane } from "../../../simulator/controllers/registry.ts";
import { createNodeSide } from "../../../simulator/nodes/node-side.ts";
import { createScheduler } from "../../../simulator/nodes/scheduler/scheduler.ts";
import { volumeBinder } from "../../../simulator/nodes/volumes/binder.ts";
import { defaultNodes, defaultStart, defaultTimings } from "../../../simulator/scenario/defaults.ts";
import type { Fault } from "../../../simulator/scenario/scenario.ts";

/** The default cluster at its beginning. */
export function newCluster(seed = 1, faults: readonly Fault[] = []): Cluster {
  const nodeSide = createNodeSide({ timings: defaultTimings, faults });
  const cluster = createCluster({
    seed,
    start: defaultStart,
    controllers: [
      ...controlPlane(),
      volumeBinder,
      createScheduler({ delay: defaultTimings.schedule }),
      nodeSide.kubelet.factory,
    ],
  });
  for (const node of defaultNodes) cluster.store.create<"Node">(newNode(node));
  cluster.rest();
  return cluster;
}

export function newServer(cluster: Cluster = newCluster()): ApiServer {
  return createApiServer(cluster);
}

/** `deploy/web` in the default namespace. */
export function at(path: string, namespace = "default"): Place {
  const [resource = "", name = ""] = path.split("/");
  const row = servedKinds.resource(resource);
  assert.ok(row, resource);
  return { row, namespace: row.namespaced ? namespace : "", name };
}

/** The objects of a YAML text. */
export function objects(text: string): readonly ApiObject[] {
  return parseAllDocuments(text).map((document) => document.toJS() as ApiObject);
}

/** What was given; fails with the message of a refusal. */
export function given<T>(answer: Answer<T>): T {
  if (!answer.ok) assert.fail(answer.status.message ?? answer.status.reason);
  return answer.object;
}

/** `422 Deployment.apps "web" is invalid: …` */
export function refusal<T>(answer: Answer<T>): string {
  return answer.ok ? "" : `${answer.status.code} ${answer.status.message}`;
}

/** Lets so many seconds pass. */
export function wait({ cluster }: ApiServer, seconds: number): void {
  cluster.advance(cluster.now() + seconds * 1000);
}

export const workloads = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers: [{name: prepare, image: busybox:1.36}]
      containers:
      - name: nginx
        image: nginx:1.27
        readinessProbe: {httpGet: {path: /, port: 80}}
        resources: {requests: {cpu: 100m}, limits: {memory: 64Mi}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: mysql, image: mysql:8, volumeMounts: [{name: data, mountPath: /data}]}]}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: c, image: "agent:1"}]}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  completions: 3
  parallelism: 2
  template: {spec: {restartPolicy: Never, containers: [{name: work, image: "work:1"}]}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: often}
spec:
  schedule: "* * * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: work, image: "work:1"}]}}}}
---
apiVersion: v1
kind: Pod
metadata: {name: alone, finalizers: [example.com/hold]}
spec: {containers: [{name: c, image: "alone:1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{host: example.com}]}
`;
