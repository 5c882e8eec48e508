/** All findings of a manifest: what each slice says alone, and what its neighbours add. Cost: one pass over the slices. */
import { type Problem, pathText } from "../../simulator/api/problem.ts";
import { message, type Words } from "../messages/words.ts";
import type { Beyond } from "../rules/neighbourhood.ts";
import { otherOf } from "../rules/rule.ts";
import { objectRules, runRules } from "../rules/rules.ts";
import { problemsAround } from "./around.ts";
import { type Base, changesIn, isOfNewOnly } from "./base.ts";
import { checkSlice, isOurs } from "./check.ts";
import { counterpartPlace } from "./counterpart-place.ts";
import { factsOn, manifestFacts } from "./fact-memory.ts";
import type { Facts } from "./facts.ts";
import { type Finding, finding, type Structural } from "./finding.ts";
import { breaks, type Manifest, rangeIn, type Slice, shift } from "./manifest.ts";
import { type Parsed, valueAt } from "./parse.ts";
import type { Settings } from "./settings.ts";
import type { Subject } from "./subject.ts";
import { has, isSuppressed } from "./suppress.ts";
import type { Range } from "./text.ts";
import { noteWhereabouts, type Whereabouts, whereaboutsOf } from "./whereabouts.ts";

export interface Context {
  readonly settings: Settings;
  readonly words: Words;
  /** What of the shape is left to another tool: what it reports itself, or (true) all of it. */
  readonly structureElsewhere: boolean | readonly Structural[];
  /** Facts of the other files that are at hand. */
  readonly others: readonly (readonly Facts[])[];
  /** What else there is in the workspace. */
  readonly beyond?: Beyond | undefined;
  /** The present, in milliseconds since 1970. */
  readonly now: number;
  /** The committed version; absent when there is none. */
  readonly base?: Base | undefined;
  /** Whether the text is surely meant to be applied, whatever it holds; otherwise one of our kinds in it says so. */
  readonly named?: boolean;
  /** Whether nothing is said of neighbours, of which not all are known yet. */
  readonly alone?: boolean;
  /** Whether advice that takes a simulator run may be worked out now; otherwise only what is known already is told. */
  readonly runs?: boolean;
}

export interface Diagnosis {
  readonly range: Range;
  readonly severity: Problem["severity"];
  readonly code: string;
  readonly message: string;
  readonly problem: Problem;
  /** Counts documents and items of Lists from 0; -1: before the first. */
  readonly index: number;
  /** The other object that it speaks of. */
  readonly related?: Related;
  /** Where a run that is shown of the object proves it; absent where no run does. */
  readonly moment?: Moment;
}

/** Where another object stands, and what it is. */
export interface Related extends Whereabouts {
  readonly message: string;
}

/** An object, its namespace empty when the manifest names none, and milliseconds into its run with default durations. */
export interface Moment {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly time: number;
}

const adviceMemory = new WeakMap<Slice, readonly Finding[]>();

const messageMemory = new WeakMap<Problem, { readonly words: Words; readonly text: string }>();

/** A finding is told again at every keystroke anywhere in its file; its message is worded once. */
function messageOf(words: Words, problem: Problem): string {
  let known = messageMemory.get(problem);
  if (known?.words !== words) {
    known = { words, text: message(words, problem) };
    messageMemory.set(problem, known);
  }
  return known.text;
}

/** What rules say of the objects of a slice by themselves. */
function adviceOn(slice: Slice, now: number): readonly Finding[] {
  const known = adviceMemory.get(slice);
  if (known) return known;
  const { subjects, parsed } = checkSlice(slice);
  const found = subjects.flatMap((subject, index) => {
    if (!subject.sound) return [];
    return objectRules.flatMap((rule) =>
      rule.check(subject, { now }).map((one) => finding(slice, parsed, one, index, subject.root)),
    );
  });
  adviceMemory.set(slice, found);
  return found;
}

function isElsewhere(structural: Structural, elsewhere: Context["structureElsewhere"]): boolean {
  return typeof elsewhere === "boolean" ? elsewhere : elsewhere.includes(structural);
}

/** Where the first thing is that makes a text no YAML; null when it can be read. */
function firstUnreadable({ problems }: Parsed): number | null {
  return problems.find(({ problem }) => problem.code === "yaml-syntax")?.span[0] ?? null;
}

const sureByThemselves: ReadonlySet<Problem["reason"]> = new Set([
  "UnknownField",
  "DuplicateField",
  "Malformed",
  "Unserved",
]);

/**
 * Whether a finding may only be there because something could not be read: all that is on that line, the one before or after it, and
 * what is said of several fields at once or of one that seems missing.
 */
function followsFrom(slice: Slice, unreadable: number, { problem, span }: Finding): boolean {
  if (problem.code.startsWith("yaml-") || problem.code === "invisible-character") return false;
  return !sureByThemselves.has(problem.reason) || !/\n[\s\S]*\n/.test(slice.text.slice(span[0], unreadable));
}

const runMemory = new WeakMap<Slice, readonly Finding[]>();

/** Whether what runs prove about a slice is known. */
export function isRun(slice: Slice): boolean {
  return runMemory.has(slice);
}

/** What runs prove about the objects of a slice; kept for as long as the slice lives. */
export function runAdviceOn(slice: Slice, now: number): readonly Finding[] {
  const known = runMemory.get(slice);
  if (known) return known;
  const { subjects, parsed } = checkSlice(slice);
  const found = subjects.flatMap((subject, index) => {
    if (!subject.sound) return [];
    return runRules.flatMap((rule) =>
      rule.check(subject, { now }).map((one) => finding(slice, parsed, one, index, subject.root)),
    );
  });
  runMemory.set(slice, found);
  return found;
}

function momentOf({ params }: Problem, subject: Subject | undefined): { moment?: Moment } {
  const time = params["moment"];
  if (typeof time !== "number" || subject === undefined) return {};
  const { kind, namespace, name } = subject;
  return { moment: { kind, namespace, name, time } };
}

/** The other place in the object of a finding that it speaks of. */
function placeBeside(
  { problem, subject }: Finding,
  slice: Slice,
  subjects: readonly Subject[],
  uri: string,
  firstLine: number,
): Related | undefined {
  const about = subjects[subject];
  const at = about === undefined ? null : counterpartPlace(problem, about.value);
  if (about === undefined || at === null) return undefined;
  const part = typeof at.at(-1) === "string" && typeof valueAt(about.value, at) === "object" ? "key" : "value";
  const found = checkSlice(slice).parsed.document.locate([...about.root, ...at], part);
  if (found === undefined) return undefined;
  return { uri, range: shift(rangeIn(slice, [found.start, found.end]), firstLine), message: `\`${pathText(at)}\`` };
}

/** The other object that a problem speaks of, where it stands. */
function relatedTo(problem: Problem, manifest: Manifest, words: Words): Related | undefined {
  const other = otherOf(problem);
  if (other === undefined) return undefined;
  noteWhereabouts(manifest);
  const where = whereaboutsOf(other);
  return where && { ...where, message: words.related(other.kind, other.name) };
}

/** A message about an object in another file names that. */
function elsewhere(words: Words, text: string, related: Related | undefined, uri: string): string {
  if (related === undefined || related.uri === uri) return text;
  return `${text} ${words.inFile(decodeURIComponent(related.uri.split("/").slice(-2).join("/")))}`;
}

/** Everything that is found, document after document. */
export function diagnose(manifest: Manifest, context: Context): readonly Diagnosis[] {
  const { settings, words } = context;
  const here = manifestFacts(manifest);
  const around = context.alone === true ? [] : problemsAround(manifest.uri, [here, ...context.others], context.beyond);
  let asked = 0;
  const diagnoses: Diagnosis[] = [];
  const silenced = new Set<string>();
  for (const slice of manifest.slices) for (const code of checkSlice(slice).suppression.file ?? []) silenced.add(code);
  if (silenced.has("all")) return [];
  const meant = context.named === true || manifest.slices.some(isOurs);
  let firstLine = 0;
  let index = 0;
  for (const slice of manifest.slices) {
    const { findings, aside, subjects, parsed, suppression, empty } = checkSlice(slice);
    const unreadable = firstUnreadable(parsed);
    const report = (one: Finding) => {
      const { problem, structural, range } = one;
      if (unreadable !== null && followsFrom(slice, unreadable, one)) return;
      if (has(silenced, problem.code) || isSuppressed(suppression, range.start.line, problem.code)) return;
      if (structural !== null && isElsewhere(structural, context.structureElsewhere)) return;
      const level = settings.rules.get(problem.code) ?? problem.severity;
      if (level === "off") return;
      const related = relatedTo(problem, manifest, words) ?? placeBeside(one, slice, subjects, manifest.uri, firstLine);
      diagnoses.push({
        range: shift(range, firstLine),
        severity: level,
        code: problem.code,
        message: elsewhere(words, messageOf(words, problem), related, manifest.uri),
        problem,
        ...(related === undefined ? {} : { related }),
        index: index + Math.max(0, one.subject),
        ...momentOf(problem, subjects[one.subject]),
      });
    };
    const changes = context.base && changesIn(slice, context.base);
    for (const one of findings) if (!changes || !isOfNewOnly(one, changes)) report(one);
    if (meant) for (const one of aside) report(one);
    for (const one of changes?.findings ?? []) report(one);
    for (const one of adviceOn(slice, context.now)) report(one);
    for (const one of context.runs ? runAdviceOn(slice, context.now) : (runMemory.get(slice) ?? [])) report(one);
    for (const [at, subject] of subjects.entries()) {
      if (factsOn(subject) === null) continue;
      for (const problem of around[asked++] ?? []) report(finding(slice, parsed, problem, at, subject.root));
    }
    firstLine += breaks(slice);
    index += empty ? 0 : Math.max(1, subjects.length);
  }
  return diagnoses;
}
