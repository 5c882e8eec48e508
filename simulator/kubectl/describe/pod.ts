/** A pod as `kubectl describe` shows it. Models describePod of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import type { PodSpec } from "../../api/objects.ts";
import { qosClass } from "../../api/pod/qos.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { containersText, seccompLines } from "./containers.ts";
import { controllerLine, type Lookup } from "./lookup.ts";
import { resourceLines } from "./resources.ts";
import { groupLines, spreadLines, tolerationLines } from "./scheduling.ts";
import { ageText, dateText } from "./times.ts";
import { volumesText } from "./volumes.ts";
import { annotationLines, labelLines, line, row, rowIf } from "./writer.ts";

/** Everything about a pod but its events. */
export function podText(pod: ApiObject, { now }: Lookup): string {
  const spec = asObject(pod["spec"]);
  const status = asObject(pod["status"]);
  const { name, namespace = "", labels, annotations = {} } = pod.metadata;
  const objects = (part: JsonObject, key: string) => listAt(part, key).map(asObject);
  const node = stringAt(spec, "nodeName");
  const conditions = objects(status, "conditions");
  const containers = (title: string, field: string, statuses: string, isShown: boolean) =>
    isShown ? containersText(title, objects(spec, field), "", { pod, statuses: objects(status, statuses) }) : "";
  const has = (field: string) => listAt(spec, field).length > 0;
  return [
    row("Name", name),
    row("Namespace", namespace),
    rowIf("Priority", spec["priority"]),
    rowIf("Priority Class Name", spec["priorityClassName"]),
    rowIf("Runtime Class Name", spec["runtimeClassName"]),
    rowIf("Service Account", spec["serviceAccountName"]),
    row("Node", node === "" ? "<none>" : `${node}/${stringAt(status, "hostIP")}`),
    status["startTime"] ? row("Start Time", dateText(status["startTime"])) : "",
    labelLines("Labels", labels),
    annotationLines("Annotations", annotations),
    phaseLines(pod, status, now),
    rowIf("Reason", status["reason"]),
    rowIf("Message", status["message"]),
    seccompLines(asObject(asObject(spec["securityContext"])["seccompProfile"]), 0, 0),
    row("IP", stringAt(status, "podIP")),
    addressLines(objects(status, "podIPs")),
    controllerLine(pod),
    rowIf("NominatedNodeName", status["nominatedNodeName"]),
    spec["resources"] ? line(0, "Resources:") + resourceLines(asObject(spec["resources"]), 1) : "",
    containers("Init Containers", "initContainers", "initContainerStatuses", has("initContainers")),
    containers("Containers", "containers", "containerStatuses", true),
    containers("Ephemeral Containers", "ephemeralContainers", "ephemeralContainerStatuses", has("ephemeralContainers")),
    gateLines(objects(spec, "readinessGates"), conditions),
    conditionLines("Conditions", conditions, "type", (one) => stringAt(one, "status")),
    volumesText(objects(spec, "volumes"), ""),
    row("QoS Class", stringAt(status, "qosClass") || qosClass(spec as unknown as PodSpec)),
    labelLines("Node-Selectors", asObject(spec["nodeSelector"])),
    tolerationLines("Tolerations", objects(spec, "tolerations")),
    spreadLines(objects(spec, "topologySpreadConstraints"), ""),
    groupLines(spec, ""),
  ].join("");
}

function phaseLines({ metadata }: ApiObject, status: JsonObject, now: number): string {
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata as JsonObject;
  const phase = stringAt(status, "phase");
  if (deletionTimestamp === undefined || phase === "Failed" || phase === "Succeeded") return row("Status", phase);
  const grace = `${deletionGracePeriodSeconds ?? 0}s`;
  return (
    row("Status", `Terminating (lasts ${ageText(deletionTimestamp, now)})`) + row("Termination Grace Period", grace)
  );
}

function addressLines(addresses: readonly JsonObject[]): string {
  if (addresses.length === 0) return row("IPs", "<none>");
  return line(0, "IPs:") + addresses.map((one) => row("IP", stringAt(one, "ip"), 1)).join("");
}

function conditionLines(
  title: string,
  list: readonly JsonObject[],
  name: string,
  status: (one: JsonObject) => string,
): string {
  if (list.length === 0) return "";
  const rows = list.map((one) => line(1, `${stringAt(one, name)} \t${status(one)} `));
  return line(0, `${title}:`) + line(1, "Type\tStatus") + rows.join("");
}

function gateLines(gates: readonly JsonObject[], conditions: readonly JsonObject[]): string {
  return conditionLines("Readiness Gates", gates, "conditionType", (gate) => {
    const met = conditions.find((one) => one["type"] === gate["conditionType"]);
    return met ? stringAt(met, "status") : "<none>";
  });
}
