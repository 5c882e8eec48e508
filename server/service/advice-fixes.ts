/** Edits for what rules and comparisons find: those change what is meant, so that only clear ones are offered. */
import type { Path, Problem } from "../../simulator/api/problem.ts";
import { checkSlice } from "./check.ts";
import type { Diagnosis } from "./diagnose.ts";
import type { Fix, Replacement } from "./fixes.ts";
import { breaks, type Manifest, rangeIn, type Slice } from "./manifest.ts";
import { removalOf } from "./move.ts";
import { listSubjects } from "./objects.ts";
import { valueAt } from "./parse.ts";
import type { Subject } from "./subject.ts";
import { nearest } from "./suggest.ts";
import type { TextEdit } from "./text.ts";
import { writeValue } from "./write-value.ts";

/** Names that are few enough to offer each. */
const mostChoices = 3;

interface Place {
  readonly manifest: Manifest;
  readonly slice: Slice;
  readonly subject: Subject;
  readonly firstLine: number;
}

/** The fixes of findings of this sort. */
export function adviceFixes(manifest: Manifest, found: readonly Diagnosis[]): readonly Fix[] {
  if (found.every(({ problem }) => !isFixable(problem))) return [];
  const firstLines = new Map<Slice, number>();
  let line = 0;
  for (const slice of manifest.slices) {
    firstLines.set(slice, line);
    line += breaks(slice);
  }
  const listed = listSubjects(manifest);
  return found.flatMap((one) => {
    const at = listed[one.index];
    if (!isFixable(one.problem) || at === undefined || at.subject === null) return [];
    const { slice, subject } = at;
    return fixesOf(one, { manifest, slice, subject, firstLine: firstLines.get(slice) ?? 0 });
  });
}

const fixable = new Set([
  "probe-port-unnamed",
  "target-port-unnamed",
  "counterpart-missing",
  "key-missing",
  "volume-unused",
  "resource-version-given",
  "image-unreadable",
]);

function isFixable({ code, params }: Problem): boolean {
  return fixable.has(code) || params["was"] !== undefined;
}

function fixesOf({ problem, range, code }: Diagnosis, place: Place): readonly Fix[] {
  const { at, params } = problem;
  const key = at.findLast((step) => typeof step === "string") ?? "";
  const fix = (rest: Pick<Fix, "does" | "becomes" | "edits">, what = String(key)): Fix[] =>
    rest.edits.length === 0 ? [] : [{ what, labels: false, code, range, ...rest }];
  const change = (names: readonly string[]) =>
    names.flatMap((name) => fix({ does: "change", becomes: name, edits: edits(place, replaced(place, at, name)) }));
  if (params["was"] !== undefined) return fix(restored(problem, place));
  switch (code) {
    case "probe-port-unnamed":
      return change(meant(String(params["port"]), params["names"]));
    case "target-port-unnamed": {
      const [port] = params["port"] as readonly string[];
      return change(meant(port ?? "", params["names"]));
    }
    case "counterpart-missing":
    case "key-missing":
      return typeof params["counterpart"] === "string" ? change([params["counterpart"]]) : [];
    case "image-unreadable":
      return change(imagesMeant(String(params["image"]), String(params["why"])));
    case "resource-version-given": {
      const removal = removalOf(place.slice, checkSlice(place.slice), place.subject, at);
      return removal === undefined ? [] : fix({ does: "remove", becomes: "", edits: edits(place, removal) });
    }
    case "volume-unused":
      return fix(
        { does: "remove", becomes: "", edits: edits(place, withoutEntry(place, at.slice(0, -1))) },
        String(params["name"]),
      );
    default:
      return [];
  }
}

/** The name that is nearly the one, else each of a few. */
function meant(name: string, names: Problem["params"][string] | undefined): readonly string[] {
  const known = Array.isArray(names) ? [...new Set(names as readonly string[])] : [];
  const near = nearest(name, known);
  return near !== null ? [near] : known.length <= mostChoices ? known : [];
}

function imagesMeant(image: string, why: string): readonly string[] {
  switch (why) {
    case "scheme":
      return [image.replace(/^[a-z]+:\/\//, "")];
    case "capitals":
      return [image.replace(/^[^:@]*(?::\d+\/[^:@]*)?/, (name) => name.toLowerCase())];
    case "tag-empty":
      return [image.slice(0, -1)];
    default:
      return [];
  }
}

/** The committed value in place of the one that cannot be changed. */
function restored({ at, params }: Problem, place: Place): Pick<Fix, "does" | "becomes" | "edits"> {
  const { manifest, slice, subject } = place;
  const written = String(params["was"]);
  if (written === "") {
    const removal = removalOf(slice, checkSlice(slice), subject, at);
    return { does: "remove", becomes: "", edits: edits(place, removal ?? null) };
  }
  const value: unknown = JSON.parse(written);
  return {
    does: "restore",
    becomes: typeof value === "object" ? "" : String(value),
    edits: writeValue(manifest, subject, at, value),
  };
}

/** The scalar at a place under another value, in the quotes that it has. */
function replaced({ slice, subject }: Place, at: Path, value: string): Replacement | null {
  const { document, value: root } = checkSlice(slice).parsed;
  const path = [...subject.root, ...at];
  const found = document.locate(path, "value");
  if (found === undefined || typeof valueAt(root, path) !== "string") return null;
  const [quote = ""] = /^["']/.exec(slice.text.slice(found.start, found.end)) ?? [];
  return { span: [found.start, found.end], text: `${quote}${value}${quote}` };
}

/** An entry of a list that has its lines to itself, with its dash; the whole list where it is the only one. */
function withoutEntry(place: Place, at: Path): Replacement | null {
  const { slice, subject } = place;
  const checked = checkSlice(slice);
  const list = at.slice(0, -1);
  const entries = valueAt(checked.parsed.value, [...subject.root, ...list]);
  if (!Array.isArray(entries)) return null;
  if (entries.length === 1) return removalOf(slice, checked, subject, list) ?? null;
  const found = checked.parsed.document.locate([...subject.root, ...at], "value");
  if (found === undefined) return null;
  const { text } = slice;
  const start = text.lastIndexOf("\n", found.start - 1) + 1;
  const lineEnd = text.indexOf("\n", Math.max(found.start, found.end - 1));
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  const isAlone =
    /^[ \t]*- *$/.test(text.slice(start, found.start)) && /^[ \t]*(?:#.*)?\r?\n?$/.test(text.slice(found.end, end));
  return isAlone ? { span: [start, end], text: "" } : null;
}

function edits({ slice, firstLine }: Place, replacement: Replacement | null): readonly TextEdit[] {
  return replacement === null
    ? []
    : [{ range: rangeIn(slice, replacement.span, firstLine), newText: replacement.text }];
}
