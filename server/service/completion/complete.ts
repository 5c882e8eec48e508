/** Everything that may be written at a position. */

import type { Sketch, SketchMap } from "../../yaml/sketch/node.ts";
import type { Place } from "../../yaml/sketch/place.ts";
import { sketch } from "../../yaml/sketch/sketch.ts";
import { type Manifest, sliceAt } from "../manifest.ts";
import type { Position } from "../text.ts";
import type { Around, Item, KeyPlace, Spot } from "./context.ts";
import { keyItems } from "./keys.ts";
import { mapItems } from "./labels.ts";
import { shapeAt, wholeAt } from "./shape.ts";
import { snippetItems } from "./snippets/snippets.ts";
import { styleOf } from "./style.ts";
import { valueItems } from "./values.ts";

/** What may be written, with the line of the file at which its offsets begin to count. */
export interface Completion {
  readonly around: Around;
  readonly firstLine: number;
  readonly items: readonly Item[];
}

/** What another tool that knows the schemas offers as well. */
const ofSchema: ReadonlySet<Item["sort"]> = new Set(["field", "enumMember", "kind"]);

/** The completion at a position; reads one document only. */
export function complete(
  manifest: Manifest,
  position: Position,
  given: Omit<Around, "manifest" | "slice" | "cursor" | "root" | "style">,
): Completion {
  const { slice, firstLine, offset: cursor } = sliceAt(manifest, position);
  const sketched = sketch(slice.text, cursor);
  const style = styleOf(manifest, slice, sketched);
  const around: Around = { ...given, manifest, slice, cursor, root: sketched.root, style };
  const isJson = manifest.languageId.startsWith("json");
  // Editors replace no more than what stands in one line.
  const isOnLine = ({ word }: Place) => !slice.text.slice(...word).includes("\n");
  const places = sketched.places.filter((place) => isOnLine(place) && (!isJson || place.setting.on === "flow"));
  const items = places.flatMap((place, index) => {
    const found = itemsAt(around, place);
    return index === 0 ? found : found.map((item) => ({ ...item, rank: `${index}${item.rank}` }));
  });
  const ours = given.fieldsElsewhere ? items.filter(({ sort }) => !ofSchema.has(sort)) : items;
  return { around, firstLine, items: onePerLabel(ours) };
}

/** What is offered twice is what is offered first. */
function onePerLabel(items: readonly Item[]): readonly Item[] {
  const seen = new Set<string>();
  return items.filter(({ label, sort }) => {
    const key = `${sort} ${label}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

function itemsAt(around: Around, place: Place): readonly Item[] {
  const whole = wholeAt(around.root, place.path, around.manifest.uri);
  if (whole === null) return [];
  const path = place.path.slice(whole.root.length);
  const { target } = around.slice;
  const shape = shapeAt(whole, path, target);
  if (shape === null) return [];
  const { word, setting } = place;
  const key = { around, whole, word, setting, isItem: false, hasColon: false, own: null, inner: null };
  switch (place.is) {
    case "key": {
      const own = place.entry?.key ?? null;
      const within = { ...key, path, map: place.map, hasColon: place.entry !== null, own };
      return shape.type.kind === "map" ? mapItems(within) : fieldItems(within);
    }
    case "item": {
      const inner = [...path, place.list()?.items.length ?? 0];
      const entry = shapeAt(whole, inner, target);
      if (entry === null) return [];
      if (entry.type.kind === "object") return fieldItems({ ...key, path: inner, map: null, isItem: true });
      return valueItems({ around, whole, path: inner, shape: entry, word, setting }, true);
    }
    case "value": {
      const node = place.node();
      if (shape.type.kind === "object") {
        // In braces the value itself is yet to be opened.
        if (setting.on === "flow") return [];
        const isItem = typeof path.at(-1) === "number";
        return fieldItems({ ...key, path, map: asMap(node), isItem, inner: columnOf(node) });
      }
      if (shape.type.kind === "map") {
        if (setting.on === "flow") return [];
        return mapItems({ ...key, path, map: asMap(node), inner: columnOf(node) });
      }
      if (shape.type.kind === "list") {
        if (setting.on === "flow") return [];
        const inner = [...path, 0];
        const entry = shapeAt(whole, inner, target);
        if (entry === null) return [];
        if (entry.type.kind === "object") {
          return fieldItems({ ...key, path: inner, map: null, isItem: true, inner: columnOf(node) });
        }
        return valueItems({ around, whole, path: inner, shape: entry, word, setting }, true);
      }
      const spot: Spot = { around, whole, path, shape, word, setting };
      return valueItems(spot);
    }
  }
}

/** The fields of an object, and what is written of several at once. */
function fieldItems(place: KeyPlace): readonly Item[] {
  return [...keyItems(place), ...snippetItems(place)];
}

function asMap(node: Sketch | null): SketchMap | null {
  return node?.is === "map" ? node : null;
}

function columnOf(node: Sketch | null): number | null {
  return node !== null && node.is !== "scalar" && node.column >= 0 ? node.column : null;
}
