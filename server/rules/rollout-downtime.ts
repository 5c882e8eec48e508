import { deploymentBounds, rollingOf } from "../../simulator/api/deployment-bounds.ts";
import { asObject, numberAt, objectAt, stringAt } from "../../simulator/api/json.ts";
import type { Json } from "../../simulator/api/objects.ts";
import { summarize } from "../../simulator/insight/summary.ts";
import { rolloutScenario } from "../../simulator/scenario/defaults.ts";
import type { Trace } from "../../simulator/trace.ts";
import { deploymentText } from "./examples.ts";
import { advice, type RunRule } from "./rule.ts";
import { anywhere, momentOf, mostPods, nextVersion, roomy, seconds, traceOf } from "./run.ts";

/** When the new version is applied: the old one has long settled. */
const later = 1_800_000;

/** A new version that leaves nobody to answer for a while. Recreate says so openly; bounds often say it by accident. */
export const rolloutDowntime: RunRule = {
  looks: "run",
  codes: ["rollout-downtime"],
  examples: {
    "rollout-downtime": {
      bad: deploymentText("  replicas: 2\n  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 100% } }\n"),
      good: deploymentText("  replicas: 2\n  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }\n"),
    },
  },
  check({ kind, name, namespace, object, target }) {
    if (kind !== "Deployment" || object === null || name === "") return [];
    const spec = asObject(object.spec as Json | undefined);
    const replicas = numberAt(spec, "replicas") ?? 1;
    if (replicas === 0 || replicas > mostPods || spec["paused"] === true) return [];
    const strategy = objectAt(spec, "strategy");
    const recreate = stringAt(strategy, "type") === "Recreate";
    if (deploymentBounds(rollingOf(strategy, replicas)).floor > 0) return [];
    const before = anywhere(object);
    const trace = traceOf(roomy(rolloutScenario([before], [nextVersion(before)], later)), target);
    if (trace === null) return [];
    const { downtime } = summarize(trace, { kind, name, namespace: namespace || "default" }, later);
    if (downtime <= 0) return [];
    const at = ["spec", "strategy", ...(recreate ? ["type"] : ["rollingUpdate", "maxUnavailable"])];
    return [
      advice("rollout-downtime", recreate ? "information" : "warning", at, {
        seconds: seconds(downtime),
        moment: momentOf(object, target, isSettled),
      }),
    ];
  },
};

/** From then on another version can be tried. */
function isSettled(entry: Trace["entries"][number]): boolean {
  if (entry.type !== "object" || entry.kind !== "Deployment" || entry.state === null) return false;
  const { specReplicas, available } = entry.state;
  return specReplicas > 0 && available >= specReplicas;
}
