/** A workload over time, one line for each change, and its summary. */
import type { JsonObject } from "../../simulator/api/json.ts";
import type { ManifestObject } from "../../simulator/api/objects.ts";
import { zoneOf } from "../../simulator/api/schedule/zones.ts";
import { summarize } from "../../simulator/insight/summary.ts";
import type { ObjectEntry, Trace } from "../../simulator/trace.ts";
import { lastAtOrBefore, type SeriesPoint, series, type WorkloadName } from "../../simulator/view.ts";
import type { RunWords } from "../messages/run-words.ts";

/** How the trace names an object. */
export function nameOf({ kind, metadata }: ManifestObject): WorkloadName {
  return { kind, name: metadata.name ?? "", namespace: metadata.namespace ?? "default" };
}

/** What is shown of a kind of workload: the heading of each column and its value at a time. */
interface Column {
  readonly heading: string;
  readonly at: (time: number) => number | undefined;
}

/** Lines of a table; of a longer one those at its beginning and its end are shown. */
const mostLines = 60;
const firstLines = 40;
/** Runs of a CronJob are much like each other. */
const mostRunLines = 16;
const firstRunLines = 12;

/** The lines of one workload; times count from `from`, a CronJob's are those of its clock. */
export function table(object: ManifestObject, trace: Trace, start: number, from: number, words: RunWords): string {
  const workload = nameOf(object);
  const points = series(trace, workload);
  const entries = entriesOf(workload, trace);
  const columns = columnsOf(workload.kind, points, entries);
  const clock = workload.kind === "CronJob" ? clockOf(object, start) : null;
  const rows = [[clock === null ? "TIME" : `TIME (${clock.zone})`, ...columns.map(({ heading }) => heading)]];
  let before = "";
  for (const time of timesOf([...points, ...entries], from)) {
    const row = columns.map(({ at }) => String(at(time) ?? "-"));
    if (row.join() === before) continue;
    before = row.join();
    rows.push([clock === null ? `${secondsOf(time - from)}s` : clock.at(time), ...row]);
  }
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  );
  const all = rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  "));
  const [most, first] = clock === null ? [mostLines, firstLines] : [mostRunLines, firstRunLines];
  const lines =
    all.length <= most ? all : [...all.slice(0, first), words.leftOut(all.length - most), ...all.slice(first - most)];
  const summary = summaryOf(workload, trace, points, from, words, clock?.at ?? null);
  return `${workload.kind} ${workload.name}\n${lines.map((line) => `  ${line}\n`).join("")}  ${summary}\n`;
}

/** What the trace says of the workload itself, in order of time. */
function entriesOf({ kind, name, namespace }: WorkloadName, trace: Trace): readonly ObjectEntry[] {
  return trace.entries.filter(
    (entry): entry is ObjectEntry =>
      entry.type === "object" && entry.kind === kind && entry.name === name && entry.namespace === namespace,
  );
}

/** The last of a list in order of time that is not after a time. */
function lookUp<T extends { readonly time: number }>(list: readonly T[]): (time: number) => T | undefined {
  const times = list.map(({ time }) => time);
  return (time) => list[lastAtOrBefore(times, time)];
}

function columnsOf(kind: string, points: readonly SeriesPoint[], entries: readonly ObjectEntry[]): readonly Column[] {
  const point = lookUp(points);
  const entry = lookUp(entries);
  const pods: Column = { heading: "PODS", at: (time) => point(time)?.pods };
  const ready: Column = { heading: "READY", at: (time) => point(time)?.ready };
  const desired: Column = { heading: "DESIRED", at: (time) => point(time)?.desired };
  switch (kind) {
    case "Job": {
      const state = (time: number) => {
        const found = entry(time);
        return found?.kind === "Job" ? found.state : null;
      };
      const succeeded: Column = { heading: "SUCCEEDED", at: (time) => state(time)?.succeeded };
      const failed: Column = { heading: "FAILED", at: (time) => state(time)?.failed };
      return [desired, pods, ready, succeeded, failed];
    }
    case "CronJob": {
      const active = (time: number) => {
        const found = entry(time);
        return found?.kind === "CronJob" ? found.state?.active.length : undefined;
      };
      return [{ heading: "JOBS", at: active }, pods, ready];
    }
    default: {
      const available: Column = { heading: "AVAILABLE", at: (time) => point(time)?.available };
      if (kind === "ReplicaSet") return [desired, pods, ready, available];
      const updated: Column = { heading: "UP-TO-DATE", at: (time) => upToDate(entry(time)) };
      return [desired, pods, ready, updated, available];
    }
  }
}

/** Pods of the newest template, as kubectl shows them. */
function upToDate(entry: ObjectEntry | undefined): number | undefined {
  if (entry?.kind === "Deployment" || entry?.kind === "StatefulSet") return entry.state?.updated;
  return entry?.kind === "DaemonSet" ? entry.state?.upToDate : undefined;
}

/** When anything about the workload may have changed, from `from` on, which comes first. */
function timesOf(changes: readonly { readonly time: number }[], from: number): readonly number[] {
  const times = new Set(changes.map(({ time }) => time));
  const later = [...times].filter((time) => time >= from).sort((a, b) => a - b);
  return from > 0 && later[0] !== from ? [from, ...later] : later;
}

function summaryOf(
  workload: WorkloadName,
  trace: Trace,
  points: readonly SeriesPoint[],
  from: number,
  words: RunWords,
  clock: ((time: number) => string) | null,
): string {
  const { duration, lowestAvailable, peakPods, downtime, unfinished } = summarize(trace, workload, from);
  // All pods were there when the change came: then every loss counts, else only those after that.
  const full = points.some((one) => one.time <= from && one.desired > 0 && one.available >= one.desired);
  return [
    clock === null ? words.took(secondsOf(duration)) : words.runs(runsOf(workload, trace), clock(from + duration)),
    words.most(peakPods.count),
    ...(lowestAvailable ? [words.fewest(lowestAvailable.count, from > 0 && full)] : []),
    ...(downtime > 0 ? [words.downtime(secondsOf(downtime))] : []),
    ...(unfinished ? [words.unfinished[unfinished.code](unfinished.params)] : []),
  ].join(", ");
}

/** How many Jobs a CronJob has made. */
function runsOf({ name, namespace }: WorkloadName, trace: Trace): number {
  const made = new Set<string>();
  for (const entry of trace.entries) {
    if (entry.type !== "object" || entry.kind !== "Job" || entry.namespace !== namespace) continue;
    if (entry.state?.owner === `CronJob/${name}`) made.add(entry.uid);
  }
  return made.size;
}

/** The times on the clock that the schedule goes by. */
function clockOf(object: ManifestObject, start: number): { readonly zone: string; at(time: number): string } {
  const { timeZone } = (object.spec ?? {}) as JsonObject;
  const zone = typeof timeZone === "string" ? timeZone : "UTC";
  const known = zoneOf(zone);
  const at = (time: number) => {
    const instant = start + time;
    return new Date(instant + known.offsetAt(instant)).toISOString().slice(0, 19).replace("T", " ");
  };
  return { zone, at };
}

function secondsOf(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
