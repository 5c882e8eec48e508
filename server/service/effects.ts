/** What the value of a field comes to, by the arithmetic that the controllers use. Lines of Markdown. */
import { deploymentBounds, rollingOf } from "../../simulator/api/deployment-bounds.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../../simulator/api/json.ts";
import type { Json, LabelMap, PodSpec } from "../../simulator/api/objects.ts";
import { templatePath } from "../../simulator/api/pod-template.ts";
import type { Path } from "../../simulator/api/problem.ts";
import { backoffTimetable, longestDelay } from "../../simulator/controllers/job/backoff.ts";
import { claimNameOf, dnsNameOf, podNameOf } from "../../simulator/controllers/statefulset/identity.ts";
import { longestBackOff, restartTimetable } from "../../simulator/nodes/kubelet/back-off.ts";
import { explainNodes } from "../../simulator/nodes/scheduler/explain.ts";
import { defaultNodes } from "../../simulator/scenario/defaults.ts";
import { podSpecOf } from "../rules/pods.ts";
import { podOf, probeAt } from "./arithmetic/pods.ts";
import { runsOf } from "./arithmetic/schedule.ts";
import type { HoverContext } from "./hover-context.ts";
import { valueAt } from "./parse.ts";
import type { Subject } from "./subject.ts";

type Effect = (subject: Subject, spec: JsonObject, path: Path, context: HoverContext) => readonly string[];

/** By the end of the field's path, list indexes left out; the first that fits is asked. */
const effects: readonly (readonly [field: RegExp, effect: Effect])[] = [
  [/^Deployment spec\.(replicas|strategy)(\.|$)/, bounds],
  [/^CronJob spec\.(schedule|timeZone)$/, runs],
  [/\.(livenessProbe|readinessProbe|startupProbe)(\.(failureThreshold|periodSeconds|initialDelaySeconds))?$/, probe],
  [/\bspec\.containers$|\bspec\.(initContainers|containers)\.resources(\.(requests|limits))?$/, pods],
  [/^StatefulSet spec\.(replicas|serviceName)$/, identity],
  [/^StatefulSet spec\.volumeClaimTemplates(\.|$)/, claims],
  [/^(Job spec|CronJob spec\.jobTemplate\.spec)\.backoffLimit$/, retries],
  [/\bspec\.restartPolicy$/, restarts],
  [/\bspec\.(nodeSelector|affinity\.nodeAffinity|tolerations)(\.|$)/, nodes],
];

export function effectsOf(subject: Subject, path: Path, context: HoverContext): readonly string[] {
  if (subject.object === null) return [];
  const field = `${subject.kind} ${path.filter((step) => typeof step === "string").join(".")}`;
  const effect = effects.find(([pattern]) => pattern.test(field))?.[1];
  return effect?.(subject, asObject(subject.object.spec as Json | undefined), path, context) ?? [];
}

function bounds(_: Subject, spec: JsonObject, __: Path, { words }: HoverContext): readonly string[] {
  const strategy = objectAt(spec, "strategy");
  const replicas = numberAt(spec, "replicas");
  if (strategy?.["type"] !== "RollingUpdate" || replicas === undefined || replicas < 0) return [];
  const { surge, unavailable, ceiling, floor } = deploymentBounds(rollingOf(strategy, replicas));
  return [words.hover.bounds(surge, unavailable, ceiling, floor)];
}

function runs(subject: Subject, spec: JsonObject, _: Path, context: HoverContext): readonly string[] {
  const { words, now, timeZone, sentence } = context;
  const found = runsOf(subject, now, 5);
  if (found === null) return [];
  const said = sentence?.(stringAt(spec, "schedule")) ?? null;
  const { zone, runs: times } = found;
  const zones = zone === timeZone ? [zone] : [zone, timeZone];
  const [first] = zones;
  const away = (run: number) => ` (${words.arithmetic.inTime(run - now)})`;
  return [
    ...(said === null ? [] : [said]),
    ...(found.suspended ? [words.hover.suspended] : []),
    ...zones.map((one) =>
      [
        words.hover.nextRuns(one),
        ...times.map((run) => `* ${wallClock(run, one)}${one === first ? away(run) : ""}`),
      ].join("\n"),
    ),
  ];
}

function probe(subject: Subject, _: JsonObject, path: Path, { words }: HoverContext): readonly string[] {
  const depth = path.findIndex((step) => typeof step === "string" && step.endsWith("Probe"));
  const found = probeAt(subject, path.slice(0, depth + 1));
  return found === null ? [] : [words.arithmetic.probe(found)];
}

function pods(subject: Subject, _: JsonObject, __: Path, { words }: HoverContext): readonly string[] {
  const found = podOf(subject);
  return found === null ? [] : [words.arithmetic.pod(found)];
}

function identity(subject: Subject, spec: JsonObject, _: Path, { words }: HoverContext): readonly string[] {
  const replicas = numberAt(spec, "replicas") ?? 1;
  const start = firstOrdinal(spec);
  const first = podNameOf(subject.name, start);
  const dns = dnsNameOf(first, stringAt(spec, "serviceName") || undefined, subject.namespace || "default");
  if (replicas <= 0 || dns === null) return [];
  return [words.hover.identity(between(first, podNameOf(subject.name, start + replicas - 1)), dns)];
}

function claims(subject: Subject, spec: JsonObject, path: Path, { words }: HoverContext): readonly string[] {
  const replicas = numberAt(spec, "replicas") ?? 1;
  const start = firstOrdinal(spec);
  const templates = listAt(spec, "volumeClaimTemplates");
  const meant = typeof path[2] === "number" ? templates.slice(path[2], path[2] + 1) : templates;
  const names = meant.map((template) => {
    const name = stringAt(objectAt(asObject(template), "metadata"), "name");
    const claim = (ordinal: number) => claimNameOf(name, subject.name, ordinal);
    return between(claim(start), claim(start + replicas - 1));
  });
  return replicas > 0 && names.length > 0 ? [words.hover.claims(names.join("; "))] : [];
}

function firstOrdinal(spec: JsonObject): number {
  return numberAt(objectAt(spec, "ordinals"), "start") ?? 0;
}

function between(first: string, last: string): string {
  return first === last ? `\`${first}\`` : `\`${first}\` … \`${last}\``;
}

/** Waits shown before the rest is summed up. */
const shown = 8;

function retries(subject: Subject, _: JsonObject, path: Path, { words }: HoverContext): readonly string[] {
  const limit = valueAt(subject.object, path);
  if (typeof limit !== "number") return [];
  if (limit === 0) return [words.hover.noRetries];
  const count = Math.min(limit, shown);
  // With OnFailure the kubelet starts the container again, at first without a wait; else the Job makes another pod.
  const inPlace = podSpecOf(subject.kind, subject.object)?.spec["restartPolicy"] === "OnFailure";
  const waits = (inPlace ? restartTimetable(count) : backoffTimetable(count).map(({ wait }) => wait)).map(inSeconds);
  // All that are not listed have reached the longest wait.
  const longest = inSeconds(inPlace ? longestBackOff : longestDelay);
  const all = waits.reduce((sum, wait) => sum + wait, 0) + Math.max(0, limit - shown) * longest;
  return [words.hover.retries(limit, spread(waits, limit > shown), all)];
}

function restarts(subject: Subject, _: JsonObject, path: Path, { words }: HoverContext): readonly string[] {
  if (valueAt(subject.object, path) === "Never") return [];
  return [words.hover.restarts(spread(restartTimetable(shown).map(inSeconds), true))];
}

function inSeconds(milliseconds: number): number {
  return milliseconds / 1000;
}

function spread(waits: readonly number[], more: boolean): string {
  return waits.map((wait) => `${wait} s`).join(", ") + (more ? " …" : "");
}

function nodes(subject: Subject, _: JsonObject, __: Path, { words }: HoverContext): readonly string[] {
  const pod = podSpecOf(subject.kind, subject.object);
  if (pod === null) return [];
  const labels = valueAt(subject.object, [...(templatePath(subject.kind) ?? []), "metadata", "labels"]);
  const verdicts = explainNodes(
    { spec: pod.spec as unknown as PodSpec, labels: (labels ?? {}) as LabelMap },
    defaultNodes,
  );
  const fit = verdicts.filter(({ reason }) => reason === null).map(({ node }) => `\`${node}\``);
  const not = verdicts.flatMap(({ node, reason }) => (reason === null ? [] : [`* \`${node}\`: ${reason}`]));
  return [[words.hover.nodes(fit.length, verdicts.length, fit.join(", ")), ...not].join("\n")];
}

function wallClock(instant: number, zone: string): string {
  try {
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
    return format.format(instant);
  } catch {
    return new Date(instant).toISOString().slice(0, 16).replace("T", " ");
  }
}
