/** An amount that is only written otherwise starts no rollout. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ManifestObject } from "../../simulator/api/objects.ts";
import { defaultScenario } from "../../simulator/scenario/defaults.ts";
import { withStep } from "../../simulator/scenario/presets.ts";
import { simulate } from "../../simulator/simulate.ts";

const web = (sizeLimit: string): ManifestObject =>
  ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: {
          containers: [{ name: "app", image: "app:1" }],
          volumes: [{ name: "scratch", emptyDir: { sizeLimit } }],
        },
      },
    },
  }) as unknown as ManifestObject;

/** How many ReplicaSets there are after the first limit was replaced by the second. */
function replicaSets(before: string, after: string): number {
  const scenario = withStep(defaultScenario([web(before)]), 60_000, { do: "apply", object: web(after) });
  const result = simulate(scenario);
  assert.ok("trace" in result);
  const uids = result.trace.entries.flatMap((one) =>
    one.type === "object" && one.kind === "ReplicaSet" ? [one.uid] : [],
  );
  return new Set(uids).size;
}

test("a size limit of 1G is one of 1e9", () => assert.equal(replicaSets("1G", "1e9"), 1));
test("a size limit of 1Gi is another than 1G", () => assert.equal(replicaSets("1G", "1Gi"), 2));
