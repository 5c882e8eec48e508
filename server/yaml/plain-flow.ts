/** Flow collections that stand on one line: `{app: web, "a": [1, 2]}`. */
import { giveUp, type PlainNode, quoted, type Reading, readKeyText } from "./plain-node.ts";
import { resolvePlain } from "./scalars.ts";

const deepest = 30;
const indicators = new Set([..."?:,[]{}#&*!|>'\"%@`-"].map((char) => char.charCodeAt(0)));

/** The collection that begins at `at`; its `next` is behind the blanks that follow. */
export function readFlow(reading: Reading, at: number, depth: number): PlainNode {
  if (depth > deepest) return giveUp(reading);
  return reading.text.charCodeAt(at) === 123 ? readFlowMap(reading, at, depth) : readFlowList(reading, at, depth);
}

function blanks(text: string, at: number): number {
  let index = at;
  while (text.charCodeAt(index) === 32) index++;
  return index;
}

function readFlowMap(reading: Reading, start: number, depth: number): PlainNode {
  const { text } = reading;
  const value: Record<string, unknown> = {};
  const keys: PlainNode[] = [];
  const items: PlainNode[] = [];
  let at = blanks(text, start + 1);
  while (!(items.length === 0 && text.charCodeAt(at) === 125)) {
    const key = readFlowKey(reading, at);
    if (reading.gaveUp) return key;
    const name = key.value as string;
    if (name === "__proto__" || Object.hasOwn(value, name)) return giveUp(reading);
    const item = readFlowValue(reading, blanks(text, key.next), depth);
    if (reading.gaveUp) return item;
    value[name] = item.value;
    keys.push(key);
    items.push(item);
    const code = text.charCodeAt(item.next);
    at = item.next;
    if (code === 125) break;
    if (code !== 44) return giveUp(reading);
    at = blanks(text, at + 1);
  }
  return { value, start, end: at + 1, next: blanks(text, at + 1), keys, items };
}

function readFlowList(reading: Reading, start: number, depth: number): PlainNode {
  const { text } = reading;
  const value: unknown[] = [];
  const items: PlainNode[] = [];
  let at = blanks(text, start + 1);
  while (!(items.length === 0 && text.charCodeAt(at) === 93)) {
    const item = readFlowValue(reading, at, depth);
    if (reading.gaveUp) return item;
    value.push(item.value);
    items.push(item);
    const code = text.charCodeAt(item.next);
    at = item.next;
    if (code === 93) break;
    if (code !== 44) return giveUp(reading);
    at = blanks(text, at + 1);
  }
  return { value, start, end: at + 1, next: blanks(text, at + 1), items };
}

function readFlowKey(reading: Reading, at: number): PlainNode {
  const { text } = reading;
  const code = text.charCodeAt(at);
  const isQuoted = code === 34 || code === 39;
  const end = isQuoted ? quoted(reading, at).end : flowPlainEnd(text, at);
  if (reading.gaveUp || end === at || text.charCodeAt(end) !== 58 || text.charCodeAt(end + 1) !== 32) {
    return giveUp(reading);
  }
  const key = isQuoted ? (quoted(reading, at).value as string) : readKeyText(reading, text.slice(at, end));
  return key === undefined ? giveUp(reading) : { value: key, start: at, end, next: end + 1 };
}

function readFlowValue(reading: Reading, at: number, depth: number): PlainNode {
  const { text } = reading;
  const code = text.charCodeAt(at);
  if (code === 123 || code === 91) return readFlow(reading, at, depth + 1);
  if (code === 34 || code === 39) {
    const node = quoted(reading, at);
    return reading.gaveUp ? node : { ...node, next: blanks(text, node.end) };
  }
  const end = flowPlainEnd(text, at);
  const next = blanks(text, end);
  if (end === at || text.charCodeAt(end) === 58) return giveUp(reading);
  const value = resolvePlain(text.slice(at, end));
  if (typeof value === "number" && !Number.isFinite(value)) return giveUp(reading);
  return { value, start: at, end, next };
}

/** Where a plain text in a flow collection ends; `at` itself when it is not surely one. */
function flowPlainEnd(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (indicators.has(first) && !(first === 45 && /[-0-9A-Za-z]/.test(text[at + 1] ?? ""))) return at;
  let end = at;
  for (let index = at; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || code === 13) return at;
    if (code === 44 || code === 93 || code === 125) break;
    if (code === 91 || code === 123 || code === 35 || code === 63) return at;
    if (code === 32) continue;
    if (code === 58) {
      const next = text.charCodeAt(index + 1);
      if (next === 32) return end === index ? index : at;
      if (next === 44 || next === 93 || next === 125 || next === 91 || next === 123 || next === 10 || next === 13)
        return at;
    }
    end = index + 1;
  }
  return end;
}
