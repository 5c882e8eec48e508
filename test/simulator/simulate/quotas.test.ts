/** Quotas, limits and autoscalers as a scenario plays them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import type { Action } from "../../../simulator/scenario/scenario.ts";
import { container, podEntries, run, scenario, workload } from "./help.ts";

const apply = (object: ManifestObject): Action => ({ do: "apply", object });

function quota(pods: number): Action {
  const metadata = { name: "few" };
  return apply({ apiVersion: "v1", kind: "ResourceQuota", metadata, spec: { hard: { pods: String(pods) } } } as never);
}

test("no rollout ever has more pods than a quota allows", () => {
  const sizes = { pods: fc.integer({ min: 0, max: 6 }), replicas: fc.integer({ min: 0, max: 6 }) };
  fc.assert(
    fc.property(fc.record(sizes), ({ pods, replicas }) => {
      const trace = run(
        scenario(
          [
            { at: 0, action: quota(pods) },
            { at: 1_000, action: apply(workload("Deployment", { replicas })) },
            { at: 60_000, action: { do: "restart", kind: "Deployment", name: "web" } },
            { at: 90_000, action: { do: "scale", kind: "Deployment", name: "web", replicas: 8 } },
          ],
          { horizon: 200_000 },
        ),
      );
      const there = new Set<string>();
      for (const { uid, state } of podEntries(trace)) {
        if (state) there.add(uid);
        else there.delete(uid);
        assert.ok(there.size <= pods, `${there.size} of ${pods}`);
      }
    }),
    { numRuns: 20 },
  );
});

test("an autoscaler follows the load that the scenario gives", () => {
  const resources = { requests: { cpu: "100m" } };
  const template = { metadata: { labels: { app: "web" } }, spec: { containers: [{ ...container, resources }] } };
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
  const target = { type: "Utilization", averageUtilization: 50 };
  const metrics = [{ type: "Resource", resource: { name: "cpu", target } }];
  const spec = { scaleTargetRef, minReplicas: 1, maxReplicas: 6, metrics };
  const autoscaler = { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "web" }, spec };
  const trace = run(
    scenario(
      [
        { at: 0, action: apply(workload("Deployment", { replicas: 2, template })) },
        { at: 0, action: { do: "load", load: { of: { kind: "Deployment", name: "web" }, cpu: "100m" } } },
        { at: 10_000, action: apply(autoscaler as never) },
      ],
      { horizon: 120_000 },
    ),
  );
  const sizes = trace.entries.flatMap((one) =>
    one.type === "event" && one.reason === "SuccessfulRescale" ? [one.message.split(";")[0]] : [],
  );
  assert.deepEqual(sizes, ["New size: 4", "New size: 6"]);
});
