/** What the panel knows. Everything shown is computed from these signals. */
import { computed, signal } from "@preact/signals";
import type { CronJobSpec, JobSpec, ManifestObject, StatefulSetSpec } from "../../../simulator/api/objects.ts";
import { cronRunsOf } from "../../../simulator/insight/cron-runs.ts";
import { jobRunOf } from "../../../simulator/insight/job-run.ts";
import { rolloutOf } from "../../../simulator/insight/rollout.ts";
import { cronVerdict, jobVerdict } from "../../../simulator/insight/run-verdicts.ts";
import { rolloutVerdict, type Verdict } from "../../../simulator/insight/verdict.ts";
import type { Mode } from "../../../simulator/played.ts";
import { isApplicable } from "../../../simulator/scenario/defaults.ts";
import type { Trace } from "../../../simulator/trace.ts";
import { type View, view, type WorkloadName } from "../../../simulator/view.ts";
import type { DocumentObject, Focus, PanelManifest } from "../../protocol.ts";
import { sayProblem } from "../messages/words.ts";
import { momentsOf, partScale, wholeScale } from "../picture/axis.ts";
import { calendarOf } from "../picture/calendar.ts";
import { leftOutNodes } from "../picture/left-out.ts";
import type { Fold } from "../picture/scale.ts";
import { daemonFigures, type Figure, jobFigures, rolloutFigures, statefulFigures } from "../verdict/figures.ts";
import { clusterOf, type Wanted } from "./play.ts";
import { beginTimeline, isTried, nothingTried, type Timeline, type Variant } from "./trial.ts";

export const namespaceOf = (one: { readonly namespace: string }): string => one.namespace || "default";
const day = 86_400_000;
/** How far a calendar is played. */
export const calendarLength = 14 * day;

// ---- What the host says

export const manifest = signal<PanelManifest | null>(null);
export const focus = signal<Focus | null>(null);
export const pinned = signal(false);
/** The last text in which the workload in focus was valid, while it is not. */
export const lastValid = signal<PanelManifest | null>(null);
/** The instant at which the panel looks at clocks, in milliseconds since 1970. */
export const instant = signal(Date.UTC(2026, 0, 5, 10));
export const readerZone = signal("UTC");

// ---- What a person chose

export const chosenMode = signal<Mode | null>(null);
export const timeline = signal<Timeline>(beginTimeline(nothingTried(1)));
export const variant = signal<Variant | null>(null);
/** Milliseconds since the change. */
export const time = signal(0);
export const playing = signal(false);
/** Factor of the usual pace. */
export const speed = signal(1);
/** The part that is zoomed in on; null for all. */
export const zoom = signal<{ readonly from: number; readonly to: number } | null>(null);
export const unfolded = signal<readonly string[]>([]);
/** What was opened or closed by hand, by key. */
export const openness = signal<Readonly<Record<string, boolean>>>({});
export const hidden = signal<readonly string[]>([]);
export const labelWidth = signal<number | null>(null);
/** Of the panel and of its middle column, in pixels. */
export const width = signal(520);
export const centre = signal(520);
/** A stretch of time that is being brushed. */
export const brush = signal<{ readonly from: number; readonly to: number } | null>(null);
/** The step that is being moved, and where to. */
export const moving = signal<{ readonly id: number; readonly at: number } | null>(null);
/** Where the pointer is in the picture, in milliseconds since the change; null when it is elsewhere. */
export const pointed = signal<number | null>(null);
export const chosenPod = signal<string | null>(null);
export const whatIfOpen = signal(false);

// ---- What was worked out

export interface Result {
  readonly trace: Trace;
  readonly from: number;
  readonly own: readonly number[];
  readonly wanted: Wanted;
}
export const result = signal<Result | null>(null);
export const other = signal<Result | null>(null);
/** The same without what-ifs, for "instead of". */
export const plainTakes = signal<number | null>(null);
export const refusal = signal<string | null>(null);
export const working = signal(false);
export const broken = signal<string | null>(null);

// ---- The text

export const workloads = computed(() => manifest.value?.objects.filter((one) => one.workload) ?? []);
/** What the text says of the workload in focus, valid or not. */
export const shown = computed(() => {
  const wanted = focus.value;
  return workloads.value.find((one) => wanted && isNamed(one, wanted)) ?? workloads.value[0] ?? null;
});
export const target = computed<WorkloadName | null>(() => {
  const one = shown.value;
  return one && { kind: one.kind, name: one.name, namespace: namespaceOf(one) };
});

export function isNamed(one: Focus, other: Focus): boolean {
  return one.kind === other.kind && one.name === other.name && namespaceOf(one) === namespaceOf(other);
}

/** What stops the text from being played; null when nothing does. */
export const staleBecause = computed(() => {
  const one = shown.value;
  return one && one.object === null ? (one.problems.find(({ severity }) => severity === "error") ?? null) : null;
});
export const isStale = computed(() => shown.value !== null && shown.value.object === null && result.value !== null);

const valid = (objects: readonly DocumentObject[]): readonly ManifestObject[] =>
  objects.flatMap(({ object }) => (object ? [object as unknown as ManifestObject] : []));

export const before = computed(() => valid(manifest.value?.before?.objects ?? []));
export const after = computed(() => valid(manifest.value?.objects ?? []));
export const trial = computed(() => timeline.value.now);

// ---- What is played

const restartable: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "DaemonSet"]);
export const modes = computed(() => {
  const name = target.value;
  const isThere = name !== null && before.value.some((object) => isObject(object, name));
  return {
    create: name !== null,
    change: isThere && JSON.stringify(before.value) !== JSON.stringify(after.value),
    restart: name !== null && restartable.has(name.kind),
    hasBefore: isThere,
  };
});
export const mode = computed<Mode>(() => {
  const { change, restart } = modes.value;
  const chosen = chosenMode.value;
  if (target.value?.kind === "CronJob") return "create";
  if (chosen === "create" || (chosen === "change" && change) || (chosen === "restart" && restart)) return chosen;
  if (change) return "change";
  return restart && modes.value.hasBefore ? "restart" : "create";
});

export function isObject({ kind, metadata }: ManifestObject, name: WorkloadName): boolean {
  return kind === name.kind && metadata.name === name.name && (metadata.namespace ?? "default") === name.namespace;
}

export const wanted = computed((): Wanted => {
  const clocked = target.value?.kind === "CronJob";
  return {
    mode: mode.value,
    before: mode.value === "restart" ? after.value : before.value,
    after: after.value,
    target: target.value,
    trial: trial.value,
    kubernetes: manifest.value?.kubernetes ?? "",
    start: clocked ? instant.value : null,
    length: clocked ? calendarLength : null,
  };
});
/** What of it a run depends on, as text: the same text needs no new run. */
export const wantedKey = computed(() =>
  JSON.stringify({
    ...wanted.value,
    target: wanted.value.mode === "restart" || wanted.value.trial.whatIfs.length > 0 ? wanted.value.target : null,
  }),
);

// ---- What a run says of the workload in focus

const object = computed(() => {
  const name = target.value;
  return name ? (result.value?.wanted.after.find((one) => isObject(one, name)) ?? null) : null;
});
export const spec = computed(() => (object.value?.spec ?? {}) as unknown);

const rollouts: ReadonlySet<string> = new Set(["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"]);

export const rolloutIn = (found: Result | null, name: WorkloadName | null) =>
  found && name && rollouts.has(name.kind) ? rolloutOf(found.trace, name, found.from) : null;
export const rollout = computed(() => rolloutIn(result.value, target.value));
export const otherRollout = computed(() => rolloutIn(other.value, target.value));
export const jobRun = computed(() => {
  const [found, name] = [result.value, target.value];
  return found && name?.kind === "Job" && object.value
    ? jobRunOf(found.trace, name, found.from, spec.value as JobSpec)
    : null;
});
/** Days that the calendar shows: a week, two where there is room. */
export const calendarDays = computed(() => (width.value >= 1280 ? 14 : 7));
export const cronRuns = computed(() => {
  const [found, name] = [result.value, target.value];
  if (!found || name?.kind !== "CronJob" || !object.value) return null;
  const schedule = spec.value as CronJobSpec;
  const { start } = found.trace.scenario;
  return calendarOf(cronRunsOf(found.trace, name, schedule, calendarLength), schedule, start, calendarDays.value);
});

export const leftOut = computed(() => {
  const [found, name] = [result.value, target.value];
  return found && name && object.value ? leftOutNodes(found.trace, found.trace.end, name, object.value) : [];
});

export const verdict = computed((): Verdict | null => {
  const [found, name] = [result.value, target.value];
  if (!found || !name) return null;
  if (rollout.value) {
    const out = leftOut.value.map((one) => one.node);
    return rolloutVerdict(found.trace, name, found.from, rollout.value, { mode: found.wanted.mode, leftOut: out });
  }
  if (jobRun.value) return jobVerdict(jobRun.value);
  return cronRuns.value ? cronVerdict(cronRuns.value) : null;
});

export function figuresOf(
  found: Result,
  name: WorkloadName,
  of: NonNullable<typeof rollout.value>,
  about: Verdict,
): readonly Figure[] {
  const context = { from: found.from, ownSteps: found.wanted.trial.steps.length > 0 };
  switch (name.kind) {
    case "StatefulSet": {
      const { volumeClaimTemplates = [], updateStrategy } = spec.value as StatefulSetSpec;
      const claims = now.value?.PersistentVolumeClaim.filter(({ namespace, name: claim }) => {
        return (
          namespace === name.namespace &&
          volumeClaimTemplates.some((one) => claim.startsWith(`${one.metadata.name}-${name.name}-`))
        );
      });
      const sizes = new Set(volumeClaimTemplates.map((one) => storageOf(one.spec)));
      const size = sizes.size === 1 ? ([...sizes][0] ?? "") : "";
      return statefulFigures(of, about, context, {
        partition: updateStrategy?.rollingUpdate?.partition ?? 0,
        claims: claims?.length ?? 0,
        size,
      });
    }
    case "DaemonSet":
      return daemonFigures(
        of,
        about,
        context,
        view(found.trace, found.trace.end).Node.length,
        leftOut.value.map((one) => one.node),
      );
    default:
      return rolloutFigures(of, about, context);
  }
}

const storageOf = (claim: Readonly<Record<string, unknown>>): string =>
  String((claim["resources"] as { requests?: { storage?: unknown } } | undefined)?.requests?.storage ?? "");

export const figures = computed((): readonly Figure[] => {
  const [found, name, about] = [result.value, target.value, verdict.value];
  if (!found || !name || !about) return [];
  if (rollout.value) return figuresOf(found, name, rollout.value, about);
  return jobRun.value ? jobFigures(jobRun.value) : [];
});

// ---- Time

/** The state of the cluster at the playhead. */
export const now = computed((): View | null => {
  const found = result.value;
  return found ? view(found.trace, found.from + time.value) : null;
});

export const lives = computed(() => rollout.value?.lives ?? jobRun.value?.lives ?? []);

/** Moments shown however long after the others: the end, the deadline, a person's steps. */
const marks = computed(() => {
  const found = result.value;
  const about = verdict.value;
  const steps = trial.value.steps.map(({ at }) => at);
  if (!found || !about) return steps;
  if (about.code === "stuck") return [...steps, ...(about.deadline === null ? [] : [about.deadline])];
  if (about.code === "job-failed" || about.code === "job-done") return [...steps, about.time];
  return [...steps, rollout.value?.takes ?? 0];
});

export const foldKey = ({ from, to }: Fold): string => `${Math.round(from)}-${Math.round(to)}`;
export const whole = computed(() => {
  const found = result.value;
  const moments = found ? momentsOf(lives.value, found.from) : [];
  const also = other.value && otherRollout.value ? momentsOf(otherRollout.value.lives, other.value.from) : [];
  return wholeScale({ moments: [...moments, ...also], marks: marks.value }, (fold) =>
    unfolded.value.includes(foldKey(fold)),
  );
});
export const scale = computed(() =>
  zoom.value ? partScale(zoom.value.from, zoom.value.to, whole.value) : whole.value,
);
/** Where the playhead stands, in percent of the track. */
export const thumbX = computed(() => scale.value.x(time.value));
/** Where playing ends. */
export const end = computed(() =>
  Math.max(1_000, ...marks.value, ...(result.value ? momentsOf(lives.value, result.value.from) : [])),
);
/** Times at which something changes, ascending; where the step buttons go. */
export const moments = computed(() => {
  const found = result.value;
  if (!found) return [];
  const all = [0, ...momentsOf(lives.value, found.from), ...marks.value];
  return [...new Set(all)].sort((a, b) => a - b);
});

export const tried = computed(() => isTried(trial.value));

// ---- What parts ask for

/** Why steps were refused at the last run, by their id. */
export const refusals = computed((): ReadonlyMap<number, string> => {
  const found = result.value;
  const why = new Map<number, string>();
  if (!found) return why;
  const byIndex = new Map(found.own.map((index, place) => [index, found.wanted.trial.steps[place]?.id]));
  for (const entry of found.trace.entries) {
    if (entry.type !== "step") continue;
    const id = byIndex.get(entry.index);
    if (id === undefined) continue;
    if (entry.problem) why.set(id, sayProblem(entry.problem));
    else if (entry.output?.startsWith("error: ")) why.set(id, entry.output.slice(7));
  }
  return why;
});

/** Nodes that do not answer at the playhead. */
export const lostNodes = computed((): readonly string[] => {
  const found = result.value;
  const lost = new Set<string>();
  if (!found) return [];
  for (const entry of found.trace.entries) {
    if (entry.time > found.from + time.value) break;
    if (entry.type !== "step" || entry.problem) continue;
    const action = found.trace.scenario.steps[entry.index]?.action;
    if (action?.do === "nodeLost") lost.add(action.name);
    else if (action?.do === "nodeBack" || action?.do === "removeNode") lost.delete(action.name);
  }
  return [...lost];
});

/** How events name the workload, what it made, and its pods. */
export const ownNames = computed((): ReadonlySet<string> => {
  const [found, name] = [result.value, target.value];
  const names = new Set<string>();
  if (!found || !name) return names;
  names.add(`${name.kind}/${name.name}`);
  for (const entry of found.trace.entries) {
    if (entry.type !== "object" || entry.state === null || entry.namespace !== name.namespace) continue;
    if ((entry.kind === "ReplicaSet" || entry.kind === "Job") && names.has(entry.state.owner))
      names.add(`${entry.kind}/${entry.name}`);
    else if (entry.kind === "Pod" && names.has(entry.state.owner)) names.add(`Pod/${entry.name}`);
    else if (entry.kind === "Node") names.add(`Node/${entry.name}`);
  }
  return names;
});

/** Whether what is played has a Service of this name: without it there are no DNS names. */
export const hasService = (name: string, namespace: string): boolean =>
  after.value.some(
    ({ kind, metadata }) =>
      kind === "Service" && metadata.name === name && (metadata.namespace ?? "default") === namespace,
  );

/** The size of a worker, for one more like it. */
export const workerSize = (): Readonly<Record<string, string>> =>
  clusterOf(trial.value).find((node) => !node.taints?.length)?.allocatable ?? {};

/** Objects of the file that the run leaves out, as `ConfigMap settings`. */
export const notPlayed = computed(() =>
  (manifest.value?.objects ?? [])
    .filter((one) => one.object !== null && !isApplicable(one.kind))
    .map(({ kind, name }) => `${kind} ${name}`),
);
