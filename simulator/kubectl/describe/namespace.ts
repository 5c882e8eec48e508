/** Namespaces, quotas and limits as `kubectl describe` shows them. Models describeNamespace, describeQuota and describeLimitRange of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import { formatQuantity } from "../../api/quantity.ts";
import { amountOf } from "../../api/quota/amounts.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { type Lookup, listed } from "./lookup.ts";
import { quantityText } from "./resources.ts";
import { dateText } from "./times.ts";
import { annotationLines, labelLines, line, row, tableLines } from "./writer.ts";

const objectsAt = (object: JsonObject, key: string): readonly JsonObject[] => listAt(object, key).map(asObject);

export function namespaceText(object: ApiObject, look: Lookup): string {
  const { name, labels, annotations = {} } = object.metadata;
  const status = asObject(object["status"]);
  const conditions = objectsAt(status, "conditions").map((one) =>
    [
      stringAt(one, "type"),
      stringAt(one, "status"),
      dateText(one["lastTransitionTime"]),
      stringAt(one, "reason"),
      stringAt(one, "message"),
    ].join("\t"),
  );
  const titles = ["Type", "Status", "LastTransitionTime", "Reason", "Message"];
  return [
    row("Name", name),
    labelLines("Labels", labels),
    annotationLines("Annotations", annotations),
    row("Status", stringAt(status, "phase")),
    conditions.length > 0 ? tableLines("Conditions", titles, conditions) : "",
    "\n",
    quotasLines(listed(look, "ResourceQuota", name)),
    "\n",
    limitsLines(listed(look, "LimitRange", name)),
  ].join("");
}

const scopes: Readonly<Record<string, string>> = {
  Terminating:
    "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.",
  NotTerminating:
    "Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.",
  BestEffort:
    "Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.",
  NotBestEffort:
    "Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.",
};

/** The scopes of a quota with what each means, its line begun as the place wants it. */
function scopeLines(quota: ApiObject, level: number, mark: string): string {
  const given = listAt(asObject(quota["spec"]), "scopes").map(String).sort();
  if (given.length === 0) return "";
  const words = given.flatMap((scope) => (scopes[scope] ? [line(level, `${mark}${scopes[scope]}`)] : []));
  return row("Scopes", given.join(", "), level) + words.join("");
}

function quotasLines(quotas: readonly ApiObject[]): string {
  if (quotas.length === 0) return line(0, "No resource quota.");
  const each = quotas.map((quota) => {
    const { hard, used } = amountsOf(quota);
    const rows = Object.keys(hard)
      .sort()
      .map((name) => `${name}\t${quantityText(used[name])}\t${quantityText(hard[name])}`);
    const table = tableLines("", ["Resource", "Used", "Hard"], rows, ["--------", "---", "---"]);
    return row("Name", quota.metadata.name, 1) + scopeLines(quota, 1, "* ") + table;
  });
  return line(0, "Resource Quotas") + each.join("");
}

const amountsOf = (quota: ApiObject) => {
  const status = asObject(quota["status"]);
  return { hard: asObject(status["hard"]), used: asObject(status["used"]) };
};

export function quotaText(quota: ApiObject): string {
  const { hard, used } = amountsOf(quota);
  const rows = Object.keys(hard)
    .sort()
    .map((name) => {
      // What is used is shown in the units of what is allowed.
      const amount = formatQuantity({ nanos: amountOf(used[name]).nanos, format: amountOf(hard[name]).format });
      const text = amountOf(used[name]).format === amountOf(hard[name]).format ? quantityText(used[name]) : amount;
      return `${name}\t${text}\t${quantityText(hard[name])}`;
    });
  return [
    row("Name", quota.metadata.name),
    row("Namespace", quota.metadata.namespace ?? ""),
    scopeLines(quota, 0, " * "),
    tableLines("", ["Resource", "Used", "Hard"], rows, undefined, 0),
  ].join("");
}

const limitTitles = ["Type", "Resource", "Min", "Max", "Default Request", "Default Limit", "Max Limit/Request Ratio"];
const bounds = ["min", "max", "defaultRequest", "default", "maxLimitRequestRatio"];

function limitRows(range: ApiObject): readonly string[] {
  return objectsAt(asObject(range["spec"]), "limits").flatMap((item) => {
    const names = new Set(bounds.flatMap((bound) => Object.keys(asObject(item[bound]))));
    return [...names].sort().map((name) => {
      const cells = bounds.map((bound) => {
        const value = asObject(item[bound])[name];
        return value === undefined ? "-" : quantityText(value);
      });
      return [stringAt(item, "type"), name, ...cells].join("\t");
    });
  });
}

function limitsLines(ranges: readonly ApiObject[]): string {
  if (ranges.length === 0) return line(0, "No LimitRange resource.");
  const dashes = limitTitles.map((one) => "-".repeat(one.length));
  const rows = ranges.flatMap(limitRows);
  const lines = [limitTitles.join("\t"), dashes.join("\t"), ...rows].map((one) => ` ${one}\n`);
  return line(0, "Resource Limits") + lines.join("");
}

export function limitRangeText(range: ApiObject): string {
  return [
    row("Name", range.metadata.name),
    row("Namespace", range.metadata.namespace ?? ""),
    tableLines("", limitTitles, limitRows(range), undefined, 0),
  ].join("");
}
