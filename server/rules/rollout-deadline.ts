import { asObject, listAt, numberAt, objectAt } from "../../simulator/api/json.ts";
import type { Json } from "../../simulator/api/objects.ts";
import { defaultScenario, defaultTimings } from "../../simulator/scenario/defaults.ts";
import type { Trace } from "../../simulator/trace.ts";
import { deploymentText } from "./examples.ts";
import { advice, type RunRule } from "./rule.ts";
import { anywhere, momentOf, mostPods, roomy, traceOf } from "./run.ts";

const instant = Object.fromEntries(
  Object.keys(defaultTimings).map((key) => [key, 0]),
) as unknown as typeof defaultTimings;

/** Even where everything else takes no time at all, the probes let no pod be ready before the deadline. */
export const rolloutDeadline: RunRule = {
  looks: "run",
  codes: ["rollout-past-deadline"],
  examples: {
    "rollout-past-deadline": {
      bad: deploymentText(
        "  progressDeadlineSeconds: 60\n",
        "readinessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 90 }",
      ),
      good: deploymentText(
        "  progressDeadlineSeconds: 600\n",
        "readinessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 90 }",
      ),
    },
  },
  check({ kind, name, object, target }) {
    if (kind !== "Deployment" || object === null || name === "") return [];
    const spec = asObject(object.spec as Json | undefined);
    const deadline = numberAt(spec, "progressDeadlineSeconds") ?? 600;
    const replicas = numberAt(spec, "replicas") ?? 1;
    if (replicas === 0 || replicas > mostPods || spec["paused"] === true) return [];
    const wait = longestDelay(listAt(objectAt(objectAt(spec, "template"), "spec"), "containers"));
    if (wait + (numberAt(spec, "minReadySeconds") ?? 0) < deadline) return [];
    const trace = traceOf({ ...roomy(defaultScenario([anywhere(object)])), timings: instant }, target);
    if (!trace?.entries.some(isLate)) return [];
    const written = object.spec as unknown as { readonly progressDeadlineSeconds?: number };
    const at = written.progressDeadlineSeconds === undefined ? ["spec"] : ["spec", "progressDeadlineSeconds"];
    return [
      advice("rollout-past-deadline", "warning", at, { deadline, wait, moment: momentOf(object, target, isLate) }),
    ];
  },
};

function isLate(entry: Trace["entries"][number]): boolean {
  if (entry.type !== "object" || entry.kind !== "Deployment" || entry.state === null) return false;
  return entry.state.conditions.some(([, , reason]) => reason === "ProgressDeadlineExceeded");
}

/** Seconds before which no readiness probe can succeed, in the slowest container. */
function longestDelay(containers: readonly Json[]): number {
  const delay = (container: Json, probe: string) =>
    numberAt(objectAt(asObject(container), probe), "initialDelaySeconds") ?? 0;
  return containers.reduce<number>(
    (most, one) => Math.max(most, delay(one, "startupProbe"), delay(one, "readinessProbe")),
    0,
  );
}
