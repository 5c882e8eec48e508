/** Small edits that put a finding right. They touch what is wrong and nothing else. */

import { type Checked, checkSlice } from "./check.ts";
import type { Finding } from "./finding.ts";
import { visible } from "./invisible.ts";
import { moveToLevel, slidFields } from "./level-fix.ts";
import { breaks, type Manifest, makeSlice, rangeIn, type Slice } from "./manifest.ts";
import { insertField, insertMissing } from "./missing.ts";
import { moveAlong, removalOf } from "./move.ts";
import { valueAt } from "./parse.ts";
import { meantQuantities } from "./quantity-fix.ts";
import { servedAs } from "./recognise.ts";
import { earlierEntry } from "./repeated-key.ts";
import { scheduleFixes } from "./schedule-fix.ts";
import type { Subject } from "./subject.ts";
import { nearest } from "./suggest.ts";
import { applyEdits, type Range, type Span, type TextEdit } from "./text.ts";

export interface Fix {
  /** Whether something that is written is changed, moved or removed, something is added, or what is committed comes back. */
  readonly does: "change" | "add" | "move" | "remove" | "restore";
  /** The fields or labels that are changed, moved or removed; empty where the text says enough. */
  readonly what: string;
  /** Whether those are labels. */
  readonly labels: boolean;
  /** What the text becomes, e.g. `imagePullPolicy`. */
  readonly becomes: string;
  readonly code: string;
  readonly range: Range;
  readonly edits: readonly TextEdit[];
}

/** A part of a text and what takes its place. */
export interface Replacement {
  readonly span: Span;
  readonly text: string;
  /** What is added, as a person reads it; absent: something is replaced. */
  readonly shown?: string;
  /** The label whose value is replaced. */
  readonly label?: string;
}

/** The fixes of findings that touch a range, of the codes that are of interest. */
export function fixesAt(
  manifest: Manifest,
  range: Range,
  concerns: (code: string) => boolean = () => true,
): readonly Fix[] {
  const fixes: Fix[] = [];
  let firstLine = 0;
  for (const slice of manifest.slices) {
    const lastLine = firstLine + breaks(slice);
    if (lastLine >= range.start.line && firstLine <= range.end.line) {
      const checked = checkSlice(slice);
      for (const finding of checked.findings) {
        if (!concerns(finding.problem.code)) continue;
        const where = rangeIn(slice, finding.span, firstLine);
        if (where.end.line < range.start.line || where.start.line > range.end.line) continue;
        for (const replacements of replacementsFor(slice, checked, finding)) {
          const edits = replacements.map(({ span, text }) => ({
            range: rangeIn(slice, span, firstLine),
            newText: text,
          }));
          if (!improves(slice, checked, replacements, finding)) continue;
          const becomes = replacements
            .map(({ text, shown }) => shown ?? text.trim())
            .filter((text) => text !== "")
            .join(", ");
          const { code, params } = finding.problem;
          const labels = code === "selector-mismatch";
          if (typeof params["belongs"] === "string") {
            const what = slidFields(finding.problem).join(", ");
            fixes.push({ does: "move", what, labels, becomes: params["belongs"], code, range: where, edits });
            continue;
          }
          const added = replacements.every(({ shown }) => shown !== undefined);
          const does = added ? "add" : becomes === "" ? "remove" : "change";
          if (code === "invisible-character") {
            const what = (params["characters"] as readonly string[]).join(", ");
            fixes.push({ does: "remove", what, labels, becomes, code, range: where, edits });
            continue;
          }
          fixes.push({ does, what: whatOf(finding, replacements), labels, becomes, code, range: where, edits });
        }
      }
    }
    firstLine = lastLine;
  }
  return fixes;
}

/** The field or the labels that a fix changes, by name. */
function whatOf({ problem: { at, reason, params } }: Finding, replacements: readonly Replacement[]): string {
  const keys = replacements.flatMap(({ label }) => label ?? []);
  if (keys.length > 0) return keys.join(", ");
  const key = at.at(-1);
  if (reason === "DuplicateField") return String(params["key"]);
  return reason === "Unserved" || replacements.length > 1 || typeof key !== "string" ? "" : key;
}

/** Whether the text is better for it: checked anew it has fewer errors, and none that was not there. */
function improves(
  slice: Slice,
  { findings }: Checked,
  replacements: readonly Replacement[],
  { problem: { code, reason, severity } }: Finding,
): boolean {
  const edits = replacements.map(({ span, text }) => ({ range: rangeIn(slice, span), newText: text }));
  const text = applyEdits(slice.text, edits);
  const errors = (some: readonly Finding[]) =>
    some.filter(({ problem }) => problem.severity === "error" || problem.severity === severity);
  const before = errors(findings);
  const after = errors(checkSlice(makeSlice([slice.form, text], slice)).findings);
  const same = (one: Finding) => one.problem.code === code;
  // Of an object that is not served, or cannot be decoded, nothing else was looked at: what shows up now was there.
  if (reason === "Unserved") return after.filter(same).length < before.filter(same).length;
  if (after.length >= before.length) return false;
  const known = new Set(before.map(({ problem }) => problem.code));
  const hidden = before.some(({ problem }) => undecoded.has(problem.reason));
  return hidden || after.every(({ problem }) => known.has(problem.code));
}

/** Fields that a strategy of another type has no use for. */
const leftovers = new Set(["rolling-update-with-recreate", "rolling-update-with-on-delete"]);
const undecoded = new Set(["UnknownField", "DuplicateField", "Malformed", "Unserved"]);

/** Where nothing is nearly right, each of so few values may be meant. */
const mostChoices = 4;
/** What is allowed is only a part, or the shape, of what may stand there. */
const openChoices = new Set([
  "finalizer-not-qualified",
  "disk-uri-of-kind",
  "iscsi-name-prefix",
  "managed-by-not-a-path",
]);

function replacementsFor(
  slice: Slice,
  checked: Checked,
  { problem, span, subject }: Finding,
): readonly Replacement[][] {
  const { code, reason, params, at } = problem;
  const written = slice.text.slice(span[0], span[1]);
  const instead = (text: string): Replacement[] => [{ span, text }];
  if (reason === "UnknownField" && typeof params["nearest"] === "string") return [instead(params["nearest"])];
  if (code === "yaml-syntax" && typeof params["quoted"] === "string") return [instead(params["quoted"])];
  const owner = checked.subjects[subject];
  if (params["belongs"] !== undefined && owner) {
    const moved = moveToLevel(slice, checked, owner, problem);
    return moved === null ? [] : [[...moved]];
  }
  if (code === "invisible-character") return [[{ span, text: visible(written) }]];
  if (code === "yaml-duplicate-key" && params["repeats"] !== "merged") {
    const earlier = earlierEntry(slice, span);
    return earlier === null ? [] : [[{ span: earlier, text: "" }]];
  }
  if (leftovers.has(code) && owner) {
    const removal = removalOf(slice, checked, owner, at);
    return removal === undefined ? [] : [[removal]];
  }
  if (code === "fractional-bytes" && Array.isArray(params["meant"]) && isPlainScalar(written)) {
    return (params["meant"] as readonly string[]).map(instead);
  }
  if (code === "negative" && /^-\d/.test(written)) return [instead(written.slice(1))];
  if (code === "volume-not-found" && isPlainScalar(written)) {
    const meant = nearest(written, volumeNames(checked, subject, at));
    return meant === null ? [] : [instead(meant)];
  }
  if (code === "removed-api-version") {
    const moved = instead(String(params["replacement"]));
    return [owner ? [...moved, ...moveAlong(slice, checked, owner)] : moved];
  }
  if (code === "unserved-kind" && owner) return servedInstead(slice, checked, owner);
  if (code === "both-bounds-zero" || code === "daemon-bounds-zero") {
    return typeof valueUnder(checked, subject, at) === "object" ? [] : [instead("1")];
  }
  if (owner && (reason === "FieldValueRequired" || code === "selector-mismatch" || code === "selector-empty")) {
    const wanted =
      code === "selector-empty" ? [...at, "matchLabels"] : code === "selector-missing" ? ["spec", "selector"] : at;
    const insertion = insertMissing(slice, checked, owner, wanted);
    if (insertion) return [[insertion]];
  }
  if (code === "invalid-quantity") {
    const quote = /^["']/.exec(written)?.[0] ?? "";
    return meantQuantities(written.replace(/^(["'])(.*)\1$/, "$2")).map((meant) => instead(`${quote}${meant}${quote}`));
  }
  if (code === "selector-mismatch") return alignLabels(slice, checked, subject, at);
  if (code === "wrong-type" && params["expected"] === "string" && isPlainScalar(written)) {
    return [instead(JSON.stringify(written))];
  }
  const quoted = /^(["'])(.*)\1$/.exec(written);
  if (params["wayOut"] === "unquote" && quoted?.[2] !== undefined) {
    return [instead(quoted[2])];
  }
  if (code.endsWith("-padded") && quoted?.[1] !== undefined && quoted[2] !== undefined) {
    return [instead(`${quoted[1]}${quoted[2].trim()}${quoted[1]}`)];
  }
  if (code.startsWith("schedule-")) {
    const zoned = owner && zonedSchedule(slice, checked, owner, { problem, span });
    return zoned ? [zoned] : scheduleFixes(written).map(instead);
  }
  const allowed = params["allowed"];
  if (Array.isArray(allowed) && !openChoices.has(code) && isPlainScalar(written.replace(/^(["'])(.*)\1$/, "$2"))) {
    const value = valueUnder(checked, subject, at);
    if (typeof value !== "string") return [];
    const meant = nearest(value, allowed as readonly string[]);
    if (meant !== null) return [instead(meant)];
    return allowed.length > mostChoices ? [] : (allowed as readonly string[]).map(instead);
  }
  return [];
}

/** The names of the volumes of the pod that a place is in. */
function volumeNames({ parsed, subjects }: Checked, subject: number, at: Finding["problem"]["at"]): readonly string[] {
  const depth = at.findIndex((step) => step === "containers" || step === "initContainers");
  const volumes = valueAt(parsed.value, [...(subjects[subject]?.root ?? []), ...at.slice(0, depth), "volumes"]);
  if (!Array.isArray(volumes)) return [];
  return volumes.map((volume) => valueAt(volume, ["name"])).filter((name) => typeof name === "string");
}

/** A kind under the version that serves it, or the kind that is nearly called so. */
function servedInstead(slice: Slice, checked: Checked, subject: Subject): readonly Replacement[][] {
  const { kind, apiVersion } = subject;
  const served = servedAs(kind);
  if (served === null) return [];
  const { kind: meant, apiVersion: version } = served;
  const place = (key: string): Replacement[] => {
    const found = checked.parsed.document.locate([...subject.root, key], "value");
    return found === undefined ? [] : [{ span: [found.start, found.end], text: key === "kind" ? meant : version }];
  };
  const changes = [...(apiVersion === version ? [] : place("apiVersion")), ...(kind === meant ? [] : place("kind"))];
  if (apiVersion !== "") return [changes];
  const added = insertMissing(slice, checked, subject, ["apiVersion"]);
  return added === null ? [] : [[added, ...(kind === meant ? [] : place("kind"))]];
}

function valueUnder({ parsed, subjects }: Checked, subject: number, at: Finding["problem"]["at"]): unknown {
  return valueAt(parsed.value, [...(subjects[subject]?.root ?? []), ...at]);
}

function isPlainScalar(text: string): boolean {
  return /^[\w.+:/-]+$/.test(text);
}

/** Gives the template's labels the values that the selector asks for, where they are written with other values. */
function alignLabels(slice: Slice, checked: Checked, subject: number, at: Finding["problem"]["at"]): Replacement[][] {
  const root = checked.subjects[subject]?.root ?? [];
  const wanted = valueAt(checked.parsed.value, [...root, "spec", "selector", "matchLabels"]);
  const labels = valueAt(checked.parsed.value, [...root, ...at]);
  if (typeof wanted !== "object" || wanted === null || typeof labels !== "object" || labels === null) return [];
  const replacements: Replacement[] = [];
  for (const [key, value] of Object.entries(wanted)) {
    const found = (labels as Record<string, unknown>)[key];
    if (found === value) continue;
    const range = checked.parsed.document.locate([...root, ...at, key], "value");
    // A label that is not written at all, or through an alias, is not put right by replacing a value.
    if (found === undefined || range === undefined || slice.text[range.start] === "*") return [];
    const text =
      /^[A-Za-z][\w.-]*$/.test(String(value)) && String(value).length > 5 ? String(value) : quoteWord(String(value));
    replacements.push({ span: [range.start, range.end], text, label: key });
  }
  return replacements.length === 0 ? [] : [replacements];
}

/** Quoted where YAML 1.1 would read something else than a text. */
function quoteWord(value: string): string {
  return /^(y|n|yes|no|on|off|true|false|null|~)$/i.test(value) || !/^[A-Za-z][\w.-]*$/.test(value)
    ? JSON.stringify(value)
    : value;
}

/** The zone that a schedule begins with, put where it belongs. */
function zonedSchedule(
  slice: Slice,
  checked: Checked,
  subject: Subject,
  { problem, span }: Pick<Finding, "problem" | "span">,
): Replacement[] | null {
  const [, quote = "", zone, rest] = /^(["']?)(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(slice.text.slice(...span)) ?? [];
  if (zone === undefined || rest === undefined) return null;
  const at = [...problem.at.slice(0, -1), "timeZone"];
  const added = insertField(slice, checked, subject, at, zone);
  return [...(added === null ? [] : [{ span: added.span, text: added.text }]), { span, text: quote + rest }];
}
