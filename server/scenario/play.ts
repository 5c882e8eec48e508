/** What a scenario's file plays, and whether the run is as expected. Pure: whoever calls has read the manifests. */
import { kinds } from "../../simulator/api/kinds.ts";
import type { ManifestObject } from "../../simulator/api/objects.ts";
import { type Summary, summarize } from "../../simulator/insight/summary.ts";
import { nameOf, type Play } from "../../simulator/played.ts";
import type { Trace } from "../../simulator/trace.ts";
import type { WorkloadName } from "../../simulator/view.ts";
import type { Expectation, ScenarioFile } from "./file.ts";

/** One thing that was expected, and what was there instead; `was` is null where it was so. */
export interface Judged {
  readonly index: number;
  /** `Deployment/web`; null for what is asked of the whole run. */
  readonly of: string | null;
  readonly what: Exclude<keyof Expectation, "of">;
  readonly expected: string | number | boolean;
  readonly was: string | number | boolean | null;
}

/** The play of a scenario; `before` is null where nothing was there. */
export function playOfFile(
  file: ScenarioFile,
  after: readonly ManifestObject[],
  before: readonly ManifestObject[] | null,
): Play {
  const { seed, kubernetes, start, nodes, timings, faults, behaviours, elsewhere, steps, length } = file;
  const mode = file.mode ?? (before === null ? "create" : "change");
  return {
    mode,
    before: before ?? (mode === "restart" ? after : []),
    after,
    target: mode === "restart" ? (named(file.restart, before ?? after) ?? null) : null,
    seed,
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(start === undefined ? {} : { start }),
    ...(nodes === undefined ? {} : { nodes }),
    timings,
    faults,
    ...(behaviours.length > 0 ? { behaviours } : {}),
    ...(elsewhere === undefined ? {} : { elsewhere }),
    steps,
    ...(length === undefined ? {} : { length }),
  };
}

const isWorkload = ({ kind }: { readonly kind: string }): boolean => kinds.named(kind)?.workload === true;

/** The workload that `Deployment/web` or `shop/Deployment/web` names; the first of all where nothing is said. */
function named(text: string | undefined, objects: readonly ManifestObject[]): WorkloadName | undefined {
  const workloads = objects.filter(isWorkload).map(nameOf);
  return text === undefined ? workloads[0] : workloads.find((one) => isNamed(one, text));
}

function isNamed({ kind, namespace, name }: WorkloadName, text: string): boolean {
  const parts = text.split("/");
  const [of, what, called] = parts.length === 3 ? parts : ["default", ...parts];
  return of === namespace && what?.toLowerCase() === kind.toLowerCase() && called === name;
}

/** As a scenario names a workload. */
function workloadText({ kind, namespace, name }: WorkloadName): string {
  return `${namespace === "default" ? "" : `${namespace}/`}${kind}/${name}`;
}

/** Everything that is expected, held against the run; times count from `from`. */
export function judgeRun(
  file: ScenarioFile,
  trace: Trace,
  workloads: readonly WorkloadName[],
  from: number,
): readonly Judged[] {
  return file.expect.flatMap((one, index) => {
    const happened = one.event ? [judgeEvent(one.event, index, trace, from)] : [];
    const { of, event: _, ...rest } = one;
    if (Object.keys(rest).length === 0) return happened;
    const meant = of === undefined ? workloads : workloads.filter((name) => isNamed(name, of));
    if (meant.length === 0)
      return [...happened, { index, of: of ?? null, what: "finishes" as const, expected: true, was: "missing" }];
    return [
      ...happened,
      ...meant.flatMap((name) => judgeWorkload(one, index, name, summarize(trace, name, from), trace)),
    ];
  });
}

function judgeEvent(
  { reason, contains = "" }: NonNullable<Expectation["event"]>,
  index: number,
  trace: Trace,
  from: number,
): Judged {
  const found = trace.entries.some(
    (one) => one.type === "event" && one.time >= from && one.reason === reason && one.message.includes(contains),
  );
  const expected = contains === "" ? reason : `${reason}: ${contains}`;
  return { index, of: null, what: "event", expected, was: found ? null : "missing" };
}

function judgeWorkload(
  { finishes, stops, availableAtLeast, podsAtMost, downtimeAtMost }: Expectation,
  index: number,
  name: WorkloadName,
  { duration, unfinished, lowestAvailable, peakPods, downtime }: Summary,
  trace: Trace,
): readonly Judged[] {
  const judged: Judged[] = [];
  const of = workloadText(name);
  const hold = <V extends string | number | boolean>(what: Judged["what"], expected: V, was: V, so: boolean) =>
    judged.push({ index, of, what, expected, was: so ? null : was });
  const isFinished = unfinished === null && trace.ending !== "budget";
  if (typeof finishes === "boolean") hold("finishes", finishes, isFinished, finishes === isFinished);
  if (typeof finishes === "number") {
    if (isFinished) hold("finishes", finishes, duration, duration <= finishes);
    else judged.push({ index, of, what: "finishes", expected: finishes, was: false });
  }
  if (stops !== undefined) hold<string>("stops", stops, unfinished?.code ?? "none", unfinished?.code === stops);
  if (availableAtLeast !== undefined) {
    const fewest = lowestAvailable?.count ?? 0;
    hold("availableAtLeast", availableAtLeast, fewest, fewest >= availableAtLeast);
  }
  if (podsAtMost !== undefined) hold("podsAtMost", podsAtMost, peakPods.count, peakPods.count <= podsAtMost);
  if (downtimeAtMost !== undefined) hold("downtimeAtMost", downtimeAtMost, downtime, downtime <= downtimeAtMost);
  return judged;
}
