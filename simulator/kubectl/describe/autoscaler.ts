/** A HorizontalPodAutoscaler as `kubectl describe` shows it. Models describeHorizontalPodAutoscalerV2 of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../../api/json.ts";
import { goQuote } from "../../api/schedule/error-text.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { quantityText } from "./resources.ts";
import { dateText } from "./times.ts";
import { annotationLines, labelLines, line, row, tableLines, valueText } from "./writer.ts";

export function autoscalerText(object: ApiObject): string {
  const { name, namespace = "", labels, annotations = {} } = object.metadata;
  const spec = asObject(object["spec"]);
  const status = asObject(object["status"]);
  const target = asObject(spec["scaleTargetRef"]);
  const current = listAt(status, "currentMetrics").map(asObject);
  const metrics = listAt(spec, "metrics").map((one, index) => line(1, metricText(asObject(one), current[index])));
  const behavior = objectAt(spec, "behavior");
  const conditions = listAt(status, "conditions")
    .map(asObject)
    .map((one) => ["type", "status", "reason", "message"].map((key) => stringAt(one, key)).join("\t"));
  const count = (key: string) => numberAt(status, key) ?? 0;
  return [
    row("Name", name),
    row("Namespace", namespace),
    labelLines("Labels", labels),
    annotationLines("Annotations", annotations),
    row("CreationTimestamp", dateText((object.metadata as JsonObject)["creationTimestamp"])),
    row("Reference", `${stringAt(target, "kind")}/${stringAt(target, "name")}`),
    row("Metrics", "( current / target )"),
    ...metrics,
    row("Min replicas", valueText(spec["minReplicas"], "<unset>")),
    row("Max replicas", valueText(spec["maxReplicas"], "0")),
    behavior
      ? line(0, "Behavior:") +
        ruleLines("Scale Up", behavior["scaleUp"]) +
        ruleLines("Scale Down", behavior["scaleDown"])
      : "",
    row(
      `${stringAt(target, "kind")} pods`,
      `${count("currentReplicas")} current / ${count("desiredReplicas")} desired`,
    ),
    conditions.length > 0 ? tableLines("Conditions", ["Type", "Status", "Reason", "Message"], conditions) : "",
  ].join("");
}

function ruleLines(title: string, given: unknown): string {
  if (given === undefined || given === null) return "";
  const rules = asObject(given as JsonObject);
  const window = rules["stabilizationWindowSeconds"];
  const policies = listAt(rules, "policies").map(asObject);
  return [
    line(1, `${title}:`),
    window === undefined ? "" : line(2, `Stabilization Window: ${valueText(window)} seconds`),
    policies.length > 0
      ? line(2, `Select Policy: ${stringAt(rules, "selectPolicy") || "Max"}`) + line(2, "Policies:")
      : "",
    ...policies.map((one) => {
      const seconds = `${valueText(one["periodSeconds"], "0")} seconds`;
      return line(3, `- Type: ${stringAt(one, "type")}\tValue: ${valueText(one["value"], "0")}\tPeriod: ${seconds}`);
    }),
  ].join("");
}

/** The fields that hold the target and the present of a sort of metric. */
const sources: Readonly<Record<string, string>> = {
  External: "external",
  Pods: "pods",
  Object: "object",
  Resource: "resource",
  ContainerResource: "containerResource",
};

/** What is measured, and its present value against its target. */
function metricText(metric: JsonObject, present: JsonObject | undefined): string {
  const type = stringAt(metric, "type");
  const field = sources[type];
  if (field === undefined) return `<unknown metric type ${goQuote(type)}>`;
  const source = asObject(metric[field]);
  const target = asObject(source["target"]);
  const now = objectAt(objectAt(present, field), "current");
  const name = stringAt(asObject(source["metric"]), "name");
  const against = (key: "value" | "averageValue") =>
    `${now?.[key] === undefined ? (now && !(type === "External" && key === "averageValue") ? "<nil>" : "<unknown>") : quantityText(now[key])} / ${quantityText(target[key])}`;
  switch (type) {
    case "External":
      return target["averageValue"] === undefined
        ? `${goQuote(name)} (target value):\t${against("value")}`
        : `${goQuote(name)} (target average value):\t${against("averageValue")}`;
    case "Pods":
      return `${goQuote(name)} on pods:\t${against("averageValue")}`;
    case "Object": {
      const described = asObject(source["describedObject"]);
      const head = `"${name}" on ${stringAt(described, "kind")}/${stringAt(described, "name")}`;
      return target["type"] === "AverageValue"
        ? `${head} (target average value):\t${against("averageValue")}`
        : `${head} (target value):\t${against("value")}`;
    }
    default: {
      const container = type === "ContainerResource" ? ` of container "${stringAt(source, "container")}"` : "";
      const head = `resource ${stringAt(source, "name")}${container} on pods`;
      if (target["averageValue"] !== undefined) return `${head}:\t${against("averageValue")}`;
      const share = now?.["averageUtilization"];
      const is = share === undefined ? "<unknown>" : `${valueText(share)}% (${quantityText(now?.["averageValue"])})`;
      const wanted = target["averageUtilization"];
      return `${head}  (as a percentage of request):\t${is} / ${wanted === undefined ? "<auto>" : `${valueText(wanted)}%`}`;
    }
  }
}
