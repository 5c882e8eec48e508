/** What a field is, what it holds here, and what that means in numbers. Markdown. */
import { type Target, targets } from "../../../simulator/api/target.ts";
import type { Words } from "../../messages/words.ts";
import { checkSlice } from "../check.ts";
import { effectsOf } from "../effects.ts";
import { type FieldType, fieldAt } from "../fields.ts";
import type { HoverContext } from "../hover-context.ts";
import { type Manifest, rangeIn, sliceAt } from "../manifest.ts";
import { valueAt } from "../parse.ts";
import { scheduleWords } from "../schedule-words.ts";
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
    const found = hover(text.manifest, position, { words, docs, now: now(), timeZone, sentence });
    return found && { contents: { kind: "markdown", value: found.markdown }, range: found.range };
  },
};

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
  parts.push(...versionsOf(field.type, subject.target, words));
  const effective = subject.object === null ? undefined : valueAt(subject.object, path);
  if (effective !== undefined && typeof effective !== "object") parts.push(words.hover.defaultValue(String(effective)));
  parts.push(...effectsOf(subject, path, context));
  const description = docs[field.owner]?.fields[field.name];
  if (description !== undefined) parts.push(description);
  return { markdown: parts.join("\n\n"), range: rangeIn(slice, [place.range.start, place.range.end], firstLine) };
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
