/** The tables of what is only kept: settings, accounts, roles, events. Models pkg/printers/internalversion/printers.go. */
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import type { Printer } from "../kind.ts";
import { age, columns, containerCells, labelText, nameOf, since, specOf } from "./cells.ts";

const size = (value: JsonObject | undefined): number => Object.keys(value ?? {}).length;

export const configMapPrinter: Printer = {
  columns: columns("Data#", "Age"),
  cells: (object, now) => [
    nameOf(object),
    size(objectAt(object, "data")) + size(objectAt(object, "binaryData")),
    age(object, now),
  ],
};

export const secretPrinter: Printer = {
  columns: columns("Type", "Data#", "Age"),
  cells: (object, now) => [nameOf(object), stringAt(object, "type"), size(objectAt(object, "data")), age(object, now)],
};

export const accountPrinter: Printer = {
  columns: columns("Secrets#", "Age"),
  cells: (object, now) => [nameOf(object), listAt(object, "secrets").length, age(object, now)],
};

function subjectsText(object: JsonObject, kind: string): string {
  const subjects = listAt(object, "subjects")
    .map(asObject)
    .filter((one) => one["kind"] === kind);
  const isAccount = kind === "ServiceAccount";
  return subjects
    .map((one) => (isAccount ? `${stringAt(one, "namespace")}/${stringAt(one, "name")}` : stringAt(one, "name")))
    .join(", ");
}

export const bindingPrinter: Printer = {
  columns: columns("Role", "Age", "Users*", "Groups*", "ServiceAccounts*"),
  cells(object, now) {
    const role = objectAt(object, "roleRef");
    return [
      nameOf(object),
      `${stringAt(role, "kind")}/${stringAt(role, "name")}`,
      age(object, now),
      ...["User", "Group", "ServiceAccount"].map((kind) => subjectsText(object, kind)),
    ];
  },
};

export const leasePrinter: Printer = {
  columns: columns("Holder", "Age"),
  cells: (object, now) => [nameOf(object), stringAt(specOf(object), "holderIdentity"), age(object, now)],
};

export const runtimeClassPrinter: Printer = {
  columns: columns("Handler", "Age"),
  cells: (object, now) => [nameOf(object), stringAt(object, "handler"), age(object, now)],
};

export const webhooksPrinter: Printer = {
  columns: columns("Webhooks#", "Age"),
  cells: (object, now) => [nameOf(object), listAt(object, "webhooks").length, age(object, now)],
};

export const podTemplatePrinter: Printer = {
  columns: columns("Containers", "Images", "Pod Labels"),
  cells(object) {
    const template = objectAt(object, "template");
    return [nameOf(object), ...containerCells(template), labelText(objectAt(objectAt(template, "metadata"), "labels"))];
  },
};

/** When an event was last seen: by its series, its last time, or its only one. */
function lastSeen(event: JsonObject): unknown {
  return objectAt(event, "series")?.["lastObservedTime"] ?? event["lastTimestamp"] ?? event["eventTime"];
}

function sourceText(event: JsonObject): string {
  const source = objectAt(event, "source");
  const component = stringAt(source, "component") || stringAt(event, "reportingComponent");
  const host = stringAt(source, "host");
  return host === "" ? component : `${component}, ${host}`;
}

export const eventPrinter: Printer = {
  columns: [
    { name: "Last Seen", type: "string" },
    { name: "Type", type: "string" },
    { name: "Reason", type: "string" },
    { name: "Object", type: "string" },
    { name: "Subobject", type: "string", priority: 1 },
    { name: "Source", type: "string", priority: 1 },
    { name: "Message", type: "string" },
    { name: "First Seen", type: "string", priority: 1 },
    { name: "Count", type: "string", priority: 1 },
    { name: "Name", type: "string", format: "name", priority: 1 },
  ],
  cells(event, now) {
    const about = objectAt(event, "involvedObject") ?? objectAt(event, "regarding");
    const kind = stringAt(about, "kind").toLowerCase();
    return [
      since(lastSeen(event), now),
      stringAt(event, "type"),
      stringAt(event, "reason"),
      `${kind}/${stringAt(about, "name")}`,
      stringAt(about, "fieldPath"),
      sourceText(event),
      (stringAt(event, "message") || stringAt(event, "note")).trim(),
      since(event["firstTimestamp"] ?? event["eventTime"], now),
      String(numberAt(objectAt(event, "series"), "count") ?? numberAt(event, "count") ?? 1),
      nameOf(event),
    ];
  },
};
