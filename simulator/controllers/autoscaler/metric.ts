/**
 * One metric of an autoscaler: the size that it asks for, how it is told, or why it cannot be worked out. Models computeReplicasForMetric
 * of pkg/controller/podautoscaler/horizontal.go and the clients of pkg/controller/podautoscaler/metrics.
 */
import { selectorAsGo } from "../../api/go-text.ts";
import { asObject, type JsonObject, numberAt, objectAt, stringAt } from "../../api/json.ts";
import type { LabelSelector } from "../../api/objects.ts";
import { formatQuantity } from "../../api/quantity.ts";
import { milliValue } from "../../api/quantity-number.ts";
import type { ControllerContext } from "../../cluster/controller.ts";
import type { Pod } from "../../cluster/objects.ts";
import {
  type Calculated,
  type PodSample,
  sizeForAverage,
  sizeForShare,
  sizeForUtilization,
  sizeForValue,
  type Tolerance,
} from "./replicas.ts";
import { requestOf, sortOf } from "./samples.ts";

/** What is looked at. */
export interface Scene extends Pick<ControllerContext, "metrics" | "now" | "start"> {
  readonly namespace: string;
  readonly pods: readonly Pod[];
  readonly specReplicas: number;
  readonly statusReplicas: number;
  readonly tolerance: Tolerance;
}

export type Judged =
  | { readonly replicas: number; readonly name: string; readonly status: JsonObject }
  | {
      /** Of the condition and the event. */
      readonly reason: string;
      readonly error: string;
      /** As the whole look tells it. */
      readonly told: string;
    };

const amount = (milli: number, format: "DecimalSI" | "BinarySI" = "DecimalSI"): string =>
  formatQuantity({ nanos: BigInt(milli) * 1_000_000n, format });

/** The size that the metric asks for. */
export function judgeMetric(metric: JsonObject, scene: Scene): Judged {
  const type = stringAt(metric, "type");
  switch (type) {
    case "Resource":
      return judgeResource(asObject(metric["resource"]), scene, undefined);
    case "ContainerResource": {
      const source = asObject(metric["containerResource"]);
      return judgeResource(source, scene, stringAt(source, "container"));
    }
    case "Pods":
      return judgePods(asObject(metric["pods"]), scene);
    case "Object":
      return judgeObject(asObject(metric["object"]), scene);
    default:
      return judgeExternal(asObject(metric["external"]), scene);
  }
}

const targetOf = (source: JsonObject): JsonObject => asObject(source["target"]);
const milliAt = (target: JsonObject, field: string): number | undefined =>
  target[field] === undefined ? undefined : milliValue(target[field] as string | number);

function judgeResource(source: JsonObject, scene: Scene, container: string | undefined): Judged {
  const resource = stringAt(source, "name");
  const target = targetOf(source);
  const isContainer = container !== undefined;
  const average = milliAt(target, "averageValue");
  const percent = numberAt(target, "averageUtilization") ?? 0;
  const found = resourceSamples(scene, resource, container, average === undefined);
  const result: Calculated =
    "error" in found
      ? found
      : average === undefined
        ? sizeForUtilization(found.samples, scene.specReplicas, percent, scene.tolerance)
        : sizeForAverage(found.samples, scene.specReplicas, average, scene.tolerance);
  if ("error" in result) {
    const what = average === undefined ? "utilization" : "usage";
    const error = `failed to get ${resource} ${what}: ${result.error}`;
    const of = isContainer ? `${container} container` : `${resource} resource`;
    const reason = isContainer ? "FailedGetContainerResourceMetric" : "FailedGetResourceMetric";
    return { reason, error, told: `failed to get ${of} metric value: ${error}` };
  }
  const { replicas, utilization } = result;
  const current = {
    ...(utilization === undefined ? {} : { averageUtilization: utilization }),
    averageValue: amount(result.average, resource === "cpu" ? "DecimalSI" : "BinarySI"),
  };
  const word = isContainer ? `${resource} container resource` : `${resource} resource`;
  return {
    replicas,
    name: utilization === undefined ? word : `${word} utilization (percentage of request)`,
    status: isContainer
      ? { type: "ContainerResource", containerResource: { name: resource, container, current } }
      : { type: "Resource", resource: { name: resource, current } },
  };
}

type Samples = { readonly samples: readonly PodSample[] } | { readonly error: string };

function resourceSamples(
  { pods, metrics, ...context }: Scene,
  resource: string,
  container: string | undefined,
  needsRequests: boolean,
): Samples {
  const failed = (why: string) => ({ error: `unable to get metrics for resource ${resource}: ${why}` });
  if (!metrics.served) {
    const answer = "the server could not find the requested resource (get pods.metrics.k8s.io)";
    return failed(`unable to fetch metrics from resource metrics API: ${answer}`);
  }
  const usages = pods.map((pod) => metrics.usage(pod, resource));
  if (usages.every((usage) => usage === undefined)) return failed("no metrics returned from resource metrics API");
  const measured = usages.map((usage) => usageOf(usage, container));
  const sorts = pods.map((pod, index) => sortOf(pod, measured[index] !== undefined, resource === "cpu", context));
  const requests = pods.map((pod) => (needsRequests ? requestOf(pod, resource, container) : 0));
  const missing = requests.find((one) => typeof one === "object");
  // Whether there is anything to count is asked first.
  if (typeof missing === "object" && sorts.includes("counted")) return missing;
  const samples = pods.map(({ name }, index) => ({
    name,
    is: sorts[index]!,
    usage: measured[index] ?? 0,
    request: Number(requests[index]),
  }));
  return { samples };
}

/** The sum over the containers, or that of one; undefined when something of it is not known. */
function usageOf(
  usage: ReadonlyMap<string, number | undefined> | undefined,
  container: string | undefined,
): number | undefined {
  if (!usage) return undefined;
  if (container !== undefined) return usage.get(container);
  let sum = 0;
  for (const one of usage.values()) {
    if (one === undefined) return undefined;
    sum += one;
  }
  return sum;
}

const metricOf = (source: JsonObject) => {
  const metric = asObject(source["metric"]);
  const selector = objectAt(metric, "selector");
  return { name: stringAt(metric, "name"), selector: selector as LabelSelector | undefined, metric };
};

const noCustom = "no custom metrics API (custom.metrics.k8s.io) registered";
const fetching = (which: string, why: string) => `unable to fetch metrics from ${which} metrics API: ${why}`;

function judgePods(source: JsonObject, { pods, metrics, ...scene }: Scene): Judged {
  const { name, metric } = metricOf(source);
  const values = pods.map((pod) => metrics.ofPod(pod, name));
  const lacking = !metrics.served
    ? fetching("custom", noCustom)
    : values.every((one) => one === undefined)
      ? "no metrics returned from custom metrics API"
      : undefined;
  const samples = pods.map((pod, index): PodSample => {
    const value = values[index];
    return { name: pod.name, is: sortOf(pod, value !== undefined, false, scene), usage: value ?? 0, request: 0 };
  });
  const target = milliAt(targetOf(source), "averageValue") ?? 0;
  const result: Calculated =
    lacking === undefined
      ? sizeForAverage(samples, scene.specReplicas, target, scene.tolerance)
      : { error: `unable to get metric ${name}: ${lacking}` };
  if ("error" in result) {
    const { error } = result;
    return { reason: "FailedGetPodsMetric", error, told: `failed to get pods metric value: ${error}` };
  }
  return {
    replicas: result.replicas,
    name: `pods metric ${name}`,
    status: { type: "Pods", pods: { metric, current: { averageValue: amount(result.average) } } },
  };
}

const readyOf = (pods: readonly Pod[]): number =>
  pods.filter(({ phase, ready }) => phase === "Running" && ready).length;

/** Of a value of the whole: by the value itself, or by the share of each pod. */
function sizeForWhole(value: number, target: JsonObject, scene: Scene): Calculated & { readonly field?: string } {
  const { pods, specReplicas, statusReplicas, tolerance } = scene;
  const share = milliAt(target, "averageValue");
  if (share !== undefined) {
    return { ...sizeForShare(value, share, statusReplicas, tolerance), field: "averageValue" };
  }
  if (pods.length === 0 && specReplicas !== 0) {
    return { error: "unable to calculate ready pods: no pods returned by selector while calculating replica count" };
  }
  const whole = milliAt(target, "value") ?? 0;
  return { ...sizeForValue(value, whole, specReplicas, readyOf(pods), tolerance), field: "value" };
}

function judgeObject(source: JsonObject, scene: Scene): Judged {
  const { metrics, namespace } = scene;
  const { name, metric, selector } = metricOf(source);
  const described = asObject(source["describedObject"]);
  const [kind, object] = [stringAt(described, "kind"), stringAt(described, "name")];
  const value = metrics.served ? metrics.ofObject(kind, object, name) : undefined;
  const target = targetOf(source);
  const byShare = target["averageValue"] !== undefined;
  const why = metrics.served
    ? `the server could not find the metric ${name} for ${kind.toLowerCase()}s ${object}`
    : noCustom;
  const result: Calculated & { readonly field?: string } =
    value === undefined
      ? // The words stand in this order in the server's own message.
        { error: `unable to get metric ${name}: ${kind} on ${namespace} ${object}/${fetching("custom", why)}` }
      : sizeForWhole(value, target, scene);
  if ("error" in result) {
    const error = byShare ? `failed to get object metric: ${result.error}` : result.error;
    return {
      reason: "FailedGetObjectMetric",
      error: result.error,
      told: `failed to get object metric value: ${error}`,
    };
  }
  const current = { [result.field ?? "value"]: amount(result.average) };
  return {
    replicas: result.replicas,
    name: byShare ? `external metric ${name}(${selectorAsGo(selector)})` : `${kind} metric ${name}`,
    status: { type: "Object", object: { describedObject: described, metric, current } },
  };
}

function judgeExternal(source: JsonObject, scene: Scene): Judged {
  const { metrics, namespace } = scene;
  const { name, metric, selector } = metricOf(source);
  const value = metrics.served ? metrics.external(name) : undefined;
  const target = targetOf(source);
  const byShare = target["averageValue"] !== undefined;
  const why = metrics.served
    ? "no metrics returned from external metrics API"
    : fetching("external", `the server could not find the requested resource (get ${name}.external.metrics.k8s.io)`);
  const result: Calculated & { readonly field?: string } =
    value === undefined
      ? { error: `unable to get external metric ${namespace}/${name}/${selectorAsGo(selector)}: ${why}` }
      : sizeForWhole(value, target, scene);
  if ("error" in result) {
    const { error } = result;
    const inner = byShare
      ? `failed to get ${name} external metric: ${error}`
      : `failed to get external metric ${name}: ${error}`;
    return { reason: "FailedGetExternalMetric", error, told: `failed to get ${name} external metric value: ${inner}` };
  }
  const current = { [result.field ?? "value"]: amount(result.average) };
  return {
    replicas: result.replicas,
    name: `external metric ${name}(${selectorAsGo(selector)})`,
    status: { type: "External", external: { metric, current } },
  };
}
