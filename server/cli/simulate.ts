/** `seatrial simulate`: the objects of a file applied to the default cluster, as a table over time with its summary. */
import type { ManifestObject } from "../../simulator/api/objects.ts";
import { summarize } from "../../simulator/insight/summary.ts";
import { defaultScenario, isApplicable } from "../../simulator/scenario/defaults.ts";
import { simulate } from "../../simulator/simulate.ts";
import { series } from "../../simulator/view.ts";
import { openManifest } from "../service/manifest.ts";
import { listSubjects } from "../service/objects.ts";

const workloads = new Set(["ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"]);

/** What to print, or why the file cannot be run. */
export function simulateFile(
  name: string,
  text: string,
  seed: number,
  format: "text" | "json",
): { readonly output: string } | { readonly refused: string } {
  const subjects = listSubjects(openManifest(name, name.endsWith(".json") ? "json" : "yaml", text))
    .map(({ subject }) => subject)
    .filter((subject) => subject !== null && isApplicable(subject.kind));
  const bad = subjects.find((subject) => subject?.accepted === false);
  if (bad) return { refused: `${bad.kind} ${bad.name} would be refused; \`seatrial check ${name}\` says why` };
  const objects = subjects.flatMap((subject) => (subject?.object ? [subject.object] : []));
  const shown = objects.filter(({ kind }) => workloads.has(kind));
  if (shown.length === 0) return { refused: `${name} holds no workload` };
  const result = simulate(defaultScenario(objects, seed));
  if ("problems" in result) return { refused: result.problems.map(({ path, code }) => `${path}: ${code}`).join("; ") };
  const { trace } = result;
  if (format === "json") {
    const summaries = shown.map((object) => ({ ...nameOf(object), summary: summarize(trace, nameOf(object)) }));
    return {
      output: `${JSON.stringify({ ending: trace.ending, end: trace.end, workloads: summaries, entries: trace.entries })}\n`,
    };
  }
  return { output: shown.map((object) => table(object, trace)).join("\n") };
}

function nameOf({ kind, metadata }: ManifestObject): { kind: string; name: string; namespace: string } {
  return { kind, name: metadata.name ?? "", namespace: metadata.namespace ?? "default" };
}

function table(object: ManifestObject, trace: Parameters<typeof series>[0]): string {
  const workload = nameOf(object);
  const rows: string[][] = [["TIME", "DESIRED", "PODS", "READY", "AVAILABLE"]];
  let before = "";
  for (const point of series(trace, workload)) {
    const row = [point.desired, point.pods, point.ready, point.available].map((value) => String(value ?? "-"));
    if (row.join() === before) continue;
    before = row.join();
    rows.push([`${(point.time / 1000).toFixed(1)}s`, ...row]);
  }
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  "));
  const { duration, lowestAvailable, peakPods, downtime, unfinished } = summarize(trace, workload);
  const summary = [
    `took ${(duration / 1000).toFixed(1)} s`,
    `at most ${peakPods.count} ${peakPods.count === 1 ? "pod" : "pods"}`,
    ...(lowestAvailable ? [`never fewer than ${lowestAvailable.count} available`] : []),
    ...(downtime > 0 ? [`none available for ${(downtime / 1000).toFixed(1)} s`] : []),
    ...(unfinished ? [`unfinished: ${unfinished.code}`] : []),
  ];
  return `${workload.kind} ${workload.name}\n${lines.map((line) => `  ${line}\n`).join("")}  ${summary.join(", ")}\n`;
}
