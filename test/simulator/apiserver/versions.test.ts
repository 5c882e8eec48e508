/** A kind that is served in two versions, at the door. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { JsonObject } from "../../../simulator/api/json.ts";
import { inStoredVersion, inVersion } from "../../../simulator/api/registry/versions.ts";
import { answer } from "../../../simulator/apiserver/request.ts";
import type { ApiServer } from "../../../simulator/apiserver/types.ts";
import { act } from "../../../simulator/kubectl/act.ts";
import { newServer, objects } from "./help.ts";

const [older, newer] = objects(`
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {maxReplicas: 5, targetCPUUtilizationPercentage: 70, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  maxReplicas: 5
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  metrics:
  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}
  - {type: Pods, pods: {metric: {name: hits}, target: {type: AverageValue, averageValue: 1k}}}
`);

const at = (version: string) =>
  ({ group: "autoscaling", version, resource: "horizontalpodautoscalers", namespace: "default" }) as const;

function read(
  server: ApiServer,
  version: string,
): { readonly apiVersion: string; readonly spec: JsonObject } & JsonObject {
  return answer(server, { verb: "get", ...at(version), name: "web" }).body as never;
}

const metricsOf = ({ spec }: { readonly spec: JsonObject }) => spec["metrics"] as JsonObject[] | undefined;

test("what is written in the older version is stored in the newer one, and read in both", () => {
  const server = newServer();
  const made = answer(server, { verb: "create", ...at("v1"), body: older }).body as unknown as typeof older & {
    spec: JsonObject;
  };
  assert.deepEqual([made.apiVersion, made.spec["targetCPUUtilizationPercentage"]], ["autoscaling/v1", 70]);
  const stored = read(server, "v2");
  assert.deepEqual(
    [stored.apiVersion, stored.spec["targetCPUUtilizationPercentage"], metricsOf(stored)?.length],
    ["autoscaling/v2", undefined, 1],
  );
});

test("what the older version has no fields for is in its annotations, and stays when that version is written", () => {
  const server = newServer();
  answer(server, { verb: "create", ...at("v2"), body: newer });
  const shown = read(server, "v1");
  const { annotations } = shown["metadata"] as { annotations: Record<string, string> };
  assert.deepEqual(JSON.parse(annotations["autoscaling.alpha.kubernetes.io/metrics"]!), [
    { type: "Pods", pods: { metricName: "hits", targetAverageValue: "1k" } },
  ]);
  const body = { ...shown, spec: { ...shown.spec, maxReplicas: 9 } };
  assert.equal(answer(server, { verb: "update", ...at("v1"), name: "web", body }).code, 200);
  const after = read(server, "v2");
  assert.deepEqual([after.spec["maxReplicas"], metricsOf(after)?.map(({ type }) => type)], [9, ["Pods", "Resource"]]);
  const patch = { spec: { targetCPUUtilizationPercentage: 40 } };
  answer(server, { verb: "patch", ...at("v1"), name: "web", body: patch, patchType: "merge" });
  assert.equal(read(server, "v1").spec["targetCPUUtilizationPercentage"], 40);
});

test("an autoscaler that is applied in the older version follows its target, and is unchanged the second time", () => {
  const server = newServer();
  const apply = () => act(server.cluster, { do: "apply", object: older as never }, () => {}).output;
  assert.deepEqual(
    [apply(), apply()],
    ["horizontalpodautoscaler.autoscaling/web created", "horizontalpodautoscaler.autoscaling/web unchanged"],
  );
  assert.equal(metricsOf(read(server, "v2"))?.length, 1);
});

test("from the stored version to the older one and back nothing is lost", () => {
  const amount = fc.integer({ min: 1, max: 99 });
  const average = amount.map((value) => ({ type: "AverageValue", averageValue: `${value}` }));
  const whole = amount.map((value) => ({ type: "Value", value: `${value}` }));
  const share = amount.map((averageUtilization) => ({ type: "Utilization", averageUtilization }));
  const metric = { name: "hits", selector: { matchLabels: { app: "web" } } };
  const describedObject = { apiVersion: "v1", kind: "Service", name: "web" };
  const resource = fc.record({ name: fc.constantFrom("memory", "cpu"), target: fc.oneof(share, average) });
  const metrics = fc.array(
    fc.oneof(
      resource.map((one) => ({ type: "Resource", resource: one })),
      resource.map((one) => ({ type: "ContainerResource", containerResource: { ...one, container: "app" } })),
      average.map((target) => ({ type: "Pods", pods: { metric, target } })),
      fc.oneof(average, whole).map((target) => ({ type: "Object", object: { describedObject, metric, target } })),
      fc.oneof(average, whole).map((target) => ({ type: "External", external: { metric, target } })),
    ),
    { maxLength: 4 },
  );
  const behavior = {
    scaleDown: { stabilizationWindowSeconds: 60, policies: [{ type: "Pods", value: 1, periodSeconds: 15 }] },
  };
  fc.assert(
    fc.property(metrics, fc.boolean(), (list, behaves) => {
      // The older version has a field for one share of cpu; that metric comes last then.
      const isCpu = (one: object) =>
        JSON.stringify(one).startsWith('{"type":"Resource","resource":{"name":"cpu","target":{"type":"U');
      const [cpu] = list.filter(isCpu);
      const ordered = [...list.filter((one) => !isCpu(one)), ...(cpu ? [cpu] : [])];
      const spec = {
        maxReplicas: 3,
        ...(ordered.length > 0 ? { metrics: ordered } : {}),
        ...(behaves ? { behavior } : {}),
      };
      const whole = { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "web" }, spec };
      const object = JSON.parse(JSON.stringify(whole));
      const there = JSON.parse(JSON.stringify(inVersion(object, "autoscaling/v1"))) as JsonObject;
      assert.equal(there["apiVersion"], "autoscaling/v1");
      assert.deepEqual(JSON.parse(JSON.stringify(inStoredVersion(there))), object);
    }),
  );
});
