/**
 * Kinds that are served in several versions: objects are stored in the newest one, and what an older one has no fields for is in
 * annotations there. Models pkg/apis/autoscaling/v1/conversion.go.
 */
import { asObject, isObject, type JsonObject, listAt, numberAt, objectAt, stringAt, without } from "../json.ts";
import type { Json } from "../objects.ts";

const cpuField = "targetCPUUtilizationPercentage";
const older = "autoscaling/v1";
const newer = "autoscaling/v2";
const prefix = "autoscaling.alpha.kubernetes.io/";
const annotation = {
  metrics: `${prefix}metrics`,
  behavior: `${prefix}behavior`,
  conditions: `${prefix}conditions`,
  currentMetrics: `${prefix}current-metrics`,
} as const;

/** Annotations that hold what an older version has no fields for. */
export const conversionAnnotations: readonly string[] = Object.values(annotation);

type Fields = Readonly<Record<string, Json | undefined>>;

/** The object without fields that have no value. */
function present(fields: Fields): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function cpuMetric(percent: number): Json {
  const target = { type: "Utilization", averageUtilization: percent };
  return { type: "Resource", resource: { name: "cpu", target } };
}

/** The percentage of a metric that the older version has a field for. */
function cpuPercent(metric: JsonObject): number | undefined {
  const resource = objectAt(metric, "resource");
  if (stringAt(metric, "type") !== "Resource" || stringAt(resource, "name") !== "cpu") return undefined;
  return numberAt(objectAt(resource, "target"), "averageUtilization");
}

/** Where a metric keeps what it is about, by its type. */
const sources: Readonly<Record<string, string>> = {
  Resource: "resource",
  ContainerResource: "containerResource",
  Pods: "pods",
  Object: "object",
  External: "external",
};

/** A metric as the older version writes it: its target is laid flat. */
function flat(metric: JsonObject): Json {
  const type = stringAt(metric, "type");
  const key = sources[type] ?? "";
  const source = asObject(metric[key]);
  const { averageUtilization, averageValue, value } = asObject(source["target"]);
  const { name, selector } = asObject(source["metric"]);
  const byType: Readonly<Record<string, Fields>> = {
    Resource: { name: source["name"], targetAverageUtilization: averageUtilization, targetAverageValue: averageValue },
    ContainerResource: {
      name: source["name"],
      targetAverageUtilization: averageUtilization,
      targetAverageValue: averageValue,
      container: source["container"],
    },
    Pods: { metricName: name, targetAverageValue: averageValue, selector },
    Object: {
      target: source["describedObject"],
      metricName: name,
      targetValue: value ?? (averageValue === undefined ? undefined : "0"),
      selector,
      averageValue,
    },
    External: { metricName: name, metricSelector: selector, targetValue: value, targetAverageValue: averageValue },
  };
  return { type, ...(key === "" ? {} : { [key]: present(byType[type] ?? {}) }) };
}

/** The target of a metric: a share, an average, or a value. */
function targetOf(utilization: Json | undefined, average: Json | undefined, value: Json | undefined): JsonObject {
  if (utilization !== undefined) return { type: "Utilization", averageUtilization: utilization };
  if (average !== undefined) return { type: "AverageValue", averageValue: average };
  return present({ type: "Value", value });
}

/** The metric of which `flat` made this. */
function unfolded(metric: JsonObject): Json {
  const type = stringAt(metric, "type");
  const key = sources[type] ?? "";
  const source = asObject(metric[key]);
  const { targetAverageUtilization, targetAverageValue, targetValue, averageValue, metricName } = source;
  const named = (selector: Json | undefined) => present({ name: metricName, selector });
  const byType: Readonly<Record<string, Fields>> = {
    Resource: { name: source["name"], target: targetOf(targetAverageUtilization, targetAverageValue, undefined) },
    ContainerResource: {
      name: source["name"],
      container: source["container"],
      target: targetOf(targetAverageUtilization, targetAverageValue, undefined),
    },
    Pods: { metric: named(source["selector"]), target: targetOf(undefined, targetAverageValue, undefined) },
    Object: {
      describedObject: source["target"],
      metric: named(source["selector"]),
      target: targetOf(undefined, averageValue, targetValue),
    },
    External: {
      metric: named(source["metricSelector"]),
      target: targetOf(undefined, targetAverageValue, targetValue),
    },
  };
  return { type, ...(key === "" ? {} : { [key]: present(byType[type] ?? {}) }) };
}

/** Rules of behaviour stand in their annotation under the names that they have in Go. */
function recased(value: Json, change: (key: string) => string): Json {
  if (Array.isArray(value)) return value.map((one) => recased(one, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [change(key), recased(one, change)]));
}
const upper = (key: string) => key.charAt(0).toUpperCase() + key.slice(1);
const lower = (key: string) => key.charAt(0).toLowerCase() + key.slice(1);

/** What an annotation holds; undefined where that is none of ours. */
function parsed(text: Json | undefined): Json | undefined {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function withAnnotations(object: JsonObject, annotations: JsonObject): JsonObject {
  const metadata = asObject(object["metadata"]);
  const rest = without(metadata, ["annotations"]);
  return { ...object, metadata: Object.keys(annotations).length === 0 ? rest : { ...rest, annotations } };
}

/** The object in the version in which it is stored. */
export function inStoredVersion(object: JsonObject): JsonObject {
  if (object["apiVersion"] !== older) return object;
  const given = asObject(asObject(object["metadata"])["annotations"]);
  const spec = asObject(object["spec"]);
  const percent = numberAt(spec, cpuField);
  const others = parsed(given[annotation.metrics]);
  const metrics = [
    ...(Array.isArray(others) ? others.map((one) => unfolded(asObject(one))) : []),
    ...(percent === undefined ? [] : [cpuMetric(percent)]),
  ];
  const behavior = parsed(given[annotation.behavior]);
  const next: JsonObject = {
    ...object,
    apiVersion: newer,
    spec: {
      ...without(spec, [cpuField]),
      ...(metrics.length > 0 ? { metrics } : {}),
      ...(behavior === undefined ? {} : { behavior: recased(behavior, lower) }),
    },
  };
  return withAnnotations(next, without(given, conversionAnnotations));
}

/** A stored object in a version that is asked for. */
export function inVersion(object: JsonObject, apiVersion: string): JsonObject {
  if (object["apiVersion"] !== newer || apiVersion !== older) return object;
  const spec = asObject(object["spec"]);
  const metrics = listAt(spec, "metrics").map(asObject);
  const percent = metrics.map(cpuPercent).find((one) => one !== undefined);
  const others = metrics.filter((one) => cpuPercent(one) === undefined).map(flat);
  const { behavior } = spec;
  const annotations = {
    ...asObject(asObject(object["metadata"])["annotations"]),
    ...(others.length > 0 ? { [annotation.metrics]: JSON.stringify(others) } : {}),
    ...(behavior === undefined ? {} : { [annotation.behavior]: JSON.stringify(recased(behavior, upper)) }),
  };
  const next: JsonObject = {
    ...object,
    apiVersion,
    spec: { ...without(spec, ["metrics", "behavior"]), ...(percent === undefined ? {} : { [cpuField]: percent }) },
    ...(object["status"] === undefined ? {} : { status: statusOf(asObject(object["status"])) }),
  };
  return withAnnotations(next, annotations);
}

/** The numbers of a status; its conditions and metrics have no fields in the older version. */
function statusOf(status: JsonObject): JsonObject {
  const cpu = listAt(status, "currentMetrics")
    .map(asObject)
    .filter((one) => stringAt(objectAt(one, "resource"), "name") === "cpu")
    .map((one) => numberAt(objectAt(objectAt(one, "resource"), "current"), "averageUtilization"))
    .find((one) => one !== undefined);
  const rest = without(status, ["currentMetrics", "conditions"]);
  return { ...rest, ...(cpu === undefined ? {} : { currentCPUUtilizationPercentage: cpu }) };
}
