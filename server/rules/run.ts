/** Runs that prove advice: small, on a cluster with room for everything, so that they hold on any other. */
import { admit } from "../../simulator/api/admit.ts";
import { asObject, type JsonObject, listAt, objectAt } from "../../simulator/api/json.ts";
import type { Json, ManifestObject } from "../../simulator/api/objects.ts";
import type { Target } from "../../simulator/api/target.ts";
import { defaultScenario } from "../../simulator/scenario/defaults.ts";
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { simulate } from "../../simulator/simulate.ts";
import type { Trace } from "../../simulator/trace.ts";

type TraceEntry = Trace["entries"][number];

/** Pods beyond which nothing is run: advice must not cost more than it is worth. */
export const mostPods = 60;
const entries = 20_000;

/** The trace of a scenario; null when it cannot be run or does not come to an end within bounds. */
export function traceOf(scenario: Scenario, target: Target): Trace | null {
  const result = simulate({ ...scenario, kubernetes: target, budget: entries });
  return "problems" in result || result.trace.ending === "budget" ? null : result.trace;
}

/**
 * When something first holds in the run that a person is shown of the object, in milliseconds from its start; 0 where it
 * does not, as in a run that has more room or less time than that one.
 */
export function momentOf(object: ManifestObject, target: Target, holds: (entry: TraceEntry) => boolean): number {
  return traceOf(defaultScenario([object]), target)?.entries.find(holds)?.time ?? 0;
}

/** The scenario on nodes where everything fits: what happens there does not come from a lack of room. */
export function roomy(scenario: Scenario): Scenario {
  const nodes = scenario.nodes.map(({ name, labels }) => ({ name, ...(labels === undefined ? {} : { labels }) }));
  return { ...scenario, nodes };
}

/** The object with pods that ask for no particular node, claim or volume. */
export function anywhere(object: ManifestObject): ManifestObject {
  const spec = asObject(object.spec as Json | undefined);
  const template = objectAt(spec, "template");
  const { nodeSelector, affinity, topologySpreadConstraints, volumes, nodeName, ...pod } = asObject(template?.["spec"]);
  const freed = { ...object, spec: { ...spec, template: { ...template, spec: pod } } };
  return freed as unknown as ManifestObject;
}

/** The object with another image in its first container, as for a new version of the application. */
export function nextVersion(object: ManifestObject): ManifestObject {
  const spec = asObject(object.spec as Json | undefined);
  const template = objectAt(spec, "template");
  const pod = asObject(template?.["spec"]);
  const [first, ...rest] = listAt(pod, "containers");
  const containers = [{ ...asObject(first), image: "next-version" }, ...rest];
  const changed = { ...spec, template: { ...template, spec: { ...pod, containers } } };
  return { ...object, spec: changed } as unknown as ManifestObject;
}

/** How a Job ends when nothing goes wrong, in milliseconds after it was applied. */
export interface JobEnd {
  readonly time: number;
  readonly pastDeadline: boolean;
}

/** The end of a Job on nodes with room for it; null where it does not end within bounds. */
export function jobEnd(job: ManifestObject, target: Target, timings?: Scenario["timings"]): JobEnd | null {
  const scenario = roomy(defaultScenario([anywhere(job)]));
  const trace = traceOf(timings === undefined ? scenario : { ...scenario, timings }, target);
  if (trace === null) return null;
  for (const entry of trace.entries) {
    if (entry.type !== "object" || entry.kind !== "Job" || entry.state === null) continue;
    const ended = entry.state.conditions.find(
      ([type, status]) => (type === "Complete" || type === "Failed") && status === "True",
    );
    if (ended) return { time: entry.time, pastDeadline: ended[2] === "DeadlineExceeded" };
  }
  return null;
}

/** Whether a Job is ended here because of its deadline. */
export function isPastDeadline(entry: TraceEntry): boolean {
  if (entry.type !== "object" || entry.kind !== "Job" || entry.state === null) return false;
  return entry.state.conditions.some(
    ([type, status, reason]) => type === "Failed" && status === "True" && reason === "DeadlineExceeded",
  );
}

/** The Job that an object is or makes, and where its spec is; null when it is too large to run, or suspended. */
export function jobOf(
  object: ManifestObject,
  target: Target,
): { readonly job: ManifestObject; readonly path: readonly string[] } | null {
  const path = object.kind === "CronJob" ? ["spec", "jobTemplate", "spec"] : ["spec"];
  const spec = path.reduce<JsonObject | undefined>((at, step) => objectAt(at, step), object as unknown as JsonObject);
  const { completions, parallelism, suspend } = spec ?? {};
  if (
    spec === undefined ||
    suspend === true ||
    Math.max(Number(completions ?? 1), Number(parallelism ?? 1)) > mostPods
  ) {
    return null;
  }
  if (object.kind === "Job") return { job: object, path };
  const metadata = { name: object.metadata.name ?? "", namespace: object.metadata.namespace ?? "default" };
  const made = admit({ apiVersion: "batch/v1", kind: "Job", metadata, spec }, target);
  return made.object === null ? null : { job: made.object, path };
}

/** Seconds, rounded to what a person reads. */
export function seconds(milliseconds: number): number {
  return milliseconds < 10_000 ? Math.round(milliseconds / 100) / 10 : Math.round(milliseconds / 1000);
}
