// What is ours to judge, what is a slip for it, and what is left alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { recognise } from "../../server/service/recognise.ts";

const cases: readonly (readonly [text: string, is: string])[] = [
  ["{ apiVersion: apps/v1, kind: Deployment }", "object"],
  ["{ apiVersion: v1, kind: Pod }", "object"],
  ["{ apiVersion: extensions/v1beta1, kind: Deployment }", "removed"],
  ["{ apiVersion: extensions/v1beta1, kind: Ingress }", "removed"],
  ["{ apiVersion: policy/v1beta1, kind: PodDisruptionBudget }", "removed"],
  ["{ apiVersion: autoscaling/v2beta2, kind: HorizontalPodAutoscaler }", "removed"],
  // Slips for what is served
  ["{ apiVersion: apps/v1, kind: Deploymnt }", "unserved"],
  ["{ apiVersion: apps/v1, kind: deployment }", "unserved"],
  ["{ apiVersion: v1, kind: Deployment }", "unserved"],
  ["{ apiVersion: batch/v1, kind: Pod }", "unserved"],
  ["{ apiVersion: v1, kind: service }", "unserved"],
  ["{ apiVersion: v1, kind: 'Pod ' }", "unserved"],
  ["{ apiVersion: 'apps/v1 ', kind: Deployment }", "unserved"],
  ["{ kind: Deployment, metadata: { name: a } }", "unserved"],
  ["{ kind: Deployment, spec: { replicas: 2 } }", "unserved"],
  ["{ apiVersion: '', kind: Service, metadata: { name: a }, spec: { ports: [] } }", "unserved"],
  ["{ apiVersion: batch/v1, spec: {} }", "unserved"],
  ["{ apiVersion: v1, kind: Pods }", "unserved"],
  ["{ apiVersion: v1, kind: Servce }", "unserved"],
  ["{ apiVersion: v1, kind: Configmap }", "unserved"],
  ["{ apiVersion: v1, kind: PersistentVolumeClaims }", "unserved"],
  ["{ apiVersion: networking.k8s.io/v1, kind: Ingres }", "unserved"],
  // What other distributions have in the core group
  ["{ apiVersion: v1, kind: Route }", "foreign"],
  ["{ apiVersion: v1, kind: Template, objects: [] }", "foreign"],
  ["{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway }", "foreign"],
  ["{ apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot }", "foreign"],
  // Lists of one kind are lists, as for kubectl
  ["{ apiVersion: v1, kind: List, items: [] }", "list"],
  ["{ apiVersion: apps/v1, kind: DeploymentList, items: [] }", "list"],
  // Others' documents
  ["{ apiVersion: apps/v1, kind: ControllerRevision }", "object"],
  ["{ apiVersion: v1, kind: ConfigMap }", "object"],
  ["{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role }", "object"],
  ["{ apiVersion: v1, kind: Endpoints }", "foreign"],
  ["{ apiVersion: v1, kind: Config, clusters: [] }", "foreign"],
  ["{ apiVersion: serving.knative.dev/v1, kind: Service, spec: {} }", "foreign"],
  ["{ apiVersion: example.com/v1, kind: Deployment, spec: {} }", "foreign"],
  ["{ apiVersion: argoproj.io/v1alpha1, kind: CronWorkflow }", "foreign"],
  ["{ kind: Deployment }", "unknown"],
  ["{ kind: Deployment, name: web, path: deploy.yaml }", "unknown"],
  ["{ kind: Service, spec: { port: 1 } }", "unknown"],
  ["{ kind: Job, id: 3 }", "unknown"],
  ["{ services: { web: { image: nginx } } }", "unknown"],
  ["[1, 2]", "unknown"],
];

for (const [text, is] of cases) {
  test(`${text} is ${is}`, () => {
    assert.equal(recognise(parse(text)).is, is);
  });
}
