/** The tables of workloads. Models pkg/printers/internalversion/printers.go. */
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import type { Printer } from "../kind.ts";
import {
  age,
  columns,
  containerCells,
  isDeleted,
  labelText,
  nameOf,
  none,
  orNone,
  selectorCell,
  since,
  specOf,
  statusOf,
} from "./cells.ts";
import { humanDuration } from "./human-duration.ts";

const count = (object: JsonObject | undefined, field: string): number => numberAt(object, field) ?? 0;

export const deploymentPrinter: Printer = {
  columns: columns("Ready", "Up-to-date#", "Available#", "Age", "Containers*", "Images*", "Selector*"),
  cells(object, now) {
    const [spec, status] = [specOf(object), statusOf(object)];
    return [
      nameOf(object),
      `${count(status, "readyReplicas")}/${count(spec, "replicas")}`,
      count(status, "updatedReplicas"),
      count(status, "availableReplicas"),
      age(object, now),
      ...containerCells(objectAt(spec, "template")),
      selectorCell(objectAt(spec, "selector")),
    ];
  },
};

const replicaColumns = columns("Desired#", "Current#", "Ready#", "Age", "Containers*", "Images*", "Selector*");

function replicaCells(object: JsonObject, now: number, selector: string) {
  const [spec, status] = [specOf(object), statusOf(object)];
  return [
    nameOf(object),
    count(spec, "replicas"),
    count(status, "replicas"),
    count(status, "readyReplicas"),
    age(object, now),
    ...containerCells(objectAt(spec, "template")),
    selector,
  ];
}

export const replicaSetPrinter: Printer = {
  columns: replicaColumns,
  cells: (object, now) => replicaCells(object, now, selectorCell(objectAt(specOf(object), "selector"))),
};

export const replicationControllerPrinter: Printer = {
  columns: replicaColumns,
  cells: (object, now) => replicaCells(object, now, labelText(objectAt(specOf(object), "selector"))),
};

export const statefulSetPrinter: Printer = {
  columns: columns("Ready", "Age", "Containers*", "Images*"),
  cells(object, now) {
    const [spec, status] = [specOf(object), statusOf(object)];
    return [
      nameOf(object),
      `${count(status, "readyReplicas")}/${count(spec, "replicas")}`,
      age(object, now),
      ...containerCells(objectAt(spec, "template")),
    ];
  },
};

export const daemonSetPrinter: Printer = {
  columns: columns(
    ...["Desired#", "Current#", "Ready#", "Up-to-date#", "Available#"],
    ...["Node Selector", "Age", "Containers*", "Images*", "Selector*"],
  ),
  cells(object, now) {
    const [spec, status] = [specOf(object), statusOf(object)];
    const template = objectAt(spec, "template");
    return [
      nameOf(object),
      count(status, "desiredNumberScheduled"),
      count(status, "currentNumberScheduled"),
      count(status, "numberReady"),
      count(status, "updatedNumberScheduled"),
      count(status, "numberAvailable"),
      labelText(objectAt(objectAt(template, "spec"), "nodeSelector")),
      age(object, now),
      ...containerCells(template),
      selectorCell(objectAt(spec, "selector")),
    ];
  },
};

/** The words for a Job's conditions, those that end it first. */
function jobWord(job: JsonObject): string {
  const conditions = listAt(statusOf(job), "conditions").map(asObject);
  const holds = (type: string) => conditions.some((one) => one["type"] === type && one["status"] === "True");
  const word = (types: readonly string[]) => types.find(holds);
  return (
    word(["Complete", "Failed"]) ??
    (isDeleted(job) ? "Terminating" : word(["Suspended", "FailureTarget", "SuccessCriteriaMet"])) ??
    "Running"
  );
}

function jobCompletions(spec: JsonObject, status: JsonObject): string {
  const succeeded = count(status, "succeeded");
  const completions = numberAt(spec, "completions");
  if (completions !== undefined) return `${succeeded}/${completions}`;
  const parallelism = count(spec, "parallelism");
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration(status: JsonObject, now: number): string {
  const [start, end] = ["startTime", "completionTime"].map((field) => Date.parse(stringAt(status, field)));
  return Number.isNaN(start) ? "" : humanDuration((Number.isNaN(end) ? now : end!) - start!);
}

export const jobPrinter: Printer = {
  columns: columns("Status", "Completions", "Duration", "Age", "Containers*", "Images*", "Selector*"),
  cells(object, now) {
    const [spec, status] = [specOf(object), statusOf(object)];
    return [
      nameOf(object),
      jobWord(object),
      jobCompletions(spec, status),
      jobDuration(status, now),
      age(object, now),
      ...containerCells(objectAt(spec, "template")),
      selectorCell(objectAt(spec, "selector")),
    ];
  },
};

export const cronJobPrinter: Printer = {
  columns: columns(
    ...["Schedule", "Timezone", "Suspend", "Active#", "Last Schedule", "Age"],
    ...["Containers*", "Images*", "Selector*"],
  ),
  cells(object, now) {
    const [spec, status] = [specOf(object), statusOf(object)];
    const { suspend } = spec;
    const jobSpec = objectAt(objectAt(spec, "jobTemplate"), "spec");
    return [
      nameOf(object),
      stringAt(spec, "schedule"),
      orNone(stringAt(spec, "timeZone")),
      suspend === undefined ? "<unset>" : suspend === true ? "True" : "False",
      listAt(status, "active").length,
      status["lastScheduleTime"] === undefined ? none : since(status["lastScheduleTime"], now),
      age(object, now),
      ...containerCells(objectAt(jobSpec, "template")),
      selectorCell(objectAt(jobSpec, "selector")),
    ];
  },
};

/** `statefulset.apps/web` for the controller of a revision. */
function controllerText(object: JsonObject): string {
  const owners = listAt(objectAt(object, "metadata"), "ownerReferences").map(asObject);
  const owner = owners.find((one) => one["controller"] === true);
  if (!owner) return none;
  const [group] = stringAt(owner, "apiVersion").split("/");
  const kind = stringAt(owner, "kind").toLowerCase();
  return `${group && stringAt(owner, "apiVersion").includes("/") ? `${kind}.${group}` : kind}/${stringAt(owner, "name")}`;
}

export const revisionPrinter: Printer = {
  columns: columns("Controller", "Revision#", "Age"),
  cells: (object, now) => [nameOf(object), controllerText(object), count(object, "revision"), age(object, now)],
};
