/** What a trace says of a workload that keeps pods running, from a change on: lines over time, extremes, and what fell short. */
import { scaledValue } from "../api/int-or-percent.ts";
import type { DaemonSetSpec, IntOrString } from "../api/objects.ts";
import type { Trace } from "../trace.ts";
import { type SeriesPoint, series, type WorkloadName } from "../view.ts";
import {
  below,
  clip,
  countLine,
  type Extreme,
  highest,
  type Line,
  lineOf,
  lowest,
  type Shortfall,
  valueAt,
} from "./lines.ts";
import { isLive, type Life, livesOf, readyAt } from "./lives.ts";
import { summarize, type Unfinished } from "./summary.ts";

export interface Rollout {
  /** Pods that are there at some time from the change on, in the order of their creation. */
  readonly lives: readonly Life[];
  /** Revision of the template that is wanted at the end: a template hash, or a revision's name. */
  readonly newest: string;
  readonly available: Line;
  readonly wanted: Line;
  /** Empty where there are no bounds. */
  readonly floor: Line;
  readonly ceiling: Line;
  /** Pods that are neither stopping nor ended. */
  readonly pods: Line;
  /** Milliseconds from the change until the last change of the workload or its pods. */
  readonly takes: number;
  /** Milliseconds from the change until the last pod of the newest revision was ready; null when none became ready. */
  readonly ready: number | null;
  readonly least: Extreme | null;
  readonly most: Extreme | null;
  /** Pods that were stopping at once, at most. */
  readonly stopping: number;
  /** Stretches below the floor; a floor that has just risen because somebody scaled up is not broken. */
  readonly shortfalls: readonly Shortfall[];
  /** The first stretch without an available pod, and how long all of them lasted; null without one. */
  readonly downtime: { readonly from: number; readonly lasts: number } | null;
  /** Requested beyond what is requested at the end, at the peak: millicores, bytes. */
  readonly extraCpu: number;
  readonly extraMemory: number;
  readonly unfinished: Unfinished | null;
  readonly end: number;
}

/** A floor that rose is given this long to be reached before it counts as broken. */
const grace = 60_000;

/** What happens to the workload from the time `from` (milliseconds since the start of the scenario) on. */
export function rolloutOf(trace: Trace, workload: WorkloadName, from: number): Rollout {
  const end = Math.max(trace.end, from) + 1;
  const points = series(trace, workload);
  const summary = summarize(trace, workload, from);
  const lives = livesOf(trace, workload).filter(({ gone }) => gone > from);
  const bounds = boundsOf(trace, workload, points, end);
  const available = lineOf(
    points.map((point) => [point.time, point.available] as const),
    end,
  );
  const pods = countLine(lives, end, ({ stage }) => isLive(stage));
  const stopping = countLine(lives, end, ({ stage }) => stage === "stopping");
  const shown = clip(available, from, end);
  const newest = newestRevision(lives);
  const ready = Math.max(...lives.filter(({ revision }) => revision === newest).map((life) => readyAt(life) ?? -1), -1);
  return {
    lives,
    newest,
    available,
    pods,
    ...bounds,
    takes: summary.duration,
    ready: ready < from ? null : ready - from,
    least: lowest(shown),
    most: highest(clip(pods, from, end)),
    stopping: highest(clip(stopping, from, end))?.count ?? 0,
    shortfalls: below(onceReached(shown, bounds.floor), clip(settledFloor(bounds.floor, from), from, end)),
    downtime: downtimeOf(shown, clip(bounds.wanted, from, end), valueAt(available, from - 1) > 0),
    extraCpu: summary.extraCpu,
    extraMemory: summary.extraMemory,
    unfinished: summary.unfinished,
    end,
  };
}

interface Bounds {
  readonly wanted: Line;
  readonly floor: Line;
  readonly ceiling: Line;
}

function boundsOf(trace: Trace, workload: WorkloadName, points: readonly SeriesPoint[], end: number): Bounds {
  const line = (read: (point: SeriesPoint) => number | null) =>
    lineOf(
      points.flatMap((point) => {
        const value = read(point);
        return value === null ? [] : [[point.time, value] as const];
      }),
      end,
    );
  const wanted = line((point) => point.desired);
  if (workload.kind !== "DaemonSet") return { wanted, floor: line((p) => p.floor), ceiling: line((p) => p.ceiling) };
  const posts = daemonBounds(trace, workload);
  if (!posts) return { wanted, floor: [], ceiling: [] };
  return {
    wanted,
    floor: line(({ desired }) => desired - posts(desired).unavailable),
    ceiling: line(({ desired }) => desired + posts(desired).surge),
  };
}

/** The bounds of a DaemonSet's rolling update as it was last applied; both round up. Null with OnDelete. */
function daemonBounds(trace: Trace, { kind, namespace, name }: WorkloadName) {
  const applied = trace.scenario.steps.findLast(({ action }) => {
    if (action.do !== "apply" || action.object.kind !== kind) return false;
    const { metadata } = action.object;
    return metadata.name === name && (metadata.namespace ?? "default") === namespace;
  })?.action;
  const strategy =
    applied?.do === "apply" ? (applied.object.spec as unknown as DaemonSetSpec)?.updateStrategy : undefined;
  if (strategy?.type === "OnDelete") return null;
  const { maxSurge = 0, maxUnavailable = 1 } = strategy?.rollingUpdate ?? {};
  const part = (value: IntOrString, desired: number) => {
    const scaled = scaledValue(value, desired, "up");
    return "error" in scaled ? 0 : scaled.value;
  };
  return (desired: number) => ({ surge: part(maxSurge, desired), unavailable: part(maxUnavailable, desired) });
}

/** The floor without what it rose by within the last minute: pods that somebody has just asked for cannot be there yet. */
function settledFloor(floor: Line, from: number): Line {
  return lineOf(
    floor.flatMap((level, index) => {
      const before = floor[index - 1];
      if (!before || level.value <= before.value || level.from < from) return [[level.from, level.value] as const];
      const risen = Math.min(level.from + grace, level.to - 1);
      return [[level.from, before.value] as const, [risen, level.value] as const];
    }),
    floor.at(-1)?.to ?? 0,
  );
}

/** The line from where it first reaches the floor on: what has yet to come to be cannot fall short of anything. */
function onceReached(available: Line, floor: Line): Line {
  const first = available.findIndex(({ from, value }) => value >= valueAt(floor, from));
  return first < 0 ? [] : available.slice(first);
}

/** `before`: whether a pod was available right before the line begins. */
function downtimeOf(available: Line, wanted: Line, before: boolean): Rollout["downtime"] {
  const gaps = available.filter(({ from, value }, index) => {
    if (value > 0) return false;
    const seen = before || available.slice(0, index).some((one) => one.value > 0);
    return seen && wanted.some((one) => one.from <= from && from < one.to && one.value > 0);
  });
  const [first] = gaps;
  return first ? { from: first.from, lasts: gaps.reduce((total, gap) => total + (gap.to - gap.from), 0) } : null;
}

/** The revision of the pod that was created last; revisions themselves are in no order. */
function newestRevision(lives: readonly Life[]): string {
  return (
    lives.reduce<Life | null>((last, life) => (last && last.created > life.created ? last : life), null)?.revision ?? ""
  );
}
