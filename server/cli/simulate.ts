/** `seatrial simulate`: the objects of a file applied to the default cluster, as a table over time with its summary. */
import { kinds } from "../../simulator/api/kinds.ts";
import type { ManifestObject } from "../../simulator/api/objects.ts";
import type { Path, Problem } from "../../simulator/api/problem.ts";
import type { Target } from "../../simulator/api/target.ts";
import { summarize } from "../../simulator/insight/summary.ts";
import { settledAt } from "../../simulator/played.ts";
import { defaultScenario, isApplicable, namedObject, rolloutScenario } from "../../simulator/scenario/defaults.ts";
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { simulate } from "../../simulator/simulate.ts";
import type { Trace } from "../../simulator/trace.ts";
import { type RunWords, scenarioSentence } from "../messages/run-words.ts";
import { type Base, changesIn, counterpartOf, readBase, type Way } from "../service/base.ts";
import { changedObject } from "../service/change.ts";
import { checkSlice } from "../service/check.ts";
import type { Manifest } from "../service/manifest.ts";
import type { Subject } from "../service/subject.ts";
import { hasTemplate, slicesOf } from "./check.ts";
import type { Input } from "./files.ts";
import { nameOf, table } from "./run-table.ts";

/** Whether a run is told by what becomes of objects of a kind. */
export const isWorkload = (kind: string): boolean => kinds.named(kind)?.workload === true;

export interface Run {
  readonly output: string;
  /** Whether every workload came to where it should be. */
  readonly finished: boolean;
}

export interface RunOptions {
  readonly seed: number;
  /** Milliseconds; null: as long as something interesting may happen. */
  readonly length: number | null;
  readonly format: "text" | "json";
  /** The version of Kubernetes. */
  readonly target: Target;
  /** How what is applied first is brought to the file. */
  readonly way: Way;
}

/** Why a file is not run: 1 for mistakes in it, 2 where there is nothing that could be run. */
export interface Refused {
  readonly refused: string;
  readonly code: 1 | 2;
}

/** What to print, or why the file is not run; a template has yet to be rendered. `old`: what is applied first, so that the change from it is played. */
export function simulateFile(
  input: Input,
  old: readonly Input[] | null,
  { seed, length, format, target, way }: RunOptions,
  words: RunWords,
): Run | Refused | { readonly template: true } {
  const slices = slicesOf(input, target);
  if (hasTemplate(slices)) return { template: true };
  const base = old && readBase({ slices: old.flatMap((one) => slicesOf(one, target)) }, way);
  const bad = refusedIn(slices, base);
  if (bad) {
    const command = old === null ? "seatrial check" : "seatrial check --against";
    return { refused: words.refused(`${bad.kind} ${bad.name}`, command), code: 1 };
  }
  const objects = objectsOf(slices, base);
  const shown = objects.filter(({ kind }) => isWorkload(kind));
  if (shown.length === 0) return { refused: words.noWorkload(input.name), code: 2 };
  const before =
    base &&
    [...base.objects.values()].flatMap(({ object, accepted }) =>
      object && accepted && isApplicable(object.kind) ? [object] : [],
    );
  const from = before ? settledAt({ ...defaultScenario(before, seed), kubernetes: target }) : 0;
  const usual = before ? rolloutScenario(before, objects, from, seed) : defaultScenario(objects, seed);
  const horizon = length === null ? usual.horizon : from + length;
  const scenario = { ...usual, horizon, kubernetes: target };
  const result = simulate(scenario);
  if ("problems" in result) return { refused: sentences(scenario, result.problems, words), code: 1 };
  return shownRun(result.trace, shown, from, format, words);
}

/** A run as it is printed. */
export function shownRun(
  trace: Trace,
  shown: readonly ManifestObject[],
  from: number,
  format: RunOptions["format"],
  words: RunWords,
  more: Readonly<Record<string, unknown>> = {},
): Run {
  const summaries = shown.map((object) => ({ ...nameOf(object), summary: summarize(trace, nameOf(object), from) }));
  const finished = trace.ending !== "budget" && summaries.every(({ summary }) => summary.unfinished === null);
  if (format === "json") {
    const { ending, end, entries } = trace;
    return { output: `${JSON.stringify({ ending, end, from, workloads: summaries, ...more, entries })}\n`, finished };
  }
  const tables = shown.map((object) => table(object, trace, trace.scenario.start, from, words));
  const cut = trace.ending === "budget" ? [`${words.cutShort}\n`] : [];
  return { output: [...tables, ...cut].join("\n"), finished };
}

/** What keeps a scenario from being run, in sentences. */
export function sentences(scenario: Scenario, problems: readonly Problem[], words: RunWords): string {
  const told = problems.map(({ at, code, params }) => {
    return `${placeIn(scenario, at)}: ${scenarioSentence(words, code, params)}`;
  });
  return told.join("; ");
}

/** The first object that could be run but would not be taken, as it is or as a change. */
export function refusedIn(slices: Manifest["slices"], base: Base | null): Subject | undefined {
  for (const slice of slices) {
    const { subjects } = checkSlice(slice);
    const bad = subjects.find((one) => one.recognised.is !== "foreign" && isApplicable(one.kind) && !one.accepted);
    if (bad) return bad;
    const change = base && changesIn(slice, base).findings.find(({ problem }) => problem.severity === "error");
    if (change) return subjects[change.subject];
  }
  return undefined;
}

/** The objects that can be run, each with a name. */
export function objectsOf(slices: Manifest["slices"], base: Base | null = null): readonly ManifestObject[] {
  return slices
    .flatMap((slice) => checkSlice(slice).subjects)
    .flatMap((subject, index) => {
      if (subject.object === null || !isApplicable(subject.kind)) return [];
      const value = (base && changedBy(subject, base)) ?? (subject.value as ManifestObject);
      return [namedObject(value, index)];
    });
}

/** What another way than apply makes of an object that is there; apply is what a run does itself. */
function changedBy(subject: Subject, base: Base): ManifestObject | null {
  const old = base.way === "apply" ? undefined : counterpartOf(subject, base);
  const found = old === undefined ? null : changedObject(old, subject, base.way);
  if (found === null) return null;
  // What the server keeps beside it is none of a text that is applied.
  const { metadata, status: _, ...rest } = found as ManifestObject & { readonly status?: unknown };
  const { name, namespace, labels, annotations } = metadata;
  const named = { ...(name && { name }), ...(namespace && { namespace }), ...(labels && { labels }) };
  return { ...rest, metadata: { ...named, ...(annotations && { annotations: withoutLastApplied(annotations) }) } };
}

function withoutLastApplied(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => key !== lastApplied));
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** A place in a scenario as a person knows it: in the manifest, where it comes from there. */
function placeIn(scenario: Scenario, at: Path): string {
  const [steps, index, action, object, ...rest] = at;
  const step =
    steps === "steps" && action === "action" && object === "object" ? scenario.steps[Number(index)] : undefined;
  const applied = step?.action.do === "apply" ? step.action.object : undefined;
  const path = (parts: Path) =>
    parts.reduce<string>(
      (text, one) => (typeof one === "number" ? `${text}[${one}]` : `${text}${text && "."}${one}`),
      "",
    );
  return applied ? `${applied.kind} ${applied.metadata.name ?? ""}: ${path(rest)}` : path(at);
}
