/**
 * A text read by its lines and their indentation alone: quicker than a parser, and it holds where the text is half written and
 * cannot be parsed. What is found may differ from what a parser finds in text that no hand writes.
 */
import type { Path } from "../../../simulator/api/problem.ts";
import { readFlow } from "./flow.ts";
import { type BlockLine, commentIn, lineEndAt, quoteEnd, readLine } from "./lines.ts";
import type { Sketch, SketchEntry, SketchItem, SketchList, SketchMap, Stretch } from "./node.ts";
import type { Place, Setting } from "./place.ts";

export interface Sketched {
  readonly root: Sketch | null;
  /** What may be written at the cursor, the likeliest first; nothing in comments and blocks of text. */
  readonly places: readonly Place[];
  /** How far a map stands within its parent, where that can be seen. */
  readonly step: number | null;
  /** How far dashes stand further in than the key of their list, where that can be seen. */
  readonly listIndent: number | null;
}

interface Frame {
  readonly node: SketchMap | SketchList;
  readonly column: number;
  readonly path: Path;
}

/** A value that is yet to come: of the last key, or of the last dash. */
interface Slot {
  readonly holder: Frame;
  readonly path: Path;
  readonly node: () => Sketch | null;
  set(node: Sketch): void;
}

/** Deeper than any manifest: what is further in is not looked at. */
const deepest = 200;

/** The sketch of one document of a file, with the places at a cursor. */
export function sketch(text: string, cursor: number | null = null): Sketched {
  const frames: Frame[] = [];
  let root: Sketch | null = null;
  let places: readonly Place[] = [];
  let step: number | null = null;
  let listIndent: number | null = null;
  /** Column of the key whose block of text is the last thing read; what is as far in as its lines belongs to it. */
  let inBlock = Number.POSITIVE_INFINITY;
  const rootSlot: Slot = {
    holder: { node: { is: "map", column: -1, entries: [] }, column: -1, path: [] },
    path: [],
    node: () => root,
    set: (node) => {
      root = node;
    },
  };

  /** The slot that the innermost map or list has open. */
  function openSlot(): Slot | null {
    const holder = frames.at(-1);
    if (holder === undefined) return root === null ? rootSlot : null;
    const { node, path } = holder;
    const last: SketchEntry | SketchItem | undefined = node.is === "map" ? node.entries.at(-1) : node.items.at(-1);
    if (last === undefined || last.node !== null) return null;
    const step = node.is === "map" ? (last as SketchEntry).key : node.items.length - 1;
    return {
      holder,
      path: [...path, step],
      node: () => last.node,
      set: (value) => {
        last.node = value;
      },
    };
  }

  function begin(node: SketchMap | SketchList, column: number, slot: Slot): Frame | null {
    if (frames.length >= deepest) return null;
    slot.set(node);
    const { holder } = slot;
    if (holder.node.is === "map" && holder.column >= 0) {
      if (node.is === "list") listIndent ??= column - holder.column;
      else step ??= column - holder.column;
    }
    const frame = { node, column, path: slot.path };
    frames.push(frame);
    return frame;
  }

  /** The list whose dashes stand in a column, begun where one may begin. */
  function listAt(column: number): Frame | null {
    while (frames.length > 0) {
      const top = frames.at(-1) as Frame;
      if (top.column < column) break;
      if (top.column === column) {
        if (top.node.is === "list") return top;
        // A list may stand where its key does.
        if (openSlot() !== null) break;
      }
      frames.pop();
    }
    const slot = openSlot();
    return slot === null ? null : begin({ is: "list", column, items: [] }, column, slot);
  }

  /** The map whose keys stand in a column; the nearest one where the column is none's. */
  function mapAt(column: number): Frame | null {
    while (frames.length > 0) {
      const top = frames.at(-1) as Frame;
      if (top.column < column || (top.column === column && top.node.is === "map")) break;
      frames.pop();
    }
    const top = frames.at(-1);
    if (top?.node.is === "map" && top.column === column) return top;
    const slot = openSlot();
    if (slot !== null) return begin({ is: "map", column, entries: [] }, column, slot);
    return top?.node.is === "map" ? top : null;
  }

  /** Reads a value and gives where what belongs to it ends. `setting`: of a cursor that is in it. */
  function readValue(slot: Slot, from: number, lineEnd: number, setting: Setting): number {
    const inner = { cursor: cursor !== null && cursor >= from && cursor <= lineEnd ? cursor : null };
    let at = from;
    while (at < lineEnd && text[at] === " ") at++;
    const property = /^(?:[&!][^\s]*(?:\s+|$))+/.exec(text.slice(at, Math.min(lineEnd, at + 300)));
    if (property) at = Math.min(lineEnd, at + property[0].length);
    const first = text[at];
    const { column } = slot.holder;
    if (at >= lineEnd || (first === "#" && (at === from || text[at - 1] === " "))) {
      if (inner.cursor !== null && inner.cursor <= at) noteValue(slot, [inner.cursor, inner.cursor], setting);
      return lineEnd;
    }
    if (first === "|" || first === ">") {
      const end = blockEnd(text, lineEnd, column);
      slot.set({ is: "scalar", at: [at, end], text: text.slice(lineEnd + 1, end), form: "block" });
      inBlock = column;
      return end;
    }
    if (first === "{" || first === "[") {
      const limit = flowLimit(text, lineEnd, column);
      const reading = readFlow(text, at, limit, slot.path, cursor);
      slot.set(reading.node);
      if (reading.place !== null) places = [reading.place];
      return lineEndAt(text, Math.min(reading.end, text.length));
    }
    if (first === '"' || first === "'") {
      const close = quoteEnd(text, at, lineEnd) ?? quoteEnd(text, at, flowLimit(text, lineEnd, column)) ?? lineEnd;
      const end = Math.max(at + 1, close);
      const written = text.slice(at, end);
      const closed = written.length > 1 && written.endsWith(first);
      slot.set({ is: "scalar", at: [at, end], text: written.slice(1, closed ? -1 : undefined), form: first });
      if (cursor !== null && cursor >= at && cursor <= end) noteValue(slot, [at, end], setting);
      return lineEndAt(text, end);
    }
    const stop = commentIn(text, at, lineEnd);
    const written = text.slice(at, stop).trimEnd();
    const word: Stretch = [at, at + written.length];
    if (inner.cursor !== null && inner.cursor >= at && inner.cursor <= word[1]) noteValue(slot, word, setting);
    slot.set({ is: "scalar", at: word, text: written, form: "plain" });
    return lineEnd;
  }

  function noteValue({ path, node }: Slot, word: Stretch, setting: Setting): void {
    places = [{ is: "value", path, node, word, setting }];
  }

  /** What may be written on a line of its own, of which `word` is written, in a column or near to it. */
  function freePlaces(column: number, word: Stretch, next: BlockLine | null): readonly Place[] {
    const below = next === null ? -1 : columnOf(next);
    const nextIsItem = next !== null && next.dashes.length > 0;
    const slot = openSlot();
    const on = (at: number): Setting => ({ on: "line", column: at });
    if (slot !== null) {
      const own = slot.holder.column;
      const isListBelow = nextIsItem && below === own && slot.holder.node.is === "map" && own >= 0;
      if (below > own || isListBelow)
        return [{ is: "value", ...filledBy(slot), word, setting: on(Math.max(below, 0)) }];
      if (column > own) return [{ is: "value", ...filledBy(slot), word, setting: on(slot === rootSlot ? 0 : column) }];
    }
    const columns = frames.map((frame) => frame.column);
    const least = Math.max(-1, ...columns.filter((one) => one <= below));
    const chosen = Math.max(-1, ...columns.filter((one) => one <= Math.max(column, least)));
    const found: Place[] = [];
    if (slot !== null && slot.holder.column === chosen && slot.holder.node.is === "map") {
      const list = () => asList(slot.node());
      found.push({ is: "item", path: slot.path, list, word, setting: on(chosen) });
    }
    for (const { node, path } of frames.filter((frame) => frame.column === chosen)) {
      if (node.is === "list") found.unshift({ is: "item", path, list: () => node, word, setting: on(chosen) });
      else if (!(nextIsItem && below === chosen && isInList(chosen))) {
        found.push({ is: "key", path, map: node, entry: null, word, setting: on(chosen) });
      }
    }
    // What the key above is to hold may be meant although it is not further in yet.
    if (slot !== null && slot.holder.node.is === "map" && slot.holder.column >= 0 && below <= slot.holder.column) {
      const inner = slot.holder.column + (step ?? 2);
      found.push({ is: "value", ...filledBy(slot), word, setting: on(inner) });
    }
    return found;
  }

  /** Whether a list whose dashes stand in a column is open. */
  function isInList(column: number): boolean {
    return frames.some((frame) => frame.node.is === "list" && frame.column === column);
  }

  let at = 0;
  while (at <= text.length) {
    const end = lineEndAt(text, at);
    const own = cursor !== null && cursor >= at && cursor <= end ? cursor : null;
    const line = text.startsWith("---", at) ? null : readLine(text, at, end);
    const isMarker = line === null && text.startsWith("---", at);
    let read = end;
    if (line === null) {
      const isBlank = text.slice(at, end).trim() === "";
      if (own !== null && isBlank && !isMarker && own - at <= inBlock) {
        places = freePlaces(own - at, [own, own], nextLine(text, end));
      }
    } else if (
      root === null &&
      frames.length === 0 &&
      /[{[]/.test(text[line.content] ?? "") &&
      !isExpression(text, line.content) &&
      line.dashes.length === 0
    ) {
      const reading = readFlow(text, line.content, text.length, [], cursor);
      root = reading.node;
      if (reading.place !== null) places = [reading.place];
      break;
    } else {
      inBlock = Number.POSITIVE_INFINITY;
      read = readBlockLine(line, own);
    }
    const next = text.indexOf("\n", Math.max(read, at));
    if (next < 0) break;
    at = next + 1;
  }
  return { root, places, step, listIndent };

  function readBlockLine(line: BlockLine, own: number | null): number {
    const { start, end, dashes, content, key } = line;
    if (isExpression(text, content)) return end;
    // A list may also end a line that only begins it: what the dash is in is known before what follows it.
    for (const column of dashes) {
      const frame = listAt(column);
      if (frame === null || frame.node.is !== "list") return end;
      frame.node.items.push({ start: start + column, node: null });
    }
    const column = content - start;
    if (own !== null && dashes.length > 0 && own - start <= (dashes[0] as number)) return readRest(line, null);
    if (content >= end) {
      const slot = openSlot();
      if (own === null || slot === null || own < start + (dashes.at(-1) as number)) return end;
      const bare = text.slice(start, end).includes("#") && own > commentIn(text, start, end);
      if (bare) return end;
      const next = nextLine(text, end);
      const below = next === null ? -1 : columnOf(next);
      const dash = dashes.at(-1) as number;
      const inner = below > dash ? below : Math.max(own - start, dash + 2);
      places = [{ is: "value", ...filledBy(slot), word: [own, own], setting: { on: "dash", column: inner } }];
      return end;
    }
    if (key !== null) return readRest(line, own);
    const stop = commentIn(text, content, end);
    const word: Stretch = [content, content + text.slice(content, stop).trimEnd().length];
    const isWord = own !== null && own >= content && own <= word[1];
    if (!isWord || /["'{[]/.test(text[content] as string)) return readLoose(line);
    const slot = openSlot();
    if (dashes.length > 0 && slot !== null) {
      const next = nextLine(text, end);
      const below = next === null ? -1 : columnOf(next);
      const inner = below > (dashes.at(-1) as number) ? below : column;
      places = [{ is: "value", ...filledBy(slot), word, setting: { on: "dash", column: inner } }];
      return end;
    }
    places = freePlaces(column, word, nextLine(text, end));
    return end;
  }

  /** A line with a key. */
  function readRest(line: BlockLine, own: number | null): number {
    const { start, end, content, key, dashes } = line;
    if (key === null) return readLoose(line);
    const column = content - start;
    const frame = mapAt(column);
    if (frame === null || frame.node.is !== "map") return end;
    const entry: SketchEntry = { key: key.text, at: key.at, colon: key.colon, node: null };
    frame.node.entries.push(entry);
    if (own !== null && own >= key.at[0] && own <= key.at[1]) {
      const setting: Setting = { on: dashes.length > 0 ? "dash" : "line", column };
      places = [{ is: "key", path: frame.path, map: frame.node, entry, word: key.at, setting }];
    }
    const slot: Slot = {
      holder: frame,
      path: [...frame.path, key.text],
      node: () => entry.node,
      set: (node) => {
        entry.node = node;
      },
    };
    return readValue(slot, key.colon + 1, end, { on: "colon", column });
  }

  /** A line without a key: an entry of a list, the value of the key above, or the rest of a text. */
  function readLoose({ start, end, content, dashes }: BlockLine): number {
    const slot = openSlot();
    if (slot === null) return end;
    const column = content - start;
    if (dashes.length === 0 && slot.holder.column >= column) return end;
    return readValue(slot, content, end, { on: dashes.length > 0 ? "dash" : "line", column });
  }
}

/** Whether a line is one of a template, which is filled in or taken away. */
function isExpression(text: string, content: number): boolean {
  return text.startsWith("{{", content);
}

function filledBy({ path, node }: Slot): Pick<Slot, "path" | "node"> {
  return { path, node };
}

function asList(node: Sketch | null): SketchList | null {
  return node?.is === "list" ? node : null;
}

function columnOf({ start, content, dashes }: BlockLine): number {
  return dashes[0] ?? content - start;
}

/** The first line below that holds anything; null where the document ends before. */
function nextLine(text: string, from: number): BlockLine | null {
  for (let at = text.indexOf("\n", from) + 1; at > 0; at = text.indexOf("\n", at) + 1) {
    if (/^(?:---|\.\.\.)/.test(text.slice(at, at + 3))) return null;
    const line = readLine(text, at, lineEndAt(text, at));
    if (line !== null) return line;
  }
  return null;
}

/** Where a block of text ends whose key stands in a column. */
function blockEnd(text: string, from: number, column: number): number {
  let end = from;
  for (let at = text.indexOf("\n", from) + 1; at > 0; at = text.indexOf("\n", at) + 1) {
    const stop = lineEndAt(text, at);
    const indent = /^ */.exec(text.slice(at, stop))?.[0].length ?? 0;
    if (at + indent === stop) continue;
    if (indent <= column) break;
    end = stop;
  }
  return end;
}

/** Where quotes, braces and brackets have to be closed: before the first line that stands no further in than their key. */
function flowLimit(text: string, from: number, column: number): number {
  for (let at = text.indexOf("\n", from) + 1; at > 0; at = text.indexOf("\n", at) + 1) {
    const stop = lineEndAt(text, at);
    const indent = /^ */.exec(text.slice(at, stop))?.[0].length ?? 0;
    if (at + indent < stop && indent <= column && !/[}\]]/.test(text[at + indent] as string)) return at - 1;
  }
  return text.length;
}
