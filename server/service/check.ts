/** One slice looked at once: what objects it holds and everything that can be said about it without its neighbours. */
import { isObject, type JsonObject } from "../../simulator/api/json.ts";
import type { Path, Problem } from "../../simulator/api/problem.ts";
import type { Target } from "../../simulator/api/target.ts";
import { type Beneath, judgeBeneath } from "./beneath.ts";
import { type Finding, finding, place } from "./finding.ts";
import { withInvisible } from "./invisible.ts";
import { asSent, type Judgement, judgeSent } from "./judge.ts";
import type { Slice } from "./manifest.ts";
import { meaning, suggested } from "./meant-field.ts";
import { type Parsed, parseSlice, valueAt } from "./parse.ts";
import { type Recognised, recognise, servedVersions } from "./recognise.ts";
import type { Additions } from "./standing/additions.ts";
import { type Decision, decide, withoutDirectives, withoutNote } from "./standing/decide.ts";
import { judgeAround } from "./standing/judge-around.ts";
import { isReplaced, withAdditions, withBuiltName } from "./standing/kustomized.ts";
import type { Subject } from "./subject.ts";
import { readSuppression, type Suppression } from "./suppress.ts";
import { unsentProblems } from "./unsent.ts";

export interface Checked {
  readonly parsed: Parsed;
  readonly subjects: readonly Subject[];
  readonly findings: readonly Finding[];
  /** Of a document in which none of our kinds is recognised: what is wrong if it is meant to be applied at all. */
  readonly aside: readonly Finding[];
  /** What the document is where it stands. */
  readonly decision: Decision;
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
  const nothing = { parsed, suppression, subjects: [], findings: [], aside: [], decision: applied };
  if (parsed.empty) return { ...nothing, empty: true };
  const known = decide(parsed.value, slice.text, slice.place);
  const decision = parsed.template === null ? known : templateAs(known);
  const looking: Looking = { slice, parsed, decision, subjects: [], findings: [] };
  collect(looking, parsed.value, []);
  const { subjects, findings } = looking;
  if (isNobodys(decision)) return { ...nothing, decision, subjects, empty: false };
  const ours = subjects.some(({ recognised }) => recognised.is !== "foreign");
  const inText = parsed.problems.slice(0, mostProblems).map(({ problem, span }) => place(slice, problem, span, -1));
  if (ours || looksLikeWorkload(slice, parsed)) findings.push(...inText);
  const isWhole = ["applied", "export", "base"].includes(decision.standing);
  const aside = ours || !isWhole ? [] : [...(findings.length === 0 ? inText : []), ...unsent(slice, parsed)];
  // Whether something is to be filled in may only show when it is judged.
  const [only] = subjects;
  const seen = withInvisible(slice, findings);
  return { parsed, suppression, subjects, findings: seen, aside, decision: only?.decision ?? decision, empty: false };
}

const applied: Decision = { standing: "applied", reason: { why: "nothing-else", what: "" } };

/** A patch or assertion stays one where it is a template as well. */
function templateAs(known: Decision): Decision {
  if (known.standing === "patch" || isNobodys(known)) return known;
  return { standing: "template", reason: { why: "template-expressions", what: "{{" } };
}

/** Whether nothing is said of a document at all. */
function isNobodys({ standing }: Decision): boolean {
  return standing === "assertion" || standing === "data";
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

interface Looking {
  readonly slice: Slice;
  readonly parsed: Parsed;
  readonly decision: Decision;
  readonly subjects: Subject[];
  readonly findings: Finding[];
}

function collect(looking: Looking, value: unknown, root: Path): void {
  const { slice, parsed, subjects, findings } = looking;
  const recognised = recognise(value);
  if (recognised.is === "unknown") return;
  if (recognised.is === "list") {
    // A list inside a list is no manifest that anything could apply.
    if (root.length > 0) return;
    recognised.items.forEach((item, index) => {
      collect(looking, named(item, value), ["items", index]);
    });
    return;
  }
  const { apiVersion, kind } = recognised;
  const { object, problems, dropped, decision, built, sound } = judgeWhereItStands(looking, value, recognised);
  const index = subjects.length;
  for (const one of suggested(problems.slice(0, mostProblems), recognised, built, slice.target))
    findings.push(finding(slice, parsed, one, index, root));
  const broken = parsed.problems.some(({ problem }) => problem.severity === "error");
  subjects.push({
    root,
    recognised,
    apiVersion,
    kind,
    name: metadataText(value, "name"),
    namespace: metadataText(built, "namespace"),
    value: built,
    target: slice.target,
    dropped,
    decision,
    installations: slice.place.installations,
    object: broken ? null : object,
    accepted: object !== null && !broken && !problems.some((one) => one.severity === "error"),
    sound: object !== null && !broken && sound,
  });
}

function metadataText(value: unknown, key: string): string {
  const found = valueAt(value, ["metadata", key]);
  return typeof found === "string" ? found : "";
}

interface Judged extends Beneath {
  readonly decision: Decision;
  /** The value with what its kustomization adds. */
  readonly built: unknown;
}

type Named = Exclude<Recognised, { readonly is: "unknown" | "list" }>;

/** Judges an object as what it is where it stands. */
function judgeWhereItStands({ slice, parsed, decision }: Looking, value: unknown, recognised: Named): Judged {
  const meant = meaning(recognised, slice.target);
  const asked = (one: unknown) => judgeBeneath(one, (known) => judge(known, recognised, slice.target), meant);
  const nothing = { object: null, problems: [], dropped: [], decision, built: value, sound: false };
  if (isNobodys(decision)) return nothing;
  const asPatch = (given: Decision): Judged => {
    const { problems } = judgeAround(withoutDirectives(value), parsed.template, asked);
    return { ...nothing, decision: given, problems: problems.filter(({ reason }) => ofShape.has(reason)) };
  };
  // A patch lacks what it does not change, and what is in an editor of kubectl is there already.
  if (decision.standing === "patch" || decision.reason.why === "edit-buffer") return asPatch(decision);
  const { base, beside, calledPatch } = slice.place;
  const plain = withoutNote(value);
  const [first, ...others] = (base?.ways ?? [[], ...beside]).map((way) => {
    const built = withAdditions(plain, way);
    return { built, judge: () => told(built, judgeAround(withBuiltName(built, way), parsed.template, asked), way) };
  });
  if (first === undefined) return nothing;
  const judged = first.judge();
  let { problems } = judged;
  // What is right for one of those who take it in is no mistake of the file.
  for (const way of others) {
    if (!problems.some(({ severity }) => severity === "error")) break;
    const found = new Set(way.judge().problems.map(sameProblem));
    problems = problems.filter((one) => found.has(sameProblem(one)));
  }
  if (calledPatch && problems.some(isMissing)) return asPatch(patchByName);
  const { built } = first;
  if (judged.placeholder === null) return { ...judged, problems, decision, built };
  const found: Decision =
    decision.standing === "template"
      ? decision
      : { standing: "template", reason: { why: "placeholders", what: judged.placeholder } };
  return { ...judged, problems, decision: found, built };

  /** What is said of the file itself: what a patch brings is told at the patch, and what is filled in is not known. */
  function told<Known extends Judgement>(built: unknown, known: Known, way: readonly Additions[]): Known {
    if (base === null) return known;
    const isOfFile = ({ reason, at }: Problem) =>
      reason === "FieldValueRequired" || at.length === 0 || valueAt(value, at) !== undefined;
    const isKnown = ({ at }: Problem) => at.length === 0 || !isReplaced(built, way, at);
    return { ...known, problems: known.problems.filter((one) => isOfFile(one) && isKnown(one)) };
  }
}

const patchByName: Decision = { standing: "patch", reason: { why: "called-patch", what: "" } };

function sameProblem({ code, at }: Problem): string {
  return `${code} ${at.join("/")}`;
}

function isMissing({ reason, severity }: Problem): boolean {
  return reason === "FieldValueRequired" && severity === "error";
}

const ofShape: ReadonlySet<Problem["reason"]> = new Set(["UnknownField", "DuplicateField", "Malformed"]);

/** An item of a list of one kind, which need not say of which. */
function named(item: unknown, list: unknown): unknown {
  const { apiVersion, kind } = list as { readonly apiVersion: string; readonly kind: string };
  if (!isObject(item) || kind === "List" || (item["apiVersion"] && item["kind"])) return item;
  return { ...item, apiVersion, kind: kind.replace(/List$/, "") };
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
