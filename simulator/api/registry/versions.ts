/**
 * Kinds that are served in several versions: objects are stored in the newest one. Models pkg/apis/autoscaling/v1/conversion.go
 * as far as autoscaling/v1 has fields for it.
 */
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt, without } from "../json.ts";
import type { Json } from "../objects.ts";

const field = "targetCPUUtilizationPercentage";

function cpuMetric(percent: number): Json {
  const target = { type: "Utilization", averageUtilization: percent };
  return { type: "Resource", resource: { name: "cpu", target } };
}

/** The object in the version in which it is stored. */
export function inStoredVersion(object: JsonObject): JsonObject {
  if (object["apiVersion"] !== "autoscaling/v1") return object;
  const spec = asObject(object["spec"]);
  const percent = numberAt(spec, field);
  const metrics = percent === undefined ? {} : { metrics: [cpuMetric(percent)] };
  return { ...object, apiVersion: "autoscaling/v2", spec: { ...without(spec, [field]), ...metrics } };
}

/** A stored object in a version that is asked for. */
export function inVersion(object: JsonObject, apiVersion: string): JsonObject {
  if (object["apiVersion"] !== "autoscaling/v2" || apiVersion !== "autoscaling/v1") return object;
  const spec = asObject(object["spec"]);
  const percent = listAt(spec, "metrics")
    .map(asObject)
    .map(cpuPercent)
    .find((one) => one !== undefined);
  const target = percent === undefined ? {} : { [field]: percent };
  return { ...object, apiVersion, spec: { ...without(spec, ["metrics", "behavior"]), ...target } };
}

function cpuPercent(metric: JsonObject): number | undefined {
  const resource = objectAt(metric, "resource");
  if (stringAt(resource, "name") !== "cpu") return undefined;
  return numberAt(objectAt(resource, "target"), "averageUtilization");
}
