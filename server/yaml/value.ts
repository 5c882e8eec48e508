/** Turns the nodes of one document into the plain value that the API server would read. */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import {
  anchorProblem,
  escapeProblem,
  flowKeyProblem,
  flowNodeProblem,
  withoutEscapedApostrophes,
} from "./go-scanner.ts";
import { maxDepth, maxExpanded } from "./guards.ts";
import { withoutIndentation } from "./odd-breaks.ts";
import type { YamlProblem } from "./problem.ts";
import { keyText, plainKeyText, resolvePlain, resolveTagged, type ScalarValue } from "./scalars.ts";

interface Anchor {
  readonly node: Node;
  value: unknown;
  /** How many values it unfolds into; 0 while it is still open. */
  size: number;
}
interface Reading {
  readonly text: string;
  readonly problems: YamlProblem[];
  readonly anchors: Map<string, Anchor>;
  size: number;
  lineStarts: number[] | undefined;
  /** Whether the text is JSON as a whole, once somebody asked. */
  isJson: boolean | undefined;
}

/** The value of a document's root, with what cannot be read appended to `problems`. */
export function readValue(root: Node | null, text: string, problems: YamlProblem[]): unknown {
  const reading: Reading = { text, problems, anchors: new Map(), size: 0, lineStarts: undefined, isJson: undefined };
  return root === null ? null : readNode(root, reading, 0);
}

function readNode(node: Node, reading: Reading, depth: number): unknown {
  if (depth > maxDepth) return report(reading, "yaml-too-deep", node, null);
  reading.size++;
  addProblem(anchorProblem(node), reading);
  if (isAlias(node)) return readAlias(node.source, node, reading);
  const anchor = (node as { anchor?: string }).anchor;
  const entry = anchor === undefined ? undefined : { node, value: null as unknown, size: 0 };
  if (anchor !== undefined && entry) reading.anchors.set(anchor, entry);
  const before = reading.size;
  const value = isScalar(node)
    ? readScalar(node, reading, false)
    : isMap(node)
      ? readMap(node, reading, depth)
      : isSeq(node)
        ? readList(node, reading, depth)
        : null;
  if (entry) {
    entry.value = value;
    entry.size = reading.size - before + 1;
  }
  return value;
}

function readAlias(name: string, node: Node, reading: Reading): unknown {
  const anchor = reading.anchors.get(name);
  if (!anchor) return report(reading, "yaml-unknown-anchor", node, null, { key: name });
  if (anchor.size === 0) return report(reading, "yaml-cyclic-anchor", node, null, { key: name });
  reading.size += anchor.size;
  if (reading.size > maxExpanded) return report(reading, "yaml-too-many-aliases", node, null, { limit: maxExpanded });
  return anchor.value;
}

function readScalar(node: Scalar, reading: Reading, asKey: boolean): ScalarValue {
  const refused = escapeProblem(node, reading.text);
  if (refused && !isJson(reading)) reading.problems.push(refused);
  const text = typeof node.value === "string" ? withoutEscapedApostrophes(node, reading.text) : (node.source ?? "");
  const tag = node.tag;
  if (tag !== undefined && tag !== "!") {
    const value = resolveTagged(tag, text);
    if (value === undefined) return report(reading, "yaml-tag-mismatch", node, null, { key: tag });
    return value;
  }
  if (tag === "!") return text;
  if (node.type !== Scalar.PLAIN && node.type !== undefined) return withoutIndentation(node, text, reading.text);
  const value = resolvePlain(text);
  if (!asKey && typeof value === "number" && !Number.isFinite(value)) {
    return report(reading, "yaml-unreadable-number", node, null, { key: text });
  }
  return value;
}

function readList(node: YAMLSeq, reading: Reading, depth: number): unknown[] {
  return node.items.map((item) => {
    if (item === null) return null;
    if (node.flow) holdToGo(item as Node, reading);
    return readNode(item as Node, reading, depth + 1);
  });
}

/** Adds what Go's scanner would refuse of an item, key or value in a flow collection. */
function holdToGo(node: Node | null, reading: Reading): void {
  addProblem(flowNodeProblem(node, reading.text), reading);
}

/** Text that is JSON as a whole is read as JSON, by kubectl at least. */
function isJson(reading: Reading): boolean {
  reading.isJson ??= /^\s*[{[]/.test(reading.text) && canBeParsed(reading.text);
  return reading.isJson;
}

function canBeParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function addProblem(problem: YamlProblem | undefined, { problems }: Reading): void {
  if (problem) problems.push(problem);
}

function readMap(node: YAMLMap, reading: Reading, depth: number): unknown {
  const map: Record<string, unknown> = {};
  const merged = new Set<string>();
  for (const pair of node.items) {
    if (isMergeKey(pair.key)) {
      merge(map, pair, reading, depth, merged);
      continue;
    }
    if (node.flow) holdPairToGo(pair, reading);
    if (isKeyless(pair.key as Node | null, reading.text)) {
      reading.problems.push({ ...missingKey, start: startOf(pair), end: startOf(pair) + 1 });
    }
    const key = readKey(pair.key as Node | null, reading);
    const value = pair.value === null ? null : readNode(pair.value as Node, reading, depth + 1);
    if (key === undefined) continue;
    if (Object.hasOwn(map, key)) reportDuplicate(reading, key, pair, merged.delete(key) ? "override" : "key");
    put(map, key, value);
  }
  return map;
}

const missingKey = { code: "yaml-syntax", message: "did not find expected key" } as const;

/** A colon with nothing before it; a question mark would make an empty key of that. */
function isKeyless(key: Node | null, text: string): boolean {
  if (key === null || !isScalar(key) || !key.range || key.range[0] !== key.range[1]) return false;
  const { anchor, tag } = key as { anchor?: string; tag?: string };
  if (anchor !== undefined || tag !== undefined) return false;
  const before = text.slice(Math.max(0, key.range[0] - 1000), key.range[0]);
  return !/\?\s*(?:#.*\s*)*$/.test(before);
}

function startOf({ key }: Pair): number {
  return (key as Node | null)?.range?.[0] ?? 0;
}

function holdPairToGo(pair: Pair, reading: Reading): void {
  for (const part of [pair.key, pair.value]) holdToGo(part as Node | null, reading);
  const refused = flowKeyProblem(pair, reading.text);
  if (refused && !isJson(reading)) reading.problems.push(refused);
}

function readKey(node: Node | null, reading: Reading): string | undefined {
  if (node === null) return report(reading, "yaml-key-without-text", node, undefined);
  if (isMap(node) || isSeq(node)) return report(reading, "yaml-unreadable-key", node, undefined);
  const value = isAlias(node) ? (readAlias(node.source, node, reading) as ScalarValue) : keyScalar(node, reading);
  if (value !== null && typeof value === "object") return report(reading, "yaml-unreadable-key", node, undefined);
  const isPlain = isScalar(node) && node.tag === undefined && node.type === Scalar.PLAIN && typeof value === "number";
  const key = isPlain ? plainKeyText(String(node.value)) : keyText(value);
  return key === undefined ? report(reading, "yaml-key-without-text", node, undefined) : key;
}

function keyScalar(node: Node, reading: Reading): ScalarValue {
  const value = readScalar(node as Scalar, reading, true);
  const anchor = (node as Scalar).anchor;
  if (anchor !== undefined) reading.anchors.set(anchor, { node, value, size: 1 });
  return value;
}

export function isMergeKey(key: unknown): boolean {
  return (
    isScalar(key) &&
    key.value === "<<" &&
    (key.tag === "tag:yaml.org,2002:merge" || (key.tag === undefined && key.type === Scalar.PLAIN))
  );
}

/**
 * `<<: *base`: the base's entries take part like written ones, so writing one of them again is a repetition, and what is
 * merged later overwrites what was written before. `merged` are the keys of the map whose values were merged.
 */
function merge(map: Record<string, unknown>, pair: Pair, reading: Reading, depth: number, merged: Set<string>): void {
  const node = pair.value as Node | null;
  const sources = isSeq(node) ? [...node.items].reverse() : [node];
  for (const source of sources) {
    const value = source === null ? null : readNode(source as Node, reading, depth + 1);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      report(reading, "yaml-merge-without-map", (source as Node | null) ?? (pair.key as Node), null);
      continue;
    }
    let written: ReadonlyMap<string, Pair> | undefined;
    for (const [key, item] of Object.entries(value)) {
      if (Object.hasOwn(map, key)) {
        written ??= entriesOf(source as Node, reading);
        reportDuplicate(reading, key, pair, merged.has(key) ? "override" : "merged", written.get(key));
      }
      merged.add(key);
      put(map, key, item);
    }
  }
}

function put(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

function report<T>(
  reading: Reading,
  code: YamlProblem["code"],
  node: Node | null,
  value: T,
  more?: { readonly key?: string; readonly limit?: number },
): T {
  const range = node?.range ?? [0, 0, 0];
  reading.problems.push({ code, message: "", start: range[0], end: range[1], ...more });
  return value;
}

/** The entries of a merged map as they are written there, without those that were merged into that one itself. */
function entriesOf(source: Node, reading: Reading): ReadonlyMap<string, Pair> {
  const node = isAlias(source) ? reading.anchors.get(source.source)?.node : source;
  const pairs = isMap(node) ? node.items : [];
  return new Map(pairs.flatMap((one) => (isScalar(one.key) ? [[String(one.key.value), one] as const] : [])));
}

/** Go's reader names the line where the repeated entry's value begins, which may be in a map that is merged. */
function reportDuplicate(
  reading: Reading,
  key: string,
  pair: Pair,
  repeats: NonNullable<YamlProblem["repeats"]>,
  written: Pair = pair,
): void {
  const keyRange = (pair.key as Node | null)?.range ?? [0, 0, 0];
  const line = lineAt(reading, valueStart(written, reading.text));
  reading.problems.push({
    code: "yaml-duplicate-key",
    message: "",
    start: keyRange[0],
    end: keyRange[1],
    key,
    line,
    repeats,
  });
}

/** Where a value begins, with its anchor and tag; an empty one stands at its key. */
function valueStart({ key, value }: Pair, text: string): number {
  const keyRange = (key as Node | null)?.range ?? [0, 0, 0];
  const range = (value as Node | null)?.range;
  if (range === undefined || range === null || range[0] === range[1]) return keyRange[0];
  const { anchor, tag } = value as { anchor?: string; tag?: string };
  if (anchor === undefined && tag === undefined) return range[0];
  // Between the key and the value stand the colon, blanks, comments and what is looked for.
  const before = /[&!]/.exec(
    text.slice(keyRange[1], range[0]).replace(/(^|\s)#.*/g, (comment) => " ".repeat(comment.length)),
  );
  return before === null ? range[0] : keyRange[1] + before.index;
}

/** 1-based line of an offset. */
function lineAt(reading: Reading, offset: number): number {
  if (reading.lineStarts === undefined) {
    reading.lineStarts = [0];
    for (let at = reading.text.indexOf("\n"); at >= 0; at = reading.text.indexOf("\n", at + 1)) {
      reading.lineStarts.push(at + 1);
    }
  }
  const starts = reading.lineStarts;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
