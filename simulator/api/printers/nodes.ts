/** The tables of nodes and namespaces. Models pkg/printers/internalversion/printers.go. */
import { asObject, isTrue, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Printer } from "../kind.ts";
import { age, columns, nameOf, none, orNone, specOf, statusOf } from "./cells.ts";

const rolePrefix = "node-role.kubernetes.io/";

function rolesText(labels: JsonObject | undefined): string {
  const roles = Object.entries(labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(rolePrefix)) return key.length > rolePrefix.length ? [key.slice(rolePrefix.length)] : [];
    return key === "kubernetes.io/role" && value !== "" ? [String(value)] : [];
  });
  return orNone([...new Set(roles)].sort().join());
}

function statusText(node: JsonObject): string {
  const ready = listAt(statusOf(node), "conditions")
    .map(asObject)
    .find((one) => one["type"] === "Ready");
  const word = ready === undefined ? "Unknown" : ready["status"] === "True" ? "Ready" : "NotReady";
  return isTrue(specOf(node), "unschedulable") ? `${word},SchedulingDisabled` : word;
}

function addressOf(node: JsonObject, type: string): string {
  const address = listAt(statusOf(node), "addresses")
    .map(asObject)
    .find((one) => one["type"] === type);
  return address ? stringAt(address, "address") : none;
}

export const nodePrinter: Printer = {
  columns: columns(
    ...["Status", "Roles", "Age", "Version"],
    ...["Internal-IP*", "External-IP*", "OS-Image*", "Kernel-Version*", "Container-Runtime*"],
  ),
  cells(object, now) {
    const info = objectAt(statusOf(object), "nodeInfo");
    const orUnknown = (field: string) => stringAt(info, field) || "<unknown>";
    return [
      nameOf(object),
      statusText(object),
      rolesText(objectAt(objectAt(object, "metadata"), "labels")),
      age(object, now),
      stringAt(info, "kubeletVersion"),
      addressOf(object, "InternalIP"),
      addressOf(object, "ExternalIP"),
      orUnknown("osImage"),
      orUnknown("kernelVersion"),
      orUnknown("containerRuntimeVersion"),
    ];
  },
};

export const namespacePrinter: Printer = {
  columns: columns("Status", "Age"),
  cells: (object, now) => [nameOf(object), stringAt(statusOf(object), "phase"), age(object, now)],
};
