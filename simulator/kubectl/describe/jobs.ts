/** Jobs and CronJobs as `kubectl describe` shows them. Models describeJob and describeCronJob of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import { selectorText } from "../../api/label-selector.ts";
import { humanDuration } from "../../api/printers/human-duration.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { controllerLine } from "./lookup.ts";
import { podTemplateText } from "./pod-template.ts";
import { dateText } from "./times.ts";
import { annotationLines, labelLines, row, rowIf, switchText, valueText } from "./writer.ts";

const head = ({ metadata }: ApiObject): string =>
  row("Name", metadata.name) + row("Namespace", metadata.namespace ?? "");
const labels = ({ metadata }: ApiObject): string =>
  labelLines("Labels", metadata.labels) + annotationLines("Annotations", metadata.annotations ?? {});

export function jobText(job: ApiObject): string {
  const spec = asObject(job["spec"]);
  const status = asObject(job["status"]);
  const { startTime, completionTime } = status;
  const deadline = spec["activeDeadlineSeconds"];
  return [
    head(job),
    row("Selector", selectorText(spec["selector"] as never) ?? "<error>"),
    labels(job),
    controllerLine(job),
    rowIf("Parallelism", spec["parallelism"]),
    row("Completions", valueText(spec["completions"], "<unset>")),
    rowIf("Completion Mode", spec["completionMode"]),
    rowIf("Suspend", spec["suspend"]),
    rowIf("Backoff Limit", spec["backoffLimit"]),
    rowIf("TTL Seconds After Finished", spec["ttlSecondsAfterFinished"]),
    startTime ? row("Start Time", dateText(startTime)) : "",
    completionTime ? row("Completed At", dateText(completionTime)) : "",
    startTime && completionTime
      ? row("Duration", humanDuration(Date.parse(String(completionTime)) - Date.parse(String(startTime))))
      : "",
    deadline === undefined ? "" : row("Active Deadline Seconds", `${valueText(deadline)}s`),
    podCounts(status),
    spec["completionMode"] === "Indexed"
      ? row("Completed Indexes", indexesText(stringAt(status, "completedIndexes")))
      : "",
    podTemplateText(asObject(spec["template"])),
  ].join("");
}

function podCounts(status: JsonObject): string {
  const [active, succeeded, failed] = ["active", "succeeded", "failed"].map((key) => numberAt(status, key) ?? 0);
  const ready = numberAt(status, "ready");
  const isReady = ready === undefined ? "" : ` (${ready} Ready)`;
  return row("Pods Statuses", `${active} Active${isReady} / ${succeeded} Succeeded / ${failed} Failed`);
}

/** About fifty characters of the indexes, cut behind a comma. */
function indexesText(indexes: string): string {
  if (indexes === "") return "<none>";
  const cut = indexes.indexOf(",", 50);
  return cut < 0 ? indexes : `${indexes.slice(0, cut + 1)}...`;
}

export function cronJobText(cronJob: ApiObject): string {
  const spec = asObject(cronJob["spec"]);
  const status = asObject(cronJob["status"]);
  const last = status["lastScheduleTime"];
  const deadline = spec["startingDeadlineSeconds"];
  const active = listAt(status, "active").map((one) => stringAt(asObject(one), "name"));
  return [
    head(cronJob),
    labels(cronJob),
    row("Schedule", stringAt(spec, "schedule")),
    row("Concurrency Policy", stringAt(spec, "concurrencyPolicy")),
    row("Suspend", switchText(spec["suspend"])),
    row("Time Zone", valueText(spec["timeZone"], "<unset>")),
    row("Successful Job History Limit", valueText(spec["successfulJobsHistoryLimit"], "<unset>")),
    row("Failed Job History Limit", valueText(spec["failedJobsHistoryLimit"], "<unset>")),
    row("Starting Deadline Seconds", deadline === undefined ? "<unset>" : `${valueText(deadline)}s`),
    jobTemplateLines(asObject(asObject(spec["jobTemplate"])["spec"])),
    row("Last Schedule Time", last ? dateText(last) : "<unset>"),
    row("Active Jobs", active.length === 0 ? "<none>" : active.join(", ")),
  ].join("");
}

function jobTemplateLines(spec: JsonObject): string {
  const deadline = spec["activeDeadlineSeconds"];
  return [
    row("Selector", spec["selector"] ? (selectorText(spec["selector"] as never) ?? "<error>") : "<unset>"),
    row("Parallelism", valueText(spec["parallelism"], "<unset>")),
    row("Completions", valueText(spec["completions"], "<unset>")),
    deadline === undefined ? "" : row("Active Deadline Seconds", `${valueText(deadline)}s`),
    podTemplateText(asObject(spec["template"])),
  ].join("");
}
