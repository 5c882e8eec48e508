/** What of a text that is pasted can be offered beside the text as it is: fitted to the block, and without what the server fills in. */
import { isObject } from "../../../simulator/api/json.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import { type ValueChange, withChanges } from "../../yaml/fill.ts";
import { type Manifest, openManifest, sliceAt } from "../manifest.ts";
import { parseSlice, valueAt } from "../parse.ts";
import type { Position } from "../text.ts";

export interface PasteOffers {
  /** Indented as the place where it goes; null where it is already, or where that cannot be told. */
  readonly fitted: string | null;
  /** Without the fields that only the server writes; null where there are none. */
  readonly cleaned: string | null;
}

/** What may be offered for a text that goes to a position. */
export function offersFor(manifest: Manifest, position: Position, text: string): PasteOffers {
  const { slice, firstLine } = sliceAt(manifest, position);
  const start = slice.starts[position.line - firstLine] ?? 0;
  const before = slice.text.slice(start, start + position.character);
  return { fitted: slice.form === "json" ? null : fitted(before, text), cleaned: cleaned(text) };
}

/** Texts that are worth a look. */
const longest = 1024 * 1024;

function fitted(before: string, text: string): string | null {
  if (text.length > longest || !/^ *(?:- +)*$/.test(before) || !text.includes("\n")) return null;
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(/\r?\n/);
  const [first = "", ...rest] = lines;
  const indent = (line: string) => /^ */.exec(line)?.[0].length ?? 0;
  const written = rest.filter((line) => line.trim() !== "");
  if (written.length === 0) return null;
  const least = Math.min(...written.map(indent));
  // A selection that began behind the blanks of its first line has lost them.
  const opens = /:\s*(?:[|>][-+0-9]*\s*)?(?:#.*)?$/.test(first) ? 2 : /^- /.test(first) ? 2 : 0;
  const base = indent(first) === 0 && least > 0 ? Math.max(0, least - opens) : Math.min(indent(first), least);
  const isListed = before.trimEnd().endsWith("-") && /^ *- /.test(first);
  const column = isListed ? before.lastIndexOf("-") : before.length;
  const begin = first.trimStart().slice(isListed ? 2 : 0);
  const moved = rest.map((line) =>
    line.trim() === "" ? line : " ".repeat(column + Math.max(0, indent(line) - base)) + line.trimStart(),
  );
  const result = [begin, ...moved].join(lineBreak);
  return result === text ? null : result;
}

/** Fields that only the server writes. */
const filled: readonly Path[] = [
  ["status"],
  ...[
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "generation",
    "managedFields",
    "resourceVersion",
    "selfLink",
    "uid",
  ].map((field) => ["metadata", field]),
  ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"],
  ["metadata", "annotations", "deployment.kubernetes.io/revision"],
];
const ofService: readonly Path[] = [
  ["spec", "clusterIPs"],
  ["spec", "ipFamilies"],
  ["spec", "ipFamilyPolicy"],
];

function cleaned(text: string): string | null {
  if (text.length > longest) return null;
  const { slices } = openManifest("paste.yaml", "yaml", text);
  let changed = false;
  const texts = slices.map((slice) => {
    const { value } = parseSlice(slice);
    const changes = removals(value, []);
    const without = changes.length === 0 || slice.form === "json" ? null : withChanges(slice.text, changes);
    if (without === null) return slice.text;
    changed = true;
    return without;
  });
  return changed ? texts.join("") : null;
}

function removals(value: unknown, root: Path): readonly ValueChange[] {
  if (!isObject(value) || typeof value["kind"] !== "string") return [];
  if (value["kind"] === "List" && Array.isArray(value["items"])) {
    return value["items"].flatMap((item, index) => removals(item, [...root, "items", index]));
  }
  const fields = [...filled, ...(value["kind"] === "Service" ? [...ofService, ...addressOf(value)] : [])];
  const gone = fields.filter((path) => valueAt(value, path) !== undefined);
  const annotations = valueAt(value, ["metadata", "annotations"]);
  const left = isObject(annotations)
    ? Object.keys(annotations).filter((key) => !gone.some((path) => path[2] === key))
    : ["none"];
  const all =
    left.length === 0 ? [...gone.filter((path) => path[1] !== "annotations"), ["metadata", "annotations"]] : gone;
  return all.map((path) => ({ path: [...root, ...path], value: undefined }));
}

/** An address is given by the server; that there is none is said by a person. */
function addressOf(value: unknown): readonly Path[] {
  const address = valueAt(value, ["spec", "clusterIP"]);
  return typeof address === "string" && address !== "None" && address !== "" ? [["spec", "clusterIP"]] : [];
}
