/** What a field is, what it holds here, and what that means in numbers. Markdown. */
import type { Path } from "../../../simulator/api/problem.ts";
import { type Target, targets } from "../../../simulator/api/target.ts";
import type { Words } from "../../messages/words.ts";
import { shareAt } from "../arithmetic/shares.ts";
import { checkSlice } from "../check.ts";
import { effectsOf } from "../effects.ts";
import { type FieldType, fieldAt } from "../fields.ts";
import type { HoverContext } from "../hover-context.ts";
import { amountLines, othersLines } from "../hover-map.ts";
import { type Manifest, rangeIn, sliceAt } from "../manifest.ts";
import { fileMentions } from "../navigation/file-mentions.ts";
import { filesAround } from "../navigation/files-around.ts";
import { mentionsAt } from "../navigation/find-mentions.ts";
import { valueAt } from "../parse.ts";
import { scheduleWords } from "../schedule-words.ts";
import type { Subject } from "../subject.ts";
import type { Position, Range } from "../text.ts";
import type { PositionParams, Request } from "./request.ts";

export interface Hover {
  readonly markdown: string;
  readonly range: Range;
}

/** What the field at a position is, as Markdown. */
export const hoverRequest: Request<
  PositionParams,
  { readonly contents: { readonly kind: "markdown"; readonly value: string }; readonly range: Range } | null
> = {
  method: "textDocument/hover",
  capabilities: () => ({ hoverProvider: true }),
  nothing: null,
  async answer(service, { textDocument: { uri }, position }) {
    const { words, timeZone } = service.preferences();
    const sentence = await scheduleWords(words.language);
    const text = service.find(uri);
    if (text === undefined) return null;
    const { docs, now } = service.surroundings;
    const files = () => filesAround(service, uri);
    const { structureElsewhere } = service.preferences();
    const described = Array.isArray(structureElsewhere) && structureElsewhere.includes("schema");
    const found = hover(text.manifest, position, { words, docs, now: now(), timeZone, sentence, files, described });
    return found && { contents: { kind: "markdown", value: found.markdown }, range: found.range };
  },
};

/** The hover at a position; null where neither a name nor a value of ours stands. Looks at one slice only, but for names. */
export function hover(manifest: Manifest, position: Position, context: HoverContext): Hover | null {
  const { slice, firstLine, offset } = sliceAt(manifest, position);
  const { parsed, subjects } = checkSlice(slice);
  const place = parsed.document.placeAt(offset);
  if (place === undefined || place.path.length === 0) return null;
  // Between the lines of a block nothing is meant.
  const value = valueAt(parsed.value, place.path);
  if (!place.onKey && ((typeof value === "object" && value !== null) || offset > place.range.end)) return null;
  if (place.onKey && offset < place.range.start) return null;
  const subject = subjects.find(({ root }) => root.every((step, at) => place.path[at] === step));
  if (subject === undefined) return null;
  const path = place.path.slice(subject.root.length);
  const beside = () => manifest.slices.flatMap((one) => checkSlice(one).subjects);
  const parts = entryParts(subject, path, value, context) ?? fieldParts(subject, path, beside, context);
  if (parts === null) return null;
  const at = mentionsAt(manifest, position);
  if (at !== null) parts.push(...othersLines(at.found, context.files?.() ?? [fileMentions(manifest)], context.words));
  return { markdown: parts.join("\n\n"), range: rangeIn(slice, [place.range.start, place.range.end], firstLine) };
}

/** Of an entry whose name is free, as labels and resources are: itself, and what its value is. */
function entryParts(subject: Subject, path: Path, value: unknown, { words }: HoverContext): string[] | null {
  const name = path.at(-1);
  const map = fieldAt(subject.apiVersion, subject.kind, path.slice(0, -1));
  if (typeof name !== "string" || map?.type.kind !== "map" || map.owner === "") return null;
  const isAmount = map.type.of?.kind === "quantity";
  const amount = isAmount ? amountLines(name, value, path, words) : null;
  const shown = typeof value === "object" || String(value).length > mostShown ? "" : `: ${String(value)}`;
  const head = isAmount ? `**${name}** · ${map.name}: \`${String(value)}\`` : `**${map.name}** · \`${name}${shown}\``;
  return [head, ...(amount ?? [])];
}

/** Characters of a value that are shown. */
const mostShown = 80;

/** Of a field: its type, versions and value, what that comes to, and what the field is for. */
function fieldParts(
  subject: Subject,
  path: Path,
  beside: () => readonly Subject[],
  context: HoverContext,
): string[] | null {
  const field = fieldAt(subject.apiVersion, subject.kind, path);
  if (field === null) return null;
  const { words, docs } = context;
  const parts = [
    `**${field.name}** · ${words.hover.type}: \`${typeText(field.type)}\`${field.required ? ` · ${words.hover.required}` : ""}`,
  ];
  parts.push(...versionsOf(field.type, subject.target, words));
  const effective = subject.object === null ? undefined : valueAt(subject.object, path);
  if (effective !== undefined && typeof effective !== "object") parts.push(words.hover.defaultValue(String(effective)));
  const share = shareAt(subject, path, beside);
  if (share !== null) parts.push(words.arithmetic.share(share));
  parts.push(...effectsOf(subject, path, context));
  const upstream = context.described === true ? undefined : docs[field.owner]?.fields[field.name];
  const description = words.fields[`${field.owner}.${field.name}`] ?? upstream;
  if (description !== undefined) parts.push(description);
  return parts;
}

/** Since when a field is there, where it was not always, and what becomes of it in the version that is asked. */
function versionsOf({ versions = targets, dropped = [] }: FieldType, target: Target, words: Words): readonly string[] {
  const heeding = versions.filter((one) => !dropped.includes(one));
  const [first] = heeding;
  const lines: string[] = [];
  if (first !== undefined && heeding.length < targets.length) {
    const open = heeding.length === targets.length - targets.indexOf(first);
    lines.push(words.hover.known(open ? first : heeding.join(", "), open));
  }
  if (dropped.includes(target)) lines.push(words.hover.dropped(target));
  else if (first === undefined && !versions.includes(target)) lines.push(words.hover.known(versions.join(", "), false));
  return lines;
}

function typeText(type: FieldType): string {
  if (type.kind === "list") return `${type.of ? typeText(type.of) : "any"}[]`;
  if (type.kind === "map") return `map of ${type.of ? typeText(type.of) : "any"}`;
  if (type.enum) return type.enum.join(" | ");
  return type.kind === "object" ? (type.type ?? "object") : type.kind;
}
