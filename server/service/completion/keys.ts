/** The fields that may be written at a place. */
import { sketchedValue } from "../../yaml/sketch/node.ts";
import type { Item, KeyPlace } from "./context.ts";
import { type Draft, type DraftMap, draftOf } from "./draft.ts";
import { isRuledOut } from "./groups.ts";
import { isDeprecated, rankOf, requiredOf } from "./order.ts";
import { put, type Role } from "./put.ts";
import { type FieldType, isKnown, shapeAt, typeNamed, type Whole } from "./shape.ts";
import { hasChoices } from "./values.ts";

/** The fields of the object at a place that are not there yet; none where keys are free. */
export function keyItems(place: KeyPlace): readonly Item[] {
  const { around, whole, path, map, own } = place;
  const { target } = around.slice;
  const shape = shapeAt(whole, path, target);
  if (shape?.type.kind !== "object" || shape.type.type === undefined) return [];
  const name = shape.type.type;
  const type = typeNamed(name);
  if (type === undefined) return [];
  const value = sketchedValue(map) as Readonly<Record<string, unknown>> | null;
  const beside = Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => key !== own));
  const isEmpty = Object.keys(beside).length === 0;
  const required = requiredOf(name);
  return Object.entries(type.fields).flatMap(([field, fieldType]) => {
    if (!isKnown(fieldType, target) || Object.hasOwn(beside, field) || isRuledOut(name, field, beside)) return [];
    if (isForeign(whole, name, field)) return [];
    // The first thing that an entry of a list has to say brings the others with it.
    const all = place.isItem && isEmpty && !place.hasColon && field === required[0] && required.length > 1;
    const draft = all ? wholeDraft(name, field, place) : { [field]: fieldDraft(name, field, fieldType, place) };
    return [item(place, name, field, fieldType, draft)];
  });
}

function wholeDraft(name: string, field: string, { around }: KeyPlace): DraftMap {
  const list: FieldType = { kind: "object", type: name };
  const draft = draftOf(list, around.slice.target) as DraftMap;
  return { [field]: draft[field] ?? null, ...draft };
}

function fieldDraft(owner: string, field: string, type: FieldType, { around }: KeyPlace): Draft {
  return draftOf(type, around.slice.target, `${owner}.${field}`);
}

/** What a kind has in its pods although nothing there may set it. */
function isForeign(whole: Whole, type: string, field: string): boolean {
  return type === "PodSpec" && field === "ephemeralContainers" && whole.kind !== "Pod";
}

function item(place: KeyPlace, owner: string, field: string, type: FieldType, draft: DraftMap): Item {
  const { around, word, setting, hasColon, isItem, inner } = place;
  const base = {
    label: field,
    sort: "field",
    detail: typeText(type),
    rank: rankOf(owner, field, around.docs),
    deprecated: isDeprecated(owner, field, around.docs),
    field: { owner, name: field },
  } as const;
  const text = around.slice.text;
  if (hasColon) {
    const written = text.slice(word[0], word[1]);
    const quote = /^["']/.exec(written)?.[0] ?? "";
    return { ...base, text: `${quote}${field}${quote}`, span: word, filter: `${quote}${field}` };
  }
  const isNewItem = isItem && setting.on !== "dash";
  const role: Role = isNewItem ? "items" : "entries";
  const made = put(isNewItem ? [draft] : draft, role, { text, word, setting, style: around.style, inner });
  const only = Object.values(draft)[0];
  return {
    ...base,
    text: made.text,
    span: made.span,
    filter: `${made.quote}${field}`,
    also: made.also,
    again: again(owner, field, type, only ?? null, place.whole),
  };
}

/** Whether what is written first within a field can be chosen. */
function again(owner: string, field: string, type: FieldType, draft: Draft, whole: Whole): boolean {
  if (typeof draft === "string" || draft === null) return hasChoices(owner, field, type, whole);
  // A mapping that has nothing it cannot do without is opened on a line on which its fields are offered.
  return true;
}

/** A type as it is shown beside a field. */
export function typeText(type: FieldType): string {
  if (type.kind === "list") return `${type.of ? typeText(type.of) : "any"}[]`;
  if (type.kind === "map") return `map of ${type.of ? typeText(type.of) : "any"}`;
  return type.kind === "object" ? (type.type ?? "object") : type.kind;
}
