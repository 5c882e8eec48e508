/** Workloads as `kubectl describe` shows them. Models describeDeployment and its like of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../../api/json.ts";
import { selectorText } from "../../api/label-selector.ts";
import type { PodTemplateSpec } from "../../api/objects.ts";
import { labelText, selectorCell } from "../../api/printers/cells.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { equalIgnoringHash } from "../../cluster/revisions.ts";
import { claimTemplateLines } from "./claims.ts";
import { controlled, controllerLine, type Lookup } from "./lookup.ts";
import { podTemplateText } from "./pod-template.ts";
import { dateText } from "./times.ts";
import { annotationLines, labelLines, line, row, rowIf, tableLines, valueText } from "./writer.ts";

/** What all of them begin with, in two parts. */
function heads({ metadata }: ApiObject) {
  const { creationTimestamp } = metadata as JsonObject;
  return {
    name: row("Name", metadata.name) + row("Namespace", metadata.namespace ?? ""),
    created: row("CreationTimestamp", dateText(creationTimestamp)),
    labels: labelLines("Labels", metadata.labels) + annotationLines("Annotations", metadata.annotations ?? {}),
  };
}

const count = (object: JsonObject, key: string): number => numberAt(object, key) ?? 0;

/** How many pods that an object controls are in which phase. */
function podStatus(look: Lookup, owner: ApiObject, selector: JsonObject): string {
  const pods = controlled(look, "Pod", owner, selector);
  const phases = pods.map((pod) => stringAt(asObject(pod["status"]), "phase"));
  const shown = [
    ["Running", "Running"],
    ["Pending", "Waiting"],
    ["Succeeded", "Succeeded"],
    ["Failed", "Failed"],
  ] as const;
  const parts = shown.map(([phase, word]) => `${phases.filter((one) => one === phase).length} ${word}`);
  return row("Pods Status", parts.join(" / "));
}

/** Type, status and reason of conditions; nothing for none. */
function conditionTable(status: JsonObject): string {
  const conditions = listAt(status, "conditions").map(asObject);
  if (conditions.length === 0) return "";
  const rows = conditions.map(
    (one) => `${stringAt(one, "type")} \t${stringAt(one, "status")}\t${stringAt(one, "reason")}`,
  );
  return tableLines("Conditions", ["Type", "Status", "Reason"], rows);
}

const parts = (object: ApiObject) => ({ spec: asObject(object["spec"]), status: asObject(object["status"]) });
const selectorOf = (spec: JsonObject): string => selectorText(asObject(spec["selector"]) as never) ?? "<error>";

export function deploymentText(object: ApiObject, look: Lookup): string {
  const { spec, status } = parts(object);
  const { name, created, labels } = heads(object);
  const strategy = asObject(spec["strategy"]);
  const rolling = objectAt(strategy, "rollingUpdate");
  const replicas = [
    `${count(spec, "replicas")} desired`,
    `${count(status, "updatedReplicas")} updated`,
    `${count(status, "replicas")} total`,
    `${count(status, "availableReplicas")} available`,
    `${count(status, "unavailableReplicas")} unavailable`,
  ].join(" | ");
  return [
    name,
    created,
    labels,
    row("Selector", selectorOf(spec)),
    row("Replicas", replicas),
    row("StrategyType", stringAt(strategy, "type")),
    row("MinReadySeconds", count(spec, "minReadySeconds")),
    rolling ? row("RollingUpdateStrategy", boundsText(rolling)) : "",
    podTemplateText(asObject(spec["template"])),
    conditionTable(status),
    replicaSetLines(object, look),
  ].join("");
}

function boundsText(rolling: JsonObject): string {
  return `${valueText(rolling["maxUnavailable"])} max unavailable, ${valueText(rolling["maxSurge"])} max surge`;
}

/** The ReplicaSets of a Deployment: the oldest with its template is the new one. */
function replicaSetLines(deployment: ApiObject, look: Lookup): string {
  const { spec } = parts(deployment);
  const created = (one: ApiObject) => stringAt(one.metadata, "creationTimestamp");
  const all = controlled(look, "ReplicaSet", deployment, asObject(spec["selector"])).toSorted((a, b) =>
    created(a) < created(b) ? -1 : created(a) > created(b) ? 1 : a.metadata.name < b.metadata.name ? -1 : 1,
  );
  if (all.length === 0) return "";
  const template = (part: JsonObject) => part["template"] as unknown as PodTemplateSpec;
  const present = all.find((one) => equalIgnoringHash(template(asObject(one["spec"])), template(spec)));
  const text = (sets: readonly ApiObject[]) =>
    sets
      .map((one) => {
        const { spec, status } = parts(one);
        return `${one.metadata.name} (${count(status, "replicas")}/${count(spec, "replicas")} replicas created)`;
      })
      .join(", ") || "<none>";
  return (
    row("OldReplicaSets", text(all.filter((one) => one !== present))) +
    row("NewReplicaSet", text(present ? [present] : []))
  );
}

export function replicaSetText(object: ApiObject, look: Lookup): string {
  const { spec, status } = parts(object);
  const { name, labels } = heads(object);
  return [
    name,
    row("Selector", selectorCell(asObject(spec["selector"]))),
    labels,
    controllerLine(object),
    row("Replicas", `${count(status, "replicas")} current / ${count(spec, "replicas")} desired`),
    podStatus(look, object, asObject(spec["selector"])),
    podTemplateText(asObject(spec["template"])),
    conditionTable(status),
  ].join("");
}

export function replicationControllerText(object: ApiObject, look: Lookup): string {
  const { spec, status } = parts(object);
  const { name, labels } = heads(object);
  const selector = asObject(spec["selector"]);
  return [
    name,
    row("Selector", labelText(selector)),
    labels,
    row("Replicas", `${count(status, "replicas")} current / ${count(spec, "replicas")} desired`),
    podStatus(look, object, { matchLabels: selector }),
    podTemplateText(asObject(spec["template"])),
    conditionTable(status),
  ].join("");
}

export function statefulSetText(object: ApiObject, look: Lookup): string {
  const { spec, status } = parts(object);
  const { name, created, labels } = heads(object);
  const strategy = asObject(spec["updateStrategy"]);
  const rolling = asObject(strategy["rollingUpdate"]);
  const bounds =
    rolling["partition"] === undefined
      ? ""
      : row("Partition", count(rolling, "partition"), 1) + rowIf("MaxUnavailable", rolling["maxUnavailable"], 1);
  return [
    name,
    created,
    row("Selector", selectorOf(spec)),
    labels,
    row("Replicas", `${count(spec, "replicas")} desired | ${count(status, "replicas")} total`),
    row("Update Strategy", stringAt(strategy, "type")),
    bounds,
    podStatus(look, object, asObject(spec["selector"])),
    podTemplateText(asObject(spec["template"])),
    claimTemplateLines(listAt(spec, "volumeClaimTemplates").map(asObject)),
  ].join("");
}

export function daemonSetText(object: ApiObject, look: Lookup): string {
  const { spec, status } = parts(object);
  const { name, labels } = heads(object);
  const template = asObject(spec["template"]);
  return [
    name,
    row("Selector", selectorOf(spec)),
    row("Node-Selector", labelText(asObject(asObject(template["spec"])["nodeSelector"]))),
    labels,
    line(0, `Desired Number of Nodes Scheduled: ${count(status, "desiredNumberScheduled")}`),
    line(0, `Current Number of Nodes Scheduled: ${count(status, "currentNumberScheduled")}`),
    line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${count(status, "updatedNumberScheduled")}`),
    line(0, `Number of Nodes Scheduled with Available Pods: ${count(status, "numberAvailable")}`),
    line(0, `Number of Nodes Misscheduled: ${count(status, "numberMisscheduled")}`),
    podStatus(look, object, asObject(spec["selector"])),
    podTemplateText(template),
  ].join("");
}
