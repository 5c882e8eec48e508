/** What a field is, what it holds here, and what that means in numbers. Markdown. */
import { resolveFenceposts } from "../../simulator/api/int-or-percent.ts";
import { asObject, numberAt, objectAt, stringAt } from "../../simulator/api/json.ts";
import type { IntOrString, Json } from "../../simulator/api/objects.ts";
import type { Path } from "../../simulator/api/problem.ts";
import { parseSchedule } from "../../simulator/api/schedule/grammar.ts";
import { nextRuns } from "../../simulator/api/schedule/next.ts";
import type { Words } from "../messages/words.ts";
import { checkSlice, type Subject } from "./check.ts";
import { type FieldType, fieldAt } from "./fields.ts";
import { type Manifest, rangeIn, sliceAt } from "./manifest.ts";
import { valueAt } from "./parse.ts";
import type { Position, Range } from "./text.ts";

export type FieldDocs = Readonly<
  Record<string, { readonly description: string; readonly fields: Readonly<Record<string, string>> }>
>;

export interface Hover {
  readonly markdown: string;
  readonly range: Range;
}

export interface HoverContext {
  readonly words: Words;
  readonly docs: FieldDocs;
  readonly now: number;
  readonly timeZone: string;
}

/** The hover at a position; null where there is no field of ours. Looks at one slice only. */
export function hover(manifest: Manifest, position: Position, context: HoverContext): Hover | null {
  const { slice, firstLine, offset } = sliceAt(manifest, position);
  const { parsed, subjects } = checkSlice(slice);
  const place = parsed.document.placeAt(offset);
  if (place === undefined || place.path.length === 0) return null;
  const subject = subjects.find(({ root }) => root.every((step, at) => place.path[at] === step));
  if (subject === undefined) return null;
  const path = place.path.slice(subject.root.length);
  const field = fieldAt(subject.apiVersion, subject.kind, path);
  if (field === null) return null;
  const { words, docs } = context;
  const parts = [
    `**${field.name}** · ${words.hover.type}: \`${typeText(field.type)}\`${field.required ? ` · ${words.hover.required}` : ""}`,
  ];
  const effective = subject.object === null ? undefined : valueAt(subject.object, path);
  if (effective !== undefined && typeof effective !== "object") parts.push(words.hover.defaultValue(String(effective)));
  parts.push(...numbers(subject, path, context));
  const description = docs[field.owner]?.fields[field.name];
  if (description !== undefined) parts.push(description);
  return { markdown: parts.join("\n\n"), range: rangeIn(slice, [place.range.start, place.range.end], firstLine) };
}

function typeText(type: FieldType): string {
  if (type.kind === "list") return `${type.of ? typeText(type.of) : "any"}[]`;
  if (type.kind === "map") return `map of ${type.of ? typeText(type.of) : "any"}`;
  if (type.enum) return type.enum.join(" | ");
  return type.kind === "object" ? (type.type ?? "object") : type.kind;
}

function numbers(subject: Subject, path: Path, { words, now, timeZone }: HoverContext): readonly string[] {
  const spec = asObject(subject.object?.spec as Json | undefined);
  const field = path.join(".");
  if (subject.kind === "Deployment" && /^spec\.(replicas|strategy(\.|$))/.test(field)) {
    const rolling = objectAt(objectAt(spec, "strategy"), "rollingUpdate");
    const replicas = numberAt(spec, "replicas");
    if (rolling === undefined || replicas === undefined) return [];
    const posts = resolveFenceposts(
      rolling["maxSurge"] as IntOrString,
      rolling["maxUnavailable"] as IntOrString,
      replicas,
    );
    if ("problem" in posts || "error" in posts) return [];
    const { surge, unavailable } = posts;
    return [words.hover.bounds(surge, unavailable, replicas + surge, Math.max(0, replicas - unavailable))];
  }
  if (subject.kind === "CronJob" && (field === "spec.schedule" || field === "spec.timeZone")) {
    const parsed = parseSchedule(stringAt(spec, "schedule"));
    if (parsed.schedule === undefined) return [];
    const zone = stringAt(spec, "timeZone") || "UTC";
    const runs = nextRuns(parsed.schedule, zone, now, 5);
    const zones = zone === timeZone ? [zone] : [zone, timeZone];
    return zones.map((one) => [words.hover.nextRuns(one), ...runs.map((run) => `* ${wallClock(run, one)}`)].join("\n"));
  }
  if (subject.kind === "StatefulSet" && (field === "spec.replicas" || field === "spec.serviceName")) {
    const replicas = numberAt(spec, "replicas") ?? 1;
    const start = numberAt(objectAt(spec, "ordinals"), "start") ?? 0;
    const service = stringAt(spec, "serviceName");
    const last = replicas > 1 ? ` … \`${subject.name}-${start + replicas - 1}\`` : "";
    const dns = `${subject.name}-${start}.${service}.${subject.namespace || "default"}.svc.cluster.local`;
    return replicas > 0 && service !== "" ? [words.hover.identity(`\`${subject.name}-${start}\`${last}`, dns)] : [];
  }
  return [];
}

function wallClock(instant: number, zone: string): string {
  try {
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
    return format.format(instant);
  } catch {
    return new Date(instant).toISOString().slice(0, 16).replace("T", " ");
  }
}
