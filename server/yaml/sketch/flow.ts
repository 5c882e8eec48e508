/** Flow collections, however unfinished. */
import type { Path } from "../../../simulator/api/problem.ts";
import { type Sketch, type SketchEntry, type SketchList, type SketchMap, type Stretch, unquoted } from "./node.ts";
import type { Comma, Place } from "./place.ts";

export interface FlowReading {
  readonly node: Sketch;
  readonly end: number;
  readonly place: Place | null;
}

interface Open {
  readonly node: SketchMap | SketchList;
  readonly path: Path;
  /** The entry whose value comes next. */
  entry: SketchEntry | null;
  /** Where the last value or key ended that no comma follows yet; null directly behind a comma or the beginning. */
  last: number | null;
}

/** Deeper than any manifest. */
const deepest = 200;

/** The collection that begins at an offset; it ends at the latest at `limit`. */
export function readFlow(text: string, start: number, limit: number, path: Path, cursor: number | null): FlowReading {
  const json = /^.\s*(?:"|\{|\[|$)/s.test(text.slice(start, start + 200)) && isJson(text, start);
  const open: Open[] = [];
  let root: Sketch | null = null;
  let place: Place | null = null;
  let at = start;
  const top = () => open.at(-1) as Open;

  function put(node: Sketch, from: number): Path {
    const holder = open.at(-1);
    if (holder === undefined) {
      root = node;
      return path;
    }
    if (holder.node.is === "list") {
      holder.node.items.push({ start: from, node });
      return [...holder.path, holder.node.items.length - 1];
    }
    const { entry } = holder;
    if (entry === null) return holder.path;
    entry.node = node;
    holder.entry = null;
    return [...holder.path, entry.key];
  }

  function note(word: Stretch, entry: SketchEntry | null): void {
    const holder = top();
    const comma: Comma = { before: holder.last, behind: isFollowed(text, word[1], limit) };
    const setting = { on: "flow", json, comma } as const;
    const { node, path: at } = holder;
    if (node.is === "list") {
      place = { is: "item", path: at, list: () => node, word, setting };
    } else if (holder.entry !== null) {
      const { entry: of } = holder;
      const bare = { ...setting, comma: { before: null, behind: false } };
      place = { is: "value", path: [...at, of.key], node: () => of.node, word, setting: bare };
    } else {
      place = { is: "key", path: at, map: node, entry, word, setting };
    }
  }

  while (at < limit) {
    const unit = text[at] as string;
    const inGap = cursor !== null && place === null && cursor === at && open.length > 0;
    if (unit === "{" || unit === "[") {
      if (inGap && (top().entry !== null || top().last === null)) note([at, at], null);
      if (open.length > deepest) break;
      const node: SketchMap | SketchList =
        unit === "{" ? { is: "map", column: -1, entries: [] } : { is: "list", column: -1, items: [] };
      const inner = put(node, at);
      if (open.length > 0) top().last = at;
      open.push({ node, path: inner, entry: null, last: null });
      at++;
    } else if (unit === "}" || unit === "]") {
      if (inGap) note([at, at], null);
      open.pop();
      at++;
      if (open.length === 0) break;
      top().last = at;
    } else if (unit === ",") {
      if (inGap) note([at, at], null);
      top().last = null;
      top().entry = null;
      at++;
    } else if (unit === "#" && /\s/.test(text[at - 1] ?? " ")) {
      const stop = lineEnd(text, at);
      if (cursor !== null && cursor > at && cursor <= stop && cursor <= limit) return finish(stop, true);
      at = stop;
    } else if (/\s/.test(unit)) {
      const inWord = /[^\s{}[\],]/.test(text[at - 1] ?? " ") && at > start + 1;
      if (inGap && !inWord) note([at, at], null);
      at++;
    } else if (unit === ":" && top().node.is === "map") {
      at++;
    } else {
      const end = wordEnd(text, at, limit, top().node.is === "list");
      const holder = top();
      const written = text.slice(at, end).trimEnd();
      const word: Stretch = [at, at + written.length];
      const within = cursor !== null && place === null && cursor >= at && cursor <= word[1];
      // A key where a value is expected: the value before it is yet to be written.
      if (holder.node.is === "map" && colonAfter(text, word[1], limit) !== null) holder.entry = null;
      if (holder.node.is === "map" && holder.entry === null) {
        const colon = colonAfter(text, word[1], limit);
        const entry: SketchEntry = { key: unquoted(written), at: word, colon: colon ?? word[1], node: null };
        if (within) note(word, colon === null ? null : entry);
        if (colon !== null) {
          holder.node.entries.push(entry);
          holder.entry = entry;
          at = colon + 1;
        } else at = Math.max(word[1], at + 1);
        holder.last = colon === null ? holder.last : word[1];
      } else {
        if (within) note(word, null);
        put({ is: "scalar", at: word, text: unquoted(written), form: formOf(written) }, at);
        holder.last = word[1];
        at = Math.max(word[1], at + 1);
      }
    }
  }
  return finish(at, false);

  function finish(end: number, inComment: boolean): FlowReading {
    if (cursor !== null && !inComment && place === null && open.length > 0 && cursor >= end && cursor <= limit) {
      note([cursor, cursor], null);
    }
    return { node: root ?? { is: "map", column: -1, entries: [] }, end, place: inComment ? null : place };
  }
}

function isJson(text: string, start: number): boolean {
  return start === 0 || /^\s*$/.test(text.slice(0, start));
}

/** Where a scalar or key ends that begins at an offset. */
function wordEnd(text: string, start: number, limit: number, inList: boolean): number {
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    for (let at = start + 1; at < limit; at++) {
      if (text[at] === "\n") return at;
      if (quote === '"' && text[at] === "\\") at++;
      else if (text[at] === quote) {
        if (quote === "'" && text[at + 1] === "'") at++;
        else return at + 1;
      }
    }
    return limit;
  }
  for (let at = start; at < limit; at++) {
    const unit = text[at] as string;
    if (/[,{}[\]\n]/.test(unit)) return at;
    if (unit === "#" && text[at - 1] === " ") return at;
    if (unit === ":" && /[\s,}\]]|^$/.test(text[at + 1] ?? "") && (!inList || at > start)) return at;
  }
  return limit;
}

function colonAfter(text: string, from: number, limit: number): number | null {
  for (let at = from; at < limit; at++) {
    if (text[at] === ":") return at;
    if (text[at] !== " ") return null;
  }
  return null;
}

/** Whether another entry follows with no comma before it. */
function isFollowed(text: string, from: number, limit: number): boolean {
  const next = /^\s*(\S)/.exec(text.slice(from, Math.min(limit, from + 5000)))?.[1];
  return next !== undefined && !/[},\]:]/.test(next);
}

function formOf(written: string): "plain" | '"' | "'" {
  return written[0] === '"' || written[0] === "'" ? written[0] : "plain";
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
