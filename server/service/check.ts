/** One slice looked at once: what objects it holds and everything that can be said about it without its neighbours. */
import { isObject, type JsonObject } from "../../simulator/api/json.ts";
import type { Path, Problem } from "../../simulator/api/problem.ts";
import type { Target } from "../../simulator/api/target.ts";
import { fieldNamesAt } from "./fields.ts";
import { type Finding, finding, place } from "./finding.ts";
import { asSent, type Judgement, judgeSent } from "./judge.ts";
import type { Slice } from "./manifest.ts";
import { type Parsed, parseSlice, valueAt } from "./parse.ts";
import { type Recognised, recognise, servedVersions } from "./recognise.ts";
import type { Subject } from "./subject.ts";
import { nearest } from "./suggest.ts";
import { readSuppression, type Suppression } from "./suppress.ts";
import { isTemplate } from "./template.ts";
import { unsentProblems } from "./unsent.ts";

export interface Checked {
  readonly parsed: Parsed;
  readonly subjects: readonly Subject[];
  readonly findings: readonly Finding[];
  /** Of a document in which none of our kinds is recognised: what is wrong if it is meant to be applied at all. */
  readonly aside: readonly Finding[];
  readonly suppression: Suppression;
  /** Whether there is nothing in it but blanks, comments and markers. */
  readonly empty: boolean;
}

/** Problems of one object, or of one text, beyond which no more are told: nobody reads on, and finding each place costs. */
const mostProblems = 300;

const memory = new WeakMap<Slice, Checked>();

/** Parses and checks a slice; what was found is kept for as long as the slice lives. */
export function checkSlice(slice: Slice): Checked {
  const known = memory.get(slice);
  if (known) return known;
  // A file can be made of nothing but markers; one look at such a slice does for all.
  const checked = blank.test(slice.text) ? nothingIn(slice) : check(slice);
  memory.set(slice, checked);
  return checked;
}

/** Whether looking at the slice takes no time any more. */
export function isChecked(slice: Slice): boolean {
  return memory.has(slice);
}

const blank = /^(---)?\r?\n?$/;
const blanks = new Map<string, Checked>();

function nothingIn(slice: Slice): Checked {
  const known = blanks.get(slice.text) ?? check(slice);
  blanks.set(slice.text, known);
  return known;
}

function check(slice: Slice): Checked {
  const parsed = parseSlice(slice);
  const suppression = readSuppression(slice);
  const nothing = { parsed, suppression, subjects: [], findings: [], aside: [] };
  if (parsed.empty) return { ...nothing, empty: true };
  if (isTemplate(slice.text, parsed.value)) return { ...nothing, empty: false };
  const subjects: Subject[] = [];
  const findings: Finding[] = [];
  collect(slice, parsed, parsed.value, [], subjects, findings);
  const ours = subjects.some(({ recognised }) => recognised.is !== "foreign");
  const inText = parsed.problems.slice(0, mostProblems).map(({ problem, span }) => place(slice, problem, span, -1));
  if (ours || looksLikeWorkload(slice, parsed)) findings.push(...inText);
  const aside = ours ? [] : [...(findings.length === 0 ? inText : []), ...unsent(slice, parsed)];
  return { parsed, suppression, subjects, findings, aside, empty: false };
}

/** What kubectl says of a document that it can read but does not send. */
function unsent(slice: Slice, parsed: Parsed): readonly Finding[] {
  if (parsed.problems.some(({ problem }) => problem.severity === "error")) return [];
  return unsentProblems(parsed.value, slice.target).map((one) => finding(slice, parsed, one, 0));
}

/** Whether a slice holds one of our kinds: then its file is meant to be applied. */
export function isOurs(slice: Slice): boolean {
  return checkSlice(slice).subjects.some(({ recognised }) => recognised.is !== "foreign");
}

function collect(
  slice: Slice,
  parsed: Parsed,
  value: unknown,
  root: Path,
  subjects: Subject[],
  findings: Finding[],
): void {
  const recognised = recognise(value);
  if (recognised.is === "unknown") return;
  if (recognised.is === "list") {
    // A list inside a list is no manifest that anything could apply.
    if (root.length > 0) return;
    recognised.items.forEach((item, index) => {
      collect(slice, parsed, named(item, value), ["items", index], subjects, findings);
    });
    return;
  }
  const { apiVersion, kind } = recognised;
  const metadata = (value as { metadata?: unknown }).metadata;
  const text = (key: string): string => {
    const found = typeof metadata === "object" && metadata !== null ? (metadata as Record<string, unknown>)[key] : "";
    return typeof found === "string" ? found : "";
  };
  const index = subjects.length;
  const { object, problems, dropped } = judge(value, recognised, slice.target);
  for (const one of problems.slice(0, mostProblems))
    findings.push(finding(slice, parsed, withSuggestion(one, apiVersion, kind, slice.target), index, root));
  const broken = parsed.problems.some(({ problem }) => problem.severity === "error");
  subjects.push({
    root,
    recognised,
    apiVersion,
    kind,
    name: text("name"),
    namespace: text("namespace"),
    value,
    target: slice.target,
    dropped,
    object: broken ? null : object,
    accepted: object !== null && !broken && !problems.some((one) => one.severity === "error"),
  });
}

/** An item of a list of one kind, which need not say of which. */
function named(item: unknown, list: unknown): unknown {
  const { apiVersion, kind } = list as { readonly apiVersion: string; readonly kind: string };
  if (!isObject(item) || kind === "List" || (item["apiVersion"] && item["kind"])) return item;
  return { ...item, apiVersion, kind: kind.replace(/List$/, "") };
}

/** Adds the known field that an unknown one was surely meant to be. */
function withSuggestion(one: Problem, apiVersion: string, kind: string, target: Target): Problem {
  if (one.code !== "unknown-field") return one;
  const meant = nearest(String(one.at.at(-1)), fieldNamesAt(apiVersion, kind, one.at.slice(0, -1), target));
  return meant === null ? one : { ...one, params: { ...one.params, nearest: meant } };
}

function judge(value: unknown, recognised: Recognised, target: Target): Judgement {
  switch (recognised.is) {
    case "object":
      return judgeSent(asSent(value as JsonObject), { target });
    case "removed": {
      const { apiVersion, kind, removal } = recognised;
      const params = { apiVersion, kind, replacement: removal.replacement, removedIn: `1.${removal.removedIn}` };
      return { object: null, problems: [unserved("removed-api-version", "apiVersion", params)], dropped: [] };
    }
    case "unserved": {
      const field = recognised.apiVersion === "" || recognised.kind !== "" ? "apiVersion" : "kind";
      const params = { apiVersion: recognised.apiVersion, kind: recognised.kind };
      return { object: null, problems: [unserved("unserved-kind", field, params)], dropped: [] };
    }
    default:
      return { object: null, problems: [], dropped: [] };
  }
}

function unserved(code: string, field: string, params: Problem["params"]): Problem {
  return { code, reason: "Unserved", path: field, at: [field], severity: "error", params };
}

const ourKinds = new RegExp(`(^|[{,])[ \\t"]*kind"?:[ \\t]*"?(${Object.keys(servedVersions).join("|")})\\b`, "m");

/** Half-written YAML may yield no value to recognise; the words at the start of its lines still tell. */
function looksLikeWorkload(slice: Slice, parsed: Parsed): boolean {
  if (parsed.problems.length === 0) return false;
  const kind = valueAt(parsed.value, ["kind"]);
  if (typeof kind === "string" && typeof valueAt(parsed.value, ["apiVersion"]) === "string") return false;
  // At the start of a line or of an entry in braces, as in JSON.
  return (
    /(^|[{,])[ \t"]*apiVersion"?:[ \t]*"?((apps|batch|extensions)\/|v1\b)/m.test(slice.text) &&
    ourKinds.test(slice.text)
  );
}
