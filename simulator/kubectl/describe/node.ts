/** A node as `kubectl describe` shows it. Models describeNode of kubectl/pkg/describe/describe.go. */
import { asObject, isTrue, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import { type ApiObject, isStatus } from "../../apiserver/types.ts";
import { found, type Lookup, listed } from "./lookup.ts";
import { podTableLines } from "./node-resources.ts";
import { amountRows } from "./resources.ts";
import { taintLines } from "./scheduling.ts";
import { dateText } from "./times.ts";
import { annotationLines, joined, labelLines, line, row, rowIf, tableLines } from "./writer.ts";

const objectsAt = (object: JsonObject, key: string): readonly JsonObject[] => listAt(object, key).map(asObject);

const information = [
  ["Machine ID", "machineID"],
  ["System UUID", "systemUUID"],
  ["Boot ID", "bootID"],
  ["Kernel Version", "kernelVersion"],
  ["OS Image", "osImage"],
  ["Operating System", "operatingSystem"],
  ["Architecture", "architecture"],
  ["Container Runtime Version", "containerRuntimeVersion"],
  ["Kubelet Version", "kubeletVersion"],
] as const;

export function nodeText(node: ApiObject, look: Lookup): string {
  const { name, labels = {}, annotations = {} } = node.metadata;
  const spec = asObject(node["spec"]);
  const status = asObject(node["status"]);
  const info = asObject(status["nodeInfo"]);
  const amounts = (title: string, key: string) => {
    const rows = amountRows(asObject(status[key]), 1);
    return rows === "" ? "" : line(0, `${title}:`) + rows;
  };
  const running = `spec.nodeName=${name},status.phase!=Succeeded,status.phase!=Failed`;
  return [
    row("Name", name),
    row("Roles", rolesOf(labels).join(",") || "<none>"),
    labelLines("Labels", labels),
    annotationLines("Annotations", annotations),
    row("CreationTimestamp", dateText((node.metadata as JsonObject)["creationTimestamp"])),
    taintLines("Taints", objectsAt(spec, "taints")),
    row("Unschedulable", isTrue(spec, "unschedulable")),
    leaseLines(found(look, "Lease", "kube-node-lease", name)),
    conditionLines(objectsAt(status, "conditions")),
    line(0, "Addresses:"),
    ...objectsAt(status, "addresses").map((one) => row(stringAt(one, "type"), stringAt(one, "address"), 1)),
    amounts("Capacity", "capacity"),
    amounts("Allocatable", "allocatable"),
    line(0, "System Info:"),
    ...information.map(([title, key]) => row(title, stringAt(info, key), 1)),
    rowIf("PodCIDR", spec["podCIDR"]),
    rowIf("PodCIDRs", joined(spec, "podCIDRs")),
    rowIf("ProviderID", spec["providerID"]),
    podTableLines(listed(look, "Pod", "", { fieldSelector: running }), status, look.now),
  ].join("");
}

const rolePrefix = "node-role.kubernetes.io/";

function rolesOf(labels: Readonly<Record<string, string>>): readonly string[] {
  const roles = Object.entries(labels).flatMap(([key, value]) =>
    key.startsWith(rolePrefix) ? [key.slice(rolePrefix.length)] : key === "kubernetes.io/role" ? [value] : [],
  );
  return [...new Set(roles)].filter((role) => role !== "").sort();
}

function leaseLines(lease: Parameters<typeof isStatus>[0]): string {
  if (isStatus(lease)) return row("Lease", `Failed to get lease: ${lease.message}`);
  const spec = asObject((lease as ApiObject)["spec"]);
  const time = (key: string) => (spec[key] ? dateText(spec[key]) : "<unset>");
  return [
    line(0, "Lease:"),
    row("HolderIdentity", stringAt(spec, "holderIdentity") || "<unset>", 1),
    row("AcquireTime", time("acquireTime"), 1),
    row("RenewTime", time("renewTime"), 1),
  ].join("");
}

function conditionLines(conditions: readonly JsonObject[]): string {
  if (conditions.length === 0) return "";
  const rows = conditions.map((one) =>
    [
      stringAt(one, "type"),
      stringAt(one, "status"),
      dateText(one["lastHeartbeatTime"]),
      dateText(one["lastTransitionTime"]),
      stringAt(one, "reason"),
      stringAt(one, "message"),
    ].join(" \t"),
  );
  const titles = ["Type", "Status", "LastHeartbeatTime", "LastTransitionTime", "Reason", "Message"];
  return tableLines("Conditions", titles, rows);
}
