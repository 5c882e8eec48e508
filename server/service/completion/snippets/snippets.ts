/** Snippets where they belong, and nowhere else. */

import { isObject, listAt, objectAt } from "../../../../simulator/api/json.ts";
import type { SnippetName } from "../../../messages/completion.ts";
import { lineStartAt } from "../../../yaml/sketch/lines.ts";
import { type Sketch, type SketchEntry, sketchedValue } from "../../../yaml/sketch/node.ts";
import { valueAt } from "../../parse.ts";
import { quotedAs } from "../choice.ts";
import type { Item, KeyPlace } from "../context.ts";
import { blockText, type DraftMap, escaped, type Style } from "../draft.ts";
import { kustomizationType } from "../kustomization.ts";
import { ownValue } from "../names.ts";
import { texts } from "../objects-around.ts";
import { put } from "../put.ts";
import { shapeAt } from "../shape.ts";
import { type Part, partsOfList, partsOfType, volumeWithMount } from "./parts.ts";
import { kustomization, wholes } from "./wholes.ts";

/** The documents of a kind as text. */
export function wholeText(kind: string, style: Style): string | undefined {
  const drafts = kind === kustomizationType ? [kustomization] : wholes[kind as SnippetName];
  return drafts?.map((draft) => blockText(draft, 0, style)).join(`${style.lineBreak}---${style.lineBreak}`);
}

/** The kinds that a whole object is written of, in the order in which they are offered. */
export const wholeKinds: readonly SnippetName[] = Object.keys(wholes) as SnippetName[];

/** Whole objects where a document is empty, parts where one belongs. */
export function snippetItems(place: KeyPlace): readonly Item[] {
  const { around, whole, path, map, own, hasColon, setting } = place;
  if (hasColon || setting.on === "flow") return [];
  const isEmpty = (map?.entries ?? []).every(({ key }) => key === own);
  if (path.length === 0 && whole.root.length === 0) return isEmpty ? wholeItems(place) : [];
  const shape = shapeAt(whole, path, around.slice.target);
  const type = shape?.type.kind === "object" ? (shape.type.type ?? "") : "";
  const volume = type === "Container" ? volumeItems(place) : [];
  if (!isEmpty || shape === null) return volume;
  const isEntry = typeof path.at(-1) === "number";
  const parts = [
    ...(partsOfType[type] ?? []),
    ...(isEntry ? (partsOfList[`${shape.owner}.${shape.field}`] ?? []) : []),
  ];
  return [...volume, ...parts.map((part) => partItem(place, part))];
}

function wholeItems(place: KeyPlace): readonly Item[] {
  const { around, word, setting, whole } = place;
  const isKustomization = whole.type === kustomizationType;
  return (isKustomization ? [kustomizationType as SnippetName] : wholeKinds).flatMap((kind, index) => {
    const made = put({}, "entries", { text: around.slice.text, word, setting, style: around.style, inner: null });
    const text = wholeText(kind, around.style);
    if (text === undefined) return [];
    const rank = `5${String(index).padStart(2, "0")}`;
    return [snippet(kind, around.words.completion.snippets[kind], text, made.span, rank)];
  });
}

function snippet(label: string, detail: string, text: string, span: Item["span"], rank: string): Item {
  return { label, detail, sort: "snippet", text, span, rank };
}

function partItem(place: KeyPlace, { name, draft }: Part): Item {
  const { around, word, setting, isItem, inner } = place;
  const made = draft({ labels: labelsOf(place), free: (name) => freeName(place, name) });
  const isNew = isItem && setting.on !== "dash";
  const role = isNew ? "items" : "entries";
  const { text } = around.slice;
  const written = put(isNew ? [made] : made, role, { text, word, setting, style: around.style, inner });
  return snippet(name, around.words.completion.snippets[name], written.text, written.span, "0z");
}

/** A name that no container of the pod has yet. */
function freeName(place: KeyPlace, name: string): string {
  const spec = valueAt(ownValue(place), place.path.slice(0, -2));
  const lists = ["containers", "initContainers"].flatMap((key) => (isObject(spec) ? listAt(spec, key) : []));
  const taken = new Set(lists.map((one) => (isObject(one) ? one["name"] : undefined)));
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
  return free;
}

function labelsOf(place: KeyPlace): DraftMap {
  const value = ownValue(place);
  const template = objectAt(objectAt(value, "spec"), "template");
  const labels = texts(objectAt(objectAt(template, "metadata"), "labels"));
  const entries = Object.entries(labels).map(([key, one]) => [key, escaped(quotedAs(one, "", false, false))]);
  return entries.length === 0 ? { app: "${1:web}" } : Object.fromEntries(entries);
}

/** A mount, and above the containers the volume that it mounts; only where neither is there. */
function volumeItems(place: KeyPlace): readonly Item[] {
  const { around, word, setting, isItem, inner, map, path, whole } = place;
  const value = sketchedValue(map);
  const spec = valueAt(ownValue(place), path.slice(0, -2));
  if (isItem || !isObject(spec) || spec["volumes"] !== undefined) return [];
  if (!isObject(value) || value["volumeMounts"] !== undefined || path.at(-2) !== "containers") return [];
  const containers = entryAt(whole.map, path.slice(0, -1));
  if (containers === undefined) return [];
  const { text } = around.slice;
  const { style } = around;
  const begin = lineStartAt(text, containers);
  const column = containers - begin;
  if (text.slice(begin, containers).trim() !== "") return [];
  const volumes = blockText({ volumes: volumeWithMount.volumes }, column, style);
  const draft = { volumeMounts: volumeWithMount.volumeMounts };
  const made = put(draft, "entries", { text, word, setting, style, inner });
  const also = [{ span: [containers, containers] as const, text: `${volumes}${style.lineBreak}${" ".repeat(column)}` }];
  const detail = around.words.completion.snippets.emptyDirVolume;
  return [{ ...snippet("emptyDirVolume", detail, made.text, made.span, "1z"), also }];
}

/** Where the key at a path of an object stands. */
function entryAt(map: KeyPlace["whole"]["map"], path: KeyPlace["path"]): number | undefined {
  let node: Sketch | null = map;
  let start: number | undefined;
  for (const step of path) {
    if (node?.is === "map") {
      const entry: SketchEntry | undefined = node.entries.find(({ key }) => key === step);
      start = entry?.at[0];
      node = entry?.node ?? null;
    } else if (node?.is === "list") {
      node = node.items[Number(step)]?.node ?? null;
    } else return undefined;
  }
  return start;
}
